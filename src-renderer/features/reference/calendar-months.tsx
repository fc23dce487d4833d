import { type CalendarDay, type CalendarMonth, specialDays } from './calendar-year'

/** The twelve months of a working calendar: holidays carry 休 in a solid box, weekend days that are worked 班 in a dashed one, today is framed. */
const weekdays = ['一', '二', '三', '四', '五', '六', '日'] as const
const marks: Record<CalendarDay['kind'], string> = { working: '', weekend: '', holiday: '休', shifted: '班' }
const words: Record<CalendarDay['kind'], string> = { working: '工作日', weekend: '周末', holiday: '放假', shifted: '调休上班' }

interface YearMonthsProps {
  readonly months: readonly CalendarMonth[]
  readonly today: string
  /** Days can be marked; `at` is the one that Tab reaches. */
  readonly onMark?: (date: string) => void
  readonly at?: string
}

export function YearMonths({ months, ...rest }: YearMonthsProps) {
  return (
    <div className="ref-year">
      {months.map((month) => (
        <Month key={month.month} month={month} {...rest} />
      ))}
    </div>
  )
}

function Month({ month, ...rest }: { readonly month: CalendarMonth } & Omit<YearMonthsProps, 'months'>) {
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
          <Day key={day.date} day={day} leading={index === 0 ? month.leading : null} {...rest} />
        ))}
      </div>
      <p className="ref-special">{specialDays(month).join('；')}</p>
    </section>
  )
}

interface DayProps extends Omit<YearMonthsProps, 'months'> {
  readonly day: CalendarDay
  /** Empty places before the first day of a month. */
  readonly leading: number | null
}

function Day({ day, leading, today, onMark, at }: DayProps) {
  const title = `${day.date} ${day.name ?? ''}${words[day.kind]}`
  const shared = {
    className: `ref-day ref-${day.kind}${day.date === today ? ' ref-today' : ''}`,
    title,
    ...(leading !== null && { style: { gridColumnStart: leading + 1 } }),
  }
  const content = (
    <>
      {day.day}
      {marks[day.kind] !== '' && <small>{marks[day.kind]}</small>}
    </>
  )
  if (!onMark) return <span {...shared}>{content}</span>
  return (
    <button
      type="button"
      {...shared}
      aria-label={title}
      data-date={day.date}
      tabIndex={day.date === at ? 0 : -1}
      onClick={() => onMark(day.date)}
    >
      {content}
    </button>
  )
}

export function CalendarLegend() {
  return (
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
  )
}
