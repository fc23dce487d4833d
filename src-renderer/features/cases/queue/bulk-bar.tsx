import { Button, Input, type InputRef } from 'antd'
import type { RefObject } from 'react'
import { inputTitles } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import { ActionButton } from '../../../ui/action-button'
import { Kbd } from '../../../ui/kbd'
import { Lamp } from '../../../ui/lamp'
import { plainWords } from '../workspace/templates'
import { type Batch, type BatchKey, unableWords } from './batch'
import { lastDigits } from './row-words'

export interface BulkBarProps {
  readonly rows: readonly CaseRow[]
  readonly batches: readonly Batch[]
  readonly text: string
  readonly fieldRef: RefObject<InputRef | null>
  /** Whose key was pressed last; its figures are told on the left. */
  readonly chosen: BatchKey | undefined
  /** Why nothing can be decided now; null when it can. */
  readonly reason: string | null
  onText(text: string): void
  onDecide(batch: Batch): void
  /** Back to the table; the text stays. */
  onLeave(): void
  onCancel(): void
}

/** What can be done to the chosen rows, how many take it and which do not, the one field for all of them, and the keys. It decides nothing itself. */
export function BulkBar({ rows, batches, text, fieldRef, chosen, reason, ...on }: BulkBarProps) {
  const told = batches.find(({ key }) => key === chosen) ?? batches.find(({ individually }) => individually === null) ?? batches[0]
  const [only] = rows
  const fields = [...new Set(batches.flatMap(({ field, individually }) => (field === null || individually ? [] : [field])))]
  return (
    <section className="cases-bar" aria-label="批量办理">
      <div className="cases-bar-line" role="status">
        <b>{rows.length === 1 && only ? `本条 ${lastDigits(only.caseNo)}` : `已选 ${rows.length} 条`}</b>
        {told ? <BatchWords batch={told} /> : <span>这些案卷现在没有您能批量办的一步。</span>}
        <span className="ui-spring" />
        {batches.map((batch, at) => (
          <ActionButton
            key={batch.key}
            keys={batch.key}
            type={at === 0 ? 'primary' : 'default'}
            reason={reason ?? batch.individually ?? (batch.able.length === 0 ? (batch.unable[0]?.reason ?? '没有可办的') : null)}
            onClick={() => on.onDecide(batch)}
          >
            {batch.individually !== null || batch.able.length === 0 ? batch.title : `${batch.title} ${batch.able.length} 条`}
            {batch.individually !== null && <small> {batch.individually}</small>}
          </ActionButton>
        ))}
        <Button type="text" onClick={on.onCancel}>
          取消 <Kbd>Esc</Kbd>
        </Button>
      </div>
      {fields.length > 0 && (
        <Input
          ref={fieldRef}
          size="small"
          aria-label={fields.map((field) => inputTitles[field]).join('、')}
          placeholder={placeholderOf(rows.length, batches, fields)}
          maxLength={2000}
          value={text}
          onChange={(event) => on.onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter' && told && (event.ctrlKey || event.metaKey)) on.onDecide(told)
            else if (event.key === 'Escape' || event.key === 'ArrowUp') on.onLeave()
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
      )}
    </section>
  )
}

/** The sentence that an approval left empty will say, or what is to be written. */
function placeholderOf(count: number, batches: readonly Batch[], fields: readonly ('opinion' | 'reason')[]): string {
  const forAll = count > 1 ? '这一批共用' : ''
  const approving = batches.find(({ action, individually }) => individually === null && plainWords(action) !== undefined)
  if (approving) return `${plainWords(approving.action)}（空着按 ${approving.key} 即用这句${forAll && `，${forAll}`}；其余各键先写理由）`
  const names = fields.map((field) => inputTitles[field]).join('或')
  return `${names}，${forAll && `${forAll}；`}写好后按 ${batches.map(({ key }) => key).join('、')}`
}

function BatchWords({ batch }: { readonly batch: Batch }) {
  if (batch.individually !== null) return <span>{`${batch.title}：${batch.individually}，Enter 打开案卷`}</span>
  const refusals = unableWords(batch)
  const shown = refusals.slice(0, 2)
  return (
    <>
      <span>{`可${batch.title} ${batch.able.length}`}</span>
      {refusals.length > 0 && (
        <span className="cases-bar-refusals" title={refusals.join('，')}>
          <Lamp tone="lost" label="" />
          <span className="ui-overrun">{`${shown.join('，')}${refusals.length > shown.length ? '等' : ''}，不随批`}</span>
        </span>
      )}
    </>
  )
}
