import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { wrapUpCodeIds } from '#shared/domain/call/wrap-up'
import { browserClock } from '../../bridge/browser-clock'
import { createDraftSaver, type DraftSaver } from '../../bridge/draft-saver'
import { useBridge } from '../../bridge/react'

/** What a call came to, while it is written: kept by the core as a draft until it is saved to the record, so that a crash or another call costs no word. */
export interface WrapUp {
  readonly code: CallRecord['wrapUpCode']
  readonly note: string
}

export interface WrapUpEditing {
  readonly value: WrapUp
  readonly isChanged: boolean
  readonly isSaving: boolean
  readonly error: AppError | undefined
  change(value: WrapUp): void
  flush(): void
  save(): Promise<void>
}

const debounceMs = 300
const maxWaitMs = 800

const wrapUpOf = ({ wrapUpCode, wrapUpNote }: CallRecord): WrapUp => ({ code: wrapUpCode, note: wrapUpNote ?? '' })

/** Null: the draft is from another version of the program, or no draft. */
export function wrapUpFrom(body: string | null): WrapUp | null {
  try {
    const { code, note } = JSON.parse(body ?? 'null') as Partial<WrapUp>
    const known = code === null || wrapUpCodeIds.some((each) => each === code)
    return known && typeof note === 'string' ? { code: code ?? null, note } : null
  } catch {
    return null
  }
}

export function useWrapUp(call: CallRecord, onSaved: (change: Pick<CallRecord, 'wrapUpCode' | 'wrapUpNote'>) => void): WrapUpEditing {
  const bridge = useBridge()
  const key = `callLog/${call.callId}`
  const kept = wrapUpOf(call)
  const [typed, setTyped] = useState<WrapUp>()
  const [isSaving, setSaving] = useState(false)
  const [error, setError] = useState<AppError>()
  const saver = useRef<DraftSaver>(undefined)
  const value = typed ?? kept

  useEffect(() => {
    let isGone = false
    setTyped(undefined)
    setError(undefined)
    const mine = createDraftSaver<AppError>({
      ...{ clock: browserClock, debounceMs, maxWaitMs },
      save: (body) => bridge.call('drafts.save', { key, body }),
      onSaved: () => undefined,
      onFailed: setError,
    })
    saver.current = mine
    const flush = () => mine.flush()
    window.addEventListener('pagehide', flush)
    void bridge.call('drafts.get', { key }).then((answer) => {
      const draft = answer.ok ? wrapUpFrom(answer.value.body) : null
      // Never over something typed meanwhile.
      if (!isGone && draft) setTyped((before) => before ?? draft)
    })
    return () => {
      isGone = true
      window.removeEventListener('pagehide', flush)
      mine.stop()
    }
  }, [bridge, key])

  const change = useCallback((next: WrapUp) => {
    setTyped(next)
    saver.current?.changed(JSON.stringify(next))
  }, [])

  async function save(): Promise<void> {
    setSaving(true)
    saver.current?.pause()
    const answer = await bridge.call('callLog.describe', { callId: call.callId, code: value.code, note: value.note.trim() })
    setSaving(false)
    if (!answer.ok) {
      saver.current?.resume()
      setError(answer.error)
      return
    }
    saver.current?.forget()
    setError(undefined)
    setTyped(undefined)
    onSaved({ wrapUpCode: value.code, wrapUpNote: value.note.trim() || null })
    void bridge.call('drafts.discard', { key })
  }

  return {
    value,
    isChanged: value.code !== kept.code || value.note.trim() !== kept.note,
    isSaving,
    error,
    change,
    flush: () => saver.current?.flush(),
    save,
  }
}
