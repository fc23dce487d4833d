import { useState } from 'react'
import type { CaseDetailView } from '#shared/contracts/seat-api/case-views'
import { Lamp } from '../../../ui/lamp'
import { SectionTitle } from '../../../ui/pane-header'
import { EventLine, EventMore } from '../../../ui/timeline'
import { type HistoryContext, historyLines, type PendingLine } from './history-rows'
import { WholeButton } from './whole-button'

const shownCount = 60

interface HistoryViewProps extends Omit<HistoryContext, 'pending'> {
  readonly pending: CaseDetailView['pending']
  /** It has the whole height, and lines break instead of being cut. */
  readonly isWhole: boolean
  onWhole(): void
}

/** 办理经过: every step against its limit; what this seat has not sent yet, and what came since somebody looked, say so by shape and words. */
export function HistoryView({ isWhole, onWhole, ...context }: HistoryViewProps) {
  const [isExpanded, setExpanded] = useState(false)
  const lines = historyLines({ ...context, pending: context.pending as readonly PendingLine[] })
  const fresh = lines.filter(({ isNew }) => isNew).length
  return (
    <section className="case-history" aria-label="办理经过">
      <SectionTitle title="办理经过" meta="节点用时 / 时限">
        {fresh > 0 && (
          <span className="case-new">
            <Lamp tone="amber" label="" /> {fresh} 条新经过
          </span>
        )}
        <WholeButton name="H" isWhole={isWhole} words={`全部 ${lines.length} 条`} onWhole={onWhole} />
        <EventMore count={lines.length} collapsedCount={shownCount} isExpanded={isExpanded} onToggle={() => setExpanded(!isExpanded)} />
      </SectionTitle>
      <EventLine
        label="办理经过"
        collapsedCount={shownCount}
        isExpanded={isExpanded}
        rows={lines.map((line) => ({
          ...line,
          text: (
            <span title={line.text} data-new={line.isNew || undefined}>
              {line.isPending && <Lamp tone="late" label="" />} {line.isNew && <b>新</b>} <bdi>{line.text}</bdi>
            </span>
          ),
        }))}
      />
    </section>
  )
}
