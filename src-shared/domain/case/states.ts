import type { RoleId } from '../account/role'

/**
 * The seven stages 七环节 and the states of a case 案卷, with who holds it in each. Source: GB/T 30428 and the management rules (seed 000, 001);
 * how a case moves between states is in `transitions.ts`.
 */
export const stages = {
  collect: { no: 1, name: '信息收集' },
  establish: { no: 2, name: '案卷建立' },
  dispatch: { no: 3, name: '任务派遣' },
  handle: { no: 4, name: '任务处理' },
  feedback: { no: 5, name: '处理反馈' },
  verifyAndClose: { no: 6, name: '核实结案' },
  assess: { no: 7, name: '考核评价' },
} as const

export type StageId = keyof typeof stages
export const stageIds = Object.keys(stages) as readonly StageId[]

export interface StateSpec {
  readonly name: string
  readonly stage: StageId
  /** Whose turn it is; null at an end. */
  readonly heldBy: RoleId | null
}

export const caseStates = {
  reported: { name: '待受理', stage: 'collect', heldBy: 'intake' },
  verifying: { name: '核实中', stage: 'collect', heldBy: 'collector' },
  verified: { name: '核实已回', stage: 'establish', heldBy: 'intake' },
  deferred: { name: '缓受理', stage: 'establish', heldBy: 'intake' },
  preFiled: { name: '待立案', stage: 'establish', heldBy: 'shiftLead' },
  filed: { name: '待派遣', stage: 'dispatch', heldBy: 'dispatcher' },
  disputed: { name: '派遣争议', stage: 'dispatch', heldBy: 'commander' },
  dispatched: { name: '处置中', stage: 'handle', heldBy: 'departmentOperator' },
  suspended: { name: '缓办', stage: 'handle', heldBy: 'departmentOperator' },
  handled: { name: '待督查', stage: 'feedback', heldBy: 'supervisor' },
  toCheck: { name: '待核查', stage: 'verifyAndClose', heldBy: 'intake' },
  checking: { name: '核查中', stage: 'verifyAndClose', heldBy: 'collector' },
  checked: { name: '待结案', stage: 'verifyAndClose', heldBy: 'shiftLead' },
  closed: { name: '已结案', stage: 'assess', heldBy: null },
  declined: { name: '不立案', stage: 'assess', heldBy: null },
  voided: { name: '已作废', stage: 'assess', heldBy: null },
  merged: { name: '已并案', stage: 'assess', heldBy: null },
  answered: { name: '已答复', stage: 'assess', heldBy: null },
} as const satisfies Record<string, StateSpec>

export type CaseState = keyof typeof caseStates
export const caseStateIds = Object.keys(caseStates) as readonly CaseState[]

export const isEnd = (state: CaseState): boolean => caseStates[state].heldBy === null
export const openStates: readonly CaseState[] = caseStateIds.filter((state) => !isEnd(state))
export const endStates: readonly CaseState[] = caseStateIds.filter(isEnd)

/** Where a case comes from 问题来源. `isPublic`: a citizen spoke, so the case is verified first and followed up at the end. */
export const caseSources = {
  hotline: { name: '12319 热线', isPublic: true, isExternal: false },
  collector: { name: '监督员上报', isPublic: false, isExternal: false },
  camera: { name: '视频监控', isPublic: false, isExternal: false },
  cityPlatform: { name: '市级平台转办', isPublic: true, isExternal: true },
  hotline12345: { name: '12345 转交', isPublic: true, isExternal: true },
  mayorMailbox: { name: '市长信箱', isPublic: true, isExternal: true },
  onlineInquiry: { name: '网络问政', isPublic: true, isExternal: true },
  media: { name: '媒体曝光', isPublic: false, isExternal: true },
  citizenApp: { name: '市民随手拍', isPublic: true, isExternal: true },
  message: { name: '短信', isPublic: true, isExternal: true },
  forum: { name: '网络舆情', isPublic: false, isExternal: true },
  leader: { name: '领导批办', isPublic: false, isExternal: false },
  survey: { name: '专项普查', isPublic: false, isExternal: false },
} as const

export type CaseSource = keyof typeof caseSources
export const caseSourceIds = Object.keys(caseSources) as readonly CaseSource[]
