import { type CaseClock, provisionalYear } from '#shared/domain/clock/case-clock'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import { formatDateTime } from '../../ui/time-format'

/** `2027-01-05 10:00（暂定）`: when something is due, and whether a calendar that is still to come may move it. */
export function dueMoment(calendar: WorkCalendar, clock: CaseClock): string {
  if (!Number.isFinite(clock.dueAt)) return '没有尽头（工作日历没有工作时间）'
  return `${formatDateTime(clock.dueAt)}${provisionalYear(calendar, clock) === null ? '' : '（暂定）'}`
}
