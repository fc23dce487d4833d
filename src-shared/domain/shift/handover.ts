import { type Canonical, canonicalText } from '../../base/canonical'
import type { EpochMs } from '../../base/clock'
import { compareStamps, type Stamp } from '../../base/hybrid-clock'
import { err, ok, type Result } from '../../base/result'
import type { RoleId } from '../account/role'
import { demandsWriting, type HandoverFacts, type HandoverForm, type ReadingPoint, readingPoints } from './handover-facts'
import type { Span } from './roster'

/**
 * The handover 交接班 as the fold of its steps:
 *
 *   drafting ──seal──▶ sealed ──read/ask/answer/take…──▶ (everything taken) ──accept──▶ accepted
 *      │                  └───────────leave (reason)──▶ left, still to be accepted ──accept──▶ accepted
 *   abandon ──▶ abandoned
 *
 * Steps are records made at seats that may not hear of each other. The fold sorts them by their signed stamps and takes each that is allowed
 * where it stands; what is not allowed there is kept as a conflict, in words, and changes nothing. So every reader comes to the same state in
 * whatever order the steps arrived, and there is no half-accepted handover: it is accepted by one step, or not.
 */
export interface Person {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
}

export interface Judgement {
  readonly judgement: string
  readonly focus: string
  readonly reminder: string
}

/** How the incoming person agreed: through the centre from their seat, at the seat of the outgoing, or by codes read aloud. */
export const acceptedVia = { centre: '经中心', sameSeat: '同一坐席', code: '口令核对' } as const
export type AcceptedVia = keyof typeof acceptedVia

export type StepWords =
  | {
      readonly did: 'begin'
      readonly form: HandoverForm
      readonly shift: Span
      readonly next: Span | null
      readonly previousId: string | null
      readonly facts: HandoverFacts
    }
  | { readonly did: 'refresh'; readonly facts: HandoverFacts }
  | ({ readonly did: 'judge' } & Judgement)
  /** `digest`: what the outgoing person signed. */
  | { readonly did: 'seal'; readonly digest: string }
  | { readonly did: 'read' | 'take'; readonly pointId: string }
  | { readonly did: 'ask' | 'answer' | 'object'; readonly pointId: string; readonly text: string }
  | { readonly did: 'accept'; readonly digest: string; readonly via: AcceptedVia; readonly code: string | null }
  | { readonly did: 'leave'; readonly reason: string; readonly consentBy: string | null }
  | { readonly did: 'abandon' }

export interface Step {
  readonly stepId: string
  readonly handoverId: string
  readonly by: Person
  readonly seatNo: string
  readonly at: EpochMs
  readonly stamp: Stamp
  readonly words: StepWords
}

/** What a seat signs of a step, given the SHA-256 of the step's canonical text. */
export const stepText = (hash: string) => `handover-step/1\n${hash}`

export interface PointState extends ReadingPoint {
  readonly readAt: EpochMs | null
  readonly takenAt: EpochMs | null
  readonly talk: readonly {
    readonly did: 'ask' | 'answer' | 'object'
    readonly text: string
    readonly byName: string
    readonly at: EpochMs
  }[]
}

export interface Signature {
  readonly by: Person
  readonly seatNo: string
  readonly at: EpochMs
}

export type HandoverStage = 'drafting' | 'sealed' | 'left' | 'accepted' | 'abandoned'

export interface Handover {
  readonly handoverId: string
  readonly form: HandoverForm
  readonly stage: HandoverStage
  readonly outgoing: Person
  readonly seatNo: string
  readonly shift: Span
  readonly next: Span | null
  readonly previousId: string | null
  readonly begunAt: EpochMs
  readonly facts: HandoverFacts
  readonly words: Judgement
  readonly isWritten: boolean
  readonly digest: string | null
  readonly sealed: Signature | null
  readonly points: readonly PointState[]
  readonly left: (Signature & { readonly reason: string; readonly consentBy: string | null }) | null
  readonly accepted: (Signature & { readonly via: AcceptedVia }) | null
  readonly conflicts: readonly HandoverConflict[]
}

export interface HandoverConflict {
  readonly stepId: string
  readonly did: StepWords['did']
  readonly byName: string
  readonly at: EpochMs
  readonly code: HandoverFault
}

export type HandoverFault =
  | 'handover/unknown'
  | 'handover/sealedBefore'
  | 'handover/notSealed'
  | 'handover/ended'
  | 'handover/acceptedBefore'
  | 'handover/notYours'
  | 'handover/ownAcceptance'
  | 'handover/writtenFormDue'
  | 'handover/pointsDue'
  | 'handover/questionOpen'
  | 'handover/otherDigest'
  | 'handover/wrongCode'
  | 'handover/pointUnknown'
  | 'handover/reasonMissing'

type Sha256 = (text: string) => string

/** What the outgoing person signs: facts and words as they stand, and whose they are. */
export function digestOf(handover: Handover, sha256: Sha256): string {
  const { handoverId, form, outgoing, seatNo, shift, next, previousId, facts, words, isWritten } = handover
  const content = { handoverId, form, outgoing, seatNo, shift, next, previousId, facts, words, isWritten }
  return sha256(canonicalText(content as unknown as Canonical))
}

/**
 * Six digits to be read aloud. `sealed`: from the outgoing seat, proves that the other wrote down this very handover; `reply`: back from the incoming seat,
 * which can only be worked out from the first. Both are checked anew against the records when the centre has them.
 */
export function spokenCode(kind: 'sealed' | 'reply', digest: string, incomingNo: string, sha256: Sha256): string {
  const sealed = digits(sha256(`handover-code/1\nsealed\n${digest}`))
  return kind === 'sealed' ? sealed : digits(sha256(`handover-code/1\nreply\n${sealed}\n${incomingNo}`))
}

/** The reply worked out at a seat that knows the first code alone. */
export function replyTo(sealedCode: string, incomingNo: string, sha256: Sha256): string {
  return digits(sha256(`handover-code/1\nreply\n${sealedCode}\n${incomingNo}`))
}

const digits = (hash: string) => String(Number.parseInt(hash.slice(0, 12), 16) % 1_000_000).padStart(6, '0')

/** The state of a handover from its steps, in whatever order they are given; undefined without a beginning. */
export function foldHandover(steps: readonly Step[], sha256: Sha256): Handover | undefined {
  const once = new Map(steps.map((step) => [step.stepId, step]))
  const sorted = [...once.values()].sort((a, b) => compareStamps(a.stamp, b.stamp) || (a.stepId < b.stepId ? -1 : 1))
  let state: Handover | undefined
  for (const step of sorted) {
    if (!state) {
      state = step.words.did === 'begin' ? begun(step, step.words) : undefined
      continue
    }
    const after: Result<Handover, HandoverFault> = takeStep(state, step, sha256)
    state = after.ok ? after.value : withConflict(state, step, after.error)
  }
  return state
}

/** Every handover of these steps, the last begun first. */
export function foldAll(steps: readonly Step[], sha256: Sha256): readonly Handover[] {
  const byId = new Map<string, Step[]>()
  for (const step of steps) {
    const own = byId.get(step.handoverId)
    if (own) own.push(step)
    else byId.set(step.handoverId, [step])
  }
  return [...byId.values()].flatMap((own) => foldHandover(own, sha256) ?? []).sort((a, b) => b.begunAt - a.begunAt)
}

const withConflict = (state: Handover, { stepId, words, by, at }: Step, code: HandoverFault): Handover => ({
  ...state,
  conflicts: [...state.conflicts, { stepId, did: words.did, byName: by.name, at, code }],
})

function begun(step: Step, { form, shift, next, previousId, facts }: Extract<StepWords, { did: 'begin' }>): Handover {
  return {
    ...{ handoverId: step.handoverId, form, stage: 'drafting', outgoing: step.by, seatNo: step.seatNo, shift, next, previousId },
    ...{ begunAt: step.at, facts, words: { judgement: '', focus: '', reminder: '' }, isWritten: demandsWriting(facts) },
    ...{ digest: null, sealed: null, points: pointsOf(form, facts), left: null, accepted: null, conflicts: [] },
  }
}

const pointsOf = (form: HandoverForm, facts: HandoverFacts): readonly PointState[] =>
  readingPoints(form, facts).map((point) => ({ ...point, readAt: null, takenAt: null, talk: [] }))

/** One step on, or why not. The seat asks the same before it writes the step. */
export function takeStep(state: Handover, step: Step, sha256: Sha256): Result<Handover, HandoverFault> {
  const { words } = step
  if (state.stage === 'accepted') return err(words.did === 'accept' ? 'handover/acceptedBefore' : 'handover/ended')
  if (state.stage === 'abandoned') return err('handover/ended')
  switch (words.did) {
    case 'begin':
      return err('handover/sealedBefore')
    case 'refresh':
    case 'judge':
    case 'seal':
    case 'abandon':
      return outgoingStep(state, step, words, sha256)
    case 'leave':
      return leave(state, step, words)
    case 'accept':
      return accept(state, step, words, sha256)
    default:
      return readBack(state, step, words)
  }
}

function outgoingStep(
  state: Handover,
  step: Step,
  words: Extract<StepWords, { did: 'refresh' | 'judge' | 'seal' | 'abandon' }>,
  sha256: Sha256,
): Result<Handover, HandoverFault> {
  if (state.stage !== 'drafting') return err('handover/sealedBefore')
  if (step.by.accountNo !== state.outgoing.accountNo) return err('handover/notYours')
  if (words.did === 'abandon') return ok({ ...state, stage: 'abandoned' })
  if (words.did === 'refresh') {
    return ok({ ...state, facts: words.facts, isWritten: demandsWriting(words.facts), points: pointsOf(state.form, words.facts) })
  }
  if (words.did === 'judge') return ok({ ...state, words: { judgement: words.judgement, focus: words.focus, reminder: words.reminder } })
  if (state.isWritten && state.words.judgement.trim() === '') return err('handover/writtenFormDue')
  if (words.digest !== digestOf(state, sha256)) return err('handover/otherDigest')
  return ok({ ...state, stage: 'sealed', digest: words.digest, sealed: signatureOf(step) })
}

/** Nobody leaves a post that is not taken over without a reason on record (无人接班未经值班长同意不得离岗). */
function leave(state: Handover, step: Step, words: Extract<StepWords, { did: 'leave' }>): Result<Handover, HandoverFault> {
  if (state.stage === 'drafting') return err('handover/notSealed')
  if (step.by.accountNo !== state.outgoing.accountNo) return err('handover/notYours')
  if (words.reason.trim() === '') return err('handover/reasonMissing')
  const { reason, consentBy } = words
  return ok({ ...state, stage: 'left', left: { ...signatureOf(step), reason, consentBy } })
}

function readBack(
  state: Handover,
  step: Step,
  words: Extract<StepWords, { did: 'read' | 'take' | 'ask' | 'answer' | 'object' }>,
): Result<Handover, HandoverFault> {
  if (state.stage === 'drafting') return err('handover/notSealed')
  const point = state.points.find(({ pointId }) => pointId === words.pointId)
  if (!point) return err('handover/pointUnknown')
  const isOutgoing = step.by.accountNo === state.outgoing.accountNo
  // What was asked is answered by whoever hands over; the rest is for whoever takes over.
  if (words.did === 'answer' ? !isOutgoing : isOutgoing) return err(isOutgoing ? 'handover/ownAcceptance' : 'handover/notYours')
  if (words.did === 'take' && isQuestionOpen(point)) return err('handover/questionOpen')
  if ('text' in words && words.text.trim() === '') return err('handover/reasonMissing')
  const changed: PointState =
    'text' in words
      ? {
          ...point,
          takenAt: words.did === 'ask' ? null : point.takenAt,
          talk: [...point.talk, { did: words.did, text: words.text, byName: step.by.name, at: step.at }],
        }
      : { ...point, readAt: point.readAt ?? step.at, takenAt: words.did === 'take' ? step.at : point.takenAt }
  return ok({ ...state, points: state.points.map((one) => (one === point ? changed : one)) })
}

export function isQuestionOpen({ talk }: PointState): boolean {
  const last = talk.filter(({ did }) => did !== 'object').at(-1)
  return last?.did === 'ask'
}

function accept(
  state: Handover,
  step: Step,
  words: Extract<StepWords, { did: 'accept' }>,
  sha256: Sha256,
): Result<Handover, HandoverFault> {
  if (state.stage === 'drafting' || state.digest === null) return err('handover/notSealed')
  if (step.by.accountNo === state.outgoing.accountNo) return err('handover/ownAcceptance')
  if (words.via === 'code') {
    // The incoming seat has the code alone; the points were read over the telephone.
    if (words.code !== spokenCode('sealed', state.digest, step.by.accountNo, sha256)) return err('handover/wrongCode')
  } else {
    if (words.digest !== state.digest) return err('handover/otherDigest')
    if (state.points.some(({ takenAt }) => takenAt === null)) return err('handover/pointsDue')
  }
  return ok({ ...state, stage: 'accepted', accepted: { ...signatureOf(step), via: words.via } })
}

const signatureOf = ({ by, seatNo, at }: Step): Signature => ({ by, seatNo, at })

/** Two handovers of the same post and shift, begun at seats that did not hear of each other: the one sealed first stands, the other is shown beside it. */
export function standingOf(handovers: readonly Handover[]): {
  readonly standing: Handover | undefined
  readonly beside: readonly Handover[]
} {
  const alive = handovers.filter(({ stage }) => stage !== 'abandoned')
  const rank = ({ stage, sealed, begunAt }: Handover) =>
    [stage === 'accepted' ? 0 : 1, sealed?.at ?? Number.MAX_SAFE_INTEGER, begunAt] as const
  const sorted = [...alive].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)]
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2] || (a.handoverId < b.handoverId ? -1 : 1)
  })
  return { standing: sorted[0], beside: sorted.slice(1) }
}

/** May this person sign out? Only a post that must be relieved asks; then their handover has to be accepted, or left with a reason. */
export function isRelieved(handover: Handover | undefined): boolean {
  return handover !== undefined && (handover.stage === 'accepted' || handover.stage === 'left')
}
