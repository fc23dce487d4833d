import { Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { Handover, Judgement } from '#shared/domain/shift/handover'
import { browserClock } from '../../bridge/browser-clock'
import { createDraftSaver, type DraftSaver } from '../../bridge/draft-saver'
import { useBridge } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'
import { SectionTitle } from '../../ui/pane-header'
import { CodedError } from '../../ui/states'
import { formatTimeWithSeconds } from '../../ui/time-format'
import type { Act } from './act'

const fields = { judgement: '判断', focus: '重点', reminder: '提醒' } as const
const debounceMs = 300
const maxWaitMs = 800

/** The outgoing person's own words; kept at every pause in typing, fixed with the signature. */
export function HandoverWords({ handover, isMine, act }: { readonly handover: Handover; readonly isMine: boolean; readonly act: Act }) {
  const isOpen = isMine && handover.stage === 'drafting'
  return isOpen ? <WordsForm handover={handover} act={act} /> : <WordsRead handover={handover} />
}

function WordsRead({ handover: { words, outgoing, sealed } }: { readonly handover: Handover }) {
  return (
    <section className="handover-words" aria-label="值班长意见">
      <SectionTitle title="交班意见" meta={outgoing.name}>
        <span className="ui-meta">{sealed ? `${formatTimeWithSeconds(sealed.at)} 签字，不再改` : '还没有签字'}</span>
      </SectionTitle>
      <dl>
        {(Object.keys(fields) as (keyof Judgement)[]).map((field) => (
          <div key={field}>
            <dt>{fields[field]}</dt>
            <dd>{words[field] || <span className="ui-meta">无</span>}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function WordsForm({ handover, act }: { readonly handover: Handover; readonly act: Act }) {
  const { words, change, savedAt, isReady, error, saveNow, forget } = useWords(handover.handoverId)
  const [isBusy, setBusy] = useState(false)
  const first = useRef<TextAreaRef>(null)
  useEffect(() => {
    if (isReady) first.current?.focus({ cursor: 'end' })
  }, [isReady])
  const reason = handover.isWritten && words.judgement.trim() === '' ? '有特殊事项，须书面交接：先写判断。' : null
  async function seal(): Promise<void> {
    setBusy(true)
    if (await act('handover.seal', { handoverId: handover.handoverId, ...words })) forget()
    setBusy(false)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !event.ctrlKey) return
    event.preventDefault()
    if (reason === null && !isBusy) void seal()
  }
  return (
    <section className="handover-words" aria-label="交班意见" onKeyDown={onKeyDown}>
      <SectionTitle title="交班意见" meta={handover.outgoing.name}>
        <span className="ui-meta" role="status">
          {savedAt === null ? '' : `草稿已存 ${formatTimeWithSeconds(savedAt)}`}
        </span>
      </SectionTitle>
      {(Object.keys(fields) as (keyof Judgement)[]).map((field, index) => (
        <div key={field} className="handover-field">
          <span>{fields[field]}</span>
          <Input.TextArea
            aria-label={fields[field]}
            {...(index === 0 && { ref: first })}
            disabled={!isReady}
            autoSize={{ minRows: field === 'judgement' ? 3 : 1, maxRows: 8 }}
            maxLength={field === 'judgement' ? 4000 : 2000}
            placeholder={field === 'judgement' ? '事实已在左边；写您的判断、要盯的事' : ''}
            value={words[field]}
            onChange={(event) => change({ ...words, [field]: event.target.value })}
          />
        </div>
      ))}
      {error && <CodedError error={error} onRetry={saveNow} />}
      <div className="handover-actions">
        <ActionButton onClick={() => void act('handover.abandon', { handoverId: handover.handoverId })}>放弃这次交班</ActionButton>
        <span className="ui-spring" />
        <ActionButton type="primary" keys="Ctrl+Enter" loading={isBusy} reason={reason} onClick={() => void seal()}>
          交班签字
        </ActionButton>
      </div>
    </section>
  )
}

const noWords: Judgement = { judgement: '', focus: '', reminder: '' }

/** The words live in the core: read when the form appears, saved at every pause. */
function useWords(handoverId: string) {
  const { call } = useBridge()
  const key = `handover/${handoverId}`
  const [words, setWords] = useState(noWords)
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const [isReady, setReady] = useState(false)
  const [error, setError] = useState<AppError>()
  const saver = useRef<DraftSaver>(undefined)
  useEffect(() => {
    const mine = createDraftSaver<AppError>({
      ...{ clock: browserClock, debounceMs, maxWaitMs },
      save: (body) => call('drafts.save', { key, body }),
      onSaved(at) {
        setSavedAt(at)
        setError(undefined)
      },
      onFailed(why) {
        setSavedAt(null)
        setError(why)
      },
    })
    saver.current = mine
    const flush = () => mine.flush()
    window.addEventListener('pagehide', flush)
    void call('drafts.get', { key }).then((kept) => {
      if (kept.ok && kept.value.body !== null) setWords({ ...noWords, ...(JSON.parse(kept.value.body) as Partial<Judgement>) })
      setReady(true)
    })
    return () => {
      window.removeEventListener('pagehide', flush)
      mine.stop()
    }
  }, [call, key])
  return {
    ...{ words, savedAt, isReady, error },
    saveNow: () => saver.current?.flush(),
    change(next: Judgement) {
      setWords(next)
      saver.current?.changed(JSON.stringify(next))
    },
    forget: () => saver.current?.forget(),
  }
}
