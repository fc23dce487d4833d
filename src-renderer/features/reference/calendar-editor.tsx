import { AutoComplete, Button, Checkbox, Input } from 'antd'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { calendarMistakes } from '#shared/domain/clock/calendar-mistakes'
import { Kbd } from '../../ui/kbd'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { CodedError } from '../../ui/states'
import { type CalendarDocument, dayAfter, festivals, hoursOf, hoursText, markDay } from './calendar-edit'
import { CalendarLegend, YearMonths } from './calendar-months'
import { calendarYear } from './calendar-year'
import type { useSave } from './use-save'

/** Enters or corrects a year's working calendar: days off and weekend days that are worked, the hours of a working day, and where it was announced. */
export interface CalendarEditorProps {
  readonly document: CalendarDocument
  readonly today: string
  readonly saving: ReturnType<typeof useSave>
  onSave(document: CalendarDocument): Promise<void>
  onClose(): void
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

export function CalendarEditor({ document: opened, today, saving, onSave, onClose }: CalendarEditorProps) {
  const [document, setDocument] = useState(opened)
  const [hours, setHours] = useState(() => hoursText(opened.workingHours))
  const [name, setName] = useState<string>(festivals[0])
  const [at, setAt] = useState(`${opened.year}-01-01`)
  const [isBusy, setBusy] = useState(false)
  const root = useRef<HTMLElement>(null)
  const edited = useMemo(() => ({ ...document, workingHours: hoursOf(hours) }), [document, hours])
  const months = useMemo(() => calendarYear(edited), [edited])
  const total = months.reduce((sum, month) => sum + month.workingDays, 0)
  const mistakes = [
    ...calendarMistakes(edited),
    ...(name.trim() === '' ? ['节日名称没有填'] : []),
    ...(edited.source.trim() === '' ? ['没有写依据'] : []),
  ]
  const patch = (change: Partial<CalendarDocument>) => setDocument((before) => ({ ...before, ...change }))

  function mark(date: string): void {
    setAt(date)
    if (name.trim() !== '') setDocument((before) => markDay(before, date, name.trim()))
  }
  function move(date: string): void {
    setAt(date)
    root.current?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus()
  }
  async function save(): Promise<void> {
    if (mistakes.length > 0 || isBusy || saving.reason !== null) return
    setBusy(true)
    await onSave({ ...edited, source: edited.source.trim() })
    setBusy(false)
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      void save()
    }
    const step = steps[event.key]
    if (step === undefined || !(event.target instanceof HTMLElement) || event.target.dataset.date === undefined) return
    event.preventDefault()
    move(dayAfter(at, step))
  }
  return (
    <section className="ref-calendar-editor" aria-label={`修改${edited.title}`} ref={root} onKeyDown={onKeyDown}>
      <SectionTitle title={edited.title} meta={`${total} 个工作日`}>
        <Button
          type="primary"
          size="small"
          loading={isBusy}
          disabled={mistakes.length > 0 || saving.reason !== null}
          title={saving.reason ?? mistakes.join('；')}
          onClick={() => void save()}
        >
          保存 <Kbd>Ctrl+Enter</Kbd>
        </Button>
        <Button size="small" onClick={onClose}>
          不保存，返回
        </Button>
      </SectionTitle>
      {saving.error && <CodedError error={saving.error} />}
      <div className="ref-calendar-fields">
        <span className="ref-calendar-field">
          工作时间
          <Input size="small" aria-label="工作时间" value={hours} onChange={(event) => setHours(event.target.value)} />
        </span>
        <span className="ref-calendar-field">
          依据
          <Input
            size="small"
            aria-label="依据"
            maxLength={200}
            placeholder="如：国务院办公厅关于节假日安排的通知，文号"
            value={edited.source}
            onChange={(event) => patch({ source: event.target.value })}
          />
        </span>
        <Checkbox checked={edited.isCertain} onChange={(event) => patch({ isCertain: event.target.checked })}>
          已正式公布（不勾则办结时间仍标“暂定”）
        </Checkbox>
      </div>
      <div className="ref-calendar-fields">
        <span className="ref-calendar-field">
          标为
          <AutoComplete
            size="small"
            aria-label="节日名称"
            value={name}
            options={festivals.map((value) => ({ value }))}
            onChange={(value: string) => setName(value)}
          />
        </span>
        <span className="ui-meta">
          点一天或 <Kbd>Space</Kbd>：工作日标放假；周末先标上班、再标放假；再点恢复。方向键移动。
        </span>
      </div>
      <p className="ref-calendar-mistakes" role="status">
        {mistakes.length > 0 && (
          <>
            <Lamp tone="amber" label="" /> {mistakes.slice(0, 3).join('；')}
          </>
        )}
      </p>
      <CalendarLegend />
      <YearMonths months={months} today={today} onMark={mark} at={at} />
    </section>
  )
}
