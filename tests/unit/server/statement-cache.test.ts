import BetterSqlite3 from 'better-sqlite3'
import { expect, it } from 'vitest'
import { keepingStatements } from '#server/store/statement-cache'

/** Counts what is really compiled. */
function counting() {
  const database = new BetterSqlite3(':memory:')
  let compiled = 0
  const counted = keepingStatements({
    prepare: (sql) => {
      compiled += 1
      return database.prepare(sql)
    },
    close: () => database.close(),
  })
  return { counted, compiled: () => compiled }
}

it('compiles the same text once', () => {
  const { counted, compiled } = counting()
  for (let round = 0; round < 5; round += 1) expect(counted.prepare('select ? as one').all([round])).toEqual([{ one: round }])
  expect(compiled()).toBe(1)
})

it('forgets what was not used for longest, and keeps what is used', () => {
  const { counted, compiled } = counting()
  counted.prepare('select 0')
  counted.prepare('select 1')
  for (let number = 2; number <= 400; number += 1) {
    counted.prepare('select 0')
    counted.prepare(`select ${number}`)
  }
  const before = compiled()
  counted.prepare('select 0')
  expect(compiled()).toBe(before)
  counted.prepare('select 1')
  expect(compiled()).toBe(before + 1)
})

it('goes on with a kept text after the table has changed', () => {
  const { counted } = counting()
  counted.prepare('create table t (a integer)').run([])
  counted.prepare('insert into t values (1)').run([])
  expect(counted.prepare('select * from t').all([])).toEqual([{ a: 1 }])
  counted.prepare('alter table t add column b integer').run([])
  expect(counted.prepare('select * from t').all([])).toEqual([{ a: 1, b: null }])
})
