import { useCallback, useEffect, useRef, useState } from 'react'
import type { EpochMs } from '#shared/base/clock'
import type { ActionId } from '#shared/domain/case/actions'
import { actionIds } from '#shared/domain/case/actions'
import type { ActionInput } from '#shared/domain/case/inputs'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'

/** What is being typed about one case: the words, and an open form. It lives in the core's drafts, one for each case; Esc and reloads keep it. */
export interface Words {
  readonly text: string
  readonly action: ActionId | null
  readonly input: ActionInput
}

const debounceMs = 300
const nothing: Words = { text: '', action: null, input: {} }
const draftKeyOf = (caseId: string) => `case:${caseId}`

export interface WordsDraft {
  readonly words: Words
  readonly savedAt: EpochMs | null
  readonly failure: string | null
  readonly draftKey: string
  change(patch: Partial<Words>): void
  /** What was typed is with the centre now. */
  clear(): void
}

export function useWords(caseId: string): WordsDraft {
  const { call } = useBridge()
  const draftKey = draftKeyOf(caseId)
  const [words, setWords] = useState(nothing)
  const [saved, setSaved] = useState<{ readonly at: EpochMs | null; readonly failure: string | null }>({ at: null, failure: null })
  const latest = useRef(nothing)
  const unsaved = useRef(false)
  const stopTimer = useRef(() => {})

  const save = useCallback(async () => {
    stopTimer.current()
    if (!unsaved.current) return
    unsaved.current = false
    const answer = await call('drafts.save', { key: draftKey, body: JSON.stringify(latest.current) })
    setSaved((before) => (answer.ok ? { at: answer.value.savedAt, failure: null } : { ...before, failure: answer.error.message }))
    if (!answer.ok) unsaved.current = true
  }, [call, draftKey])

  useEffect(() => {
    let isCurrent = true
    void call('drafts.get', { key: draftKey }).then((kept) => {
      // Never over something typed since.
      if (!isCurrent || !kept.ok || kept.value.body === null || latest.current !== nothing) return
      latest.current = wordsOf(kept.value.body)
      setWords(latest.current)
      setSaved({ at: kept.value.savedAt, failure: null })
    })
    const flush = () => void save()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      isCurrent = false
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
      flush()
    }
  }, [call, draftKey, save])

  return {
    words,
    savedAt: saved.at,
    failure: saved.failure,
    draftKey,
    change(patch) {
      latest.current = { ...latest.current, ...patch }
      setWords(latest.current)
      if (!unsaved.current) {
        unsaved.current = true
        stopTimer.current = browserClock.after(debounceMs, () => void save())
      }
    },
    clear() {
      stopTimer.current()
      unsaved.current = false
      latest.current = nothing
      setWords(nothing)
      void call('drafts.discard', { key: draftKey })
    },
  }
}

/** A kept draft; anything else than ours is somebody's words and kept as such. */
export function wordsOf(body: string): Words {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed === 'object' && parsed !== null && 'text' in parsed && typeof parsed.text === 'string') {
      const action = 'action' in parsed ? (actionIds.find((each) => each === parsed.action) ?? null) : null
      const input = 'input' in parsed && typeof parsed.input === 'object' && parsed.input !== null ? (parsed.input as ActionInput) : {}
      return { text: parsed.text, action, input }
    }
  } catch {
    // Not JSON: words as they are.
  }
  return { ...nothing, text: body }
}
