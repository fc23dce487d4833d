import { csvLine, csvMark } from '#shared/base/csv'
import { type AttendanceLine, type StatementRow, statementPeriod, type Verdict, verdicts } from '#shared/domain/shift/attendance'
import { type LeaveKind, leaveKinds } from '#shared/domain/shift/request'
import type { LampTone } from '../../../ui/lamp'
import { formatTime } from '../../../ui/time-format'

/** Attendance in words, on screen, on paper and in the table that goes to a spreadsheet. */
export type Statement = StatementRow & { readonly overtimeHours: number }

export const toneOf: Readonly<Record<Verdict, LampTone>> = {
  ...{ present: 'green', late: 'amber', early: 'amber', away: 'amber', absentHalf: 'red', absent: 'red', leave: 'none', open: 'none' },
}

export const minutes = (ms: number): string => (ms < 60_000 ? '' : `${Math.floor(ms / 60_000)} 分`)
export const momentOf = (at: number | null): string => (at === null ? '—' : formatTime(at))

/** What besides the verdict is to be said of a duty. */
export function remarkOf(line: AttendanceLine): string {
  const said = [
    line.lateMs >= 60_000 && line.cameAt !== null ? `迟 ${minutes(line.lateMs)}` : '',
    line.earlyMs >= 60_000 ? `早 ${minutes(line.earlyMs)}` : '',
    line.awayTimes > 0 ? `离岗 ${line.awayTimes} 次，最长 ${minutes(line.awayMs)}` : '',
    line.breaks > 0 ? `休息 ${line.breaks} 次 ${minutes(line.breakMs)}` : '',
    line.leave ? leaveKinds[line.leave].replace(/（.*）/, '') : '',
    line.correction ? `${line.correction.byName}更正：${line.correction.reason}（原${verdicts[line.worked]}）` : '',
  ]
  return said.filter(Boolean).join('，')
}

const leaveColumns = Object.keys(leaveKinds) as LeaveKind[]
export const leaveTitle = (kind: LeaveKind): string => (kind === 'likePublic' ? '按公假' : leaveKinds[kind].replace(/（.*）/, ''))

export const statementColumns: readonly { readonly title: string; readonly of: (row: Statement) => string | number }[] = [
  { title: '工号', of: (row) => row.accountNo },
  { title: '姓名', of: (row) => row.name },
  { title: '应出勤班', of: (row) => row.duties },
  { title: '正常', of: (row) => row.present },
  { title: '迟到', of: (row) => row.late },
  { title: '早退', of: (row) => row.early },
  { title: '脱岗', of: (row) => row.away },
  { title: '旷工天', of: (row) => row.absentDays },
  ...leaveColumns.map((kind) => ({ title: `${leaveTitle(kind)}天`, of: (row: Statement) => row.leave[kind] })),
  { title: '休息分钟', of: (row) => row.breakMinutes },
  { title: '扣分', of: (row) => row.points },
  { title: '更正', of: (row) => row.corrected },
  { title: '加班结余小时', of: (row) => row.overtimeHours },
]

/** A table for spreadsheets. */
export const csvOf = (titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  `${csvMark}${[titles, ...rows].map(csvLine).join('')}`

/** The month of statement that a day belongs to: from the 26th on the next one. */
export function statementMonthOf(today: string): string {
  const month = today.slice(0, 7)
  const { until } = statementPeriod(month)
  if (today <= until) return month
  const [year = 0, number = 1] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
