import type { EpochMs } from '../../base/clock'
import { err, ok, type Result } from '../../base/result'
import { closingChecks, dueChecks } from './closing-checks'
import { secrecyFacts } from './facts'
import type { CaseActor } from './history'
import { type ActionInput, inputTitles, isGiven } from './inputs'
import type { CentreProfile } from './profile'
import { type CaseProgress, currentRound, pendingRequest } from './progress'
import { isAnswerable, replyStates } from './reply'
import { caseSources } from './states'

/**
 * The rules that guard transitions, each with its own refusal. A refusal is a code with what its Chinese sentence needs; the sentences are in
 * `contracts/errors.ts` under `case/…`. Rule ids (G01–G20) are those of the management rules.
 */
export interface GuardContext {
  readonly progress: CaseProgress
  readonly actor: CaseActor
  readonly input: ActionInput
  readonly profile: CentreProfile
  readonly now: EpochMs
}

/** `detail` fills the places of the sentence. */
export interface Refusal {
  readonly code: CaseRefusalCode
  readonly detail?: Readonly<Record<string, unknown>>
}

export type CaseRefusalCode =
  | 'case/notInState'
  | 'case/wrongRole'
  | 'case/inputMissing'
  | 'case/threeElementsMissing'
  | 'case/notPlaced'
  | 'case/notClassified'
  | 'case/notVerified'
  | 'case/notUrgent'
  | 'case/sameAsOther'
  | 'case/notYourTask'
  | 'case/photosMissing'
  | 'case/ownFiling'
  | 'case/ownClosing'
  | 'case/checksDue'
  | 'case/onlySecrecyNow'
  | 'case/citizenNotTold'
  | 'case/limitNotPositive'
  | 'case/notYourDepartment'
  | 'case/handlingUnproven'
  | 'case/notSolved'
  | 'case/followUpDue'
  | 'case/citizenDissatisfied'
  | 'case/noCitizen'
  | 'case/reopenedBefore'
  | 'case/requestPending'
  | 'case/requestUnknown'
  | 'case/ownRequest'
  | 'case/notYourRequest'
  | 'case/extensionTooLong'
  | 'case/voidNotReviewed'
  | 'case/needsSecondPerson'
  | 'case/noSourceToAnswer'
  | 'case/replySent'
  | 'case/replyUnknown'
  | 'case/replyNotApproved'
  | 'case/ownReply'
  | 'case/replyUnderWay'
  | 'case/returnedTooEarly'
  | 'case/undoTooLate'
  | 'case/undoNotYours'
  | 'case/undoNotPossible'

type Guard = (context: GuardContext) => Refusal | undefined

const refuse = (code: CaseRefusalCode, detail?: Refusal['detail']): Refusal => ({ code, ...(detail && { detail }) })

export const guards = {
  /** Subclass and edition are chosen. */
  classified: ({ progress: { facts } }) => (facts.subclassCode === '' || facts.standard === '' ? refuse('case/notClassified') : undefined),
  /** On the map, or at least in a grid, and in words. */
  placed: ({ progress: { facts } }) =>
    facts.address.trim() === '' || (facts.position === null && facts.gridCode === null) ? refuse('case/notPlaced') : undefined,
  /** G03. A citizen's own photos are not asked for: they come from the verification. */
  threeElements: ({ progress }) => {
    const { facts, photoIds, verification } = progress
    const missing: string[] = []
    if (facts.description.trim() === '') missing.push('描述')
    if (facts.address.trim() === '' || (facts.position === null && facts.gridCode === null)) missing.push('位置')
    const isPhotoDue = caseSources[facts.source].isPublic ? verification !== null : true
    if (isPhotoDue && photoIds.length === 0) missing.push('照片')
    return missing.length > 0 ? refuse('case/threeElementsMissing', { missing: missing.join('、') }) : undefined
  },
  /** G05. */
  verifiedFirst: ({ progress: { facts, verification }, profile }) =>
    profile.verifiedFirst.includes(facts.source) && verification?.conclusion !== 'true'
      ? refuse('case/notVerified', { conclusion: verification ? conclusions[verification.conclusion] : '还没有核实' })
      : undefined,
  urgent: ({ progress: { facts } }) => (facts.isUrgent ? undefined : refuse('case/notUrgent')),
  otherCase: ({ progress, input }) =>
    input.otherCaseId !== undefined && progress.mergedInto === input.otherCaseId ? refuse('case/sameAsOther') : undefined,
  /** Photos or papers. */
  somethingAttached: ({ input }) =>
    isGiven(input, 'photoIds') || isGiven(input, 'documentIds')
      ? undefined
      : refuse('case/inputMissing', { fields: `${inputTitles.photoIds}或${inputTitles.documentIds}`, names: ['photoIds', 'documentIds'] }),
  ownTask: ({ progress: { task }, actor }) => (task?.collectorNo === actor.accountNo ? undefined : refuse('case/notYourTask')),
  /** A collector's word comes with a picture, except that nothing was found. */
  taskPhotos: ({ input }) =>
    input.conclusion === 'notFound' || (input.photoIds ?? []).length > 0 ? undefined : refuse('case/photosMissing'),
  /** G06: who pre-files does not file. */
  filedByAnother: ({ progress: { preFiledBy }, actor }) => (preFiledBy === actor.accountNo ? refuse('case/ownFiling') : undefined),
  /** Who filed a case does not alone close it after it had to be reworked. */
  closedByAnother: ({ progress: { filedBy, counts }, actor }) =>
    counts.reworks > 0 && filedBy === actor.accountNo ? refuse('case/ownClosing') : undefined,
  /** 结案核对: every mandatory item was looked at by whoever closes. */
  checkedOff: ({ progress, input }) => {
    const left = dueChecks(progress).filter((id) => !input.checklist?.includes(id))
    return left.length === 0 ? undefined : refuse('case/checksDue', { items: left.map((id) => closingChecks[id]).join('、') })
  },
  /** What somebody works on is not rewritten under their hands; that it names one of us, or is sensitive, must be sayable at any time. */
  secrecyOnly: ({ input: { facts = {} } }) =>
    Object.keys(facts).every((name) => (secrecyFacts as readonly string[]).includes(name)) ? undefined : refuse('case/onlySecrecyNow'),
  citizenTold: ({ progress: { facts }, input }) =>
    facts.hasCitizen && !facts.mayNotBeCalled && input.citizenInformed !== true ? refuse('case/citizenNotTold') : undefined,
  positiveLimit: ({ input: { limit } }) => (limit !== undefined && limit.value > 0 ? undefined : refuse('case/limitNotPositive')),
  ownDepartment: ({ progress, actor }) => {
    if (actor.role !== 'departmentOperator') return undefined
    const round = currentRound(progress)
    const isOurs = round?.departmentCode === actor.departmentCode || round?.cooperating.some(({ code }) => code === actor.departmentCode)
    return actor.departmentCode !== null && isOurs ? undefined : refuse('case/notYourDepartment')
  },
  /** Photos after handling, or the approval on which nothing is to be done (G19). */
  handlingProof: ({ input }) =>
    (input.photoIds ?? []).length > 0 || ((input.documentIds ?? []).length > 0 && (input.approvalNote ?? '').trim() !== '')
      ? undefined
      : refuse('case/handlingUnproven'),
  solved: ({ progress: { check, isWithoutCheck } }) => (isWithoutCheck || check?.solved === true ? undefined : refuse('case/notSolved')),
  /** G13. */
  followedUp: (context) => followUpRefusal(context.progress, context.profile),
  hasCitizen: ({ progress: { facts } }) => (facts.hasCitizen ? undefined : refuse('case/noCitizen')),
  reopenedOnce: ({ progress: { counts } }) => (counts.reopenings > 0 ? refuse('case/reopenedBefore') : undefined),
  noRequestPending: ({ progress }) => (pendingRequest(progress) ? refuse('case/requestPending') : undefined),
  requestPending: ({ progress, input }) =>
    pendingRequest(progress)?.requestId === input.requestId ? undefined : refuse('case/requestUnknown'),
  ownRequest: ({ progress, actor }) =>
    pendingRequest(progress)?.by.accountNo === actor.accountNo ? undefined : refuse('case/notYourRequest'),
  notOwnRequest: ({ progress, actor }) =>
    pendingRequest(progress)?.by.accountNo === actor.accountNo ? refuse('case/ownRequest') : undefined,
  /** G07: all extensions together at most `extensionCap` times the original limit. */
  extensionCap: ({ progress, input, profile }) => {
    const request = pendingRequest(progress)
    if (request && request.kind !== 'extend') return undefined
    const round = currentRound(progress)
    const extra = input.extraValue ?? request?.input.extraValue ?? 0
    if (!round) return undefined
    const most = round.limit.value * profile.extensionCap - round.extraValue
    return extra > 0 && extra <= most ? undefined : refuse('case/extensionTooLong', { most: Math.max(0, most) })
  },
  voidReviewed: ({ progress, input }) => {
    const request = pendingRequest(progress)
    return request?.state === 'reviewed' && request.requestId === input.requestId ? undefined : refuse('case/voidNotReviewed')
  },
  /** G09. */
  secondPerson: ({ progress, actor }) =>
    pendingRequest(progress)?.reviewedBy === actor.accountNo ? refuse('case/needsSecondPerson') : undefined,
  fromElsewhere: ({ progress: { facts } }) => (isAnswerable(facts) ? undefined : refuse('case/noSourceToAnswer')),
  /** Until it is approved it can be written anew; what the program or a person is bringing there is not changed on its way. */
  replyNotSent: ({ progress: { reply } }) =>
    reply?.state === 'approved' || reply?.state === 'delivered' ? refuse('case/replySent', { state: replyStates[reply.state] }) : undefined,
  replyProposed: ({ progress: { reply } }) => (reply?.state === 'proposed' ? undefined : refuse('case/replyUnknown')),
  notOwnReply: ({ progress: { reply }, actor }) => (reply?.by.accountNo === actor.accountNo ? refuse('case/ownReply') : undefined),
  replyApproved: ({ progress: { reply } }) => (reply?.state === 'approved' ? undefined : refuse('case/replyNotApproved')),
  replyNotUnderWay: ({ progress: { reply } }) =>
    reply?.via != null && !reply.isUndelivered ? refuse('case/replyUnderWay', { via: reply.via }) : undefined,
  returnedAfterApproval: ({ progress: { reply }, input: { returnedAt }, now }) =>
    returnedAt !== undefined && (returnedAt > now || returnedAt < (reply?.decidedAt ?? 0)) ? refuse('case/returnedTooEarly') : undefined,
} as const satisfies Record<string, Guard>

export type GuardId = keyof typeof guards

const conclusions = { true: '属实', false: '不属实', notFound: '未找到' } as const

/** Why a case may not close yet for its citizen's sake, or undefined. */
export function followUpRefusal({ facts, followUps }: CaseProgress, { followUp }: CentreProfile): Refusal | undefined {
  if (!facts.hasCitizen || facts.mayNotBeCalled || !followUp.sources.includes(facts.source)) return undefined
  const last = followUps.at(-1)
  if (last?.outcome === 'satisfied' || last?.outcome === 'refused') return undefined
  if (last?.outcome === 'dissatisfied') return refuse('case/citizenDissatisfied')
  const hours = new Set(followUps.filter(({ outcome }) => outcome === 'noAnswer').map(({ at }) => Math.floor(at / 3_600_000)))
  return hours.size >= followUp.attempts ? undefined : refuse('case/followUpDue', { done: hours.size, attempts: followUp.attempts })
}

export function checkGuards(ids: readonly GuardId[], context: GuardContext): Result<void, Refusal> {
  for (const id of ids) {
    const refusal = guards[id](context)
    if (refusal) return err(refusal)
  }
  return ok(undefined)
}
