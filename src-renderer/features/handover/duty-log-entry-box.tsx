import { Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { roles } from '#shared/domain/account/role'
import { type DutyLogKind, dutyLogKinds, dutyLogTextLimit } from '#shared/domain/duty-log/duty-log'
import { mayCall } from '../../bridge/permissions'
import { useBridge, useLink, useTopic } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { CodedError } from '../../ui/states'
import { formatTimeWithSeconds } from '../../ui/time-format'
import { type DutyLogDraftBody, isDutyLogKind } from './draft-body'
import { EntryLinks } from './entry-links'
import { type Draft, useDraft } from './use-draft'
import './handover.css'

const kinds = Object.entries(dutyLogKinds) as readonly (readonly [DutyLogKind, string])[]

/** The counter appears when this many characters are left. */
const nearLimit = 200

export interface DutyLogEntryBoxProps {
  /** Under which the core keeps what is being typed. */
  readonly draftKey: string
  readonly isSmall?: boolean
  readonly autoFocus?: boolean
  /** The entry that this one puts right; both stay. Its words are where the writing begins. */
  readonly corrects?: DutyLogDraftBody & { readonly entryId: string }
  onRecorded?(): void
}

/**
 * Where a duty log entry is written: kind, words, Ctrl+Enter. Works the same without the centre, since a record is queued. Esc never touches
 * the text; it is emptied only after the core has taken the record.
 */
export function DutyLogEntryBox({ draftKey, isSmall = false, autoFocus = false, corrects, onRecorded }: DutyLogEntryBoxProps) {
  const draft = useDraft(draftKey)
  const reason = useReasonAgainst()
  const { submit, error, isSubmitting } = useSubmit(draft, draftKey, corrects?.entryId, onRecorded)
  const area = useRef<TextAreaRef>(null)
  const root = useRef<HTMLDivElement>(null)
  const [photoError, setPhotoError] = useState<AppError>()
  useBeginWith(draft, corrects)
  const isOffline = useTopic('connection.changed')?.state !== 'online'
  const isEmpty = draft.value.text.trim() === ''

  useEffect(() => {
    if (autoFocus && draft.isReady && reason === null) area.current?.focus({ cursor: 'end' })
  }, [autoFocus, draft.isReady, reason])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault()
      if (reason === null && !isEmpty) void submit()
      else area.current?.focus()
    } else if (event.altKey && event.code === 'KeyL') {
      event.preventDefault()
      root.current?.querySelector<HTMLElement>('[role=combobox]')?.focus()
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter counts from every field inside.
    <div ref={root} className={`log-entry${isSmall ? ' log-entry-small' : ''}`} onKeyDown={onKeyDown}>
      <div className="log-entry-head">
        <KindPicker
          value={draft.value.kind}
          isDisabled={reason !== null}
          onChange={(kind) => draft.change({ ...draft.value, kind })}
          onDone={() => area.current?.focus()}
        />
        <span className="ui-spring" />
        <LengthLeft length={draft.value.text.trim().length} />
        {isOffline && reason === null && <span className="ui-meta">中心离线，照常记录，恢复后自动送达</span>}
        {!isSmall && <DraftState draft={draft} />}
      </div>
      <div className="log-entry-body">
        <Input.TextArea
          ref={area}
          aria-label="日志内容"
          placeholder={reason ?? '写下时间、地点、人和结果；一事一条'}
          disabled={reason !== null || !draft.isReady}
          readOnly={isSubmitting}
          value={draft.value.text}
          autoSize={isSmall ? { minRows: 3, maxRows: 8 } : { minRows: 2, maxRows: 8 }}
          onChange={(event) => draft.change({ ...draft.value, text: event.target.value })}
          onBlur={draft.flush}
        />
        {isSmall && <DraftState draft={draft} />}
        <ActionButton
          type="primary"
          keys="Ctrl+Enter"
          loading={isSubmitting}
          reason={reason ?? (isEmpty ? '先写内容。' : null)}
          onClick={() => void submit()}
        >
          记入日志
        </ActionButton>
      </div>
      {reason === null && draft.isReady && (
        <EntryLinks
          links={draft.value.links}
          onChange={(links) => {
            draft.change({ ...draft.value, links })
            draft.flush()
          }}
          onFailed={setPhotoError}
          onLeave={() => area.current?.focus({ cursor: 'end' })}
        />
      )}
      {photoError && <CodedError error={photoError} />}
      {error && <CodedError error={error} onRetry={() => void submit()} />}
      {draft.error && <CodedError error={draft.error} onRetry={draft.flush} />}
    </div>
  )
}

/** Why this person cannot write now; null when they can. */
function useReasonAgainst(): string | null {
  const agent = useTopic('session.changed')?.agent
  const link = useLink()
  if (!agent) return '签入后可记日志。'
  if (!mayCall('dutyLog.append', agent.role)) return `您的岗位（${roles[agent.role]}）不记工作日志，只能查看。`
  return link === 'closed' ? '本窗口与本机程序断开，正在重连；已写的内容在本机。' : null
}

/** A correction begins with the words that it puts right, unless somebody was at it already. */
function useBeginWith(draft: Draft, corrects: DutyLogEntryBoxProps['corrects']): void {
  const isBegun = useRef(false)
  useEffect(() => {
    if (!corrects || !draft.isReady || isBegun.current) return
    isBegun.current = true
    const { kind, text, links } = corrects
    if (draft.value.text === '') draft.change({ kind, text, links })
  })
}

function useSubmit(draft: Draft, draftKey: string, corrects: string | undefined, onRecorded: (() => void) | undefined) {
  const { call } = useBridge()
  const [error, setError] = useState<AppError>()
  const [isSubmitting, setSubmitting] = useState(false)
  async function submit(): Promise<void> {
    if (isSubmitting) return
    setSubmitting(true)
    draft.pause()
    const { kind, text, links } = draft.value
    const more = { ...(links.length > 0 && { links: [...links] }), ...(corrects !== undefined && { corrects }) }
    const answer = await call('dutyLog.append', { kind, text, draftKey, ...more })
    setSubmitting(false)
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return draft.resume()
    draft.clear()
    onRecorded?.()
  }
  return { submit, error, isSubmitting }
}

interface KindPickerProps {
  readonly value: DutyLogKind
  readonly isDisabled: boolean
  onChange(kind: DutyLogKind): void
  onDone(): void
}

/** The kinds as one row of keys: their numbers or arrows choose, Enter goes on to the words. */
function KindPicker({ value, isDisabled, onChange, onDone }: KindPickerProps) {
  // Two boxes may be open at once, the pane's and the quick one: each is its own group.
  const group = useId()
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const byNumber = kinds[Number(event.key) - 1]
    if (byNumber) {
      onChange(byNumber[0])
      onDone()
    } else if (event.key === 'Enter') onDone()
    else return
    event.preventDefault()
  }
  return (
    <div className="log-kinds" role="radiogroup" aria-label="日志种类" onKeyDown={onKeyDown}>
      {kinds.map(([kind, name], index) => (
        <label key={kind} className={kind === value ? 'log-kind log-kind-on' : 'log-kind'}>
          <input
            type="radio"
            name={group}
            value={kind}
            checked={kind === value}
            disabled={isDisabled}
            onChange={(event) => isDutyLogKind(event.target.value) && onChange(event.target.value)}
          />
          <kbd>{index + 1}</kbd>
          {name}
        </label>
      ))}
    </div>
  )
}

function DraftState({ draft }: { readonly draft: Draft }) {
  // By the centre's clock, as every other time on the screen.
  const offsetMs = useTopic('connection.changed')?.clockOffsetMs ?? 0
  const words = !draft.isReady
    ? '正在取草稿…'
    : draft.value.text === '' || draft.savedAt === null
      ? ''
      : `草稿已存 ${formatTimeWithSeconds(draft.savedAt + offsetMs)}`
  return (
    <span className="ui-meta" role="status">
      {words}
    </span>
  )
}

function LengthLeft({ length }: { readonly length: number }) {
  const left = dutyLogTextLimit - length
  if (left > nearLimit) return null
  return (
    <span className={left < 0 ? 'ui-sync ui-overrun' : 'ui-sync'}>
      <Lamp tone={left < 0 ? 'red' : 'amber'} label="" />
      {left < 0 ? `超 ${-left} 字，请分成几条` : `还可写 ${left} 字`}
    </span>
  )
}
