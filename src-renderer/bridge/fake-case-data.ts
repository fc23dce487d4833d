import type { ReferenceDocument } from '#shared/contracts/reference'
import type { RoleId } from '#shared/domain/account/role'
import type { ActionId } from '#shared/domain/case/actions'
import { closingCheckIds } from '#shared/domain/case/closing-checks'
import type { ActionInput } from '#shared/domain/case/inputs'
import type { CaseSource } from '#shared/domain/case/states'

/**
 * What the fake core's cases are made of: an invented centre's settings and working days, words, places, and ways that a case may have gone so far.
 * Only data; `fake-cases.ts` lets the real rules decide every step of it.
 */
export const fakeProfileDocument: ReferenceDocument<'centreProfile'> = {
  kind: 'centreProfile',
  title: '演示配置',
  profileId: 'standard',
  authority: {
    extend: ['shiftLead', 'commander'],
    suspend: ['director'],
    sendBack: ['shiftLead', 'commander'],
    closeWithoutCheck: ['shiftLead'],
    voidReview: ['shiftLead'],
    voidConsent: ['director', 'assistant'],
  },
  reviewsHandling: 'supervisor',
  verifiedFirst: ['hotline', 'cityPlatform', 'hotline12345', 'mayorMailbox', 'onlineInquiry', 'citizenApp'],
  followUp: { sources: ['hotline', 'cityPlatform', 'hotline12345', 'mayorMailbox', 'citizenApp'], attempts: 3 },
  nodeLimits: {
    reported: { value: 10, unit: 'minute' },
    verifying: { value: 30, unit: 'minute' },
    verified: { value: 10, unit: 'minute' },
    preFiled: { value: 10, unit: 'minute' },
    filed: { value: 10, unit: 'minute' },
    disputed: { value: 4, unit: 'workingHour' },
    handled: { value: 30, unit: 'minute' },
    toCheck: { value: 10, unit: 'minute' },
    checking: { value: 60, unit: 'minute' },
    checked: { value: 24, unit: 'urgentHour' },
  },
  extensionCap: 1,
  extensionShareWarning: 0.1,
  autoUrgeShare: 0.25,
  undoSeconds: 10,
  areaGrades: {},
  classification: 'GB/T 47678.5-2026',
}

export const fakeCalendar: ReferenceDocument<'calendar'> = {
  kind: 'calendar',
  title: '2026 年工作日历',
  year: 2026,
  workingHours: [
    { start: '08:00', end: '12:00' },
    { start: '14:00', end: '18:00' },
  ],
  holidays: [],
  shiftedWorkingDays: [],
  source: '演示',
  isCertain: true,
}

/** One step: who, what, and how many minutes after the step before. */
export interface FakeStep {
  readonly by: RoleId | 'secondLead'
  readonly action: ActionId
  readonly input?: ActionInput
  readonly after?: number
}

export interface FakeScenario {
  readonly source: CaseSource
  readonly steps: readonly FakeStep[]
  readonly isUrgent?: true
  readonly isSensitive?: true
  readonly namesAgent?: true
  /** Minutes since the last step; several make several cases. */
  readonly ages: readonly number[]
}

export const fakeCollectorNo = '0901'

const verify: readonly FakeStep[] = [
  { by: 'intake', action: 'orderVerification', input: { collectorNo: fakeCollectorNo, requirement: '看清位置，拍近景和远景各一张。' } },
  { by: 'collector', action: 'reportVerification', input: { conclusion: 'true', photoIds: ['photo'] }, after: 18 },
]
const preFile: FakeStep = { by: 'intake', action: 'preFile', input: { opinion: '属实，建议立案。' }, after: 6 }
const file: FakeStep = { by: 'shiftLead', action: 'file', input: { opinion: '同意立案。', conditionId: 'A-1' }, after: 5 }
const dispatch = (department: number, value: number, unit: 'urgentHour' | 'workingHour' | 'workingDay'): FakeStep => ({
  by: 'dispatcher',
  action: 'dispatch',
  input: {
    departmentCode: `D0${department + 1}`,
    departmentName: fakeDepartmentNames[department] ?? '',
    limit: { value, unit },
    opinion: '请按时限处置，处置后拍照。',
    legalBasis: '《城市市容和环境卫生管理条例》',
  },
  after: 7,
})
const handled: FakeStep = {
  by: 'departmentOperator',
  action: 'reportHandled',
  input: { opinion: '已处置完毕。', photoIds: ['photo'] },
  after: 52,
}
const accept: FakeStep = { by: 'supervisor', action: 'acceptHandling', input: { opinion: '处置到位。' }, after: 9 }
const orderCheck: FakeStep = { by: 'intake', action: 'orderCheck', input: { collectorNo: fakeCollectorNo }, after: 4 }
const check = (solved: boolean): FakeStep => ({
  by: 'collector',
  action: 'reportCheck',
  input: { solved, photoIds: ['photo'] },
  after: 25,
})

export const fakeDepartmentNames = [
  '区环卫中心',
  '区城管执法局',
  '区住建局',
  '区交警大队',
  '燃气公司',
  '供热公司',
  '区市政管理处',
  '区园林中心',
]

const toFiled = [preFile, file]
const toDispatched = [...toFiled, dispatch(0, 6, 'urgentHour')]
const toHandled = [...toDispatched, handled]
const toChecked = [...toHandled, accept, orderCheck, check(true)]
const fromHotline = [...verify, ...toFiled]

export const fakeScenarios: readonly FakeScenario[] = [
  { source: 'hotline', steps: [], ages: [1, 4, 8, 12, 31] },
  { source: 'collector', steps: [], ages: [2, 9] },
  { source: 'camera', steps: [], ages: [3, 14] },
  { source: 'hotline', steps: verify.slice(0, 1), ages: [6, 24, 44] },
  { source: 'hotline', steps: verify, ages: [2, 8, 15] },
  {
    source: 'citizenApp',
    steps: [{ by: 'intake', action: 'defer', input: { reason: '等来电人补充位置。', reviewOn: '2026-12-01' } }],
    ages: [95],
  },
  { source: 'hotline', steps: [...verify, preFile], ages: [1, 5, 11] },
  { source: 'collector', steps: [preFile], ages: [3, 8] },
  {
    source: 'hotline',
    steps: [...verify, { by: 'intake', action: 'proposeDecline', input: { reason: '属物业内部事务，建议转住建。' } }],
    ages: [7],
  },
  { source: 'hotline', steps: fromHotline, ages: [2, 9, 22] },
  { source: 'collector', steps: toFiled, ages: [4] },
  {
    source: 'collector',
    steps: [
      ...toDispatched,
      { by: 'departmentOperator', action: 'requestSendBack', input: { reason: '该路段由市政负责。' }, after: 12 },
      { by: 'secondLead', action: 'approveRequest', input: { opinion: '同意，改派。' }, after: 6 },
    ],
    ages: [5],
  },
  {
    source: 'collector',
    steps: [...toHandled, { by: 'supervisor', action: 'rework', input: { reason: '照片仍见积存垃圾。' }, after: 8 }],
    ages: [3],
  },
  {
    source: 'hotline',
    steps: [...fromHotline, { by: 'dispatcher', action: 'dispute', input: { reason: '燃气与市政均称非己方。' } }],
    ages: [60, 210],
  },
  { source: 'collector', steps: toDispatched, ages: [12, 140, 290, 335, 410] },
  { source: 'hotline', steps: [...fromHotline, dispatch(6, 1, 'workingDay')], ages: [30, 300, 2_900] },
  { source: 'camera', steps: [...toFiled, dispatch(1, 4, 'workingHour')], ages: [20, 100] },
  { source: 'mayorMailbox', steps: [...fromHotline, dispatch(2, 3, 'workingDay')], ages: [600, 3_000] },
  {
    source: 'collector',
    steps: [
      ...toDispatched,
      { by: 'supervisor', action: 'urge', input: { reason: '时限将到，请尽快处置。', method: 'phone' }, after: 250 },
    ],
    ages: [20],
  },
  {
    source: 'collector',
    steps: [
      ...toDispatched,
      { by: 'departmentOperator', action: 'requestExtend', input: { reason: '需等配件。', extraValue: 3 }, after: 90 },
    ],
    ages: [15, 42],
  },
  {
    source: 'collector',
    steps: [
      ...toDispatched,
      {
        by: 'departmentOperator',
        action: 'requestSuspend',
        input: { reason: '冬季不能施工。', reviewOn: '2027-04-01', documentIds: ['document'] },
      },
      { by: 'director', action: 'approveRequest', input: { opinion: '同意缓办至春季。' }, after: 30 },
    ],
    ages: [1_500],
  },
  {
    source: 'hotline12345',
    steps: [
      ...fromHotline,
      dispatch(3, 8, 'urgentHour'),
      { by: 'shiftLead', action: 'oversee', input: { reason: '市里点名。', dueAt: 4_102_416_000_000 }, after: 20 },
    ],
    ages: [200],
  },
  {
    source: 'collector',
    steps: [
      ...toDispatched,
      { by: 'departmentOperator', action: 'requestVoid', input: { reason: '重复派遣。' } },
      { by: 'secondLead', action: 'approveRequest', input: { opinion: '情况属实。' } },
    ],
    ages: [26],
  },
  { source: 'collector', steps: toHandled, ages: [6, 21, 40] },
  { source: 'collector', steps: [...toHandled, accept], ages: [3, 12] },
  { source: 'collector', steps: [...toHandled, accept, orderCheck], ages: [10, 70] },
  { source: 'collector', steps: toChecked, ages: [30, 400] },
  { source: 'hotline', steps: [...fromHotline, dispatch(0, 6, 'urgentHour'), handled, accept, orderCheck, check(true)], ages: [55] },
  { source: 'collector', steps: [...toHandled, accept, orderCheck, check(false)], ages: [18] },
  {
    source: 'collector',
    steps: [
      ...toChecked,
      { by: 'secondLead', action: 'close', input: { opinion: '同意结案。', checklist: [...closingCheckIds] }, after: 40 },
    ],
    ages: [90, 1_300],
  },
  { source: 'hotline', steps: [], isUrgent: true, ages: [1] },
  {
    source: 'hotline',
    steps: [{ by: 'intake', action: 'fileUrgent', input: { opinion: '井盖缺失，伤人风险，紧急立案。' } }],
    isUrgent: true,
    ages: [2],
  },
  { source: 'hotline', steps: [], isSensitive: true, ages: [50] },
  { source: 'hotline', steps: [], namesAgent: true, ages: [33] },
  { source: 'hotline', steps: [{ by: 'intake', action: 'replyOnly', input: { answer: '已告知供暖时间。' } }], ages: [240] },
  { source: 'leader', steps: toDispatched, ages: [75] },
]

export const fakeMatters = [
  { kind: 'component', code: '01002', name: '污水井盖', major: '公用设施', words: '井盖破损下沉，车辆经过有响声，旁边没有警示。' },
  { kind: 'event', code: '06001', name: '暴露垃圾', major: '市容环境', words: '垃圾堆积约两立方米，有异味，占了半条人行道。' },
  { kind: 'component', code: '01005', name: '路灯', major: '公用设施', words: '连续三盏路灯不亮，夜里看不清台阶。' },
  { kind: 'event', code: '06002', name: '道路破损', major: '市容环境', words: '慢车道坑洼，雨后积水，电动车容易摔倒。' },
  { kind: 'event', code: '06003', name: '店外经营', major: '市容环境', words: '烧烤店把桌椅摆到盲道上，油烟大，晚上十点后更多。' },
  { kind: 'component', code: '01006', name: '行道树', major: '公用设施', words: '枯枝悬在公交站上方，风大时有掉落。' },
  { kind: 'event', code: '06006', name: '机动车乱停放', major: '市容环境', words: '消防通道被两辆面包车堵住，物业联系不上车主。' },
  { kind: 'event', code: '06008', name: '油烟污染', major: '市容环境', words: '后厨排烟口正对居民窗户，每天两个饭点。' },
] as const

export const fakePlaces = [
  { address: '新疆大街 118 号门前', street: 0 },
  { address: '友协大街 76 号公交站旁', street: 1 },
  { address: '联盟大街与渤海路交叉口东北角', street: 2 },
  { address: '保国大街 203 号院内通道', street: 3 },
  { address: '建安街 15 号后巷', street: 4 },
  { address: '松花路 9 号工地围挡外', street: 5 },
] as const
