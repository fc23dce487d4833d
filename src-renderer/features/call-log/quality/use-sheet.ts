import { useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { EntryContent } from '#shared/domain/quality/file'
import { itemsOf, type QualityForm } from '#shared/domain/quality/form'
import { blankAnswers, type ItemDraft, type Sheet } from '#shared/domain/quality/sheet'
import { browserClock } from '../../../bridge/browser-clock'
import { createDraftSaver, type DraftSaver } from '../../../bridge/draft-saver'
import { useBridge } from '../../../bridge/react'

/** What is being written about one call: kept by the core as it is typed, under the call, until its entry is written. */
export interface SheetDraft {
  readonly answers: readonly ItemDraft[]
  readonly words: string
  readonly reason: string
}

export function useSheet(callId: string, form: QualityForm, first: SheetDraft) {
  const { call } = useBridge()
  const [typed, setTyped] = useState(first)
  const [isReady, setReady] = useState(false)
  const [error, setError] = useState<AppError>()
  const saver = useRef<DraftSaver>(undefined)
  const key = `quality/${callId}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each call; what it begins with is not taken again.
  useEffect(() => {
    let isGone = false
    const mine = createDraftSaver<AppError>({
      ...{ clock: browserClock, debounceMs: 300, maxWaitMs: 800 },
      save: (body) => call('drafts.save', { key, body }),
      onSaved: () => undefined,
      onFailed: setError,
    })
    saver.current = mine
    void call('drafts.get', { key }).then((answer) => {
      if (isGone) return
      const kept = answer.ok ? draftFrom(answer.value.body, form) : null
      if (kept) setTyped(kept)
      setReady(true)
    })
    return () => {
      isGone = true
      mine.flush()
      mine.stop()
    }
  }, [call, key])
  return {
    value: typed,
    isReady,
    error,
    change(next: SheetDraft): void {
      setTyped(next)
      saver.current?.changed(JSON.stringify(next))
    },
    /** True when it is on its way. */
    async send(content: EntryContent): Promise<boolean> {
      saver.current?.pause()
      const answer = await call('quality.enter', { callId, content })
      setError(answer.ok ? undefined : answer.error)
      if (answer.ok) saver.current?.forget()
      else saver.current?.resume()
      return answer.ok
    },
  }
}

export const emptyDraft = (form: QualityForm): SheetDraft => ({ answers: blankAnswers(form), words: '', reason: '' })

export const draftOf = (form: QualityForm, sheet: Sheet | null): SheetDraft =>
  sheet === null ? emptyDraft(form) : { answers: fitting(form, sheet.answers), words: sheet.words, reason: '' }

/** Answers of another version of the form: those that are still asked stay. */
function fitting(form: QualityForm, answers: readonly ItemDraft[]): readonly ItemDraft[] {
  const known = new Map(answers.map((answer) => [answer.itemId, answer]))
  return blankAnswers(form).map((blank) => known.get(blank.itemId) ?? blank)
}

/** As it was typed, or as a withdrawn entry comes back. */
function draftFrom(body: string | null, form: QualityForm): SheetDraft | null {
  try {
    const kept = JSON.parse(body ?? 'null') as (Partial<SheetDraft> & { readonly sheet?: Sheet | null }) | null
    if (kept === null) return null
    const answers = kept.sheet?.answers ?? kept.answers ?? []
    return { answers: fitting(form, answers), words: kept.sheet?.words ?? kept.words ?? '', reason: kept.reason ?? '' }
  } catch {
    return null
  }
}

export const sheetOf = (form: QualityForm, { answers, words }: SheetDraft): Sheet => ({
  formVersion: form.version,
  answers: itemsOf(form).flatMap(({ itemId }) => {
    const answer = answers.find((each) => each.itemId === itemId)
    return answer && answer.result !== null ? [{ ...answer, result: answer.result, remark: answer.remark.trim() }] : []
  }),
  words: words.trim(),
})
