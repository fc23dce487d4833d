import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '#main/store/open-store'
import type { Intent, IntentStore, Store } from '#main/workflows/ports'
import { createFakeClock } from '../../fakes/fake-clock'
import { createKeptLog } from '../../fakes/kept-log'
import { createMemoryIntents } from '../../fakes/memory-intents'

interface Subject {
  readonly intents: IntentStore
  readonly transaction: Store['transaction']
  readonly discard: () => void
}

const inMemory = { name: 'in memory', make: (): Subject => ({ ...createMemoryIntents(), discard: () => undefined }) }
const inSqlite = {
  name: 'in SQLite',
  make: (): Subject => {
    const folder = mkdtempSync(join(tmpdir(), 'seat-intents-'))
    const given = { file: join(folder, 'seat.db'), backupFolder: join(folder, 'backups'), key: null }
    const opened = openStore({ ...given, clock: createFakeClock(0), log: createKeptLog() })
    if (!opened.ok) throw new Error(opened.error.code)
    const store = opened.value
    const discard = (): void => {
      store.close()
      rmSync(folder, { recursive: true, force: true })
    }
    return { intents: store.intents, transaction: store.transaction, discard }
  },
}

const intent = (intentId: string, extra: Partial<Intent> = {}): Intent => ({
  intentId,
  kind: 'dutyLog.append',
  subject: 'dutyLog/1',
  accountNo: 'A01',
  body: { text: "引号 ' 与表情 😀", nested: [1, null, { deep: true }] },
  createdAt: 1_763_000_000_000,
  state: 'waiting',
  attempts: 0,
  nextAttemptAt: null,
  reason: null,
  ...extra,
})

describe.each([inMemory, inSqlite])('IntentStore $name', ({ make }) => {
  let subject: Subject
  afterEach(() => subject.discard())

  it('gives back what was appended, in the order of making and whole', () => {
    subject = make()
    const made = [intent('c'), intent('a', { createdAt: 1 }), intent('b', { reason: { code: 'central/fault', message: '出错' } })]
    for (const one of made) subject.intents.append(one)
    expect(subject.intents.list()).toEqual(made)
    expect(subject.intents.get('b')).toEqual(made[2])
    expect(subject.intents.get('x')).toBeUndefined()
  })

  it('keeps the place in the order when an intent gets a new id and a new body', () => {
    subject = make()
    for (const id of ['a', 'b', 'c']) subject.intents.append(intent(id))
    subject.intents.update('b', { intentId: 'b2', body: { text: '改' }, state: 'parked', attempts: 3, nextAttemptAt: 99 })
    expect(subject.intents.list().map(({ intentId }) => intentId)).toEqual(['a', 'b2', 'c'])
    expect(subject.intents.get('b2')).toEqual(intent('b2', { body: { text: '改' }, state: 'parked', attempts: 3, nextAttemptAt: 99 }))
    expect(subject.intents.get('b')).toBeUndefined()
  })

  it('never gives a removed place to a newer intent', () => {
    subject = make()
    for (const id of ['a', 'b']) subject.intents.append(intent(id))
    subject.intents.remove('b')
    subject.intents.append(intent('c'))
    subject.intents.remove('unknown')
    expect(subject.intents.list().map(({ intentId }) => intentId)).toEqual(['a', 'c'])
  })

  it('throws on a second intent with the same id, and on changing one that is not there', () => {
    subject = make()
    subject.intents.append(intent('a'))
    subject.intents.append(intent('b'))
    expect(() => subject.intents.append(intent('a'))).toThrow()
    expect(() => subject.intents.update('x', { attempts: 1 })).toThrow()
    expect(() => subject.intents.update('a', { intentId: 'b' })).toThrow()
    expect(subject.intents.list()).toEqual([intent('a'), intent('b')])
  })

  it('undoes everything of a transaction that throws, and refuses one inside another', () => {
    subject = make()
    subject.intents.append(intent('a'))
    const work = (): void => {
      subject.intents.append(intent('b'))
      subject.intents.update('a', { attempts: 7 })
      throw new Error('half way')
    }
    expect(() => subject.transaction(work)).toThrow('half way')
    expect(subject.intents.list()).toEqual([intent('a')])
    expect(() => subject.transaction(() => subject.transaction(() => 1))).toThrow()
    expect(subject.transaction(() => 5)).toEqual({ ok: true, value: 5 })
  })
})
