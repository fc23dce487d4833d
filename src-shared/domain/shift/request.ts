import type { EpochMs } from '../../base/clock'
import { err, ok, type Result } from '../../base/result'
import type { RoleId } from '../account/role'
import type { RosterLine } from './roster'

/**
 * What people ask of the roster: leave 请假, days off for overtime 调休, swaps 调班, overtime 加班. Who agrees, and in which order, is the rule of the
 * house: 受理员请假、调休由监督指挥中心领导批准; 因私调班先报值班长协调，再经管理人员批准; 公假由值班长与管理人员提方案，中心领导批; 加班由值班长通知
 * (S1 数字城管监督指挥中心工作人员管理办法). The leader of the centre is the post `director`, whoever manages the hall `assistant`. Pure.
 */
export const leaveKinds = {
  sick: '病假',
  personal: '事假',
  public: '公假（婚、产、丧、工伤等）',
  likePublic: '可按公假（献血、动迁等）',
  compensatory: '调休',
} as const
export type LeaveKind = keyof typeof leaveKinds

/** What must lie beside the request before it is decided (病假凭医疗证明, 公假凭有效证明). */
export const leavesWithProof: readonly LeaveKind[] = ['sick', 'public', 'likePublic']

interface Asked {
  readonly requestId: string
  readonly accountNo: string
  readonly name: string
  readonly reason: string
  readonly askedAt: EpochMs
  readonly steps: readonly RequestStep[]
}

export interface LeaveRequest extends Asked {
  readonly kind: 'leave'
  readonly leave: LeaveKind
  /** Dates of the roster; the whole duty of that day. */
  readonly dates: readonly string[]
  /** Told by telephone, the note follows 特殊情况电话联系，事后补假条. */
  readonly isTold: boolean
  /** The number of the paper or the attachment; null while it is awaited. */
  readonly proof: string | null
}

export interface SwapRequest extends Asked {
  readonly kind: 'swap'
  readonly date: string
  readonly withNo: string
  readonly withName: string
  /** The day that the other gives in return; null: the other takes the duty over. */
  readonly inReturn: string | null
}

export interface OvertimeRequest extends Asked {
  readonly kind: 'overtime'
  readonly date: string
  readonly hours: number
}

export type ShiftRequest = LeaveRequest | SwapRequest | OvertimeRequest

export interface RequestStep {
  readonly by: string
  readonly byName: string
  readonly as: Approver | 'asker'
  readonly did: 'agreed' | 'refused' | 'withdrew' | 'proved'
  readonly at: EpochMs
  readonly note: string
}

export type Approver = 'counterpart' | 'shiftLead' | 'assistant' | 'director'

/** Who has to agree, in this order. */
export function approversOf(request: ShiftRequest): readonly Approver[] {
  if (request.kind === 'swap') return ['counterpart', 'shiftLead', 'assistant']
  if (request.kind === 'overtime') return ['shiftLead']
  return request.leave === 'public' || request.leave === 'likePublic' ? ['shiftLead', 'director'] : ['director']
}

export type RequestState =
  | { readonly is: 'waiting'; readonly for: Approver }
  | { readonly is: 'approved' }
  | { readonly is: 'refused'; readonly by: string }
  | { readonly is: 'withdrawn' }

export function stateOfRequest(request: ShiftRequest): RequestState {
  const refusal = request.steps.find(({ did }) => did === 'refused')
  if (refusal) return { is: 'refused', by: refusal.byName }
  if (request.steps.some(({ did }) => did === 'withdrew')) return { is: 'withdrawn' }
  const agreed = request.steps.filter(({ did }) => did === 'agreed').length
  const next = approversOf(request)[agreed]
  return next ? { is: 'waiting', for: next } : { is: 'approved' }
}

export interface Decider {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
}

export type RequestAnswer = { readonly did: 'agreed' | 'refused' | 'withdrew' | 'proved'; readonly note: string; readonly proof?: string }
export type RequestFault = 'shiftRequest/ended' | 'shiftRequest/notYours' | 'shiftRequest/ownRequest' | 'shiftRequest/proofMissing'

/** One step on; the same person never decides what they asked for themselves. */
export function answerRequest<R extends ShiftRequest>(
  request: R,
  answer: RequestAnswer,
  who: Decider,
  at: EpochMs,
): Result<R, RequestFault> {
  const state = stateOfRequest(request)
  const isAsker = who.accountNo === request.accountNo
  const step = (as: RequestStep['as']): R => ({
    ...request,
    ...(answer.did === 'proved' && { proof: answer.proof ?? answer.note }),
    steps: [...request.steps, { by: who.accountNo, byName: who.name, as, did: answer.did, at, note: answer.note }],
  })
  if (answer.did === 'proved') return isAsker && request.kind === 'leave' ? ok(step('asker')) : err('shiftRequest/notYours')
  if (state.is !== 'waiting') return err('shiftRequest/ended')
  if (answer.did === 'withdrew') return isAsker ? ok(step('asker')) : err('shiftRequest/notYours')
  if (isAsker) return err('shiftRequest/ownRequest')
  const isTheirTurn =
    state.for === 'counterpart' ? request.kind === 'swap' && who.accountNo === request.withNo : standsFor(who.role, state.for)
  if (!isTheirTurn) return err('shiftRequest/notYours')
  if (answer.did === 'agreed' && needsProof(request)) return err('shiftRequest/proofMissing')
  return ok(step(state.for))
}

/** The leader of the centre may stand in for whoever manages the hall, never the other way round. */
export function standsFor(role: RoleId, approver: Exclude<Approver, 'counterpart'>): boolean {
  return role === approver || (role === 'director' && approver === 'assistant')
}

/** Leave with proof waits for it, unless it was told by telephone: then the proof follows. */
function needsProof(request: ShiftRequest): boolean {
  return request.kind === 'leave' && !request.isTold && request.proof === null && leavesWithProof.includes(request.leave)
}

/** The roster after an approved request: leave takes the duty away, a swap gives it to the other. Anything else changes nothing. */
export function rosterAfter(lines: readonly RosterLine[], request: ShiftRequest): readonly RosterLine[] {
  if (stateOfRequest(request).is !== 'approved') return lines
  if (request.kind === 'leave') {
    return lines.filter((line) => line.accountNo !== request.accountNo || !request.dates.includes(line.date))
  }
  if (request.kind !== 'swap') return lines
  const [mine, theirs] = [lines.find(isOf(request.accountNo, request.date)), lines.find(isOf(request.withNo, request.inReturn ?? ''))]
  return lines.map((line) => {
    if (line === mine) return { ...line, accountNo: request.withNo, name: request.withName }
    if (line === theirs) return { ...line, accountNo: request.accountNo, name: request.name }
    return line
  })
}

const isOf = (accountNo: string, date: string) => (line: RosterLine) => line.accountNo === accountNo && line.date === date

/** 加班 1 天调休 1 天: hours of approved overtime that approved days off have not used; 8 hours are a day. */
export function overtimeOf(accountNo: string, requests: readonly ShiftRequest[]): number {
  return requests.reduce((hours, request) => {
    if (request.accountNo !== accountNo || stateOfRequest(request).is !== 'approved') return hours
    if (request.kind === 'overtime') return hours + request.hours
    return request.kind === 'leave' && request.leave === 'compensatory' ? hours - 8 * request.dates.length : hours
  }, 0)
}
