import { createPortal } from 'react-dom'
import { type AttendanceLine, verdicts } from '#shared/domain/shift/attendance'
import { formatTime } from '../../../ui/time-format'
import { momentOf, remarkOf, type Statement, statementColumns } from './attendance-words'

interface PaperProps {
  readonly title: string
  readonly meta: string
  readonly rows: readonly Statement[]
  readonly lines: readonly AttendanceLine[]
  readonly isDaily: boolean
}

/** The attendance sheet on paper: the statement of the month, or the duties of a day, with places to sign. */
export function AttendancePaper({ title, meta, rows, lines, isDaily }: PaperProps) {
  return createPortal(
    <article className={isDaily ? 'paper' : 'paper paper-wide'} aria-hidden="true">
      <h1>{title}</h1>
      <p className="paper-meta">{meta}</p>
      {isDaily ? (
        <table>
          <thead>
            <tr>
              {['日期', '班次', '工号', '姓名', '到', '离', '结论', '说明'].map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.accountNo}/${line.span.shiftId}`}>
                <td>{line.date}</td>
                <td>
                  {line.span.name} {formatTime(line.span.startsAt)}–{formatTime(line.span.endsAt)}
                </td>
                <td>{line.accountNo}</td>
                <td>{line.name}</td>
                <td>{momentOf(line.cameAt)}</td>
                <td>{momentOf(line.leftAt)}</td>
                <td>{verdicts[line.verdict]}</td>
                <td>{remarkOf(line)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <table>
          <thead>
            <tr>
              {statementColumns.map(({ title: name }) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.accountNo}>
                {statementColumns.map(({ title: name, of }) => (
                  <td key={name}>{of(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <footer>
        <p>统计人　　　　　　　　　　值班长　　　　　　　　　　平台主管　　　　　　　　　　</p>
      </footer>
    </article>,
    document.body,
  )
}
