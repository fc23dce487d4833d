import { App, Button, Input, type InputRef } from 'antd'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import type { QualityFileView } from '#shared/contracts/central-api/quality'
import type { EntryContent } from '#shared/domain/quality/file'
import { type FormItem, itemsOf, type QualityForm } from '#shared/domain/quality/form'
import { type ItemDraft, type ItemResult, needsRemark, type Sheet, sheetProblems, totalOf } from '#shared/domain/quality/sheet'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { Kbd } from '../../../ui/kbd'
import { SectionTitle } from '../../../ui/pane-header'
import { CodedError } from '../../../ui/states'
import { formatClock } from '../../../ui/time-format'
import type { PlaybackHandle } from '../playback'
import { type SheetDraft, sheetOf, useSheet } from './use-sheet'
import { measuredWords, resultWords } from './words'

export interface SheetFormProps {
  readonly view: QualityFileView
  readonly form: QualityForm
  readonly first: SheetDraft
  readonly title: string
  readonly submitWords: string
  /** What a reason is for; null: none is asked. */
  readonly reasonWords: string | null
  readonly player: RefObject<PlaybackHandle | null>
  readonly extra?: ReactNode
  contentOf(sheet: Sheet, reason: string): EntryContent
  onSent(): void
}

const stepMs = 5_000

/**
 * The score form beside the recording. The current item is scored by one key and the next one comes: a digit is its points, Enter all of them. Words and the
 * second of the recording belong to the item; where half is lost they are asked for at once.
 */
export function SheetForm({ view, form, first, title, submitWords, reasonWords, player, extra, contentOf, onSent }: SheetFormProps) {
  const { message } = App.useApp()
  const sheet = useSheet(view.row.callId, form, first)
  const items = itemsOf(form)
  const [currentKey, setCurrentKey] = useState(items[0]?.itemId)
  const remark = useRef<InputRef>(null)
  const root = useRef<HTMLElement>(null)
  const { answers, words, reason } = sheet.value
  const given = new Map(answers.map((answer) => [answer.itemId, answer]))
  const { total, isVetoed } = totalOf(form, answers)
  const problems = sheetProblems(form, answers)
  const isReasonMissing = reasonWords !== null && reason.trim() === ''
  const missing = problems.length > 0 ? `还有 ${problems.length} 项没有评好` : isReasonMissing ? `先写${reasonWords}` : null
  const groupOf = new Map(form.sections.flatMap((section) => section.items.map(({ itemId }) => [itemId, section.title] as const)))

  useEffect(() => {
    if (sheet.isReady) root.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true })
  }, [sheet.isReady])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is under the current item comes into view with it.
  useEffect(() => {
    root.current?.querySelector('.qa-editor')?.scrollIntoView({ block: 'nearest' })
  }, [currentKey])

  const toGrid = () => root.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true })
  function change(itemId: string, part: Partial<ItemDraft>): void {
    sheet.change({ ...sheet.value, answers: answers.map((answer) => (answer.itemId === itemId ? { ...answer, ...part } : answer)) })
  }
  function next(item: FormItem): void {
    setCurrentKey(items[Math.min(items.length - 1, items.indexOf(item) + 1)]?.itemId)
    toGrid()
  }
  function give(item: FormItem, result: ItemResult): void {
    change(item.itemId, { result })
    const wantsWords = result === 'breached' || (typeof result === 'number' && needsRemark(item, result))
    if (wantsWords && given.get(item.itemId)?.remark.trim() === '') return void remark.current?.focus()
    next(item)
  }
  function stamp(item: FormItem): void {
    const at = player.current?.at() ?? null
    if (at === null) return void message.info('先打开录音（空格），再记下这一秒')
    change(item.itemId, { atMs: Math.round(at) })
  }
  function onRowKey(key: string, item: FormItem): boolean {
    const digit = /^\d$/.test(key) ? Number(key) : null
    if (digit !== null && item.isVeto) return false
    if (digit !== null && digit > item.points) void message.info(`「${item.title}」最高 ${item.points} 分`)
    else if (digit !== null) give(item, digit)
    else if (key === 'x' && !item.isVeto) give(item, 'notApplicable')
    else if (key === 'y' && item.isVeto) give(item, 'breached')
    else if (key === 'n' && item.isVeto) give(item, 'kept')
    else if (key === 'r') remark.current?.focus()
    else if (key === 't') stamp(item)
    else if (key === 'g') jump(given.get(item.itemId)?.atMs ?? null)
    else if (key === ' ') player.current?.play()
    else if (key === ',') player.current?.step(-stepMs)
    else if (key === '.') player.current?.step(stepMs)
    else return false
    return true
  }
  const jump = (atMs: number | null): void => void (atMs !== null && player.current?.moveTo(Math.max(0, atMs - 2_000)))
  async function submit(): Promise<void> {
    const [problem] = problems
    if (problem) {
      setCurrentKey(problem.itemId)
      return void message.info(`「${items.find(({ itemId }) => itemId === problem.itemId)?.title ?? ''}」${problem.problem}`)
    }
    if (missing !== null) {
      root.current?.querySelector<HTMLElement>('[data-reason]')?.focus()
      return void message.info(missing)
    }
    if (await sheet.send(contentOf(sheetOf(form, sheet.value), reason.trim()))) {
      void message.success(`${title}已提交`)
      onSent()
    }
  }
  return (
    <section
      className="qa-form"
      aria-label={title}
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey) return
        event.preventDefault()
        event.stopPropagation()
        void submit()
      }}
    >
      <SectionTitle title={title} meta={`${form.title} 第 ${form.version} 版，每改一处自动存本机`}>
        {problems.length > 0 && <span className="ui-meta">{`已评 ${items.length - problems.length} / ${items.length} 项`}</span>}
        {(problems.length === 0 || isVetoed) && (
          <b className={isVetoed || total < form.passMark ? 'qa-total qa-low' : 'qa-total'}>{isVetoed ? '0 否决' : `${total} 分`}</b>
        )}
        <ActionButton size="small" type="primary" keys="Ctrl+Enter" reason={missing} onClick={() => void submit()}>
          {submitWords}
        </ActionButton>
      </SectionTitle>
      {extra}
      <div className="qa-items">
        <DataGrid<FormItem>
          label="评分项"
          hasHead={false}
          rows={items}
          rowKey={({ itemId }) => itemId}
          columns={columnsOf(given, jump)}
          groupOf={({ itemId }) => groupOf.get(itemId) ?? ''}
          wantedKey={currentKey}
          onCurrent={(item) => setCurrentKey(item?.itemId)}
          onOpen={(item) => give(item, item.isVeto ? 'kept' : item.points)}
          onRowKey={onRowKey}
          rowClass={({ itemId }) => (problems.some((one) => one.itemId === itemId) ? undefined : 'qa-done')}
          hints={hints}
          detail={(item) =>
            item.itemId === currentKey && (
              <ItemEditor
                item={item}
                answer={given.get(item.itemId)}
                measured={measuredWords(item, view)}
                remarkRef={remark}
                onGive={(result) => give(item, result)}
                onRemark={(text) => change(item.itemId, { remark: text })}
                onStamp={() => stamp(item)}
                onNext={() => next(item)}
                onBack={toGrid}
              />
            )
          }
          empty={null}
        />
      </div>
      <div className="qa-words">
        {reasonWords !== null && (
          <Input
            size="small"
            data-reason
            aria-label={reasonWords}
            placeholder={reasonWords}
            maxLength={1_000}
            value={reason}
            onChange={({ target }) => sheet.change({ ...sheet.value, reason: target.value })}
          />
        )}
        <Input.TextArea
          aria-label="总评"
          placeholder="总评：给坐席的话（可不写）"
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={1_000}
          value={words}
          onChange={({ target }) => sheet.change({ ...sheet.value, words: target.value })}
        />
      </div>
      {sheet.error && <CodedError error={sheet.error} />}
    </section>
  )
}

const hints: readonly (readonly [string, string])[] = [
  ['0–9', '给分，到下一项'],
  ['Enter', '满分、未触犯'],
  ['X', '不适用'],
  ['Y N', '触犯、未触犯'],
  ['R', '写原因'],
  ['T G', '记下录音这一秒、跳到那里'],
  ['空格', '播放、暂停'],
  [', .', '退、进 5 秒'],
]

const columnsOf = (given: ReadonlyMap<string, ItemDraft>, jump: (atMs: number | null) => void): readonly GridColumn<FormItem>[] => [
  { key: 'title', title: '', width: 'minmax(128px, 180px)', render: ({ title }) => title },
  {
    key: 'result',
    title: '',
    width: '64px',
    render: (item) => {
      const result = given.get(item.itemId)?.result ?? null
      const isLoss = result === 'breached' || (typeof result === 'number' && result < item.points)
      return <span className={isLoss ? 'qa-result qa-low' : 'qa-result'}>{resultWords(item, result)}</span>
    },
  },
  {
    key: 'remark',
    title: '',
    width: 'minmax(0, 1fr)',
    render: ({ itemId }) => <span className="qa-cut">{given.get(itemId)?.remark ?? ''}</span>,
  },
  {
    key: 'at',
    title: '',
    width: '52px',
    align: 'right',
    render: ({ itemId }) => {
      const atMs = given.get(itemId)?.atMs ?? null
      return atMs === null ? null : (
        <button type="button" className="ui-link" tabIndex={-1} onClick={() => jump(atMs)}>
          {formatClock(atMs)}
        </button>
      )
    },
  },
]

interface EditorProps {
  readonly item: FormItem
  readonly answer: ItemDraft | undefined
  readonly measured: string | null
  readonly remarkRef: RefObject<InputRef | null>
  onGive(result: ItemResult): void
  onRemark(text: string): void
  onStamp(): void
  onNext(): void
  onBack(): void
}

/** The item in hand: what to listen for, its scores to click, its words. */
function ItemEditor({ item, answer, measured, remarkRef, onGive, onRemark, onStamp, onNext, onBack }: EditorProps) {
  const choices: readonly ItemResult[] = item.isVeto
    ? ['kept', 'breached']
    : [...Array.from({ length: item.points + 1 }, (_, points) => points), 'notApplicable']
  return (
    <div className="qa-editor">
      <p className="qa-hint">
        {[item.hint, measured].filter(Boolean).join('　')}
        <span className="ui-meta">{item.source}</span>
      </p>
      <div className="qa-choices">
        {choices.map((choice) => (
          <Button
            key={choice}
            size="small"
            tabIndex={-1}
            type={answer?.result === choice ? 'primary' : 'default'}
            danger={choice === 'breached'}
            onClick={() => onGive(choice)}
          >
            {typeof choice === 'number' ? choice : resultWords(item, choice)}
          </Button>
        ))}
      </div>
      <div className="qa-remark">
        <Input
          ref={remarkRef}
          size="small"
          aria-label={`${item.title}的原因`}
          placeholder="原因（R），写完 Enter 到下一项"
          maxLength={500}
          value={answer?.remark ?? ''}
          onChange={({ target }) => onRemark(target.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || event.ctrlKey) return
            if (event.key === 'Enter') onNext()
            else if (event.key === 'Escape') onBack()
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
        <Button size="small" tabIndex={-1} onClick={onStamp}>
          {answer?.atMs == null ? '记下这一秒' : formatClock(answer.atMs)} <Kbd>T</Kbd>
        </Button>
      </div>
    </div>
  )
}
