// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names its current cell.
// biome-ignore-all lint/a11y/noNoninteractiveElementToInteractiveRole: a sheet that is walked cell by cell.
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: a cell of a grid can be selected.
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react'
import { roles } from '#shared/domain/account/role'
import type { DayMark } from '#shared/domain/shift/holiday'
import type { RosterFault, RosterLine } from '#shared/domain/shift/roster'
import { isWeekend, type RosterPerson, shortNames } from '#shared/domain/shift/roster-month'
import type { ShiftPattern } from '#shared/domain/shift/shift'
import { Lamp } from '../../../ui/lamp'

export interface Cell {
  readonly row: number
  readonly day: number
}

interface RosterGridProps {
  readonly days: readonly string[]
  readonly today: string
  readonly people: readonly RosterPerson[]
  readonly lines: readonly RosterLine[]
  readonly pattern: ShiftPattern
  /** What is wrong with each day, in words. */
  readonly problems: ReadonlyMap<string, string>
  readonly marks: ReadonlyMap<string, DayMark>
  /** `accountNo/date` of approved leave. */
  readonly leave: ReadonlyMap<string, string>
  readonly cell: Cell
  readonly isDimmed: boolean
  onCell(cell: Cell): void
  /** Returns true when it took the key. */
  onKey(key: string): boolean
}

const weekdays = ['日', '一', '二', '三', '四', '五', '六'] as const
const weekdayOf = (date: string) => weekdays[new Date(`${date}T12:00:00Z`).getUTCDay()]

/** The month as a sheet: people down, days across. Arrows move the cell; what a key does to it the tab says. */
export function RosterGrid(props: RosterGridProps) {
  const { days, today, people, lines, pattern, problems, marks, leave, cell, onCell, onKey } = props
  const id = useId()
  const sheet = useRef<HTMLTableElement>(null)
  const names = useMemo(() => shortNames(pattern.shifts), [pattern])
  const byCell = useMemo(() => new Map(lines.map((line) => [`${line.accountNo}/${line.role}/${line.date}`, line])), [lines])

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the cell moved.
  useEffect(() => {
    sheet.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [cell])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const moves: Record<string, readonly [number, number]> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
    const move = moves[event.key]
    const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value))
    if (move) onCell({ row: clamp(cell.row + move[0], people.length - 1), day: clamp(cell.day + move[1], days.length - 1) })
    else if (event.key === 'Home') onCell({ ...cell, day: 0 })
    else if (event.key === 'End') onCell({ ...cell, day: days.length - 1 })
    else if (!onKey(event.key)) return
    event.preventDefault()
  }
  return (
    <div className={`roster-scroll${props.isDimmed ? ' ui-dimmed' : ''}`}>
      <table
        ref={sheet}
        className="roster-sheet"
        role="grid"
        aria-label="排班表"
        tabIndex={0}
        aria-activedescendant={`${id}-${cell.row}-${cell.day}`}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th className="roster-who">岗位、姓名</th>
            {days.map((date) => (
              <th key={date} className={classOfDay(date, today, marks)} title={markWords(marks.get(date))}>
                <span>{date.slice(8)}</span>
                <span className="ui-meta">{weekdayOf(date)}</span>
                <DayTag mark={marks.get(date)} />
                {problems.has(date) && (
                  <span title={problems.get(date)}>
                    <Lamp tone="amber" label={problems.get(date) ?? ''} />
                  </span>
                )}
              </th>
            ))}
            <th>班数</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person, row) => {
            let count = 0
            const cells = days.map((date, day) => {
              const line = byCell.get(`${person.accountNo}/${person.role}/${date}`)
              if (line) count += line.ruleIds.length
              const onLeave = leave.get(`${person.accountNo}/${date}`)
              const isCurrent = row === cell.row && day === cell.day
              const words = line?.ruleIds.map((ruleId) => names.get(ruleId) ?? '?').join('') ?? ''
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the sheet takes the keys.
                <td
                  key={date}
                  role="gridcell"
                  id={`${id}-${row}-${day}`}
                  aria-selected={isCurrent}
                  className={`${classOfDay(date, today, marks)}${isCurrent ? ' roster-cell-on' : ''}`}
                  title={onLeave}
                  onClick={() => onCell({ row, day })}
                >
                  {onLeave ? <span className="roster-leave">{words === '' ? '假' : `${words}假`}</span> : words}
                </td>
              )
            })
            return (
              <tr key={`${person.accountNo}/${person.role}`}>
                <th className="roster-who" scope="row">
                  <span className="ui-meta">{roles[person.role]}</span> {person.name}
                </th>
                {cells}
                <td className="roster-count">{count}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** 休 and 班, as on the calendars that people know. */
function DayTag({ mark }: { readonly mark: DayMark | undefined }) {
  if (!mark) return null
  const isHoliday = mark.kind === 'holiday'
  return <span className={isHoliday ? 'roster-off' : 'roster-worked'}>{isHoliday ? '休' : '班'}</span>
}

const markWords = (mark: DayMark | undefined): string | undefined =>
  mark && `${mark.name}${mark.kind === 'holiday' ? '' : '，调休上班'}${mark.isCertain ? '' : '（放假安排尚未公布，暂按推算）'}`

function classOfDay(date: string, today: string, marks: ReadonlyMap<string, DayMark>): string {
  if (date === today) return 'roster-today'
  const mark = marks.get(date)
  return mark?.kind === 'holiday' || (isWeekend(date) && mark?.kind !== 'worked') ? 'roster-weekend' : ''
}

/** What is wrong with each day, in words. */
export function faultWords(faults: readonly RosterFault[], pattern: ShiftPattern): ReadonlyMap<string, string> {
  const nameOf = (shiftId: string) => pattern.shifts.find(({ id }) => shiftId.endsWith(`/${id}`))?.name ?? ''
  const words = new Map<string, string>()
  for (const fault of faults) {
    const said =
      fault.kind === 'noLead'
        ? `${nameOf(fault.shiftId)}没有值班长`
        : fault.kind === 'overlap'
          ? `${fault.accountNo} 与前一日的班重叠`
          : fault.kind === 'twice'
            ? `${fault.accountNo} 排了两次`
            : `${fault.accountNo} 的班次已不在班制中`
    words.set(fault.date, [words.get(fault.date), said].filter(Boolean).join('；'))
  }
  return words
}
