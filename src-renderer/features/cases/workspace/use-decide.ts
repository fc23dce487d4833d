import { useCallback, useState } from 'react'
import type { EpochMs } from '#shared/base/clock'
import type { ActionInputSchema } from '#shared/contracts/case-shapes'
import { type ActionId, actionSpec } from '#shared/domain/case/actions'
import type { ActionInput } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import { browserClock } from '../../../bridge/browser-clock'
import { randomId } from '../../../bridge/random-id'
import { useBridge } from '../../../bridge/react'

/** One decision that can still be taken back. */
export interface Undoable {
  readonly caseId: string
  readonly caseNo: string
  readonly version: number
  readonly actId: string
  readonly words: string
  readonly madeAt: EpochMs
  readonly until: EpochMs
}

/** What the sitting has come to: figures of this window since it was opened, of nobody else and not kept. */
export interface Tally {
  readonly count: number
  readonly totalMs: number
}

export interface ActAnswer {
  readonly isDone: boolean
  readonly refusal: { readonly code: string; readonly message: string } | null
}

export interface Deciding {
  readonly busy: ActionId | null
  readonly undoable: Undoable | null
  readonly undoState: 'idle' | 'busy' | { readonly done: string } | { readonly failed: string }
  readonly tally: Tally
  act(row: CaseRow, action: ActionId, input: ActionInput, openedAt: EpochMs, draftKey: string): Promise<ActAnswer>
  undo(): Promise<string | null>
  dropUndo(): void
}

/** Sends decisions, one id for one press, and remembers the last one for as long as it may be taken back: also while the next case is open. */
export function useDecide(undoSeconds: number): Deciding {
  const { call } = useBridge()
  const [busy, setBusy] = useState<ActionId | null>(null)
  const [undoable, setUndoable] = useState<Undoable | null>(null)
  const [undoState, setUndoState] = useState<Deciding['undoState']>('idle')
  const [tally, setTally] = useState<Tally>({ count: 0, totalMs: 0 })

  const act: Deciding['act'] = async (row, action, input, openedAt, draftKey) => {
    if (busy !== null) return { isDone: false, refusal: null }
    setBusy(action)
    const { caseId, caseNo, version } = row
    const { title, form, isQueued, isUndoable } = actionSpec(action)
    const wire = input as ActionInputSchema
    if (isQueued) {
      const noted = await call('cases.note', { caseId, caseNo, action: action as 'addOpinion', input: wire, draftKey })
      setBusy(null)
      return noted.ok ? { isDone: true, refusal: null } : { isDone: false, refusal: noted.error }
    }
    const actId = randomId()
    const answer = await call('cases.act', { caseId, version, action, input: wire, actId })
    setBusy(null)
    if (!answer.ok) return { isDone: false, refusal: answer.error }
    const madeAt = browserClock.now()
    // A note or a correction leaves the case on the desk: it is not one more that was decided.
    if (form !== 'note') setTally(({ count, totalMs }) => ({ count: count + 1, totalMs: totalMs + Math.max(0, madeAt - openedAt) }))
    setUndoState('idle')
    const words = `已${title} ${caseNo} ${row.subclassName}`
    setUndoable(
      isUndoable ? { caseId, caseNo, version: answer.value.version, actId, words, madeAt, until: madeAt + undoSeconds * 1000 } : null,
    )
    if (!isUndoable) setUndoState({ done: words })
    return { isDone: true, refusal: null }
  }

  const dropUndo = useCallback(() => {
    setUndoable(null)
    setUndoState((before) => (before === 'busy' ? before : 'idle'))
  }, [])

  return {
    ...{ busy, undoable, undoState, tally, act, dropUndo },
    async undo() {
      if (!undoable || undoState === 'busy') return null
      setUndoState('busy')
      const { caseId, caseNo, version, actId } = undoable
      const answer = await call('cases.undo', { caseId, version, actId })
      setUndoable(null)
      setUndoState(answer.ok ? { done: `已撤销 ${caseNo}，回到办理前` } : { failed: answer.error.message })
      if (!answer.ok) return null
      setTally(({ count, totalMs }) => ({ count: Math.max(0, count - 1), totalMs }))
      return caseId
    },
  }
}
