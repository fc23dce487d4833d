import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { type OpenedStore, openStore } from '#main/store/open-store'
import { createKeptLog } from '../../fakes/kept-log'
import { callRecordOf } from '../../fixtures/calls'

/** What the store of a seat keeps of calls, in the real database. */
let folder: string
let store: OpenedStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'call-store-'))
  store = open()
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(): OpenedStore {
  const opened = openStore({
    ...{ file: join(folder, 'seat.db'), backupFolder: join(folder, 'backups'), key: null, clock: createSystemClock() },
    log: createKeptLog(),
  })
  if (!opened.ok) throw new Error(opened.error.code)
  return opened.value
}
const at = 1_800_000_000_000
const keep = (callId: string, given: Partial<Parameters<typeof callRecordOf>[0]> = {}) => {
  const record = callRecordOf({ callId, ...given })
  const kept = store.transaction(() => store.calls.put(record))
  expect(kept.ok).toBe(true)
  return record
}
const lost = { answeredAt: null, answeredBy: null, cause: 'abandoned' } as const
const idsOf = (query: Partial<Parameters<OpenedStore['calls']['list']>[0]> = {}) =>
  store.calls.list({ which: 'all', limit: 50, ...query }).items.map(({ callId }) => callId)

describe('the log of calls', () => {
  it('gives back what was kept, and what was learnt since', () => {
    const record = keep('a')
    expect(store.calls.get('a')).toEqual(record)
    expect(store.calls.get('b')).toBeUndefined()
    keep('a', { wrapUpCode: 'registered', wrapUpNote: '路灯不亮' })
    expect(store.calls.get('a')).toMatchObject({ wrapUpCode: 'registered', wrapUpNote: '路灯不亮' })
    expect(idsOf()).toEqual(['a'])
  })

  it('is read newest first, page by page, with none twice and none left out', () => {
    // Many began in the same millisecond: the page must not be cut by the time alone.
    for (let number = 0; number < 23; number += 1)
      keep(`call-${String(number).padStart(2, '0')}`, { startedAt: at + Math.floor(number / 5) })
    const read: string[] = []
    let after: string | undefined
    for (let pages = 0; pages < 10; pages += 1) {
      const page = store.calls.list({ which: 'all', limit: 4, after })
      read.push(...page.items.map(({ callId }) => callId))
      after = page.next ?? undefined
      if (after === undefined) break
    }
    expect(read).toEqual(idsOf())
    expect(new Set(read).size).toBe(23)
    expect(read[0]).toBe('call-22')
    expect(idsOf({ after: 'no key' })).toHaveLength(23)
  })

  it('is asked by kind, number, purpose and time', () => {
    keep('in', { startedAt: at })
    keep('out', { startedAt: at + 1, direction: 'outgoing', purpose: 'callback', number: '222' })
    keep('lost', { startedAt: at + 2, ...lost })
    keep('unanswered', { startedAt: at + 3, ...lost, direction: 'outgoing', purpose: 'outgoing', cause: 'noAnswer' })
    expect(idsOf({ which: 'incoming' })).toEqual(['lost', 'in'])
    expect(idsOf({ which: 'outgoing' })).toEqual(['unanswered', 'out'])
    expect(idsOf({ which: 'missed' })).toEqual(['lost'])
    expect(idsOf({ number: '222' })).toEqual(['out'])
    expect(idsOf({ purpose: 'callback' })).toEqual(['out'])
    expect(idsOf({ from: at + 1, until: at + 3 })).toEqual(['lost', 'out'])
    expect(idsOf({ number: "2' OR '1'='1" })).toEqual([])
  })

  it('knows who waits to be called back, until somebody did, and not again', () => {
    keep('a', { ...lost, number: '111', startedAt: at })
    keep('b', { ...lost, number: '222', startedAt: at + 1 })
    keep('c', { ...lost, number: '111', startedAt: at + 2 })
    keep('refused', { ...lost, cause: 'rejected', number: '333', startedAt: at + 3 })
    const waiting = (since = 0) => store.calls.unsettled(since).map(({ callId }) => callId)
    expect(waiting()).toEqual(['c', 'b', 'a'])
    expect(waiting(at + 1)).toEqual(['c', 'b'])
    store.calls.settle('111', at + 10)
    expect(waiting()).toEqual(['b'])
    // What is learnt of a call that was given back does not list it anew.
    keep('a', { ...lost, number: '111', startedAt: at, wrapUpNote: '已回电' })
    expect(waiting()).toEqual(['b'])
    store.calls.settleOne('b', at + 11)
    expect(waiting()).toEqual([])
    keep('d', { ...lost, number: '111', startedAt: at + 20 })
    expect(waiting()).toEqual(['d'])
  })

  it('forgets what is old, and only that', () => {
    keep('old', { startedAt: at - 1 })
    keep('young', { startedAt: at })
    store.calls.removeBefore(at)
    expect(idsOf()).toEqual(['young'])
  })
})

describe('calls that live', () => {
  it('are kept in parts that know nothing of each other, over a restart', () => {
    const { live } = store.calls
    live.put('a', 'snapshot', { version: 1 })
    live.put('a', 'call', { phase: 'talking' })
    live.put('a', 'stream', { ssrc: 7 })
    live.put('a', 'call', { phase: 'talking', held: 'local' })
    store.close()
    store = open()
    expect(store.calls.live.list()).toEqual([{ callId: 'a', snapshot: { version: 1 }, call: { phase: 'talking', held: 'local' } }])
    expect(store.calls.live.get('a', 'stream')).toEqual({ ssrc: 7 })
    expect(store.calls.live.get('b', 'stream')).toBeUndefined()
  })

  it('are gone when the last part is, or all at once', () => {
    const { live } = store.calls
    live.put('a', 'snapshot', 1)
    live.put('a', 'stream', 2)
    live.clear('a', 'snapshot')
    expect(live.list()).toEqual([{ callId: 'a', snapshot: undefined, call: undefined }])
    live.clear('a', 'stream')
    expect(live.list()).toEqual([])
    live.put('b', 'call', 3)
    live.remove('b')
    expect(live.list()).toEqual([])
    live.clear('nobody', 'call')
  })
})
