import type { EpochMs } from '../../base/clock'
import type { LeaveKind, ShiftRequest } from './request'
import { stateOfRequest } from './request'
import type { Duty, Span } from './roster'

/**
 * Attendance 考勤: what a duty became, worked out from facts (sign-ins, times away from the seat, approved leave, what the lead put right). Sources:
 * S1 数字城管监督指挥中心工作人员管理办法 (25 日前统计, 旷工, 加班调休), S3 坐席员考核细则 (迟到 ≤30 分扣 1 分，>30 分旷工半天，>3 小时旷工一天; 脱岗 ≤30 分扣
 * 2 分，其余同). Leaving early is judged by the figures of coming late: S1 forbids both in one sentence and S3 names no figures. Pure.
 */
export interface AttendanceRule {
  /** Up to here late is late; beyond it half a day, beyond `dayMs` a whole day is missed. */
  readonly halfDayAfterMs: number
  /** The same for a single time away; a centre may set it (`leaving.ts`). */
  readonly awayHalfDayAfterMs: number
  readonly dayAfterMs: number
  readonly latePoints: number
  readonly awayPoints: number
}

export const usualRule: AttendanceRule = {
  halfDayAfterMs: 30 * 60_000,
  awayHalfDayAfterMs: 30 * 60_000,
  dayAfterMs: 3 * 3_600_000,
  latePoints: 1,
  awayPoints: 2,
}

/** Somebody was signed in; `until` null: still is. */
export interface SignedIn {
  readonly accountNo: string
  readonly from: EpochMs
  readonly until: EpochMs | null
}

/** The seat stood locked or not ready while its person was signed in. `breakKind` set: a recorded break 登记的休息, which is no leaving of the post. */
export interface Away {
  readonly accountNo: string
  readonly from: EpochMs
  readonly until: EpochMs | null
  readonly breakKind: string | null
}

/** What the lead put right, with a reason; it stands beside what was worked out, not in its place. */
export interface AttendanceCorrection {
  readonly accountNo: string
  readonly shiftId: string
  readonly verdict: Verdict
  readonly reason: string
  readonly byNo: string
  readonly byName: string
  readonly at: EpochMs
}

export const verdicts = {
  present: '正常',
  late: '迟到',
  early: '早退',
  away: '脱岗',
  absentHalf: '旷工半天',
  absent: '旷工一天',
  leave: '请假',
  open: '在班',
} as const
export type Verdict = keyof typeof verdicts

export interface DutyFacts {
  readonly signedIn: readonly SignedIn[]
  readonly away: readonly Away[]
  readonly corrections: readonly AttendanceCorrection[]
  readonly requests: readonly ShiftRequest[]
  readonly now: EpochMs
}

export interface AttendanceLine {
  readonly accountNo: string
  readonly name: string
  readonly date: string
  readonly span: Span
  readonly worked: Verdict
  /** What counts: `worked`, or what the lead put right. */
  readonly verdict: Verdict
  readonly cameAt: EpochMs | null
  readonly leftAt: EpochMs | null
  readonly lateMs: number
  readonly earlyMs: number
  /** The longest single time away, without recorded breaks. */
  readonly awayMs: number
  /** How often they left, without recorded breaks. */
  readonly awayTimes: number
  /** Recorded breaks 登记的休息 within the duty: how many, and how long together. */
  readonly breaks: number
  readonly breakMs: number
  readonly points: number
  readonly leave: LeaveKind | null
  readonly correction: AttendanceCorrection | null
}

export function attendanceOf(duty: Duty, facts: DutyFacts, rule: AttendanceRule = usualRule): readonly AttendanceLine[] {
  return duty.spans.filter(({ startsAt }) => startsAt <= facts.now).map((span) => lineOf(duty, span, facts, rule))
}

function lineOf(duty: Duty, span: Span, facts: DutyFacts, rule: AttendanceRule): AttendanceLine {
  const until = Math.min(span.endsAt, facts.now)
  const isOver = facts.now >= span.endsAt
  const inside = facts.signedIn
    .filter(({ accountNo, from, until: end }) => accountNo === duty.accountNo && from < span.endsAt && (end ?? facts.now) > span.startsAt)
    .sort((a, b) => a.from - b.from)
  const [first, last] = [inside[0], inside.reduce<SignedIn | undefined>(laterEnd, undefined)]
  const leave = leaveOf(duty, facts.requests)
  const lateMs = first ? Math.max(0, first.from - span.startsAt) : until - span.startsAt
  const earlyMs = isOver && last && last.until !== null ? Math.max(0, span.endsAt - last.until) : 0
  const own = facts.away.filter(({ accountNo }) => accountNo === duty.accountNo)
  // A minute is a minute: who locks the seat to fetch water is not counted.
  const left = own.filter(({ breakKind }) => breakKind === null).map(insideOf(span, until))
  const rested = own.filter(({ breakKind }) => breakKind !== null).map(insideOf(span, until))
  const awayMs = Math.max(0, ...left)
  const counted = (times: readonly number[]) => times.filter((ms) => ms >= 60_000)
  const worked = leave ? 'leave' : judge({ isThere: first !== undefined, isOver, lateMs, earlyMs, awayMs }, rule)
  const correction = facts.corrections
    .filter(({ accountNo, shiftId }) => accountNo === duty.accountNo && shiftId === span.shiftId)
    .reduce<AttendanceCorrection | null>((newest, one) => (!newest || one.at >= newest.at ? one : newest), null)
  const verdict = correction?.verdict ?? worked
  return {
    ...{ accountNo: duty.accountNo, name: duty.name, date: duty.date, span, worked, verdict, leave, correction },
    ...{ cameAt: first?.from ?? null, leftAt: last?.until ?? null, lateMs: leave ? 0 : lateMs, earlyMs, awayMs },
    ...{ awayTimes: counted(left).length, breaks: counted(rested).length, breakMs: counted(rested).reduce((sum, ms) => sum + ms, 0) },
    points: pointsOf(verdict, rule),
  }
}

const laterEnd = (best: SignedIn | undefined, one: SignedIn): SignedIn =>
  best && (best.until === null || (one.until !== null && one.until <= best.until)) ? best : one

const insideOf =
  (span: Span, until: EpochMs) =>
  (away: Away): number =>
    Math.max(0, Math.min(away.until ?? until, until) - Math.max(away.from, span.startsAt))

function judge(
  facts: {
    readonly isThere: boolean
    readonly isOver: boolean
    readonly lateMs: number
    readonly earlyMs: number
    readonly awayMs: number
  },
  rule: AttendanceRule,
): Verdict {
  const { isThere, isOver, lateMs, earlyMs, awayMs } = facts
  if (!isThere && isOver) return 'absent'
  const worst = Math.max(lateMs, earlyMs, awayMs)
  if (worst > rule.dayAfterMs) return 'absent'
  if (Math.max(lateMs, earlyMs) > rule.halfDayAfterMs || awayMs > rule.awayHalfDayAfterMs) return 'absentHalf'
  // A minute is a minute: what the clock of the register shows as on time is on time.
  if (awayMs >= 60_000) return 'away'
  if (lateMs >= 60_000) return 'late'
  if (earlyMs >= 60_000) return 'early'
  return isOver ? 'present' : 'open'
}

function pointsOf(verdict: Verdict, rule: AttendanceRule): number {
  if (verdict === 'late' || verdict === 'early') return rule.latePoints
  return verdict === 'away' ? rule.awayPoints : 0
}

function leaveOf(duty: Duty, requests: readonly ShiftRequest[]): LeaveKind | null {
  const leave = requests.find(
    (one) =>
      one.kind === 'leave' && one.accountNo === duty.accountNo && one.dates.includes(duty.date) && stateOfRequest(one).is === 'approved',
  )
  return leave?.kind === 'leave' ? leave.leave : null
}

/** The day of the month by which the statement is made 每月 25 日前. */
export const statementDay = 25

/** From this many days before the 25th on, whoever answers for the roster is reminded. */
const remindDays = 5

/** The month whose statement is due, when today is in the last days before the 25th; else null. `today` as `YYYY-MM-DD`. */
export function statementDue(today: string): string | null {
  const day = Number(today.slice(8))
  return day > statementDay - remindDays && day <= statementDay ? today.slice(0, 7) : null
}

/** The month of a statement: from the 26th of the month before to the 25th, so that what is counted by the 25th is whole. `month` as `YYYY-MM`. */
export function statementPeriod(month: string): { readonly from: string; readonly until: string } {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const before = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`
  return { from: `${before}-${statementDay + 1}`, until: `${month}-${statementDay}` }
}

export interface StatementRow {
  readonly accountNo: string
  readonly name: string
  readonly duties: number
  readonly present: number
  readonly late: number
  readonly early: number
  readonly away: number
  /** In days; halves are half. */
  readonly absentDays: number
  readonly leave: Readonly<Record<LeaveKind, number>>
  readonly points: number
  readonly corrected: number
  readonly breaks: number
  /** Whole minutes of recorded breaks. */
  readonly breakMinutes: number
}

/** One row for each person, in the order of their numbers. Duties that are still on are not counted. */
export function statementOf(lines: readonly AttendanceLine[]): readonly StatementRow[] {
  const people = new Map<string, AttendanceLine[]>()
  for (const line of lines) {
    if (line.verdict === 'open') continue
    const own = people.get(line.accountNo)
    if (own) own.push(line)
    else people.set(line.accountNo, [line])
  }
  return [...people]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([accountNo, own]) => {
      const count = (verdict: Verdict) => own.filter((line) => line.verdict === verdict).length
      const leaveDays = (kind: LeaveKind) =>
        new Set(own.filter((line) => line.leave === kind && line.verdict === 'leave').map(({ date }) => date)).size
      return {
        ...{ accountNo, name: own[0]?.name ?? accountNo, duties: own.length, present: count('present') },
        ...{ late: count('late'), early: count('early'), away: count('away') },
        absentDays: count('absent') + count('absentHalf') / 2,
        leave: {
          sick: leaveDays('sick'),
          personal: leaveDays('personal'),
          public: leaveDays('public'),
          likePublic: leaveDays('likePublic'),
          compensatory: leaveDays('compensatory'),
        },
        points: own.reduce((sum, line) => sum + line.points, 0),
        corrected: own.filter((line) => line.correction !== null).length,
        breaks: own.reduce((sum, line) => sum + line.breaks, 0),
        breakMinutes: Math.floor(own.reduce((sum, line) => sum + line.breakMs, 0) / 60_000),
      }
    })
}
