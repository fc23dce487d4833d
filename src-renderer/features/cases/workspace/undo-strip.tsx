import { useEffect } from 'react'
import { browserClock } from '../../../bridge/browser-clock'
import { useNow } from '../../../bridge/use-now'
import { Kbd } from '../../../ui/kbd'
import { Lamp } from '../../../ui/lamp'
import type { Deciding } from './use-decide'

/** The last decision, for as long as it can be taken back; it stays while the next case is open. */
export function UndoStrip({ deciding, onUndo }: { readonly deciding: Deciding; onUndo(): void }) {
  const { undoable, undoState, dropUndo } = deciding
  // Counted by this PC's own clock, on which the press was made.
  const tick = useNow(1_000)
  const left = undoable ? Math.max(0, Math.ceil((undoable.until - browserClock.now()) / 1000)) : 0
  useEffect(() => {
    if (!undoable) return
    return browserClock.after(Math.max(0, undoable.until - browserClock.now()), dropUndo)
  }, [undoable, dropUndo])
  if (undoable) {
    return (
      <div className="case-undo" role="status" data-tick={tick > 0 || undefined}>
        <span aria-hidden="true">✓</span>
        <span className="case-undo-words">{undoable.words}</span>
        <button type="button" onClick={onUndo} disabled={undoState === 'busy'}>
          撤销 <Kbd>Ctrl+Z</Kbd>
        </button>
        <span aria-hidden="true">{left} 秒</span>
      </div>
    )
  }
  if (undoState === 'idle' || undoState === 'busy') return null
  return (
    <div className="case-undo" role="status">
      {'done' in undoState ? <span aria-hidden="true">✓</span> : <Lamp tone="red" label="" />}
      <span className="case-undo-words">{'done' in undoState ? undoState.done : undoState.failed}</span>
    </div>
  )
}
