import { createPortal } from 'react-dom'
import { roles } from '#shared/domain/account/role'
import type { HolidayDuty } from '#shared/domain/shift/holiday'
import type { RosterLine } from '#shared/domain/shift/roster'
import type { ShiftPattern } from '#shared/domain/shift/shift'

interface PaperProps {
  readonly month: string
  readonly duties: readonly HolidayDuty[]
  readonly pattern: ShiftPattern
}

/** 节假日值守表 on paper: each day of the holiday, who leads it, who is on in which shift. */
export function HolidayPaper({ month, duties, pattern }: PaperProps) {
  const inShift = (lines: readonly RosterLine[], ruleId: string) =>
    lines
      .filter(({ ruleIds }) => ruleIds.includes(ruleId))
      .map(({ name, role }) => `${name}（${roles[role]}）`)
      .join('、')
  return createPortal(
    <article className="paper" aria-hidden="true">
      <h1>{month} 节假日值守表</h1>
      <table>
        <thead>
          <tr>
            <th>日期</th>
            <th>节日</th>
            <th>带班领导</th>
            {pattern.shifts.map(({ id, name, start, end }) => (
              <th key={id}>
                {name} {start}–{end}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {duties.map(({ date, name, leads, others }) => (
            <tr key={date}>
              <td>{date}</td>
              <td>{name}</td>
              <td>{leads.map((lead) => `${lead.name}（${roles[lead.role]}）`).join('、') || '未排'}</td>
              {pattern.shifts.map(({ id }) => (
                <td key={id}>{inShift(others, id) || '未排'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <footer>
        <p>编排人　　　　　　　　　　批准　　　　　　　　　　</p>
      </footer>
    </article>,
    document.body,
  )
}
