import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenedStore } from '#main/store/open-store'
import { createCallLog } from '#main/workflows/telephone/call-log'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { createKeptLog } from '../../fakes/kept-log'
import { callRecordOf } from '../../fixtures/calls'
import { createStoreBench, type StoreBench, startMs } from './store-bench'

let bench: StoreBench
let store: OpenedStore
beforeEach(() => {
  bench = createStoreBench()
  store = bench.open()
})
afterEach(() => bench.discard())

function put(...records: readonly CallRecord[]): void {
  store.transaction(() => {
    for (const record of records) store.calls.put(record)
  })
}

describe('the log of calls', () => {
  it('finds calls by any digits of the number as it is written within the country', () => {
    const numbers = ['+8613800138000', '+8645186520110', '1003', null]
    put(
      ...numbers.map((number, index) =>
        callRecordOf({ callId: `0191f5e0-0000-7000-8000-00000000000${index}`, number, startedAt: startMs + index }),
      ),
    )
    const found = (digits: string) => store.calls.list({ which: 'all', digits, limit: 10 }).items.map(({ number }) => number)
    expect(found('8000')).toEqual(['+8613800138000'])
    expect(found('04518652')).toEqual(['+8645186520110'])
    expect(found('100')).toEqual(['1003'])
    expect(found('86')).toEqual(['+8645186520110'])
    expect(found('%')).toEqual([])
  })
})

describe('a promised call back', () => {
  it('stands among those to be given back until the number is spoken with, is told when its time comes, and can be moved', () => {
    let at = startMs
    const shown: StateOfTopic<'callLog.changed'>[] = []
    const told: string[] = []
    const queued: CallRecord[] = []
    const log = createCallLog({
      ...{ store, now: () => at, log: createKeptLog(), onQueued: () => {}, queue: (record) => queued.push(record) },
      publish: (_, state) => shown.push(state as StateOfTopic<'callLog.changed'>),
      notices: { raise: (key) => told.push(`+${key}`), settle: (key) => told.push(`-${key}`) },
    })
    const callId = '0191f5e0-0000-7000-8000-000000000001'
    const talked = callRecordOf({ callId, startedAt: startMs - 60_000, answeredAt: startMs - 50_000, endedAt: startMs })
    log.keep(talked)
    expect(shown.at(-1)?.missed).toEqual([])
    expect(log.promise(callId, startMs + 10_000)).toMatchObject({ ok: true })
    expect(shown.at(-1)?.missed).toMatchObject([{ lastCallId: callId, dueAt: startMs + 10_000, isPromised: true }])
    expect(queued.at(-1)).toMatchObject({ callId, callBackAt: startMs + 10_000 })
    log.tick()
    expect(told.filter((one) => one.startsWith('+'))).toEqual([])
    at += 10_000
    log.tick()
    log.tick()
    expect(told.filter((one) => one.startsWith('+'))).toEqual([`+callBack/${callId}`])
    // Moved: it is told again.
    log.promise(callId, at + 5_000)
    at += 5_000
    log.tick()
    expect(told.filter((one) => one.startsWith('+'))).toHaveLength(2)
    // Not answered: the promise stands.
    const tried = {
      number: talked.number,
      direction: 'outgoing',
      startedAt: at,
      answeredAt: null,
      endedAt: at + 1,
      cause: 'noAnswer',
    } as const
    log.keep(callRecordOf({ callId: '0191f5e0-0000-7000-8000-000000000002', ...tried }))
    expect(shown.at(-1)?.missed).toHaveLength(1)
    log.keep(callRecordOf({ callId: '0191f5e0-0000-7000-8000-000000000003', ...tried, answeredAt: at, cause: 'answered' }))
    expect(shown.at(-1)?.missed).toEqual([])
    expect(told.at(-1)).toBe(`-callBack/${callId}`)
    // Promised anew after all.
    log.promise(callId, at + 60_000)
    expect(shown.at(-1)?.missed).toHaveLength(1)
    log.promise(callId, null)
    expect(shown.at(-1)?.missed).toEqual([])
    const hidden = '0191f5e0-0000-7000-8000-000000000004'
    log.keep(callRecordOf({ callId: hidden, number: null }))
    expect(log.promise(hidden, at)).toMatchObject({ ok: false, error: { code: 'call/noNumber' } })
  })
})
