import { expect, it } from 'vitest'
import { directoryOf } from '#main/workflows/telephone/directory'
import { snapshotNames } from '#main/workflows/views'
import { callRecordOf } from '../../../fixtures/calls'

const seat = (seatNo: string, extension: string | null) => ({ seatNo, name: '大厅一排', extension })
const kept: Readonly<Record<string, unknown>> = {
  [snapshotNames.centre]: { seats: [seat('01', '8001'), seat('02', '8002'), seat('03', null)] },
  [snapshotNames.onDuty]: [
    { seatNo: '01', name: '周敏', role: 'intake' },
    { seatNo: '0', name: '邵春生', role: 'collector', workPhone: '13904510001' },
  ],
}
const calls = ['8002', '+8613800138000', '+8613800138000', '8001'].map((number, at) =>
  callRecordOf({ number, displayName: null, callId: `0191f5e0-0000-7000-8000-00000000a00${at}` }),
)
const store = {
  snapshots: { get: (name: string) => ({ state: kept[name] }) },
  calls: { list: () => ({ items: calls, next: null }) },
  reference: {
    manifest: () => ({ entries: [{ kind: 'departments', id: '230108' }], readAt: 0 }),
    get: () => ({
      document: {
        kind: 'departments',
        departments: [
          { code: '107', name: '排水管理单位', type: '排水管理单位', phone: '87000107' },
          { code: '101', name: '市政设施管理单位', type: '市政设施管理单位' },
        ],
      },
    }),
  },
} as unknown as Parameters<typeof directoryOf>[0]

it('names seats of one row apart and departments by their duty telephones, leaves out one’s own and those without a telephone, and each number of the last calls stands once', () => {
  expect(directoryOf(store, '02')).toEqual([
    { kind: 'seat', name: '01 大厅一排', number: '8001', detail: '周敏' },
    { kind: 'person', name: '邵春生', number: '13904510001', detail: '信息采集员' },
    { kind: 'department', name: '排水管理单位', number: '87000107', detail: null },
    { kind: 'recent', name: '138 0013 8000', number: '+8613800138000', detail: null },
  ])
})
