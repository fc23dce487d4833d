/**
 * The next step of a case: who does what with it, and when. One small function for every state; that the step is legal is for `decide` to say. The
 * same functions serve the history that is seeded and the actors who play departments and collectors.
 */

import { chinaDate, chinaMidnight, chinaOffsetMs, dayMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import type { ActionId } from '#shared/domain/case/actions'
import { handlingClock } from '#shared/domain/case/clocks'
import { dueChecks } from '#shared/domain/case/closing-checks'
import { followUpRefusal } from '#shared/domain/case/guards'
import type { CaseActor } from '#shared/domain/case/history'
import type { ActionInput } from '#shared/domain/case/inputs'
import { type CaseProgress, currentRound, type DispatchRound, pendingRequest } from '#shared/domain/case/progress'
import { type CaseState, caseSources } from '#shared/domain/case/states'
import { limitUnits } from '#shared/domain/clock/limit'
import { limitMs } from '#shared/domain/clock/limit-length'
import { handlingText, opinions } from '../city/phrases'
import type { Chance } from '../city/random'
import type { Fate } from './fate'
import { isMorning, type Problem } from './problem'
import { rates } from './rates'
import type { CaseWorld, PhotoPurpose } from './world'

export interface Step {
  readonly action: ActionId
  readonly by: CaseActor
  readonly at: EpochMs
  readonly input: ActionInput
}

export interface Photographer {
  /** A new photo of this case, taken then. `paper`: a signed form. */
  photo(purpose: PhotoPurpose, by: CaseActor, at: EpochMs): string
}

export interface Course {
  readonly world: CaseWorld
  readonly problem: Problem
  readonly fate: Fate
  readonly chance: Chance
  readonly photos: Photographer
  /** Into which it is merged, when that is its end. */
  readonly original: { readonly caseId: string; readonly caseNo: string } | undefined
}

type Next = (course: Course, progress: CaseProgress) => Step | undefined

export const nextStep: Next = (course, progress) => byState[progress.state]?.(course, progress)

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Whoever has the post at that hour; sensitive cases and those that name an agent have other hands. */
function hand({ world }: Course, { facts, preFiledBy, counts, filedBy }: CaseProgress, post: keyof typeof posts, at: EpochMs): CaseActor {
  if (facts.isSensitive) return world.person(post === 'intake' || post === 'collector' ? '0802' : '0803')
  if (facts.namedAgents.length > 0 && post === 'intake') return world.person('0102')
  if (facts.namedAgents.length > 0 && post === 'lead' && preFiledBy !== null && filedBy === null) return world.person('0803')
  const [first, second] = posts[post]
  const usual = isMorning(at) ? first : second
  // Nobody closes alone what they filed, after it had to be done again.
  if (post === 'lead' && counts.reworks > 0 && filedBy === usual) return world.person(usual === first ? second : first)
  return world.person(usual)
}

const posts = {
  intake: ['0201', '0202'],
  lead: ['0101', '0102'],
  dispatcher: ['0301', '0302'],
  supervisor: ['0401', '0401'],
  commander: ['0801', '0801'],
  director: ['0803', '0803'],
  collector: ['0201', '0201'],
} as const

/** When the holder of a node is done with it: mostly well within its limit. */
function soon({ world, chance }: Course, { state, enteredAt }: CaseProgress): EpochMs {
  const limit = world.profile.nodeLimits[state]
  const ms = limit ? Math.min(limitMs(world.calendar, limit), 4 * hourMs) : 10 * minuteMs
  const isLate = chance.next() < rates.nodeLate
  return enteredAt + Math.round(ms * (isLate ? chance.between(1.1, 2.5) : chance.between(0.12, 0.8)))
}

const words = (chance: Chance, lines: readonly [string, ...string[]]) => chance.pick(lines)

const accept: Next = (course, progress) => {
  const { problem, fate, chance, world, original } = course
  const { facts, verification, version } = progress
  const at = soon(course, progress)
  const by = hand(course, progress, 'intake', at)
  if (facts.isUrgent && verification === null)
    return { action: 'fileUrgent', by, at, input: { opinion: '情况紧急，先行立案。', conditionId: problem.conditionId } }
  if (fate.end === 'merged' && original)
    return {
      action: 'mergeDuplicate',
      by,
      at,
      input: { otherCaseId: original.caseId, otherCaseNo: original.caseNo, reason: '与在办案卷为同一问题。' },
    }
  if (fate.end === 'answered') return { action: 'replyOnly', by, at, input: { answer: '已向来电人说明受理范围和办理渠道。' } }
  if (fate.isDeferred && version === 1)
    return { action: 'defer', by, at, input: { reason: '来电人称明日提供准确位置，暂缓受理。', reviewOn: chinaDate(at + dayMs) } }
  const isVerified = verification?.conclusion === 'true' || !world.profile.verifiedFirst.includes(facts.source)
  if (!isVerified && verification === null) return order(course, progress, 'orderVerification', at)
  if (!isVerified || fate.end === 'declined')
    return { action: 'proposeDecline', by, at, input: { reason: words(chance, opinions.decline) } }
  return { action: 'preFile', by, at, input: { opinion: '三要素齐全，预立案。', conditionId: problem.conditionId } }
}

function order(course: Course, progress: CaseProgress, action: 'orderVerification' | 'orderCheck', at: EpochMs): Step | undefined {
  const collector = progress.facts.isSensitive ? course.world.person('0802') : course.world.collectorOf(progress.facts.gridCode ?? '')
  if (!collector) return undefined
  const requirement = action === 'orderCheck' ? '请核查处置结果，同角度拍照。' : '请到现场核实并拍照。'
  return { action, by: hand(course, progress, 'intake', at), at, input: { collectorNo: collector.accountNo, requirement } }
}

/** What a collector brings back; also what the actors send. */
export const reportVerification: Next = (course, progress) => {
  const { fate, chance, photos } = course
  const at = soon(course, progress)
  const by = taskHolder(course, progress)
  if (!by) return undefined
  const opinion = opinions.verify[fate.conclusion === 'true' ? chance.below(2) : 2] ?? opinions.verify[0]
  const photoIds = fate.conclusion === 'notFound' ? [] : [photos.photo('verification', by, at)]
  return {
    action: 'reportVerification',
    by,
    at,
    input: { conclusion: fate.conclusion, opinion, ...(photoIds.length > 0 && { photoIds }), ...standing(progress) },
  }
}

export const reportCheck: Next = (course, progress) => {
  const { fate, chance, photos } = course
  const at = soon(course, progress)
  const by = taskHolder(course, progress)
  if (!by) return undefined
  const solved = !(fate.rework === 'byCheck' && progress.counts.reworks === 0)
  const opinion = opinions.check[solved ? chance.below(2) : 2] ?? opinions.check[0]
  return { action: 'reportCheck', by, at, input: { solved, opinion, photoIds: [photos.photo('check', by, at)], ...standing(progress) } }
}

const taskHolder = ({ world }: Course, { task }: CaseProgress): CaseActor | undefined => (task ? world.person(task.collectorNo) : undefined)
const standing = ({ facts }: CaseProgress): ActionInput => (facts.position ? { position: facts.position } : {})

const resumeDeferred: Next = (course, progress) => {
  const at = chinaMidnight(progress.enteredAt) + dayMs + Math.round(course.chance.between(7.5, 10) * hourMs)
  return { action: 'resume', by: hand(course, progress, 'intake', at), at, input: { reason: '来电人已补充位置，恢复受理。' } }
}

const judgeFiling: Next = (course, progress) => {
  const { fate, chance, problem } = course
  const at = soon(course, progress)
  const by = hand(course, progress, 'lead', at)
  if (progress.proposal === 'decline')
    return { action: 'decline', by, at, input: { reason: words(chance, opinions.decline), citizenInformed: true } }
  if (fate.isSentBackByLead && progress.counts.sentBacks === 0)
    return { action: 'sendBack', by, at, input: { reason: '位置描述不清，请补充门牌或路口。' } }
  return { action: 'file', by, at, input: { opinion: words(chance, opinions.file), conditionId: problem.conditionId } }
}

const dispatch: Next = (course, progress) => {
  const { fate, chance, world, problem } = course
  const { facts, rounds, counts } = progress
  const at = soon(course, progress)
  const by = hand(course, progress, 'dispatcher', at)
  if (fate.isDisputed && rounds.length === 0 && counts.sentBacks === 0 && !facts.isUrgent)
    return { action: 'dispute', by, at, input: { reason: '权属单位与管理单位说法不一，请裁定。' } }
  const duty = dutyFor(course, progress)
  if (!duty) return undefined
  const { departmentCode, departmentName, legalBasis } = duty
  const cooperating = chance.next() < 0.03 ? cooperatingWith(world, departmentCode, facts.streetCode) : []
  const input = { departmentCode, departmentName, limit: problem.limit, opinion: words(chance, opinions.dispatch), legalBasis }
  return { action: 'dispatch', by, at, input: { ...input, ...(cooperating.length > 0 && { cooperating }) } }
}

/** Whose it is by the matrix; after it came back, once, somebody else's. */
function dutyFor({ world, problem }: Course, { facts, rounds }: CaseProgress) {
  const rightful = world.dutyOf(problem.entry.kind, problem.entry.subclassCode, facts.streetCode ?? '')
  const cameBack = rounds.at(-1)?.endedBy === 'sentBack'
  if (!rightful || !cameBack) return rightful
  const others = world.departments.filter(({ departmentCode }) => departmentCode !== rightful.departmentCode && departmentCode < '300')
  const other = others[Number(facts.subclassCode) % Math.max(1, others.length)]
  return other ? { ...other, legalBasis: rightful.legalBasis } : rightful
}

function cooperatingWith(world: CaseWorld, code: string, streetCode: string | null) {
  const office = world.dutyOf('event', '06041', streetCode ?? '')
  return office && office.departmentCode !== code ? [{ code: office.departmentCode, name: office.departmentName }] : []
}

const settleDispute: Next = (course, progress) => {
  const { world, problem, chance } = course
  const duty = world.dutyOf(problem.entry.kind, problem.entry.subclassCode, progress.facts.streetCode ?? '')
  if (!duty) return undefined
  const at = progress.enteredAt + Math.round(chance.between(0.5, 4) * hourMs)
  const input = {
    departmentCode: duty.departmentCode,
    departmentName: duty.departmentName,
    limit: problem.limit,
    legalBasis: duty.legalBasis,
  }
  return {
    action: 'assign',
    by: hand(course, progress, 'commander', at),
    at,
    input: { ...input, opinion: '按责任矩阵由该单位处置，争议另行会商。' },
  }
}

/** The moment at which `share` of the limit in force is used up, in the daytime unless it is urgent. */
function whenUsed({ world, chance }: Course, round: DispatchRound, share: number): EpochMs {
  const { startedAt, dueAt } = handlingClock(round, world.calendar)
  const at = startedAt + Math.round((dueAt - startedAt) * share)
  if (!limitUnits[round.limit.unit].isWorking) return at
  const hour = new Date(at + chinaOffsetMs).getUTCHours()
  if (hour >= 7 && hour < 20) return at
  const morning = chinaMidnight(at) + (hour >= 20 ? dayMs : 0) + 7 * hourMs + Math.round(chance.next() * 50 * minuteMs)
  return share <= 1 && morning > dueAt ? at : morning
}

/** What a department does with a case that it has: arrives, asks, reports. Also what the actors do. */
export const handle: Next = (course, progress) => {
  const { fate, chance } = course
  const round = currentRound(progress)
  if (!round) return undefined
  const request = pendingRequest(progress)
  if (request) return decideRequest(course, progress, request.kind)
  const by = departmentHand(course, progress, round)
  if (!by) return undefined
  const pace = fate.paces[progress.rounds.length > 1 ? 1 : 0]
  const asked = progress.requests.length > 0
  if (fate.isOverseen && progress.counts.oversights === 0) return oversee(course, progress, round)
  if (fate.arrives && round.arrivedAt === null) {
    const at = round.dispatchedAt + Math.round((whenUsed(course, round, pace) - round.dispatchedAt) * 0.3)
    return { action: 'reportArrival', by, at, input: standing(progress) }
  }
  if (fate.request !== null && !asked) return ask(course, round, by)
  if (pace > 0.76 && (progress.lastUrgedAt ?? 0) < round.dispatchedAt) {
    const at = whenUsed(course, round, 0.75)
    return {
      action: 'urge',
      by: hand(course, progress, 'supervisor', at),
      at,
      input: { reason: words(chance, opinions.urge), method: 'platform' },
    }
  }
  const at = whenUsed(course, round, pace)
  const photoIds = [course.photos.photo('after', by, at)]
  return { action: 'reportHandled', by, at, input: { opinion: handlingText(course.problem.entry, chance), photoIds } }
}

function departmentHand({ world }: Course, { facts }: CaseProgress, round: DispatchRound): CaseActor | undefined {
  return facts.isSensitive ? world.person('0803') : world.operatorOf(round.departmentCode)
}

function oversee(course: Course, progress: CaseProgress, round: DispatchRound): Step {
  const at = whenUsed(course, round, 0.15)
  const dueAt = handlingClock(round, course.world.calendar).dueAt
  return { action: 'oversee', by: hand(course, progress, 'commander', at), at, input: { reason: '同类问题多次反映，请跟踪督办。', dueAt } }
}

function ask(course: Course, round: DispatchRound, by: CaseActor): Step {
  const { fate, chance, photos } = course
  const at = whenUsed(course, round, fate.request === 'extend' ? 0.6 : 0.25)
  const paper = () => [photos.photo('document', by, at)]
  switch (fate.request) {
    case 'extend':
      return {
        action: 'requestExtend',
        by,
        at,
        input: { reason: words(chance, opinions.extend), extraValue: Math.max(1, Math.floor(round.limit.value / 2)) },
      }
    case 'suspend':
      return {
        action: 'requestSuspend',
        by,
        at,
        input: { reason: words(chance, opinions.suspend), reviewOn: chinaDate(at + 5 * dayMs), documentIds: paper() },
      }
    case 'void':
      return { action: 'requestVoid', by, at, input: { reason: '到场时问题已不存在，登记位置也无此设施，请作废。' } }
    case 'closeWithoutCheck':
      return {
        action: 'requestCloseWithoutCheck',
        by,
        at,
        input: { reason: '按批准的专项方案统一整治，无须单件核查。', approvalNote: '专项整治方案已批。', documentIds: paper() },
      }
    default:
      return { action: 'requestSendBack', by, at, input: { reason: words(chance, opinions.sendBack) } }
  }
}

function decideRequest(course: Course, progress: CaseProgress, kind: NonNullable<Fate['request']>): Step | undefined {
  const request = pendingRequest(progress)
  if (!request) return undefined
  const { chance, fate } = course
  const { requestId } = request
  if (kind === 'void' && request.state === 'reviewed') {
    const at = progress.lastEntry.at + Math.round(chance.between(10, 60) * minuteMs)
    return { action: 'consentVoid', by: course.world.person('0803'), at, input: { requestId, opinion: '同意作废。' } }
  }
  const at = request.at + Math.round(chance.between(8, 70) * minuteMs)
  const by = hand(course, progress, kind === 'suspend' ? 'director' : 'lead', at)
  if (!fate.isRequestGranted) return { action: 'refuseRequest', by, at, input: { requestId, reason: '理由不足，请按原时限处置。' } }
  return { action: 'approveRequest', by, at, input: { requestId, opinion: '同意。' } }
}

const resumeSuspended: Next = (course, progress) => {
  const round = currentRound(progress)
  const by = round && departmentHand(course, progress, round)
  if (!by) return undefined
  const at = progress.enteredAt + Math.round(course.chance.between(3, 9) * dayMs)
  return { action: 'resume', by, at, input: { reason: '条件具备，恢复处置。' } }
}

const review: Next = (course, progress) => {
  const at = soon(course, progress)
  const by = hand(course, progress, 'supervisor', at)
  if (course.fate.rework === 'bySupervisor' && progress.counts.reworks === 0)
    return { action: 'rework', by, at, input: { reason: words(course.chance, opinions.rework) } }
  return { action: 'acceptHandling', by, at, input: { opinion: '照片清楚，督查通过。' } }
}

const judgeClosing: Next = (course, progress) => {
  const { chance, world } = course
  const at = progress.lastEntry.at + Math.round(chance.between(4, 50) * minuteMs)
  const by = hand(course, progress, 'lead', at)
  if (progress.check?.solved === false) return { action: 'rework', by, at, input: { reason: words(chance, opinions.rework) } }
  if (progress.followUps.at(-1)?.outcome === 'dissatisfied')
    return { action: 'rework', by, at, input: { reason: '来电人不满意，经核实确有残留，请返工。' } }
  if (followUpRefusal(progress, world.profile)) return callBack(course, progress)
  return { action: 'close', by, at, input: { opinion: words(chance, opinions.close), checklist: dueChecks(progress) } }
}

function callBack(course: Course, progress: CaseProgress): Step {
  const { fate, chance } = course
  const missed = progress.followUps.length
  const isMissed = missed < fate.missedCalls
  const at = progress.lastEntry.at + Math.round((missed > 0 ? chance.between(61, 130) : chance.between(5, 60)) * minuteMs)
  const post = caseSources[progress.facts.source].isExternal ? course.world.person('0501') : hand(course, progress, 'intake', at)
  const by = progress.facts.isSensitive || progress.facts.namedAgents.length > 0 ? hand(course, progress, 'lead', at) : post
  const told = fate.rework === 'byCitizen' && progress.counts.reworks === 0 ? 'dissatisfied' : 'satisfied'
  const outcome = isMissed ? 'noAnswer' : told
  const opinion = { noAnswer: '电话无人接听，稍后再拨。', dissatisfied: '只清理了一部分，要求继续处理。', satisfied: '处理很快，满意。' }[
    outcome
  ]
  return { action: 'followUp', by, at, input: { outcome, method: 'phone', opinion } }
}

const byState: Partial<Record<CaseState, Next>> = {
  reported: accept,
  verifying: reportVerification,
  verified: accept,
  deferred: resumeDeferred,
  preFiled: judgeFiling,
  filed: dispatch,
  disputed: settleDispute,
  dispatched: handle,
  suspended: resumeSuspended,
  handled: review,
  toCheck: (course, progress) => order(course, progress, 'orderCheck', soon(course, progress)),
  checking: reportCheck,
  checked: judgeClosing,
}
