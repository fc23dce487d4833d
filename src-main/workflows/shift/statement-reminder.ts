import { chinaDate } from '#shared/base/china-time'
import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Me } from '#shared/contracts/central-api/sessions'
import { rosterWriters } from '#shared/contracts/central-api/shift'
import { statementDay, statementDue, statementPeriod } from '#shared/domain/shift/attendance'
import type { Notices } from '../notices'

/**
 * Reminds whoever answers for attendance that the month's statement is due by the 25th 每月 25 日前统计: from the 21st behind the bell, in the last two days so
 * that it must be answered. It does not know whether the statement was made; put away, it stays away until then.
 */
export interface StatementReminder {
  /** Somebody came or left, or a day may have gone by. */
  look(): void
  readonly stop: Stop
}

const key = 'attendance/due'
const againMs = 3_600_000
const lastDays = 2

export function createStatementReminder({
  clock,
  now,
  session,
  notices,
}: {
  readonly clock: Pick<Clock, 'after'>
  readonly now: () => EpochMs
  readonly session: { current(): { readonly me: Pick<Me, 'role'> } | undefined }
  readonly notices: Pick<Notices, 'raise' | 'settle'>
}): StatementReminder {
  let stopTimer: Stop = () => {}

  function look(): void {
    stopTimer()
    const role = session.current()?.me.role
    const today = chinaDate(now())
    const month = rosterWriters.some((writer) => writer === role) ? statementDue(today) : null
    if (month === null) notices.settle(key)
    else {
      const { from, until } = statementPeriod(month)
      notices.raise(key, {
        level: Number(today.slice(8)) > statementDay - lastDays ? 'warning' : 'info',
        title: `${Number(month.slice(5))} 月考勤统计 ${statementDay} 日前上报`,
        text: `计 ${from} 至 ${until}。到班务“考勤”看“月统计”，有误的更正后打印签字。`,
        opens: null,
      })
    }
    stopTimer = role === undefined ? () => {} : clock.after(againMs, look)
  }

  return { look, stop: () => stopTimer() }
}
