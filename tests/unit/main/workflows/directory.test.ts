import { expect, it } from 'vitest'
import { directoryOf } from '#main/workflows/telephone/directory'
import { snapshotNames } from '#main/workflows/views'
import { callRecordOf } from '../../../fixtures/calls'

const seat = (seatNo: string, extension: string | null) => ({ seatNo, name: '大厅一排', extension })
const kept: Readonly<Record<string, unknown>> = {
  [snapshotNames.centre]: { seats: [seat('01', '8001'), seat('02', '8002'), seat('03', null)] },
  [snapshotNames.onDuty]: [{ seatNo: '01', name: '周敏' }],
}
const calls = ['8002', '+8613800138000', '+8613800138000', '8001'].map((number, at) =>
  callRecordOf({ number, displayName: null, callId: `0191f5e0-0000-7000-8000-00000000a00${at}` }),
)
const store = {
  snapshots: { get: (name: string) => ({ state: kept[name] }) },
  calls: { list: () => ({ items: calls, next: null }) },
} as unknown as Parameters<typeof directoryOf>[0]

it('names seats of one row apart, leaves out one’s own and those without a telephone, and each number of the last calls stands once', () => {
  expect(directoryOf(store, '02')).toEqual([
    { kind: 'seat', name: '01 大厅一排', number: '8001', detail: '周敏' },
    { kind: 'recent', name: '138 0013 8000', number: '+8613800138000', detail: null },
  ])
})
