import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrations } from '#main/store/migrations/index'
import type { Migration } from '#main/store/migrations/migration'
import { createStoreBench, intent, type StoreBench, wipePagesOf } from './store-bench'

let bench: StoreBench
beforeEach(() => {
  bench = createStoreBench()
})
afterEach(() => bench.discard())

const next = migrations.length + 1
const good: Migration = {
  id: next,
  name: 'good',
  up: (sql) => sql('ALTER TABLE draft ADD COLUMN colour TEXT; CREATE TABLE extra (a TEXT) STRICT'),
}
const halfWay: Migration = {
  id: next + 1,
  name: 'half-way',
  up: (sql) => sql('DELETE FROM intent; CREATE TABLE other (a TEXT); SELECT nonsense'),
}
const breaking: Migration = {
  id: next,
  name: 'breaks a reference',
  up: (sql) => sql("CREATE TABLE child (parent TEXT REFERENCES draft (key)) STRICT; INSERT INTO child VALUES ('nobody')"),
}

function fill(): void {
  const store = bench.open()
  store.transaction(() => store.intents.append(intent(1)))
  bench.close(store)
}

describe('migrations', () => {
  it('are numbered without gaps', () => {
    expect(migrations.map(({ id }) => id)).toEqual(migrations.map((_, index) => index + 1))
  })

  it('bring an older database up, after a backup of how it was', () => {
    fill()
    const store = bench.open({ migrations: [...migrations, good] })
    expect(store.facts()).toMatchObject({ schemaVersion: next, opening: { how: 'migrated' }, lastBackupAt: bench.clock.now() })
    expect(store.intents.list()).toEqual([intent(1)])
    expect(bench.leftovers()).toEqual([])
    bench.close(store)
    expect(bench.open({ migrations: [...migrations, good] }).facts().opening).toEqual({ how: 'opened' })
  })

  it.each([
    ['a step that fails half way', [good, halfWay], next + 1],
    ['a step that leaves a row referring to nothing', [breaking], next],
  ])('leave the real file untouched for %s, and say which', (_, steps, failing) => {
    fill()
    const before = readFileSync(bench.file)
    expect(bench.refusal({ migrations: [...migrations, ...steps] })).toMatchObject({
      code: 'store/migrationFailed',
      detail: { migration: failing },
    })
    expect(readFileSync(bench.file).equals(before)).toBe(true)
    expect(bench.leftovers()).toEqual([])
    const store = bench.open()
    expect(store.facts()).toMatchObject({ schemaVersion: migrations.length, opening: { how: 'opened' } })
    expect(store.intents.list()).toEqual([intent(1)])
  })

  it('meet a copy first: the real file sees each step only after the copy did', () => {
    fill()
    const seen: number[] = []
    const counting: Migration = { id: next, name: 'counting', up: (sql) => sql(`CREATE TABLE run_${seen.push(seen.length)} (a TEXT)`) }
    const real = bench.open({ migrations: [...migrations, counting] })
    expect(seen).toEqual([0, 1])
    expect(real.facts().schemaVersion).toBe(next)
  })

  it('bring an older backup up too when it must replace a damaged file', () => {
    fill()
    const old = bench.open()
    bench.close(old)
    wipePagesOf(bench.file, 'snapshot')
    const store = bench.open({ migrations: [...migrations, good] })
    expect(store.facts()).toMatchObject({ schemaVersion: next, opening: { how: 'recovered' } })
    expect(store.intents.list()).toEqual([intent(1)])
  })
})
