import { useEffect, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'

/** Long enough that holding an arrow key down asks for nothing, short enough to feel at once. */
const debounceMs = 150

export interface CasePreview {
  /** Of the case last read; compare its id before showing it as the present one. */
  readonly view: OutputOfCommand<'cases.open'> | undefined
  readonly error: AppError | undefined
}

/** One case as the seat or the centre has it, a moment after it became the current one. `version` reads it again when its row changed. */
export function useCasePreview(caseId: string | undefined, version: number | undefined): CasePreview {
  const { call } = useBridge()
  const [state, setState] = useState<CasePreview & { readonly caseId?: string }>({ view: undefined, error: undefined })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is another reading of the same case.
  useEffect(() => {
    if (caseId === undefined) return
    let isCurrent = true
    const stop = browserClock.after(debounceMs, () => {
      void call('cases.open', { caseId, peek: true }).then((answer) => {
        if (isCurrent)
          setState(answer.ok ? { caseId, view: answer.value, error: undefined } : { caseId, view: undefined, error: answer.error })
      })
    })
    return () => {
      isCurrent = false
      stop()
    }
  }, [call, caseId, version])
  return state.caseId === caseId ? state : { view: undefined, error: undefined }
}

/** A picture of an attachment as an address of this page; null while it is read or when it cannot be had (`failure` says why). */
export function useAttachmentPicture(attachmentId: string | undefined): { readonly src: string | null; readonly failure: string | null } {
  const { call } = useBridge()
  const [state, setState] = useState<{ readonly id?: string; readonly src: string | null; readonly failure: string | null }>()
  useEffect(() => {
    if (attachmentId === undefined) return
    let isCurrent = true
    void call('attachments.read', { attachmentId, variant: 'thumb' }).then((answer) => {
      if (!isCurrent) return
      if (answer.ok) setState({ id: attachmentId, src: `data:${answer.value.mediaType};base64,${answer.value.base64}`, failure: null })
      else setState({ id: attachmentId, src: null, failure: answer.error.message })
    })
    return () => {
      isCurrent = false
    }
  }, [call, attachmentId])
  return state !== undefined && state.id === attachmentId ? state : { src: null, failure: null }
}
