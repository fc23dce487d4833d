import type { EpochMs } from '../../base/clock'
import type { RoleId } from '../account/role'
import type { Limit } from '../clock/limit'
import type { Position } from '../geo/position'
import type { CaseClocks } from './clocks'
import { isSampleDue } from './follow-up'
import { followUpRefusal } from './guards'
import type { CentreProfile, RequestKind } from './profile'
import { type CaseProgress, currentRound, pendingRequest } from './progress'
import { isReplyDue, type RowReply, rowReplyOf } from './reply'
import { decidersOf } from './roles'
import type { StageId } from './states'
import { type CaseSource, type CaseState, caseStates, isEnd, openStates } from './states'

/**
 * One case as a list shows it: everything that queues, lamps, sorting and the map need, and nothing about persons. It travels in events, so that a
 * row is painted without asking again.
 */
export interface CaseRow {
  readonly caseId: string
  readonly caseNo: string
  readonly version: number
  readonly state: CaseState
  readonly stage: StageId
  readonly source: CaseSource
  readonly kind: 'component' | 'event'
  readonly standard: string
  readonly subclassCode: string
  readonly subclassName: string
  /** First words of the description. */
  readonly summary: string
  readonly address: string
  readonly position: Position | null
  readonly gridCode: string | null
  readonly communityCode: string | null
  readonly streetCode: string | null
  readonly departmentCode: string | null
  readonly departmentName: string | null
  /** Of all departments that may see it. */
  readonly cooperatingCodes: readonly string[]
  readonly collectorNo: string | null
  readonly beganAt: EpochMs
  readonly enteredAt: EpochMs
  readonly endedAt: EpochMs | null
  readonly clock: RowClock | null
  readonly replyBy: EpochMs | null
  readonly isUrgent: boolean
  readonly isSensitive: boolean
  readonly isRecused: boolean
  readonly proposal: 'file' | 'decline' | null
  readonly verification: 'true' | 'false' | 'notFound' | null
  readonly isSolved: boolean | null
  readonly isWithoutCheck: boolean
  readonly photoCount: number
  readonly request: RowRequest | null
  readonly reworks: number
  readonly sentBacks: number
  readonly urges: number
  readonly overseenUntil: EpochMs | null
  readonly needsFollowUp: boolean
  /** Absent in rows of before there were replies. */
  readonly reply?: RowReply | null
  readonly needsReply?: boolean
}

/** As much of a `CaseClock` as a lamp and its words need. */
export interface RowClock {
  readonly of: 'node' | 'handling'
  readonly limit: Limit
  readonly extraMs: number
  readonly startedAt: EpochMs
  readonly amberAt: EpochMs
  readonly dueAt: EpochMs
  readonly pausedMs: number
  readonly pausedSince: EpochMs | null
  readonly stoppedAt: EpochMs | null
}

export interface RowRequest {
  readonly requestId: string
  readonly kind: RequestKind
  readonly state: 'pending' | 'reviewed'
  readonly at: EpochMs
  readonly byName: string
  /** Who is to decide. */
  readonly with: readonly RoleId[]
}

const summaryLength = 60

export function rowOf(
  { caseId, caseNo }: { readonly caseId: string; readonly caseNo: string },
  progress: CaseProgress,
  clocks: CaseClocks,
  profile: CentreProfile,
): CaseRow {
  const { facts, counts, state } = progress
  const round = currentRound(progress)
  const { source, kind, standard, subclassCode, subclassName, address, position, gridCode, communityCode, streetCode } = facts
  return {
    ...{ caseId, caseNo, version: progress.version, state, stage: caseStates[state].stage },
    ...{ source, kind, standard, subclassCode, subclassName, summary: shortened(facts.description), address },
    ...{ position, gridCode, communityCode, streetCode },
    departmentCode: round?.departmentCode ?? null,
    departmentName: round?.departmentName ?? null,
    cooperatingCodes: round?.cooperating.map(({ code }) => code) ?? [],
    collectorNo: progress.task?.collectorNo ?? null,
    beganAt: progress.beganAt,
    enteredAt: progress.enteredAt,
    endedAt: isEnd(state) ? progress.enteredAt : null,
    clock: clocks.leading && { of: clocks.leading === clocks.handling ? 'handling' : 'node', ...clocks.leading },
    replyBy: facts.external?.replyBy ?? null,
    isUrgent: facts.isUrgent,
    isSensitive: facts.isSensitive,
    isRecused: facts.namedAgents.length > 0,
    proposal: progress.proposal,
    verification: progress.verification?.conclusion ?? null,
    isSolved: progress.check?.solved ?? null,
    isWithoutCheck: progress.isWithoutCheck,
    photoCount: progress.photoIds.length,
    request: requestOf(progress, profile),
    reworks: counts.reworks,
    sentBacks: counts.sentBacks,
    urges: counts.urges,
    overseenUntil: progress.overseenUntil,
    needsFollowUp: isEnd(state)
      ? isSampleDue(caseId, progress, profile)
      : followUpStates.includes(state) && followUpRefusal(progress, profile) !== undefined,
    reply: progress.reply && rowReplyOf(progress.reply),
    needsReply: isReplyDue(facts, progress.reply, state),
  }
}

const followUpStates: readonly CaseState[] = ['toCheck', 'checking', 'checked'].filter((state): state is CaseState =>
  (openStates as readonly string[]).includes(state),
)

function requestOf(progress: CaseProgress, profile: CentreProfile): RowRequest | null {
  const request = pendingRequest(progress)
  if (!request || (request.state !== 'pending' && request.state !== 'reviewed')) return null
  const { requestId, kind, state, at, by } = request
  return { requestId, kind, state, at, byName: by.name, with: decidersOf(request, progress, profile) }
}

function shortened(text: string): string {
  const characters = Array.from(text.replace(/\s+/g, ' ').trim())
  return characters.length > summaryLength ? `${characters.slice(0, summaryLength).join('')}…` : characters.join('')
}
