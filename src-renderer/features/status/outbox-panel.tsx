import { App, Input } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { useBridge, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Lamp, type LampTone } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { CodedError, EmptyState, LoadingState } from '../../ui/states'
import { formatClock, formatMoment } from '../../ui/time-format'
import './status.css'

type Intent = StateOfTopic<'outbox.changed'>['intents'][number]

/**
 * What waits to be sent: every record that this seat still owes the centre, why, and when it is tried next. Retry (R), edit (E), withdraw (W).
 * It sends nothing itself: the core does, whether this panel is open or not.
 */
export function OutboxPanel() {
  const outbox = useTopic('outbox.changed')
  const now = useNow(1000)
  const actions = useOutboxActions()
  const [editing, setEditing] = useState<string>()
  const [current, setCurrent] = useState<Intent>()
  const { modal } = App.useApp()
  if (!outbox) return <LoadingState what="待发送" />
  const chosen = outbox.intents.find((intent) => intent.intentId === current?.intentId)

  function askToWithdraw(intent: Intent): void {
    modal.confirm({
      title: `撤回这条${intent.title}？`,
      content:
        intent.editableText === null
          ? '撤回后不再发送，内容回到本机草稿；中心不会收到它。'
          : '撤回后不再发送，文字回到输入框的草稿里，可改后重交；中心不会收到它。',
      okText: '撤回',
      cancelText: '不撤',
      focusable: { autoFocusButton: 'cancel' },
      onOk: () => actions.run('outbox.withdraw', intent),
    })
  }

  function takeKey(key: string, intent: Intent): boolean {
    if (key === 'r' && reasonAgainst.retry(intent) === null) void actions.run('outbox.retry', intent)
    else if (key === 'e' && reasonAgainst.edit(intent) === null) setEditing(intent.intentId)
    else if (key === 'w' && reasonAgainst.withdraw(intent) === null) askToWithdraw(intent)
    else return false
    return true
  }

  return (
    <section className="ui-pane status-panel" aria-label="待发送">
      <SectionTitle title="待发送" meta={progressWords(outbox)}>
        <OutboxButtons intent={chosen} onKey={takeKey} />
      </SectionTitle>
      {actions.error && <CodedError error={actions.error} />}
      <DataGrid<Intent>
        label="待发送的记录"
        autoFocus
        columns={columnsAt(now)}
        rows={outbox.intents}
        rowKey={(intent) => intent.intentId}
        onCurrent={setCurrent}
        onRowKey={takeKey}
        onOpen={(intent) => reasonAgainst.edit(intent) === null && setEditing(intent.intentId)}
        hints={[
          ['R', '立即重发'],
          ['E', '修改'],
          ['W', '撤回'],
        ]}
        empty={<EmptyState text="没有待发送的记录，都已送达中心。" />}
        detail={(intent) =>
          intent.intentId === editing ? (
            <IntentEditor
              intent={intent}
              onClose={() => setEditing(undefined)}
              onSubmit={(text) => actions.edit(intent, text).then((isDone) => isDone && setEditing(undefined))}
            />
          ) : intent.reason ? (
            <p className="status-reason">
              {intent.reason.message} <code>{intent.reason.code}</code>
            </p>
          ) : null
        }
      />
    </section>
  )
}

/** One sentence on the whole: how many, and what holds them up. */
function progressWords({ intents, waiting, parked }: StateOfTopic<'outbox.changed'>): string {
  const sending = intents.filter((intent) => intent.state === 'sending').length
  if (intents.length === 0) return '全部送达'
  const parts = [
    [waiting, '条等待'],
    [sending, '条正在发送'],
    [parked, '条未被接受'],
  ] as const
  return parts.flatMap(([count, words]) => (count > 0 ? [`${count} ${words}`] : [])).join('，')
}

const stateMarks: Record<Intent['state'], readonly [LampTone, string]> = {
  waiting: ['late', '待发送'],
  sending: ['green', '正在发送'],
  parked: ['red', '未被接受'],
  blocked: ['amber', '等前一条'],
}

/** Why an act is not possible on a record now; null when it is. */
const reasonAgainst = {
  retry: (intent: Intent) =>
    intent.state === 'sending' ? '正在发送，请稍候。' : intent.state === 'blocked' ? '要先处理前面未被接受的那条。' : null,
  edit: (intent: Intent) =>
    intent.state === 'sending' ? '正在发送，请稍候。' : intent.editableText === null ? '这类记录不能修改，只能重发或撤回。' : null,
  withdraw: (intent: Intent) => (intent.state === 'sending' ? '正在发送，请稍候。' : null),
}

function OutboxButtons({ intent, onKey }: { readonly intent: Intent | undefined; onKey(key: string, intent: Intent): boolean }) {
  const none = intent ? undefined : '先用 ↑ ↓ 选中一条。'
  const act = (key: string) => () => {
    if (intent) onKey(key, intent)
  }
  return (
    <span className="status-buttons">
      <ActionButton size="small" keys="R" onClick={act('r')} reason={none ?? (intent && reasonAgainst.retry(intent))}>
        重发
      </ActionButton>
      <ActionButton size="small" keys="E" onClick={act('e')} reason={none ?? (intent && reasonAgainst.edit(intent))}>
        修改
      </ActionButton>
      <ActionButton size="small" keys="W" onClick={act('w')} reason={none ?? (intent && reasonAgainst.withdraw(intent))}>
        撤回
      </ActionButton>
    </span>
  )
}

function columnsAt(now: EpochMs): readonly GridColumn<Intent>[] {
  return [
    {
      key: 'state',
      title: '状态',
      width: '84px',
      render: ({ state }) => (
        <span className="ui-sync">
          <Lamp tone={stateMarks[state][0]} label="" />
          {stateMarks[state][1]}
        </span>
      ),
    },
    { key: 'title', title: '种类', width: '72px', render: (intent) => intent.title },
    { key: 'summary', title: '内容', width: 'minmax(0,1fr)', render: (intent) => <span title={intent.summary}>{intent.summary}</span> },
    { key: 'author', title: '账号', width: '56px', render: (intent) => intent.accountNo },
    { key: 'created', title: '写于', width: '88px', render: (intent) => formatMoment(intent.createdAt, now) },
    { key: 'attempts', title: '试过', width: '44px', align: 'right', render: (intent) => `${intent.attempts} 次` },
    { key: 'next', title: '下次', width: '64px', align: 'right', render: (intent) => nextTryWords(intent, now) },
  ]
}

function nextTryWords({ state, nextAttemptAt }: Intent, now: EpochMs): string {
  if (state === 'sending') return '现在'
  if (state === 'parked' || nextAttemptAt === null) return '—'
  return nextAttemptAt <= now ? '即刻' : `${formatClock(nextAttemptAt - now)} 后`
}

function IntentEditor({ intent, onSubmit, onClose }: { readonly intent: Intent; onSubmit(text: string): void; onClose(): void }) {
  const { modal } = App.useApp()
  const [text, setText] = useState(intent.editableText ?? '')
  function close(): void {
    if (text === intent.editableText) onClose()
    else
      modal.confirm({
        title: '放弃修改？',
        content: '改动会丢失，原文仍在队列里。',
        okText: '放弃',
        cancelText: '继续改',
        focusable: { autoFocusButton: 'cancel' },
        onOk: onClose,
      })
  }
  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation()
    if (event.key === 'Enter' && event.ctrlKey) onSubmit(text)
  }
  return (
    <div className="ui-grid-detail">
      <Input.TextArea
        autoFocus
        aria-label={`修改${intent.title}`}
        value={text}
        autoSize={{ minRows: 2, maxRows: 8 }}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="status-editor-foot">
        {intent.reason && <span className="ui-meta">{intent.reason.message}</span>}
        <span className="ui-spring" />
        <ActionButton size="small" onClick={close}>
          取消
        </ActionButton>
        <ActionButton
          size="small"
          type="primary"
          keys="Ctrl+Enter"
          reason={text.trim() === '' ? '内容为空。' : null}
          onClick={() => onSubmit(text)}
        >
          改好，重新排队
        </ActionButton>
      </div>
    </div>
  )
}

interface OutboxActions {
  readonly error: AppError | undefined
  run(command: 'outbox.retry' | 'outbox.withdraw', intent: Intent): Promise<void>
  edit(intent: Intent, text: string): Promise<boolean>
}

function useOutboxActions(): OutboxActions {
  const bridge = useBridge()
  const { message } = App.useApp()
  const [error, setError] = useState<AppError>()
  return {
    error,
    async run(command, { intentId }) {
      const answer = await bridge.call(command, { intentId })
      setError(answer.ok ? undefined : answer.error)
      if (answer.ok) void message.success(command === 'outbox.retry' ? '已排到最前，马上重发。' : '已撤回，内容在草稿里。')
    },
    async edit({ intentId }, text) {
      const answer = await bridge.call('outbox.edit', { intentId, text })
      setError(answer.ok ? undefined : answer.error)
      if (answer.ok) void message.success('已改好，重新排队。')
      return answer.ok
    },
  }
}
