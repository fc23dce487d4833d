import { appError } from '#shared/contracts/errors'
import { type ActionId, actionSpec } from '#shared/domain/case/actions'
import { mayDecide } from '#shared/domain/case/decide'
import type { CaseActor } from '#shared/domain/case/history'
import type { InputName } from '#shared/domain/case/inputs'
import type { CentreProfile } from '#shared/domain/case/profile'
import { type CaseProgress, pendingRequest } from '#shared/domain/case/progress'
import { isAnswerable } from '#shared/domain/case/reply'
import { mayAct } from '#shared/domain/case/roles'
import { transitionsFrom } from '#shared/domain/case/transitions'

/**
 * What somebody can be offered to do with a case now: every row of the workflow from its state that names their post, in order, each with the
 * reason why it cannot be done. The rules decide; this only sorts them into keys, buttons and the menu.
 */
export interface Offer {
  readonly action: ActionId
  readonly title: string
  readonly key: string | null
  /** Why it cannot be done now, as a sentence; null when it can. */
  readonly reason: string | null
  /** The field that the box of words fills. */
  readonly words: WordsField | null
  /** What else it asks for, in the order of the form. */
  readonly fields: readonly FieldName[]
}

export type WordsField = Extract<InputName, 'opinion' | 'reason' | 'answer' | 'requirement'>
export type FieldName = Extract<
  InputName,
  | 'collectorNo'
  | 'departmentCode'
  | 'cooperating'
  | 'limit'
  | 'legalBasis'
  | 'reviewOn'
  | 'extraValue'
  | 'documentIds'
  | 'photoIds'
  | 'approvalNote'
  | 'suggestedDepartmentCode'
  | 'citizenInformed'
  | 'otherCaseId'
  | 'outcome'
  | 'oversightLevel'
  | 'dueAt'
  | 'facts'
  | 'noteKind'
  | 'replyWay'
  | 'returnedAt'
>

const wordsFields: Partial<Record<ActionId, WordsField | null>> = {
  ...{
    orderVerification: 'requirement',
    orderCheck: 'requirement',
    replyOnly: 'answer',
    proposeReply: 'answer',
    returnToSource: null,
    followUp: 'opinion',
    attach: 'opinion',
  },
  ...{ forwardWithoutCheck: 'opinion', withdrawRequest: null, reportArrival: null, relate: 'reason', annotatePhoto: null },
}

const formFields: Partial<Record<ActionId, readonly FieldName[]>> = {
  orderVerification: ['collectorNo'],
  orderCheck: ['collectorNo'],
  defer: ['reviewOn'],
  mergeDuplicate: ['otherCaseId'],
  relate: ['otherCaseId'],
  dispatch: ['departmentCode', 'limit', 'legalBasis', 'cooperating'],
  assign: ['departmentCode', 'limit', 'legalBasis', 'cooperating'],
  reportHandled: ['photoIds', 'documentIds', 'approvalNote'],
  forwardWithoutCheck: ['approvalNote', 'documentIds'],
  requestExtend: ['extraValue'],
  requestSuspend: ['reviewOn', 'documentIds'],
  requestSendBack: ['suggestedDepartmentCode'],
  requestCloseWithoutCheck: ['approvalNote', 'documentIds'],
  oversee: ['oversightLevel', 'dueAt'],
  followUp: ['outcome'],
  attach: ['photoIds', 'documentIds'],
  amend: ['facts'],
  addOpinion: ['noteKind'],
  returnToSource: ['replyWay', 'returnedAt', 'photoIds', 'documentIds'],
}

export interface OfferContext {
  readonly progress: CaseProgress
  readonly profile: CentreProfile
  readonly actor: CaseActor
  readonly now: number
  /** Why nothing live can be done: the centre is away, or somebody else is editing. */
  readonly liveReason: string | null
  readonly lockReason: string | null
}

export function offersOf(context: OfferContext): readonly Offer[] {
  const { progress, profile, actor } = context
  return transitionsFrom(progress.state)
    .filter((transition) => mayAct(transition, progress, profile, actor))
    .filter(({ action }) => action !== 'withdrawRequest' || pendingRequest(progress)?.by.accountNo === actor.accountNo)
    .filter(
      ({ action }) => !(action === 'followUp' && !progress.facts.hasCitizen) && !(action === 'fileUrgent' && !progress.facts.isUrgent),
    )
    .filter(({ action }) => !replyActions.has(action) || isAnswerable(progress.facts))
    .map(({ action, requires }) => offerOf(action, requires, context))
}

const replyActions: ReadonlySet<ActionId> = new Set(['proposeReply', 'approveReply', 'returnReply', 'returnToSource'])

function offerOf(action: ActionId, requires: readonly InputName[], context: OfferContext): Offer {
  const spec = actionSpec(action)
  const words = wordsFields[action] === undefined ? usualWords(requires) : (wordsFields[action] ?? null)
  const fields = formFields[action] ?? []
  const { facts } = context.progress
  const told: readonly FieldName[] = action === 'decline' && facts.hasCitizen && !facts.mayNotBeCalled ? ['citizenInformed'] : []
  return { action, title: spec.title, key: spec.key ?? null, reason: reasonOf(action, context), words, fields: [...fields, ...told] }
}

const usualWords = (requires: readonly InputName[]): WordsField => (requires.includes('reason') ? 'reason' : 'opinion')

function reasonOf(action: ActionId, { progress, profile, actor, now, liveReason, lockReason }: OfferContext): string | null {
  const spec = actionSpec(action)
  const allowed = mayDecide(action, { progress, actor, input: {}, profile, now })
  if (!allowed.ok) return appError(allowed.error.code, allowed.error.detail).message
  if (spec.isQueued) return null
  return liveReason ?? (spec.form === 'note' ? null : lockReason)
}

export interface OfferLayout {
  readonly buttons: readonly Offer[]
  readonly menu: readonly Offer[]
}

const keyOrder = ['F9', 'F10', 'F11', 'Ctrl+U']
const buttonLimit = 5

/** One button for each key: of two with the same key the one that can be done. Moves and requests come before 督办, other notes are in the menu. */
export function layOut(offers: readonly Offer[]): OfferLayout {
  const keyed = keyOrder.flatMap((key) => {
    const same = offers.filter((offer) => offer.key === key)
    return same.find(({ reason }) => reason === null) ?? same[0] ?? []
  })
  const others = offers.filter((offer) => !keyed.includes(offer))
  const firsts = others.filter(({ action, reason }) => reason === null && actionSpec(action).form !== 'note')
  const oversight = others.filter(({ action, reason }) => reason === null && action === 'oversee')
  const buttons = [...keyed, ...firsts, ...oversight].slice(0, Math.max(buttonLimit, keyed.length))
  return { buttons, menu: offers.filter((offer) => !buttons.includes(offer)).map((offer) => ({ ...offer, key: null })) }
}
