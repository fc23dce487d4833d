import { useEffect, useRef } from 'react'

/**
 * Gives the keyboard back where it was before the component came, once it has gone: unless something else took it meanwhile, as a pane that a
 * command opened does. Where nothing had it, the main pane gets it, so that the next key is never lost.
 */
export function useFocusReturn(): void {
  const before = useRef(document.activeElement)
  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    const origin = before.current
    return () => {
      isHere.current = false
      // After React finished: in strict mode the component is back at once, and a pane may have taken the focus.
      queueMicrotask(() => {
        if (!isHere.current && isFocusLost()) focusAgain(origin)
      })
    }
  }, [])
}

function isFocusLost(): boolean {
  const active = document.activeElement
  return !active || active === document.body || !active.checkVisibility() || active.closest('.panel-sheet') !== null
}

function focusAgain(origin: Element | null): void {
  const isUsable = origin instanceof HTMLElement && origin !== document.body && origin.isConnected
  const target = isUsable ? origin : document.querySelector<HTMLElement>('.pane-frame-main')
  target?.focus({ preventScroll: true })
}
