import { dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'
import type { FollowUpOutcome } from './inputs'
import type { CaseRow } from './row'
import { caseSources } from './states'

/**
 * What is known of whoever calls 弹屏: rules over values that a seat's cache and the centre both apply. What a viewer may not see is never among the
 * values: whoever reads them leaves out what is hidden, and with it every count and mark that would tell of it.
 */

/** A name under which this line reported before. */
export interface KnownName {
  readonly name: string
  readonly gender: 'male' | 'female' | 'unknown'
  readonly times: number
  readonly lastAt: EpochMs
}

/** Somebody who may be the same caller, and why it is only a guess. */
export interface MaybeCase {
  readonly row: CaseRow
  readonly reason: MaybeReason
}

export const maybeReasons = {
  withoutAreaCode: '登记的号码没有区号，可能是同一部电话',
} as const
export type MaybeReason = keyof typeof maybeReasons

export interface LastFollowUp {
  readonly outcome: FollowUpOutcome
  readonly at: EpochMs
}

/** Within which repeated complaints of one line are counted, and from how many on they are told (reports of repeats, seed 001; the days are ours). */
export const repeatWithinMs = 30 * dayMs
const repeatFrom = 2

/** Open cases first, the one that is due first on top; then ended ones, the newest first. */
export function inOrder(rows: readonly CaseRow[]): readonly CaseRow[] {
  return [...rows].sort((a, b) => {
    if ((a.endedAt === null) !== (b.endedAt === null)) return a.endedAt === null ? -1 : 1
    if (a.endedAt === null) return (a.clock?.dueAt ?? Number.MAX_SAFE_INTEGER) - (b.clock?.dueAt ?? Number.MAX_SAFE_INTEGER)
    return b.beganAt - a.beganAt
  })
}

/** A row of its own for every case, the newer version winning: what the cache says and what the centre says, put together. */
export function mergedRows(...lists: readonly (readonly CaseRow[])[]): readonly CaseRow[] {
  const byId = new Map<string, CaseRow>()
  for (const row of lists.flat()) {
    const known = byId.get(row.caseId)
    if (!known || known.version < row.version) byId.set(row.caseId, row)
  }
  return [...byId.values()]
}

export type CallerMarkId = 'repeat' | 'open' | 'followUpDue' | 'overdue' | 'dissatisfied' | 'sensitive'

export interface CallerMark {
  readonly id: CallerMarkId
  readonly tone: 'red' | 'amber' | 'plain'
  readonly words: string
}

export interface KnownOfCaller {
  readonly cases: readonly CaseRow[]
  /** Of all, when only the first are at hand. */
  readonly total: number
  readonly lastFollowUp: LastFollowUp | null
}

/** What a person should know before saying hello, the gravest first. */
export function marksOf({ cases, lastFollowUp }: KnownOfCaller, now: EpochMs): readonly CallerMark[] {
  const open = cases.filter(({ endedAt }) => endedAt === null)
  const overdue = open.filter(({ clock }) => clock !== null && clock.pausedSince === null && clock.stoppedAt === null && clock.dueAt < now)
  const recent = recentComplaints(cases, now)
  const due = cases.filter(({ needsFollowUp }) => needsFollowUp)
  const marks: (CallerMark | false)[] = [
    cases.some(({ isSensitive }) => isSensitive) && { id: 'sensitive', tone: 'red', words: '有敏感件' },
    overdue.length > 0 && { id: 'overdue', tone: 'red', words: `${overdue.length} 件已超时` },
    recent.length >= repeatFrom && { id: 'repeat', tone: 'amber', words: `重复来电：30 天内 ${recent.length} 件` },
    lastFollowUp?.outcome === 'dissatisfied' && { id: 'dissatisfied', tone: 'amber', words: '上次回访不满意' },
    due.length > 0 && { id: 'followUpDue', tone: 'amber', words: `待回访 ${due.length} 件` },
    open.length > 0 && { id: 'open', tone: 'plain', words: `未结 ${open.length} 件` },
  ]
  return marks.filter((mark): mark is CallerMark => mark !== false)
}

/** Reports of this caller in the last 30 days, without what somebody else noticed. */
export const recentComplaints = (cases: readonly CaseRow[], now: EpochMs): readonly CaseRow[] =>
  cases.filter(({ beganAt, source, state }) => now - beganAt <= repeatWithinMs && caseSources[source].isPublic && state !== 'voided')

/** The cases that a new word of this caller may belong to: what is still open. */
export const joinable = ({ endedAt, state }: Pick<CaseRow, 'endedAt' | 'state'>): boolean => endedAt === null && state !== 'merged'

/**
 * Whether the report that is being written says again 重复件 what this caller reported before: the same subclass, and the same grid or nearly the same
 * address. The first such case, open ones before ended ones; seed 075: the same number and the same address.
 */
export function repeatedBy(
  report: { readonly subclassCode: string; readonly gridCode: string; readonly address: string },
  cases: readonly CaseRow[],
): CaseRow | undefined {
  const isSamePlace = (row: CaseRow) =>
    (report.gridCode !== '' && row.gridCode === report.gridCode) || (report.address.length >= 4 && row.address.includes(report.address))
  return inOrder(cases).find((row) => row.subclassCode === report.subclassCode && report.subclassCode !== '' && isSamePlace(row))
}

/** The name to greet with: the one given most often, of equals the latest. Undefined when several were given so seldom that it would be a guess. */
export function usualName(names: readonly KnownName[]): KnownName | undefined {
  const [first, second] = [...names].sort((a, b) => b.times - a.times || b.lastAt - a.lastAt)
  return first && second && second.times === first.times ? undefined : first
}
