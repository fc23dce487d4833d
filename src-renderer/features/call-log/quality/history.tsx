import { useState } from 'react'
import { entryKinds, type QualityEntry } from '#shared/domain/quality/file'
import { itemsOf, type QualityForm } from '#shared/domain/quality/form'
import type { Sheet } from '#shared/domain/quality/sheet'
import { SectionTitle } from '../../../ui/pane-header'
import { formatClock, formatDateTime } from '../../../ui/time-format'
import { resultWords } from './words'

interface HistoryProps {
  readonly entries: readonly QualityEntry[]
  readonly forms: readonly QualityForm[]
  onJump(atMs: number): void
}

/** Everything that was said of a call, the oldest first; each sheet can be unfolded, the newest is open. */
export function QualityHistory({ entries, forms, onJump }: HistoryProps) {
  const newest = entries.findLast((entry) => 'sheet' in entry && entry.sheet !== null)?.entryId
  return (
    <section aria-label="质检经过">
      <SectionTitle title="经过" meta={`${entries.length} 步，只追加，不改动`} />
      <ol className="qa-history">
        {entries.map((entry) => (
          <EntryLine key={entry.entryId} entry={entry} forms={forms} isOpen={entry.entryId === newest} onJump={onJump} />
        ))}
      </ol>
    </section>
  )
}

function EntryLine({
  entry,
  forms,
  isOpen,
  onJump,
}: Omit<HistoryProps, 'entries'> & { readonly entry: QualityEntry; readonly isOpen: boolean }) {
  const [isUnfolded, setUnfolded] = useState(isOpen)
  const sheet = 'sheet' in entry ? entry.sheet : null
  const form = sheet && forms.find(({ version }) => version === sheet.formVersion)
  const score = entry.total === null ? '' : entry.isVetoed ? '一票否决，0 分' : `${entry.total} 分`
  const kept = entry.kind === 'decide' && sheet === null ? '维持原分' : score
  return (
    <li>
      <div className="qa-line">
        <b>{entryKinds[entry.kind]}</b>
        <span className="qa-score">{kept}</span>
        <span className="calls-quiet">{`${entry.byName} ${entry.byNo}　${formatDateTime(entry.at)}`}</span>
        <span className="ui-spring" />
        {form && (
          <button type="button" className="ui-link" aria-expanded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)}>
            {isUnfolded ? '收起' : '逐项'}
          </button>
        )}
      </div>
      {'reason' in entry && <p className="qa-say">{entry.reason}</p>}
      {'reviewers' in entry && <p className="qa-say">{`请 ${entry.reviewers.join('、')} 独立评分`}</p>}
      {sheet && form && isUnfolded && <SheetLines sheet={sheet} form={form} onJump={onJump} />}
      {sheet && sheet.words !== '' && <p className="qa-say">{`总评：${sheet.words}`}</p>}
    </li>
  )
}

/** What lost points or was remarked comes first to the eye: the rest is said in one line. */
function SheetLines({ sheet, form, onJump }: { readonly sheet: Sheet; readonly form: QualityForm; onJump(atMs: number): void }) {
  const answers = new Map(sheet.answers.map((answer) => [answer.itemId, answer]))
  const items = itemsOf(form).map((item) => ({ item, answer: answers.get(item.itemId) }))
  const isFull = ({ item, answer }: (typeof items)[number]) =>
    answer === undefined || (answer.remark === '' && (answer.result === 'kept' || answer.result === item.points))
  const said = items.filter((one) => !isFull(one))
  const full = items.filter((one) => isFull(one) && !one.item.isVeto)
  return (
    <ul className="qa-lines">
      {said.map(({ item, answer }) => (
        <li key={item.itemId}>
          <span className="qa-line-title">{item.title}</span>
          <span className={answer?.result === 'breached' || typeof answer?.result === 'number' ? 'qa-low' : ''}>
            {resultWords(item, answer?.result ?? null)}
          </span>
          <span>{answer?.remark}</span>
          {answer?.atMs != null && (
            <button type="button" className="ui-link" onClick={() => onJump(answer.atMs ?? 0)}>
              {formatClock(answer.atMs)}
            </button>
          )}
        </li>
      ))}
      {full.length > 0 && <li className="calls-quiet">{`满分：${full.map(({ item }) => item.title).join('、')}`}</li>}
    </ul>
  )
}
