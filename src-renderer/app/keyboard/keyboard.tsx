import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { chordOf, type KeyHandlerId, keyTable } from './keys'

/**
 * The one listener of the window. It takes the table's keys in the capture phase, before fields, input methods and the browser; whoever can act
 * on a key registers a handler, the newest one wins. A key of the table that nobody handles now is still kept from the browser. Telephone keys
 * also work while an input method has a word half typed: a call does not wait for it.
 */
export type KeyHandlers = Partial<Record<KeyHandlerId, (() => void) | HeldKey>>

/** A key that counts by how long it is down. The window losing the keyboard, or being hidden, cuts the press off: its end would never be seen. */
export interface HeldKey {
  begin(): void
  letGo(): void
  cutOff(): void
}

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

  useEffect(() => listen((handler) => sources.current.map((source) => source()[handler]).findLast((action) => action !== undefined)), [])

  return <KeyboardContext value={registry}>{children}</KeyboardContext>
}

type FindAction = (handler: KeyHandlerId) => KeyHandlers[KeyHandlerId]

function listen(find: FindAction): () => void {
  let down: { readonly code: string; readonly held: HeldKey } | undefined
  function cutOff(): void {
    down?.held.cutOff()
    down = undefined
  }
  function hold(code: string, held: HeldKey): void {
    cutOff()
    down = { code, held }
    held.begin()
  }
  function onKeyDown(event: KeyboardEvent): void {
    const chord = chordOf(event)
    const row = keyTable.find((each) => each.handler && each.keys === chord)
    if (event.isComposing && row?.scope !== 'telephone') return
    if (!row?.handler || isLeftToPage(row.handler, event.target)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.repeat) return
    const action = find(row.handler)
    if (typeof action === 'function') action()
    else if (action) hold(event.code, action)
  }
  function onKeyUp(event: KeyboardEvent): void {
    if (event.code !== down?.code) return
    event.preventDefault()
    down.held.letGo()
    down = undefined
  }
  const onHidden = () => document.hidden && cutOff()
  window.addEventListener('keydown', onKeyDown, { capture: true })
  window.addEventListener('keyup', onKeyUp, { capture: true })
  window.addEventListener('blur', cutOff)
  document.addEventListener('visibilitychange', onHidden)
  return () => {
    cutOff()
    window.removeEventListener('keydown', onKeyDown, { capture: true })
    window.removeEventListener('keyup', onKeyUp, { capture: true })
    window.removeEventListener('blur', cutOff)
    document.removeEventListener('visibilitychange', onHidden)
  }
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
