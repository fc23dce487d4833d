import type { Limit } from '../clock/limit'
import type { Position } from '../geo/position'
import type { Quoted } from '../knowledge/article'
import type { FactChange } from './facts'

/** What an action may bring along, and what each field is called on a form. Which of them an action must have is in `transitions.ts`. */
export interface ActionInput {
  /** 办理意见 */
  readonly opinion?: string
  readonly reason?: string
  /** 立案条件, an entry of the handbook. */
  readonly conditionId?: string
  readonly collectorNo?: string
  readonly requirement?: string
  /** 核实结论 */
  readonly conclusion?: 'true' | 'false' | 'notFound'
  /** 核查结论 */
  readonly solved?: boolean
  readonly photoIds?: readonly string[]
  /** Signed papers, approvals. */
  readonly documentIds?: readonly string[]
  /** 审批手续文字注明 */
  readonly approvalNote?: string
  readonly departmentCode?: string
  readonly departmentName?: string
  /** 协办部门 */
  readonly cooperating?: readonly { readonly code: string; readonly name: string }[]
  readonly limit?: Limit
  readonly legalBasis?: string
  readonly otherCaseId?: string
  readonly otherCaseNo?: string
  readonly answer?: string
  /** What the answer rests on. */
  readonly quoted?: Quoted
  /** `YYYY-MM-DD`: when a deferred case is looked at again, or a suspended one goes on. */
  readonly reviewOn?: string
  /** 延期: how much longer, in the unit of the limit in force. */
  readonly extraValue?: number
  readonly requestId?: string
  readonly suggestedDepartmentCode?: string
  readonly citizenInformed?: boolean
  readonly outcome?: FollowUpOutcome
  readonly noteKind?: NoteKind
  /** How somebody was urged or called. */
  readonly method?: 'platform' | 'phone' | 'message' | 'onSite'
  readonly dueAt?: number
  /** 督办级别; without it an oversight is the centre's own. */
  readonly oversightLevel?: OversightLevel
  readonly facts?: FactChange
  readonly photoId?: string
  /** Shapes over a photo; parsed by `domain/annotation`. */
  readonly annotations?: readonly unknown[]
  /** Where the collector or the department stood. */
  readonly position?: Position
  /** 结案核对, the ids that were ticked. */
  readonly checklist?: readonly string[]
  /** On a request to void by somebody who may also review it: the first of the two people has agreed. Written by `decide` alone. */
  readonly isReviewed?: boolean
  /** The history entry that an undo takes back. */
  readonly undoes?: number
  /** How a person brought a reply to its source, and when. */
  readonly replyWay?: ReplyWay
  readonly returnedAt?: number
  /** The platform that the program brings an approved reply to. Written by the centre alone. */
  readonly replyVia?: string
  /** When a note was written at its seat, by the centre's clock: earlier than the entry's `at` when it waited there. Kept by `believedMadeAt`'s rule. */
  readonly madeAt?: number
}

export type InputName = keyof ActionInput

export const followUpOutcomes = {
  satisfied: '满意',
  dissatisfied: '不满意',
  noAnswer: '无人接听',
  refused: '来电人表示不必再打',
} as const
export type FollowUpOutcome = keyof typeof followUpOutcomes

/** Who presses: the centre itself, or the inspection that looks into how departments do their duty 监察. The last is the highest. */
export const oversightLevels = { centre: '督办', inspection: '移交监察' } as const
export type OversightLevel = keyof typeof oversightLevels

/** How a person brings a reply to its source. */
export const replyWays = { site: '在对方网站填写', phone: '电话', message: '短信或微信', letter: '书面', visit: '当面' } as const
export type ReplyWay = keyof typeof replyWays
export const replyWayIds = Object.keys(replyWays) as readonly ReplyWay[]

export const noteKinds = {
  opinion: '办理意见',
  consultation: '请示值班长',
  communication: '案卷沟通',
  coordination: '协调会商',
  escalation: '上报中心领导',
  firstAsked: '首问登记',
  replyDraft: '回复稿',
} as const
export type NoteKind = keyof typeof noteKinds

export const inputTitles: Readonly<Record<InputName, string>> = {
  opinion: '办理意见',
  reason: '理由',
  conditionId: '立案条件',
  collectorNo: '监督员',
  requirement: '要求',
  conclusion: '核实结论',
  solved: '核查结论',
  photoIds: '照片',
  documentIds: '附件',
  approvalNote: '审批手续注明',
  departmentCode: '责任部门',
  departmentName: '责任部门名称',
  cooperating: '协办部门',
  limit: '处置时限',
  legalBasis: '派遣依据',
  otherCaseId: '另一案卷',
  otherCaseNo: '另一案卷号',
  answer: '答复内容',
  quoted: '答复依据',
  reviewOn: '日期',
  extraValue: '延长时间',
  requestId: '申请',
  suggestedDepartmentCode: '建议的责任部门',
  citizenInformed: '已告知来电人',
  outcome: '回访结果',
  noteKind: '记录类别',
  method: '方式',
  dueAt: '要求办结时间',
  oversightLevel: '督办级别',
  facts: '更正内容',
  photoId: '照片',
  annotations: '标注',
  position: '所在位置',
  checklist: '核对项',
  isReviewed: '初审已同意',
  undoes: '撤销的一步',
  replyWay: '回传方式',
  returnedAt: '回传时间',
  replyVia: '送达平台',
  madeAt: '记录时间',
}

/** Said and not only blank. */
export function isGiven(input: ActionInput, name: InputName): boolean {
  const value = input[name]
  if (typeof value === 'string') return value.trim() !== ''
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined && value !== null
}
