import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import type { RoleId } from '#shared/domain/account/role'
import { roleIds } from '#shared/domain/account/role'
import type { DutyLogKind } from '#shared/domain/duty-log/duty-log'
import { type ShiftPattern, shiftAt, shiftsOn } from '#shared/domain/shift/shift'
import { fakeCalendar, fakeDepartmentNames, fakeProfileDocument } from './fake-case-data'

/**
 * What the fake core starts with: an invented centre, its people, a day's log and a little reference data. Used by tests and by the page when it
 * runs alone during development; never part of the product.
 */
export interface FakeAccount {
  readonly accountNo: string
  readonly name: string
  readonly roles: readonly RoleId[]
  readonly mustChangePassword: boolean
}

export const fakePassword = 'ping-an-2026'

export const fakePattern: ShiftPattern = {
  id: 'fourShifts',
  name: '四班',
  shifts: [
    { id: 'morning', name: '上午班', start: '07:00', end: '13:00' },
    { id: 'afternoon', name: '下午班', start: '13:00', end: '19:00' },
    { id: 'night', name: '夜间值守', start: '19:00', end: '07:00' },
  ],
}

const surnames = ['李思琪', '沈玉梅', '韩志远', '郭佳', '孙浩然', '马国栋', '丁一凡', '吕明哲', '杨雪', '秦悦', '陈立', '赵晓岚', '田露']

/** One account per post (numbers from 0101), one with two posts (0201), one that must change its password (0202). */
export const fakeAccounts: readonly FakeAccount[] = [
  ...roleIds
    .filter((role) => role !== 'collector')
    .map((role, index) => ({
      accountNo: String(101 + index).padStart(4, '0'),
      name: surnames[index] ?? `人员${index}`,
      roles: [role],
      mustChangePassword: false,
    })),
  { accountNo: '0201', name: '范丽', roles: ['shiftLead', 'supervisor'], mustChangePassword: false },
  { accountNo: '0202', name: '白静', roles: ['intake'], mustChangePassword: true },
]

export function fakeAccountOf(role: RoleId): FakeAccount {
  const account = fakeAccounts.find((each) => each.roles[0] === role)
  if (!account) throw new Error(`nobody signs in to a workstation as ${role}`)
  return account
}

/** UUIDs that sort by number, so that a test can name them. */
export function fakeUuid(number: number): string {
  return `019a0000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}

export function fakeCentre(at: number): StateOfTopic<'centre.changed'> {
  return {
    readAt: at,
    centre: {
      name: '平房区数字化城市管理监督指挥中心',
      demonstration: true,
      version: '0.1.0',
      now: at,
      shiftPatternId: fakePattern.id,
      shifts: [...shiftsOn(fakePattern, at)],
      seats: [
        { seatNo: '01', name: '大厅一排', extension: '8001' },
        { seatNo: '02', name: '大厅一排', extension: '8002' },
        { seatNo: '03', name: '大厅二排', extension: '8003' },
      ],
    },
  }
}

export function fakeShift(at: number) {
  return shiftAt(fakePattern, at) ?? null
}

const logLines: readonly (readonly [minutesAgo: number, kind: DutyLogKind, text: string, author: number])[] = [
  [12, 'event', '新疆大街 118 号燃气井盖缺失，燃气公司 12:10 到场，警示已设。', 1],
  [38, 'instruction', '区长信箱：松花路工地夜间扬尘，16:00 前回复。', 1],
  [71, 'equipment', '大屏 12 格中第 11 格通道满，已报修。', 5],
  [104, 'discovery', '视频巡查发现友协大街 76 号慢车道积水。', 5],
  [132, 'visitor', '区里调阅友协画面 12 分钟。', 6],
  [150, 'discipline', '孙浩然迟到 8 分，07:08 到岗。', 1],
]

export function fakeDutyLog(at: number): StateOfTopic<'dutyLog.changed'> {
  const entries = logLines.map(([minutesAgo, kind, text, author], index) => ({
    entryId: fakeUuid(100 + index),
    kind,
    text,
    authorNo: fakeAccounts[author]?.accountNo ?? '0101',
    authorName: fakeAccounts[author]?.name ?? '李思琪',
    seatNo: '02',
    writtenAt: at - minutesAgo * 60_000,
    receivedAt: at - minutesAgo * 60_000 + 400,
    sync: 'sent' as const,
    reason: null,
  }))
  return { entries, readAt: at }
}

export function fakeOnDuty(at: number): StateOfTopic<'onDuty.changed'> {
  const people = fakeAccounts.slice(1, 7).map((account, index) => ({
    sessionId: fakeUuid(200 + index),
    accountNo: account.accountNo,
    name: account.name,
    role: account.roles[0] ?? 'intake',
    seatNo: String(index + 4).padStart(2, '0'),
    shift: fakeShift(at),
    since: at - (150 - index * 9) * 60_000,
  }))
  return { people, readAt: at }
}

const subclassNames = ['上水井盖', '污水井盖', '雨水箅子', '电力井盖', '路灯', '行道树', '公交站亭', '垃圾箱', '交通信号灯', '路名牌']
const eventNames = [
  '暴露垃圾',
  '道路破损',
  '店外经营',
  '私搭乱建',
  '非法小广告',
  '机动车乱停放',
  '占道经营',
  '油烟污染',
  '乱堆物料',
  '道路不洁',
]

const classification: ReferenceDocument<'classification'> = {
  kind: 'classification',
  standard: 'GB/T 47678.5-2026',
  title: '管理部件和事件分类（2026）',
  inForceFrom: '2026-10-01',
  replacedBy: null,
  majorClasses: [
    { kind: 'component', code: '01', name: '公用设施' },
    { kind: 'event', code: '06', name: '市容环境' },
  ],
  subclasses: [
    ...subclassNames.map((name, index) => ({
      kind: 'component' as const,
      code: `01${String(index + 1).padStart(3, '0')}`,
      majorCode: '01',
      name,
      isCertain: true,
    })),
    ...eventNames.map((name, index) => ({
      kind: 'event' as const,
      code: `06${String(index + 1).padStart(3, '0')}`,
      majorCode: '06',
      name,
      isCertain: true,
    })),
  ],
}

const invented = { source: '演示', isCertain: true }
const streetNames = ['友协街道', '新疆街道', '联盟街道', '保国街道', '建安街道', '兴建街道']
const communityNames = ['东风社区', '友谊社区', '新伟社区', '松花社区', '渤海社区', '哈南社区']

const areas: ReferenceDocument<'areas'> = {
  kind: 'areas',
  title: '平房区行政区划',
  region: { code: '230108', name: '平房区', cityName: '哈尔滨市', provinceName: '黑龙江省' },
  streets: streetNames.map((name, index) => ({ code: `23010800${index + 1}`, name, kind: '街道', ...invented })),
  communities: communityNames.map((name, index) => ({
    code: `23010800${index + 1}001`,
    name,
    streetCode: `23010800${index + 1}`,
    ...invented,
  })),
  grids: communityNames.map((_, index) => ({
    code: `23010800${index + 1}001001`,
    communityCode: `23010800${index + 1}001`,
    ...invented,
  })),
}

const departments: ReferenceDocument<'departments'> = {
  kind: 'departments',
  title: '责任单位',
  departments: fakeDepartmentNames.map((name, index) => ({
    code: `D${String(index + 1).padStart(2, '0')}`,
    name,
    type: '专业部门',
    ...invented,
  })),
}

const shiftPatterns: ReferenceDocument<'shiftPatterns'> = {
  kind: 'shiftPatterns',
  title: '班次',
  patterns: [{ ...fakePattern, shifts: [...fakePattern.shifts], ...invented }],
}

export interface FakeReference {
  readonly entry: StateOfTopic<'reference.changed'>['entries'][number]
  readonly document: ReferenceDocument
}

function referenceItem(id: string, document: ReferenceDocument, entries: number): FakeReference {
  const kind: ReferenceKind = document.kind
  return { entry: { kind, id, title: document.title, hash: `fake-${kind}-${id}`, entries, origin: 'demonstration' }, document }
}

export const fakeReference: readonly FakeReference[] = [
  referenceItem('gbt47678.5-2026', classification, classification.subclasses.length),
  referenceItem('pingfang', areas, areas.streets.length + areas.communities.length + areas.grids.length),
  referenceItem('pingfang', departments, departments.departments.length),
  referenceItem('default', shiftPatterns, 1),
  referenceItem('2026', fakeCalendar, fakeCalendar.holidays.length),
  referenceItem('standard', fakeProfileDocument, 1),
]
