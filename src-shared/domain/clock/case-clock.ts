import type { EpochMs } from '../../base/clock'
import { type Limit, type LimitUnit, limitUnits } from './limit'
import { addOwnMs, limitMs, ownMsBetween } from './limit-length'
import { firstUncertainYear, type WorkCalendar, workingDayMs } from './work-calendar'

/**
 * The clock of a case or of one node of its workflow: when it is due, its lamp, what is left and what was used. Server and seat compute it with
 * these functions from history alone, so both show the same figure, offline too. Which history starts, pauses and stops a clock is decided by
 * the case, not here.
 *
 *            startedAt        amberAt          dueAt
 *   ───────────┼────────────────┼────────────────┼──────────▶
 *              │     green      │     amber      │    red         25 % of the limit lies between amberAt and dueAt
 */
export interface Span {
  readonly from: EpochMs
  /** null = still going on. */
  readonly until: EpochMs | null
}

export interface CaseClock {
  readonly limit: Limit
  /** Granted extensions, in the unit's own time. */
  readonly extraMs: number
  readonly startedAt: EpochMs
  /** The last moment in time. While a pause goes on: as if it ended at once. A pause that began after it has passed does not move it. */
  readonly dueAt: EpochMs
  /** When 25 % of limit and extensions are left. */
  readonly amberAt: EpochMs
  /** Own time that complete pauses took. */
  readonly pausedMs: number
  readonly pausedSince: EpochMs | null
  readonly stoppedAt: EpochMs | null
}

export interface ClockInput {
  readonly limit: Limit
  readonly extraMs?: number
  readonly startedAt: EpochMs
  /** In any order; overlapping ones count once. What lies outside startedAt…stoppedAt does not count. */
  readonly pauses?: readonly Span[]
  readonly stoppedAt?: EpochMs | null
}

export type LampTone = 'green' | 'amber' | 'red'

export interface Remaining {
  /** Negative = over. */
  readonly ms: number
  readonly measure: 'continuous' | 'workingHours' | 'workingDays'
}

export function clockOf(calendar: WorkCalendar, input: ClockInput): CaseClock {
  const { limit, extraMs = 0, startedAt } = input
  const stoppedAt = input.stoppedAt == null ? null : Math.max(input.stoppedAt, startedAt)
  const pauses = mergedPauses(input.pauses ?? [], startedAt, stoppedAt ?? Number.POSITIVE_INFINITY)
  const complete = pauses.filter(({ until }) => Number.isFinite(until))
  const totalMs = limitMs(calendar, limit) + extraMs
  return {
    limit,
    extraMs,
    startedAt,
    dueAt: momentUsed(calendar, limit, startedAt, complete, totalMs),
    amberAt: momentUsed(calendar, limit, startedAt, complete, Math.round(totalMs * 0.75)),
    pausedMs: complete.reduce((sum, { from, until }) => sum + ownMsBetween(calendar, limit.unit, from, until), 0),
    pausedSince: pauses.find(({ until }) => !Number.isFinite(until))?.from ?? null,
    stoppedAt,
  }
}

/** The lamp at `now`, which is not before the last thing that happened to the clock. Exactly at `amberAt` it is amber, exactly at `dueAt` not yet red. */
export function lampAt(clock: CaseClock, now: EpochMs): LampTone {
  const at = effectiveAt(clock, now)
  if (at > clock.dueAt) return 'red'
  return at >= clock.amberAt ? 'amber' : 'green'
}

/** What is left of limit and extensions at `now`, in the unit's own time. */
export function remainingAt(calendar: WorkCalendar, clock: CaseClock, now: EpochMs): Remaining {
  const used = usedAt(calendar, clock, now)
  return { ...used, ms: limitMs(calendar, clock.limit) + clock.extraMs - used.ms }
}

/** Own time used at `now`: from the start until now, the stop or the pause that goes on, without complete pauses. */
export function usedAt(calendar: WorkCalendar, clock: CaseClock, now: EpochMs): Remaining {
  const at = Math.max(effectiveAt(clock, now), clock.startedAt)
  const ms = ownMsBetween(calendar, clock.limit.unit, clock.startedAt, at) - clock.pausedMs
  return { ms: Math.max(ms, 0), measure: measureOf(clock.limit.unit) }
}

/**
 * `剩 1 小时 20 分`, `超 35 分`, `剩 3.5 工作时`, `剩 2.5 工作日`; while paused `已停表`; `刚超时` while there is no figure to give yet. Figures are
 * rounded towards the due moment.
 */
export function describeRemaining(calendar: WorkCalendar, clock: CaseClock, now: EpochMs): string {
  if (clock.pausedSince !== null) return '已停表'
  const { ms, measure } = remainingAt(calendar, clock, now)
  // Over by the lamp, not by the figure: on Friday evening a case due at closing time is over by no working time at all.
  if (lampAt(clock, now) === 'red') return -ms < leastMs(calendar, measure) ? '刚超时' : `超 ${describeMs(calendar, -ms, measure)}`
  return `剩${spaced(describeMs(calendar, ms, measure))}`
}

/**
 * The year without a certain calendar that the way to `dueAt` touches: until it is entered, the due moment is provisional 暂定 and may move. Null
 * when it stands: for continuous limits, and for a clock that was stopped before such a year began.
 */
export function provisionalYear(calendar: WorkCalendar, { limit, startedAt, dueAt, stoppedAt }: CaseClock): number | null {
  if (!limitUnits[limit.unit].isWorking) return null
  return firstUncertainYear(calendar, startedAt, Math.min(dueAt, stoppedAt ?? Number.POSITIVE_INFINITY)) ?? null
}

/** Why a due moment is provisional, and what makes it stand. */
export const describeProvisional = (year: number): string =>
  `暂定：${year} 年工作日历还没有录入或尚未确定，节假日调休未计入；系统管理员录入后自动重算`

/** As `describeRemaining`, with `（暂定）` behind what a calendar that is still to come may move. */
export function describeLeft(calendar: WorkCalendar, clock: CaseClock, now: EpochMs): string {
  const words = describeRemaining(calendar, clock, now)
  return clock.pausedSince === null && provisionalYear(calendar, clock) !== null ? `${words}（暂定）` : words
}

/** `17 分`, `3.5 工作时`. */
export function describeUsed(calendar: WorkCalendar, clock: CaseClock, now: EpochMs): string {
  const { ms, measure } = usedAt(calendar, clock, now)
  return describeMs(calendar, ms, measure)
}

/** Chinese words stand next to each other without a space, figures with one. */
const spaced = (text: string): string => (/^\d/.test(text) ? ` ${text}` : text)

/** Less than this has no figure: a minute, or a tenth of the working unit. */
const leastMs = (calendar: WorkCalendar, measure: Remaining['measure']): number =>
  measure === 'continuous' ? 60_000 : unitMsOf(calendar, measure) / 10

const unitMsOf = (calendar: WorkCalendar, measure: 'workingHours' | 'workingDays'): number =>
  measure === 'workingHours' ? 3_600_000 : workingDayMs(calendar)

function describeMs(calendar: WorkCalendar, ms: number, measure: Remaining['measure']): string {
  if (measure === 'continuous') return describeContinuous(ms)
  const [unitMs, name] = [unitMsOf(calendar, measure), measure === 'workingHours' ? '工作时' : '工作日']
  const tenths = Math.floor((ms * 10) / Math.max(unitMs, 1))
  return tenths === 0 && ms > 0 ? `不足 0.1 ${name}` : `${tenths / 10} ${name}`
}

/** The two largest units that matter: `2 天 3 小时`, `1 小时 20 分`, `35 分`. */
function describeContinuous(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes === 0) return ms > 0 ? '不足 1 分' : '0 分'
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)]
  const parts = [
    [days, '天'],
    [hours, '小时'],
    [days > 0 ? 0 : minutes % 60, '分'],
  ] as const
  return parts.flatMap(([figure, unit]) => (figure > 0 ? [`${figure} ${unit}`] : [])).join(' ')
}

const measureOf = (unit: LimitUnit): Remaining['measure'] =>
  unit === 'workingHour' ? 'workingHours' : unit === 'workingDay' ? 'workingDays' : 'continuous'

/** The moment at which the clock stands: now, or earlier when it was stopped or is paused. */
const effectiveAt = ({ stoppedAt, pausedSince }: CaseClock, now: EpochMs): EpochMs =>
  Math.min(now, stoppedAt ?? Number.POSITIVE_INFINITY, pausedSince ?? Number.POSITIVE_INFINITY)

interface Pause {
  readonly from: EpochMs
  readonly until: EpochMs
}

/** The first moment at which `ms` of own time have been used; `pauses` are complete, in order and apart. */
function momentUsed(calendar: WorkCalendar, limit: Limit, startedAt: EpochMs, pauses: readonly Pause[], ms: number): EpochMs {
  let from = startedAt
  let missing = ms
  for (const pause of pauses) {
    const moment = addOwnMs(calendar, limit.unit, from, missing)
    if (moment <= pause.from) return moment
    missing -= ownMsBetween(calendar, limit.unit, from, pause.from)
    from = pause.until
  }
  return addOwnMs(calendar, limit.unit, from, missing)
}

/** Pauses within `start`…`end`, in order, overlapping and touching ones as one; Infinity ends the one that still goes on. */
function mergedPauses(pauses: readonly Span[], start: EpochMs, end: EpochMs): readonly Pause[] {
  const merged: { from: EpochMs; until: EpochMs }[] = []
  const clipped = pauses.map(({ from, until }) => ({
    from: Math.max(from, start),
    until: Math.min(until ?? Number.POSITIVE_INFINITY, end),
  }))
  for (const pause of clipped.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && pause.from <= last.until) last.until = Math.max(last.until, pause.until)
    else if (pause.from < pause.until) merged.push(pause)
  }
  return merged
}
