import { Button, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { CaseDetail } from '#shared/contracts/case-shapes'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'
import { Kbd } from '../../../ui/kbd'
import { PhoneNumber } from '../../../ui/phone-number'
import { Wide } from './case-facts'

/** How long a revealed number stays on screen. */
const shownMs = 30_000
const genders = { male: '先生', female: '女士', unknown: '' } as const

interface PersonLineProps {
  readonly caseId: string
  readonly citizen: CaseDetail['citizen']
  /** Why it cannot be revealed by this post or now; null when it can. */
  readonly reason: string | null
  /** Opened by Alt+N, from outside. */
  readonly isAsking: boolean
  setAsking(isAsking: boolean): void
}

/** The citizen, masked; shown in full for half a minute after a reason was given, which the centre keeps. */
export function PersonLine({ caseId, citizen, reason, isAsking, setAsking }: PersonLineProps) {
  const { call } = useBridge()
  const [words, setWords] = useState('')
  const [shown, setShown] = useState<{ readonly name: string; readonly number: string }>()
  const [failure, setFailure] = useState<string | null>(null)
  const field = useRef<InputRef>(null)

  useEffect(() => {
    if (isAsking) field.current?.focus()
  }, [isAsking])
  useEffect(() => (shown ? browserClock.after(shownMs, () => setShown(undefined)) : undefined), [shown])

  async function reveal(): Promise<void> {
    if (words.trim().length < 2) {
      setFailure('请写明查看理由，至少 2 个字；理由记入审计。')
      return field.current?.focus()
    }
    const answer = await call('cases.reveal', { caseId, person: 'citizen', reason: words.trim() })
    if (!answer.ok) return setFailure(answer.error.message)
    setShown(answer.value)
    setFailure(null)
    setWords('')
    setAsking(false)
  }

  if (citizen === null) return <Wide name="来电人">无（不是公众来源）</Wide>
  return (
    <Wide name="来电人">
      {shown ? (
        <b role="status">
          <bdi>{shown.name}</bdi> <PhoneNumber number={shown.number} />　<span className="cases-quiet">30 秒后重新遮蔽</span>
        </b>
      ) : (
        <>
          {citizen.number} <bdi>{citizen.name}</bdi>
          {genders[citizen.gender]}{' '}
          {!isAsking && (
            <button
              type="button"
              className="ui-link"
              title={reason ?? '查看全部，须写理由'}
              disabled={reason !== null}
              onClick={() => setAsking(true)}
            >
              查看 <Kbd>Alt+N</Kbd>
            </button>
          )}
        </>
      )}
      {isAsking && (
        <span className="case-reveal">
          <Input
            ref={field}
            size="small"
            aria-label="查看理由"
            placeholder="查看理由，记入审计"
            maxLength={200}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onPressEnter={() => void reveal()}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.stopPropagation()
              setAsking(false)
            }}
          />
          <Button size="small" onClick={() => void reveal()}>
            查看
          </Button>
        </span>
      )}
      {failure !== null && <span role="alert">{failure}</span>}
    </Wide>
  )
}
