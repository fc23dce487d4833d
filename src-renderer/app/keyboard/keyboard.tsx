import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { chordOf, type KeyHandlerId, keyTable } from './keys'

/**
 * The one listener of the window. It takes the table's keys in the capture phase, before fields, input methods and the browser; whoever can act
 * on a key registers a handler, the newest one wins. A key of the table that nobody handles now is still kept from the browser.
 */
export type KeyHandlers = Partial<Record<KeyHandlerId, () => void>>

interface KeyboardRegistry {
  register(handlers: () => KeyHandlers): () => void
}

const KeyboardContext = createContext<KeyboardRegistry | undefined>(undefined)

export function KeyboardProvider({ children }: { readonly children: ReactNode }) {
  const sources = useRef<(() => KeyHandlers)[]>([])
  const registry = useMemo<KeyboardRegistry>(
    () => ({
      register(handlers) {
        sources.current = [...sources.current, handlers]
        return () => {
          sources.current = sources.current.filter((each) => each !== handlers)
        }
      },
    }),
    [],
  )

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.isComposing) return
      const chord = chordOf(event)
      const row = keyTable.find((each) => each.handler && each.keys === chord)
      if (!row?.handler || isLeftToPage(row.handler, event.target)) return
      event.preventDefault()
      event.stopPropagation()
      const { handler } = row
      if (event.repeat) return
      sources.current.map((source) => source()[handler]).findLast((action) => action !== undefined)?.()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])

  return <KeyboardContext value={registry}>{children}</KeyboardContext>
}

/** Handles keys while the component is mounted and `isActive`. */
export function useKeyHandlers(handlers: KeyHandlers, isActive = true): void {
  const registry = useContext(KeyboardContext)
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => (isActive ? registry?.register(() => latest.current) : undefined), [registry, isActive])
}

/** `?` is text in a field; a list, or a part that says so (`data-own-keys`), answers it with its own keys. */
function isLeftToPage(handler: KeyHandlerId, target: EventTarget | null): boolean {
  if (handler !== 'help.openUnlessTyping' || !(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select, [role="grid"], [data-own-keys]') !== null
}
