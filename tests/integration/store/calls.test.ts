import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenedStore } from '#main/store/open-store'
import type { CallRecord } from '#shared/contracts/call-shapes'
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
