import type { EpochMs } from '../../base/clock'
import { err, ok, type Result } from '../../base/result'
import { type ActionId, actionSpec } from './actions'
import { checkGuards, type GuardContext, type Refusal } from './guards'
import type { HistoryEntry } from './history'
import { type ActionInput, type InputName, inputTitles, isGiven } from './inputs'
import { apply, type CaseProgress, grantedState, pendingRequest } from './progress'
import { mayAct, rolesFor } from './roles'
import { caseStates } from './states'
import { transitionOf, transitionsFrom } from './transitions'

/**
 * Judges one action on one case: the entry to add to the history, or why not. Pure; locks, versions and who may see the case are the caller's to
 * check before it asks.
 */
export interface Decision {
  readonly entry: HistoryEntry
  readonly progress: CaseProgress
}

export function decide(action: ActionId, context: GuardContext): Result<Decision, Refusal> {
  const judged = judge(action, context)
  if (!judged.ok) return judged
  const { progress, actor, now } = context
  const transition = transitionOf(action, progress.state)
  const input = writtenInput(action, context)
  const to = transition?.to ?? whereTo(action, progress) ?? progress.state
  const entry: HistoryEntry = { seq: progress.version + 1, at: now, action, by: actor, from: progress.state, to, input }
  return ok({ entry, progress: apply(progress, entry) })
}

/** What goes into the history: nobody says of themselves what the rules decide. */
function writtenInput(action: ActionId, context: GuardContext): ActionInput {
  const { progress, actor, profile, input } = context
  const { isReviewed: _isReviewed, undoes: _undoes, madeAt: _madeAt, ...rest } = input
  const madeAt = actionSpec(action).isQueued ? believedMadeAt(context) : undefined
  const said = { ...rest, ...(madeAt !== undefined && { madeAt }) }
  if (action !== 'requestVoid') return said
  // Whoever may review a void is, by asking for one, the first of the two people.
  return { ...said, isReviewed: rolesFor('voidReview', progress, profile).some((role) => role === actor.role) }
}

/** Notes wait at a seat that is cut off: over a weekend at most, then somebody has come to see why. */
const longestWaitMs = 72 * 3_600_000

/**
 * The moment at which a seat says that it wrote a note, if that can be: while the case existed, within the last 72 hours, not after now. What cannot
 * be is left out, and the time of arrival counts: a record is never refused for a clock that went wrong.
 */
function believedMadeAt({ progress, input: { madeAt }, now }: GuardContext): EpochMs | undefined {
  if (madeAt === undefined || madeAt >= now) return undefined
  return madeAt >= Math.max(progress.beganAt, now - longestWaitMs) ? madeAt : undefined
}

/** As `decide`, without doing it and without asking for the inputs: what enables a button, and greys it with the reason. */
export function mayDecide(action: ActionId, context: GuardContext): Result<void, Refusal> {
  return judge(action, context, 'beforeInputs')
}

function judge(action: ActionId, context: GuardContext, when: 'beforeInputs' | 'complete' = 'complete'): Result<void, Refusal> {
  const { progress, actor, profile, input } = context
  const transition = transitionOf(action, progress.state)
  if (!transition)
    return err({ code: 'case/notInState', detail: { state: caseStates[progress.state].name, action: actionSpec(action).title } })
  if (!mayAct(transition, progress, profile, actor)) return err({ code: 'case/wrongRole', detail: { action: actionSpec(action).title } })
  if (when === 'beforeInputs') {
    return checkGuards(
      transition.guards.filter((guard) => !guardsOfInput.has(guard)),
      { ...context, input: { ...input, ...requestOf(progress) } },
    )
  }
  const missing = transition.requires.filter((name) => !isGiven(input, name))
  if (missing.length > 0) return err({ code: 'case/inputMissing', detail: { fields: titlesOf(missing), names: missing } })
  return checkGuards(transition.guards, context)
}

/** Guards that look at what the person fills in: they speak when the form is sent, not before. */
const guardsOfInput: ReadonlySet<string> = new Set([
  'taskPhotos',
  'citizenTold',
  'checkedOff',
  'positiveLimit',
  'handlingProof',
  'extensionCap',
  'otherCase',
  'somethingAttached',
  'returnedAfterApproval',
])

const requestOf = (progress: CaseProgress) => {
  const request = pendingRequest(progress)
  return request ? { requestId: request.requestId } : {}
}

const titlesOf = (names: readonly InputName[]): string => names.map((name) => inputTitles[name]).join('、')

function whereTo(action: ActionId, progress: CaseProgress) {
  if (action === 'consentVoid') return 'voided' as const
  if (action !== 'approveRequest') return undefined
  const request = pendingRequest(progress)
  return request && grantedState[request.kind]
}

/** Takes the last step back (`caseActions.….isUndoable`): by the same person, within the profile's seconds. Whether the next person has seen it is the caller's to know. */
export function decideUndo({ progress, actor, profile, now }: Omit<GuardContext, 'input'>): Result<HistoryEntry, Refusal> {
  const { lastEntry } = progress
  if (lastEntry.seq !== progress.version || lastEntry.action === 'register' || lastEntry.action === 'undo' || lastEntry.from === null) {
    return err({ code: 'case/undoNotPossible' })
  }
  if (!actionSpec(lastEntry.action).isUndoable) return err({ code: 'case/undoNotPossible' })
  if (lastEntry.by.accountNo !== actor.accountNo) return err({ code: 'case/undoNotYours' })
  if (now - lastEntry.at > profile.undoSeconds * 1000) return err({ code: 'case/undoTooLate', detail: { seconds: profile.undoSeconds } })
  const input = { undoes: lastEntry.seq }
  return ok({ seq: progress.version + 1, at: now, action: 'undo', by: actor, from: progress.state, to: lastEntry.from, input })
}

/** Every action that somebody could take from here, by the table alone. */
export const actionsFrom = (progress: CaseProgress): readonly ActionId[] => transitionsFrom(progress.state).map(({ action }) => action)
