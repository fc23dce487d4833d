import { useMemo } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { useNow } from '../../bridge/use-now'
import { SectionTitle } from '../../ui/pane-header'
import { formatDate } from '../../ui/time-format'
import { type CalendarDay, type CalendarMonth, calendarYear, specialDays } from './calendar-year'
import { Certainty, type DocumentViewProps } from './document-view'

const weekdays = ['一', '二', '三', '四', '五', '六', '日'] as const
const marks: Record<CalendarDay['kind'], string> = { working: '', weekend: '', holiday: '休', shifted: '班' }
const words: Record<CalendarDay['kind'], string> = { working: '工作日', weekend: '周末', holiday: '放假', shifted: '调休上班' }

/** A year at a glance: holidays carry 休 in a solid box, weekend days that are worked 班 in a dashed one, today is framed. */
export function CalendarView({ document }: DocumentViewProps<ReferenceDocument<'calendar'>>) {
  const months = useMemo(() => calendarYear(document), [document])
  const today = formatDate(useNow(60_000))
  const total = months.reduce((sum, month) => sum + month.workingDays, 0)
  return (
    <>
      <SectionTitle title={document.title} meta={document.source}>
        <Certainty isCertain={document.isCertain} />
        <span className="ui-meta">
          {`工作时间 ${document.workingHours.map(({ start, end }) => `${start}–${end}`).join('、')}　全年 ${total} 个工作日`}
        </span>
      </SectionTitle>
      <div className="ref-legend">
        <span>
          <i className="ref-day ref-holiday">休</i>放假
        </span>
        <span>
          <i className="ref-day ref-shifted">班</i>周末上班
        </span>
        <span>
          <i className="ref-day ref-weekend">6</i>周末
        </span>
        <span>
          <i className="ref-day ref-today">21</i>今天
        </span>
      </div>
      <div className="ref-year">
        {months.map((month) => (
          <Month key={month.month} month={month} today={today} />
        ))}
      </div>
    </>
  )
}

function Month({ month, today }: { readonly month: CalendarMonth; readonly today: string }) {
  return (
    <section className="ref-month" aria-label={`${month.month} 月`}>
      <h3>
        {month.month} 月 <span className="ui-meta">{month.workingDays} 个工作日</span>
      </h3>
      <div className="ref-days">
        {weekdays.map((weekday) => (
          <span key={weekday} className="ref-weekday">
            {weekday}
          </span>
        ))}
        {month.days.map((day, index) => (
          <span
            key={day.date}
            className={`ref-day ref-${day.kind}${day.date === today ? ' ref-today' : ''}`}
            style={index === 0 ? { gridColumnStart: month.leading + 1 } : undefined}
            title={`${day.date} ${day.name ?? ''}${words[day.kind]}`}
          >
            {day.day}
            {marks[day.kind] !== '' && <small>{marks[day.kind]}</small>}
          </span>
        ))}
      </div>
      <p className="ref-special">{specialDays(month).join('；')}</p>
    </section>
  )
}
