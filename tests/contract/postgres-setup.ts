import type { TestProject } from 'vitest/node'
import { migrate } from '#server/store/migrate'
import { openDatabase } from '#server/store/open-database'
import { createKeptLog } from '../fakes/kept-log'
import { createDatabase, findPostgres, startPostgres } from '../fixtures/postgres'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The cluster of this run, and its database whose tables are made; undefined where PostgreSQL is not installed. */
    postgres: { readonly port: number; readonly template: string } | undefined
  }
}

/** One cluster for all files of the suite, and one database migrated in it: starting and migrating took longer than most tests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const programs = findPostgres()
  if (programs === undefined) {
    project.provide('postgres', undefined)
    return async () => undefined
  }
  const cluster = await startPostgres(programs)
  const url = await createDatabase(cluster.port)
  const database = openDatabase({ kind: 'postgresql', url }, createKeptLog())
  await migrate(database.db)
  await database.close()
  project.provide('postgres', { port: cluster.port, template: new URL(url).pathname.slice(1) })
  return () => cluster.stop()
}
