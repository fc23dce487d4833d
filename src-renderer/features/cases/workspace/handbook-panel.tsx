import type { KeyboardEvent } from 'react'
import type { CaseRow } from '#shared/domain/case/row'
import { describeLimit } from '#shared/domain/clock/limit'
import { SectionTitle } from '../../../ui/pane-header'
import { EmptyState } from '../../../ui/states'
import type { CaseSettings } from '../use-case-settings'

export type HandbookEntry = NonNullable<CaseSettings['handbook']>['entries'][number]

export function handbookEntryOf(
  { handbook }: Pick<CaseSettings, 'handbook'>,
  { kind, subclassCode }: Pick<CaseRow, 'kind' | 'subclassCode'>,
) {
  return handbook?.entries.find((entry) => entry.kind === kind && entry.subclassCode === subclassCode)
}

interface HandbookPanelProps {
  readonly entry: HandbookEntry | undefined
  readonly row: CaseRow
  /** The condition under which it is, or is to be, filed. */
  readonly chosen: string | undefined
  /** Absent: it is only read. */
  onChoose?(conditionId: string): void
}

/** 指挥手册 of the subclass: when it is filed, how fast it is handled, when it is closed. Arrows go through the conditions, Space takes one. */
export function HandbookPanel({ entry, row, chosen, onChoose }: HandbookPanelProps) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="option"]')]
    const at = rows.indexOf(event.target as HTMLElement)
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by !== 0) rows[at + by]?.focus()
    else if (event.key === ' ' && onChoose) {
      const id = rows[at]?.dataset.condition
      if (id !== undefined) onChoose(id)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section className="case-side-part" aria-label="指挥手册">
      <SectionTitle title="指挥手册" meta={`${row.subclassCode} ${row.subclassName}`}>
        <span className="ui-meta">{onChoose ? '↑ ↓ Space 选立案条件' : entry?.departmentType}</span>
      </SectionTitle>
      {entry === undefined && (
        <EmptyState
          text={row.subclassCode === '' ? '还没有选定小类，选定后显示立案与结案条件。' : '手册没有这个小类的条目，请按标准判断。'}
        />
      )}
      {entry && (
        <div className="case-handbook" role="listbox" aria-label="立案条件" tabIndex={-1} onKeyDown={onKeyDown}>
          <div className="case-handbook-head" aria-hidden="true">
            <span />
            <span>立案条件</span>
            <span>处置时限</span>
          </div>
          {entry.conditions.map(({ conditionId, text, limit }, index) => (
            <div
              key={conditionId}
              role="option"
              tabIndex={index === 0 ? 0 : -1}
              aria-selected={conditionId === chosen}
              data-condition={conditionId}
              onClick={onChoose && (() => onChoose(conditionId))}
              onKeyDown={undefined}
            >
              <span>{conditionId === chosen ? '✓' : index + 1}</span>
              <span>{text}</span>
              <span>{describeLimit(limit)}</span>
            </div>
          ))}
          <p>
            <b>结案条件</b>　{entry.closing}
          </p>
        </div>
      )}
    </section>
  )
}
