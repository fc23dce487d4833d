import { useEffect, useRef, useState } from 'react'
import { localReference } from '#shared/domain/case/registration'
import { useBridge, useTopic } from '../../../bridge/react'
import { Lamp, type LampTone } from '../../../ui/lamp'
import { OpenLink } from '../../../ui/open-target'
import { SectionTitle } from '../../../ui/pane-header'
import { CitizenLink } from './citizen-link'
import { describeDraft } from './draft-words'
import type { Registered } from './registration-form'

/** What this window registered, the newest first: under its local reference until the centre has numbered it. Withdrawn ones are drafts again and not here. */
const mostShown = 20

export interface RegisteredCase extends Registered {
  /** Null until the centre has it. */
  readonly caseNo: string | null
}

export function useJustRegistered(): {
  readonly cases: readonly RegisteredCase[]
  add(registered: Registered): void
} {
  const { call } = useBridge()
  const waiting = useTopic('outbox.changed')?.intents
  const [cases, setCases] = useState<readonly RegisteredCase[]>([])
  const asked = useRef(new Set<string>())

  useEffect(() => {
    for (const { caseId, intentId, caseNo } of cases) {
      const isWaiting = waiting === undefined || waiting.some((intent) => intent.intentId === intentId)
      if (caseNo !== null || isWaiting || asked.current.has(intentId)) continue
      asked.current.add(intentId)
      void call('cases.open', { caseId, peek: true }).then((answer) => {
        const found = answer.ok ? answer.value.detail.row.caseNo : ''
        // Not there: withdrawn, or its writer may not see it; the number is then nobody's business here.
        setCases((before) => before.flatMap((each) => (each.intentId !== intentId ? [each] : found ? [{ ...each, caseNo: found }] : [])))
      })
    }
  }, [call, cases, waiting])

  return { cases, add: (registered) => setCases((before) => [{ ...registered, caseNo: null }, ...before].slice(0, mostShown)) }
}

export function JustRegistered({ cases }: { readonly cases: readonly RegisteredCase[] }) {
  const intents = useTopic('outbox.changed')?.intents ?? []
  if (cases.length === 0) return null
  return (
    <section aria-label="刚登记的">
      <SectionTitle title="刚登记的" meta={`${cases.length} 件`} />
      <ul className="reg-list">
        {cases.map((one) => {
          const intent = intents.find(({ intentId }) => intentId === one.intentId)
          const [tone, words] = stateOf(one, intent?.state)
          return (
            <li key={one.caseId}>
              <span className="reg-list-head">
                {one.caseNo === null ? (
                  <b>{localReference(one.caseId)}</b>
                ) : (
                  <OpenLink target={{ caseId: one.caseId }}>{one.caseNo}</OpenLink>
                )}
                <span className="ui-spring" />
                {one.caseNo !== null && !one.isAnswered && <CitizenLink caseId={one.caseId} />}
                <Lamp tone={tone} label="" /> {one.caseNo === null && intent ? <OpenLink target="outbox">{words}</OpenLink> : words}
              </span>
              <span className="reg-list-words">{describeDraft(one.draft)}</span>
              {intent?.reason && <span className="ui-overrun reg-list-words">{intent.reason.message}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function stateOf({ caseNo, draft, isAnswered }: RegisteredCase, state: string | undefined): readonly [LampTone, string] {
  if (caseNo !== null && isAnswered) return ['green', '已答复']
  if (caseNo !== null) return ['green', draft.isUrgent ? '已登记，紧急' : '已登记']
  if (state === 'parked') return ['red', '未被接受']
  if (state === 'sending') return ['green', '正在发送']
  return ['late', state === undefined ? '正在取号' : '待发送']
}
