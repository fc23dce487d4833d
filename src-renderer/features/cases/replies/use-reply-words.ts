import { useEffect, useRef, useState } from 'react'
import { browserClock } from '../../../bridge/browser-clock'
import { createDraftSaver, type DraftSaver } from '../../../bridge/draft-saver'
import { useBridge } from '../../../bridge/react'

/** The words of a reply while they are written: kept by the core as typed, so that a program that was killed comes back to them. */
export function useReplyWords(caseId: string, beginWith: string) {
  const { call } = useBridge()
  const [text, setText] = useState<string>()
  const saver = useRef<DraftSaver>(undefined)
  useEffect(() => {
    const key = `reply/${caseId}`
    let isGone = false
    const mine = createDraftSaver({
      ...{ clock: browserClock, debounceMs: 300, maxWaitMs: 800 },
      save: (body) => call('drafts.save', { key, body }),
      onSaved: () => undefined,
      onFailed: () => undefined,
    })
    saver.current = mine
    setText(undefined)
    void call('drafts.get', { key }).then((answer) => {
      const kept = answer.ok ? answer.value.body : null
      if (!isGone) setText((before) => before ?? (kept || undefined))
    })
    return () => {
      isGone = true
      mine.flush()
      mine.stop()
    }
  }, [call, caseId])
  return {
    text: text ?? beginWith,
    change(next: string): void {
      setText(next)
      saver.current?.changed(next)
    },
    clear(): void {
      saver.current?.changed('')
      setText(undefined)
    },
  }
}
