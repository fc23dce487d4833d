import { afterAll, afterEach, describe, inject } from 'vitest'
import type { DatabaseLocation } from '#server/store/open-database'
import { startCentral, type TestCentral } from '../../fixtures/central'
import { createDatabase, dropDatabase } from '../../fixtures/postgres'

/**
 * Runs one suite on every database that the server supports. Where PostgreSQL is not installed its half is reported as skipped, under a name
 * that says why. Its databases are copies of one that was migrated once (`postgres-setup.ts`).
 */
export type Start = (options?: Parameters<typeof startCentral>[1]) => Promise<TestCentral>

export function onEveryDatabase(title: string, suite: (start: Start, newLocation: () => Promise<DatabaseLocation>) => void): void {
  describe(`${title} · SQLite`, () => {
    runOn(async () => ({ kind: 'sqlite', file: ':memory:' }), suite)
  })
  const cluster = inject('postgres')
  if (cluster === undefined) {
    describe.skip(`${title} · PostgreSQL is not installed (no initdb below /usr/lib/postgresql): this half did not run`, () => {
      runOn(() => Promise.reject(new Error('PostgreSQL is not installed')), suite)
    })
    return
  }
  const copied: string[] = []
  describe(`${title} · PostgreSQL`, () => {
    runOn(async () => {
      const url = await createDatabase(cluster.port, cluster.template)
      copied.push(url)
      return { kind: 'postgresql', url }
    }, suite)
    afterAll(async () => {
      for (const url of copied.splice(0)) await dropDatabase(cluster.port, url)
    })
  })
}

function runOn(newLocation: () => Promise<DatabaseLocation>, suite: Parameters<typeof onEveryDatabase>[1]): void {
  const running: TestCentral[] = []
  afterEach(async () => {
    for (const central of running.splice(0).reverse()) await central.close()
  })
  suite(async (options) => {
    const central = await startCentral(await newLocation(), options)
    running.push(central)
    return central
  }, newLocation)
}
