import { useEffect, useRef, useState } from 'react'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { type WrapUpCode, wrapUpCodeIds } from '#shared/domain/call/wrap-up'
import { browserClock } from '../../../bridge/browser-clock'
import { createDraftSaver, type DraftSaver } from '../../../bridge/draft-saver'
import { useBridge, useTopicAs } from '../../../bridge/react'

/** What a call came to, while it is written. */
export interface Summary {
  readonly code: WrapUpCode | null
  readonly note: string
}

/**
 * The summary of one call, kept by the core as a draft under the name that the call log reads: when the wrap-up's time is over before it is
 * finished, or the program ends, the words wait there.
 */
export function useSummary(record: CallRecord | null): readonly [Summary, (next: Summary) => void, () => void] {
  const bridge = useBridge()
  const [typed, setTyped] = useState<Summary>()
  const saver = useRef<DraftSaver>(undefined)
  const key = record && `callLog/${record.callId}`
  // A report that is registered in the wrap-up says what the call came to.
  const written = useTopicAs('outbox.changed', (outbox) => outbox?.intents.length)

  useEffect(() => {
    setTyped(undefined)
    if (key === null) return
    let isGone = false
    const mine = createDraftSaver({
      ...{ clock: browserClock, debounceMs: 300, maxWaitMs: 800 },
      save: (body) => bridge.call('drafts.save', { key, body }),
      onSaved: () => undefined,
      onFailed: () => undefined,
    })
    saver.current = mine
    const flush = () => mine.flush()
    window.addEventListener('pagehide', flush)
    void bridge.call('drafts.get', { key }).then((answer) => {
      const kept = answer.ok ? summaryFrom(answer.value.body) : null
      // Never over something typed meanwhile.
      if (!isGone && kept) setTyped((before) => before ?? kept)
    })
    return () => {
      isGone = true
      window.removeEventListener('pagehide', flush)
      mine.stop()
    }
  }, [bridge, key])

  // biome-ignore lint/correctness/useExhaustiveDependencies: something was registered or delivered.
  useEffect(() => {
    if (key === null) return
    let isGone = false
    void bridge.call('drafts.get', { key }).then((answer) => {
      const kept = answer.ok ? summaryFrom(answer.value.body) : null
      if (!isGone && kept) setTyped((before) => before ?? kept)
    })
    return () => {
      isGone = true
    }
  }, [bridge, key, written])

  const change = (next: Summary) => {
    setTyped(next)
    saver.current?.changed(JSON.stringify(next))
  }
  /** It was accepted: the draft goes. */
  const forget = () => {
    saver.current?.forget()
    if (key !== null) void bridge.call('drafts.discard', { key })
  }
  return [typed ?? { code: record?.wrapUpCode ?? null, note: record?.wrapUpNote ?? '' }, change, forget]
}

/** Null: no draft, or one of another version of the program. */
function summaryFrom(body: string | null): Summary | null {
  try {
    const { code, note } = JSON.parse(body ?? 'null') as Partial<Summary>
    const isKnown = code === null || wrapUpCodeIds.some((each) => each === code)
    return isKnown && typeof note === 'string' ? { code: code ?? null, note } : null
  } catch {
    return null
  }
}
