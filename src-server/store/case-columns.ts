import type { EpochMs } from '#shared/base/clock'
import { type CaseClocks, clocksOf } from '#shared/domain/case/clocks'
import type { CaseBeginning, HistoryEntry } from '#shared/domain/case/history'
import type { CentreProfile } from '#shared/domain/case/profile'
import { type CaseProgress, currentRound, progressOf } from '#shared/domain/case/progress'
import { type CaseRow, rowOf } from '#shared/domain/case/row'
import { isEnd } from '#shared/domain/case/states'
import { caseTokens } from '#shared/domain/case/tokens'
import { type CaseClock, clockOf } from '#shared/domain/clock/case-clock'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import { type CaseRecordRow, type Flag, noDueAt } from './schema'

/**
 * Everything the database holds about a case besides its history, computed from the history alone: the one place where columns are made, so that
 * a row cannot say anything else than its history. Pure; it writes nothing.
 */
export interface CaseIdentity {
  readonly caseId: string
  readonly caseNo: string
  readonly profileId: string
}

/** Under which rules a case is measured. */
export interface CaseMeasures {
  readonly profile: CentreProfile
  readonly calendar: WorkCalendar
}

/** Members of the tables beside `case_record`. */
export interface CaseSides {
  readonly named: readonly string[]
  readonly departments: readonly string[]
  readonly collectors: readonly string[]
  readonly relations: readonly string[]
}

export interface CaseImage {
  readonly row: CaseRow
  readonly columns: Omit<CaseRecordRow, 'case_id' | 'case_no' | 'profile_id' | 'beginning'>
  readonly sides: CaseSides
  /** What it is found by. */
  readonly tokens: readonly string[]
}

/** A citizen as kept beside a case. */
export interface CasePerson {
  readonly name: string
  readonly number: string
  readonly gender: 'male' | 'female' | 'unknown'
}

/** A whole case, ready to be written. */
export interface PreparedCase {
  readonly identity: CaseIdentity
  readonly beginning: CaseBeginning
  readonly history: readonly HistoryEntry[]
  readonly image: CaseImage
  readonly citizen: CasePerson | null
}

/** Throws for a history without a registration: that is a mistake of the caller's. */
export function prepareCase(
  identity: CaseIdentity,
  { beginning, history, citizen }: Pick<PreparedCase, 'beginning' | 'history' | 'citizen'>,
  measures: CaseMeasures,
): PreparedCase {
  const progress = progressOf(beginning, history)
  if (!progress) throw new Error(`case ${identity.caseNo} has no registration`)
  return { identity, beginning, history, citizen, image: imageOf(identity, progress, measures) }
}

export function imageOf(identity: CaseIdentity, progress: CaseProgress, { profile, calendar }: CaseMeasures): CaseImage {
  const clocks = clocksOf(progress, profile, calendar)
  const row = rowOf(identity, progress, clocks, profile)
  const { facts } = progress
  const sides = sidesOf(progress)
  return {
    row,
    columns: {
      ...asked(row),
      component_code: facts.componentCode,
      lng: facts.position?.lng ?? null,
      lat: facts.position?.lat ?? null,
      amber_at: momentOf(clocks.leading?.amberAt),
      due_at: momentOf(clocks.leading?.dueAt),
      is_paused: flag(clocks.leading?.pausedSince != null),
      urge_at: urgeAt(progress, clocks, { profile, calendar }),
      row: JSON.stringify(row),
    },
    sides,
    tokens: caseTokens(identity.caseNo, facts, sides.departments),
  }
}

/** Columns that repeat a field of the row. */
function asked(row: CaseRow) {
  return {
    version: row.version,
    state: row.state,
    is_open: flag(!isEnd(row.state)),
    source: row.source,
    kind: row.kind,
    standard: row.standard,
    subclass_code: row.subclassCode,
    street_code: row.streetCode,
    community_code: row.communityCode,
    grid_code: row.gridCode,
    department_code: row.departmentCode,
    collector_no: row.collectorNo,
    is_urgent: flag(row.isUrgent),
    is_sensitive: flag(row.isSensitive),
    is_recused: flag(row.isRecused),
    request_with: row.request && `,${row.request.with.join(',')},`,
    reworks: row.reworks,
    sent_backs: row.sentBacks,
    urges: row.urges,
    is_overseen: flag(row.overseenUntil !== null),
    needs_follow_up: flag(row.needsFollowUp),
    began_at: row.beganAt,
    entered_at: row.enteredAt,
    ended_at: row.endedAt,
    reply_by: row.replyBy,
    needs_reply: flag(row.needsReply === true),
    replied_at: row.reply?.deliveredAt ?? null,
  }
}

export function sidesOf(progress: CaseProgress): CaseSides {
  const round = currentRound(progress)
  const departments = round ? [round.departmentCode, ...round.cooperating.map(({ code }) => code)] : []
  const relations = [...progress.relatedTo, ...(progress.mergedInto === null ? [] : [progress.mergedInto])]
  return {
    named: [...new Set(progress.facts.namedAgents)],
    departments: [...new Set(departments)],
    collectors: progress.collectors,
    relations: [...new Set(relations)],
  }
}

const flag = (value: boolean): Flag => (value ? 1 : 0)

/** No deadline, and one that no calendar reaches, sort last. */
const momentOf = (at: EpochMs | undefined): EpochMs => Math.min(Math.round(at ?? noDueAt), noDueAt)

/** Once in a round, when no more than the profile's share of the limit is left and nobody has urged yet. */
function urgeAt(progress: CaseProgress, { handling }: CaseClocks, { profile, calendar }: CaseMeasures): EpochMs | null {
  const round = currentRound(progress)
  const isRunning = progress.state === 'dispatched' && round && handling && handling.pausedSince === null
  const wasUrged = round && progress.lastUrgedAt !== null && progress.lastUrgedAt >= round.dispatchedAt
  if (!isRunning || wasUrged || profile.autoUrgeShare <= 0) return null
  return momentOf(whenLeft(handling, round.pauses, profile.autoUrgeShare, calendar))
}

/** The moment at which `share` of limit and extensions are left: when a limit shorter by that share would be due. */
function whenLeft(
  { limit, extraMs, startedAt }: CaseClock,
  pauses: NonNullable<Parameters<typeof clockOf>[1]['pauses']>,
  share: number,
  calendar: WorkCalendar,
): EpochMs {
  const used = 1 - share
  const shorter = { limit: { ...limit, value: limit.value * used }, extraMs: Math.round(extraMs * used), startedAt, pauses }
  return clockOf(calendar, shorter).dueAt
}
