import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { browserClock } from '../../bridge/browser-clock'
import { createDraftSaver, type DraftSaver } from '../../bridge/draft-saver'
import { useBridge, useTopic } from '../../bridge/react'
import { type DutyLogDraftBody, draftFromBody, draftToBody, emptyDraft } from './draft-body'

/** A quarter of the second that may be lost at most: 300 ms after the last key, never later than 800 ms after the first (quality: ≤ 1 s). */
const debounceMs = 300
const maxWaitMs = 800

export interface Draft {
  readonly value: DutyLogDraftBody
  /** False until the kept draft was read: nothing may be typed over it before. */
  readonly isReady: boolean
  readonly savedAt: EpochMs | null
  readonly error: AppError | undefined
  change(value: DutyLogDraftBody): void
  flush(): void
  /** Around a submission: nothing is saved between the two. */
  pause(): void
  resume(): void
  /** After the record was accepted: the box is empty and the core has dropped the draft itself. */
  clear(): void
}

/** A draft that lives in the core: read when the box appears, saved while typing, saved at once on blur, hiding and leaving. */
export function useDraft(key: string): Draft {
  const { call } = useBridge()
  const [value, setValue] = useState(emptyDraft)
  const [isReady, setReady] = useState(false)
  const [savedAt, setSavedAt] = useState<EpochMs | null>(null)
  const [error, setError] = useState<AppError>()
  const saver = useRef<DraftSaver>(undefined)
  const latest = useRef(value)
  const takenAt = useRef<EpochMs>(undefined)

  const put = useCallback((next: DutyLogDraftBody) => {
    latest.current = next
    setValue(next)
  }, [])

  const read = useCallback(async () => {
    const kept = await call('drafts.get', { key })
    const draft = kept.ok ? draftFromBody(kept.value.body) : undefined
    // Never over something typed since: only more words after those in the box, and only when the core has all of them.
    if (kept.ok && draft?.text.startsWith(latest.current.text) && saver.current?.isSaved()) {
      put(draft)
      setSavedAt(kept.value.savedAt)
    }
    // Withdrawn words go below whatever stands here, and are said to be held at once: until then the core keeps them beside the draft.
    const returned = kept.ok ? kept.value.returned : null
    if (returned && returned.returnedAt !== takenAt.current) {
      takenAt.current = returned.returnedAt
      put(joined(latest.current, draftFromBody(returned.body)))
      saver.current?.changed(draftToBody(latest.current))
      saver.current?.flush()
    }
    setReady(true)
  }, [call, key, put])

  useEffect(() => {
    const mine = createDraftSaver<AppError>({
      clock: browserClock,
      debounceMs,
      maxWaitMs,
      save: (body) => call('drafts.save', { key, body, ...(takenAt.current !== undefined && { returnedAt: takenAt.current }) }),
      onSaved(at) {
        setSavedAt(at)
        setError(undefined)
      },
      onFailed: setError,
    })
    saver.current = mine
    const flush = () => mine.flush()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    void read()
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
      mine.stop()
    }
  }, [call, key, read])

  useReadAgainAfterWithdrawal(read)

  return {
    value,
    isReady,
    savedAt,
    error,
    change(next) {
      put(next)
      saver.current?.changed(draftToBody(next))
    },
    flush: () => saver.current?.flush(),
    pause: () => saver.current?.pause(),
    resume: () => saver.current?.resume(),
    clear() {
      saver.current?.forget()
      put({ ...emptyDraft, kind: latest.current.kind })
      setSavedAt(null)
      setError(undefined)
    },
  }
}

function joined(present: DutyLogDraftBody, returned: DutyLogDraftBody): DutyLogDraftBody {
  return present.text === '' ? returned : { ...present, text: `${present.text}\n${returned.text}` }
}

/** A withdrawn record comes back below what is being typed: when the outbox gets shorter, look whether its words are there. */
function useReadAgainAfterWithdrawal(read: () => Promise<void>): void {
  const length = useTopic('outbox.changed')?.intents.length ?? 0
  const before = useRef(length)
  useEffect(() => {
    if (length < before.current) void read()
    before.current = length
  }, [length, read])
}
