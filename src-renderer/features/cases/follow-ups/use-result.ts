import { useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { type FollowUpOutcome, followUpOutcomes } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import { browserClock } from '../../../bridge/browser-clock'
import { createDraftSaver, type DraftSaver } from '../../../bridge/draft-saver'
import { useBridge } from '../../../bridge/react'

/** What a follow-up came to, while it is written: kept by the core until it is sent, and sent when the centre is there. */
export interface FollowUpResult {
  readonly outcome: FollowUpOutcome | null
  readonly words: string
}

const empty: FollowUpResult = { outcome: null, words: '' }

export function useResult(row: CaseRow | null) {
  const { call } = useBridge()
  const [typed, setTyped] = useState<FollowUpResult>(empty)
  const [error, setError] = useState<AppError>()
  const saver = useRef<DraftSaver>(undefined)
  const key = row && `followUps/${row.caseId}`
  useEffect(() => {
    setTyped(empty)
    setError(undefined)
    if (key === null) return
    let isGone = false
    const mine = createDraftSaver({
      ...{ clock: browserClock, debounceMs: 300, maxWaitMs: 800 },
      save: (body) => call('drafts.save', { key, body }),
      onSaved: () => undefined,
      onFailed: () => undefined,
    })
    saver.current = mine
    void call('drafts.get', { key }).then((answer) => {
      const kept = answer.ok ? resultFrom(answer.value.returned?.body ?? answer.value.body) : null
      if (!isGone && kept) setTyped((before) => (before === empty ? kept : before))
    })
    return () => {
      isGone = true
      mine.flush()
      mine.stop()
    }
  }, [call, key])
  return {
    value: typed,
    error,
    change(next: FollowUpResult): void {
      setTyped(next)
      saver.current?.changed(JSON.stringify(next))
    },
    /** True when it is on its way. */
    async send(): Promise<boolean> {
      if (!row || !key || typed.outcome === null) return false
      saver.current?.pause()
      const words = typed.words.trim()
      const input = { outcome: typed.outcome, method: 'phone' as const, ...(words !== '' && { opinion: words }) }
      const answer = await call('cases.note', { caseId: row.caseId, caseNo: row.caseNo, action: 'followUp', input, draftKey: key })
      setError(answer.ok ? undefined : answer.error)
      if (!answer.ok) {
        saver.current?.resume()
        return false
      }
      saver.current?.forget()
      setTyped(empty)
      return true
    },
  }
}

/** As typed, or as a withdrawn note comes back. */
export function resultFrom(body: string | null | undefined): FollowUpResult | null {
  try {
    const kept = JSON.parse(body ?? 'null') as {
      outcome?: unknown
      words?: unknown
      input?: { outcome?: unknown; opinion?: unknown }
    } | null
    if (kept === null) return null
    const outcome = kept.input ? kept.input.outcome : kept.outcome
    const words = kept.input ? kept.input.opinion : kept.words
    const known = (Object.keys(followUpOutcomes) as FollowUpOutcome[]).find((each) => each === outcome) ?? null
    return { outcome: known, words: typeof words === 'string' ? words : '' }
  } catch {
    return null
  }
}
