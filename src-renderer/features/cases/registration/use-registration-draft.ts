import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { browserClock } from '../../../bridge/browser-clock'
import { createDraftSaver, type DraftSaver } from '../../../bridge/draft-saver'
import { useBridge } from '../../../bridge/react'
import { describeDraft } from './draft-words'
import { isUntouched, type RegistrationDraft, registrationFromBody } from './registration-draft'

/** As for every draft: a crash costs less than a second of typing. */
const debounceMs = 300
const maxWaitMs = 800

export interface DraftInHand {
  readonly value: RegistrationDraft
  /** False until the kept draft was read: nothing may be typed over it before. */
  readonly isReady: boolean
  readonly savedAt: EpochMs | null
  readonly error: AppError | undefined
  change(patch: Partial<RegistrationDraft>): void
  flush(): void
  pause(): void
  resume(): void
  /** It was accepted: nothing more of it is saved. */
  forget(): void
}

/** One draft in the core's keeping, under its own key; read once, saved while typing. The component that uses it is keyed by the draft. */
export function useRegistrationDraft(key: string, first: RegistrationDraft, onSaved: () => void): DraftInHand {
  const { call } = useBridge()
  const [value, setValue] = useState(first)
  const [isReady, setReady] = useState(false)
  const [savedAt, setSavedAt] = useState<EpochMs | null>(null)
  const [error, setError] = useState<AppError>()
  const latest = useRef(value)
  const saver = useRef<DraftSaver>(undefined)
  const takenAt = useRef<EpochMs>(undefined)
  const saved = useRef(onSaved)
  saved.current = onSaved

  const put = useCallback((next: RegistrationDraft) => {
    latest.current = next
    setValue(next)
  }, [])

  useEffect(() => {
    let isCurrent = true
    const mine = createDraftSaver<AppError>({
      clock: browserClock,
      debounceMs,
      maxWaitMs,
      save: (body) => call('drafts.save', { key, body, ...(takenAt.current !== undefined && { returnedAt: takenAt.current }) }),
      onSaved(at) {
        setSavedAt(at)
        setError(undefined)
        saved.current()
      },
      onFailed: setError,
    })
    saver.current = mine
    void call('drafts.get', { key }).then((kept) => {
      if (!isCurrent) return
      if (kept.ok) {
        const { body, returned } = kept.value
        if (body !== null) put(registrationFromBody(body))
        setSavedAt(kept.value.savedAt)
        if (returned) {
          takenAt.current = returned.returnedAt
          put(withReturned(body === null ? undefined : latest.current, returned.body))
          mine.changed(JSON.stringify(latest.current))
          mine.flush()
        }
      }
      setReady(true)
    })
    const flush = () => mine.flush()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      isCurrent = false
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
      mine.stop()
    }
  }, [call, key, put])

  return {
    value,
    isReady,
    savedAt,
    error,
    change(patch) {
      put({ ...latest.current, ...patch })
      // A choice of the source alone is no draft to be listed; emptied again, what was kept must not come back.
      if (!isUntouched(latest.current) || savedAt !== null) saver.current?.changed(JSON.stringify(latest.current))
    },
    flush: () => saver.current?.flush(),
    pause: () => saver.current?.pause(),
    resume: () => saver.current?.resume(),
    forget: () => saver.current?.forget(),
  }
}

/** A withdrawn registration comes back whole; what would stand in its way goes below its words. */
function withReturned(present: RegistrationDraft | undefined, body: string): RegistrationDraft {
  const returned = registrationFromBody(body)
  const others = [...(present && !isUntouched(present) ? [present] : []), ...earlierOf(body)]
  return { ...returned, course: [returned.course, ...others.map(describeDraft)].filter((words) => words !== '').join('\n') }
}

/** Withdrawn before it under the same key. */
function earlierOf(body: string): readonly RegistrationDraft[] {
  try {
    const { earlier } = JSON.parse(body) as { readonly earlier?: readonly unknown[] }
    return (earlier ?? []).map((each) => registrationFromBody(JSON.stringify(each)))
  } catch {
    return []
  }
}
