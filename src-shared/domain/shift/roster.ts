import { chinaDate, dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'
import type { RoleId } from '../account/role'
import { type ShiftPattern, shiftsOn } from './shift'

/**
 * The roster 排班: who works which shifts on which day. A line names shifts of the pattern in force; one that names several (上午班 and 下午班 of the
 * four-part day) is a split duty, on in each of its spans and off between them. Pure.
 */
export interface RosterLine {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
  /** `YYYY-MM-DD`, the China date on which the duty starts. */
  readonly date: string
  /** Ids of rules of the pattern, e.g. `morning`. */
  readonly ruleIds: readonly string[]
}

export interface Span {
  /** `YYYY-MM-DD/ruleId`, as sessions and handovers name it. */
  readonly shiftId: string
  readonly name: string
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
}

/** One line, worked out: its spans in the order of the day. Shifts that follow each other without a gap stay spans of their own: each is handed over. */
export interface Duty extends Omit<RosterLine, 'ruleIds'> {
  readonly spans: readonly Span[]
}

/** A rule that the pattern does not have (it was changed since) gives no span. */
export function dutiesOf(pattern: ShiftPattern, lines: readonly RosterLine[]): readonly Duty[] {
  return lines.map(({ accountNo, name, role, date, ruleIds }) => {
    const onThatDay = shiftsOn(pattern, noonOf(date))
    const spans = onThatDay.filter(({ shiftId }) => ruleIds.some((ruleId) => shiftId === `${date}/${ruleId}`))
    return { accountNo, name, role, date, spans: [...spans].sort((a, b) => a.startsAt - b.startsAt) }
  })
}

export function onDutyAt(duties: readonly Duty[], at: EpochMs): readonly Duty[] {
  return duties.filter(({ spans }) => spans.some((span) => span.startsAt <= at && at < span.endsAt))
}

/** People come early and stay for the handover 接班者提前准备: so long before and after their span they are not outside it. */
export const aroundShiftMs = 30 * 60_000

export type Presence =
  | { readonly is: 'inShift'; readonly span: Span }
  /** Not theirs now. `next` is their next span within a week of roster lines, when they have one. */
  | { readonly is: 'outside'; readonly next: Span | null }
  /** Nobody has written the roster of this day: nobody is refused for that. */
  | { readonly is: 'noRoster' }

/** May this person sit down now (非当班不得上机)?*/
export function presenceOf(duties: readonly Duty[], accountNo: string, at: EpochMs): Presence {
  const own = duties.filter((duty) => duty.accountNo === accountNo).flatMap(({ spans }) => spans)
  const now = own.find((span) => span.startsAt - aroundShiftMs <= at && at < span.endsAt + aroundShiftMs)
  if (now) return { is: 'inShift', span: now }
  const today = chinaDate(at)
  if (!duties.some(({ date, spans }) => date === today && spans.length > 0)) return { is: 'noRoster' }
  const next = own.filter((span) => span.startsAt > at).sort((a, b) => a.startsAt - b.startsAt)[0]
  return { is: 'outside', next: next ?? null }
}

/** Whose post it is next: the duties of the span that begins when `span` ends (or the next one after), in the same role. */
export function reliefOf(duties: readonly Duty[], role: RoleId, span: Pick<Span, 'endsAt'>): readonly Duty[] {
  const later = duties.filter((duty) => duty.role === role && duty.spans.some(({ startsAt }) => startsAt >= span.endsAt))
  const startOf = (duty: Duty) => Math.min(...duty.spans.filter(({ startsAt }) => startsAt >= span.endsAt).map(({ startsAt }) => startsAt))
  const first = Math.min(...later.map(startOf))
  return later.filter((duty) => startOf(duty) === first)
}

/** A turn 轮班: what a group works day after day, e.g. 做五休二 as five working days and two empty ones. */
export interface Turn {
  readonly days: readonly (readonly string[])[]
}

/** Lines of `count` days from `from`; member `i` begins `i` groups later in the turn. An empty day gives no line. */
export function linesOfTurn(
  turn: Turn,
  members: readonly { readonly accountNo: string; readonly name: string; readonly role: RoleId; readonly startsOnDay: number }[],
  from: string,
  count: number,
): readonly RosterLine[] {
  if (turn.days.length === 0) return []
  const lines: RosterLine[] = []
  for (let day = 0; day < count; day++) {
    const date = chinaDate(noonOf(from) + day * dayMs)
    for (const { startsOnDay, ...member } of members) {
      const ruleIds = turn.days[(day + startsOnDay) % turn.days.length] ?? []
      if (ruleIds.length > 0) lines.push({ ...member, date, ruleIds })
    }
  }
  return lines
}

/** What is wrong with a roster, for whoever writes it. */
export type RosterFault =
  | { readonly kind: 'twice'; readonly accountNo: string; readonly date: string }
  | { readonly kind: 'unknownShift'; readonly accountNo: string; readonly date: string; readonly ruleId: string }
  | { readonly kind: 'overlap'; readonly accountNo: string; readonly date: string }
  | { readonly kind: 'noLead'; readonly shiftId: string; readonly date: string }

export function faultsOf(pattern: ShiftPattern, lines: readonly RosterLine[]): readonly RosterFault[] {
  const faults: RosterFault[] = []
  const seen = new Set<string>()
  for (const { accountNo, date, ruleIds } of lines) {
    if (seen.has(`${accountNo}/${date}`)) faults.push({ kind: 'twice', accountNo, date })
    seen.add(`${accountNo}/${date}`)
    for (const ruleId of ruleIds) {
      if (!pattern.shifts.some(({ id }) => id === ruleId)) faults.push({ kind: 'unknownShift', accountNo, date, ruleId })
    }
  }
  const duties = dutiesOf(pattern, lines)
  for (const duty of duties) {
    const others = duties.filter((other) => other !== duty && other.accountNo === duty.accountNo && other.date < duty.date)
    const meets = ({ spans }: Duty) => spans.some((a) => duty.spans.some((b) => a.startsAt < b.endsAt && b.startsAt < a.endsAt))
    if (others.some(meets)) faults.push({ kind: 'overlap', accountNo: duty.accountNo, date: duty.date })
  }
  for (const date of new Set(lines.map((line) => line.date))) {
    const manned = new Set(duties.filter((duty) => duty.date === date).flatMap(({ spans }) => spans.map(({ shiftId }) => shiftId)))
    const led = new Set(
      duties.filter((duty) => duty.date === date && duty.role === 'shiftLead').flatMap(({ spans }) => spans.map((s) => s.shiftId)),
    )
    for (const shiftId of manned) if (!led.has(shiftId)) faults.push({ kind: 'noLead', shiftId, date })
  }
  return faults
}

function noonOf(date: string): EpochMs {
  return Date.parse(`${date}T12:00:00+08:00`)
}
