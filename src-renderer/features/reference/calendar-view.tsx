import { Button } from 'antd'
import { useMemo, useState } from 'react'
import type { ReferenceDocument, ReferenceManifestEntry } from '#shared/contracts/reference'
import { useNow } from '../../bridge/use-now'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { formatDate } from '../../ui/time-format'
import { type CalendarDocument, hoursText, nextCalendar } from './calendar-edit'
import { CalendarEditor } from './calendar-editor'
import { CalendarLegend, YearMonths } from './calendar-months'
import { calendarYear } from './calendar-year'
import { Certainty, type DocumentViewProps } from './document-view'
import { useSave } from './use-save'

/** A year at a glance. The administrator corrects it and enters the year after, which due times that reach into it wait for. */
interface Edited {
  readonly document: CalendarDocument
  /** Of the document that was opened; null for a year that is entered first. */
  readonly seenHash: string | null
}

export function CalendarView({ document, entry, entries, onChoose }: DocumentViewProps<ReferenceDocument<'calendar'>>) {
  const months = useMemo(() => calendarYear(document), [document])
  const today = formatDate(useNow(60_000))
  const [edited, setEdited] = useState<Edited>()
  const target = edited ? entryOf(edited.document, entry) : entry
  const saving = useSave(target)
  const total = months.reduce((sum, month) => sum + month.workingDays, 0)
  const nextYear = document.year + 1
  const hasNext = entries.some(({ kind, id }) => kind === 'calendar' && id === String(nextYear))
  if (edited) {
    return (
      <CalendarEditor
        key={edited.document.year}
        {...{ document: edited.document, today, saving }}
        onClose={() => setEdited(undefined)}
        onSave={async (changed) => {
          if (!(await saving.save(changed, edited.seenHash))) return
          setEdited(undefined)
          onChoose(target)
        }}
      />
    )
  }
  return (
    <>
      <SectionTitle title={document.title} meta={document.source}>
        <Certainty isCertain={document.isCertain} />
        <span className="ui-meta">{`工作时间 ${hoursText(document.workingHours)}　全年 ${total} 个工作日`}</span>
        {saving.mayEdit && (
          <Button size="small" onClick={() => setEdited({ document, seenHash: entry.hash })}>
            修改
          </Button>
        )}
        {saving.mayEdit && !hasNext && (
          <Button size="small" type="primary" onClick={() => setEdited({ document: nextCalendar(document), seenHash: null })}>
            {`录入 ${nextYear} 年`}
          </Button>
        )}
      </SectionTitle>
      {!hasNext && today >= `${document.year}-11-01` && (
        <p className="ref-calendar-missing">
          <Lamp tone="amber" label="" /> {`${nextYear} 年工作日历还没有录入：跨年的办结时间暂按周末休息计算，标“暂定”，录入后自动重算。`}
        </p>
      )}
      <CalendarLegend />
      <YearMonths months={months} today={today} />
    </>
  )
}

/** The entry of the document that is edited; for a new year what is known of it before the centre has it. */
const entryOf = ({ year, title }: CalendarDocument, shown: ReferenceManifestEntry): ReferenceManifestEntry => ({
  ...shown,
  id: String(year),
  title,
})
