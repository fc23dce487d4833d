import { type RefObject, useEffect, useRef } from 'react'

/**
 * Keys of a case pane: F9, F10, F11, Ctrl+U and the like. They are taken in the capture phase, before the browser (F11 would fill the screen,
 * Ctrl+F search the page), while the focus is in the pane or nowhere. What another pane, a dialog or a text field means by a key is left alone; a
 * part that lies over the whole pane, such as the editor of marks, says `data-own-keys="all"` and has every key until it is gone.
 */
export type PaneKeys = Readonly<Record<string, () => void>>

/** As people write it: `Ctrl+Shift+E`, `F9`, `Alt+ArrowDown`, `j`. Letters and digits with a modifier go by their place on the keyboard. */
export function paneChordOf(event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>): string {
  const hasModifier = event.ctrlKey || event.altKey || event.metaKey
  const place = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(event.code)
  const base = hasModifier && place ? (place[1] ?? place[2] ?? event.key) : event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (!hasModifier && event.key.length === 1) return base
  const modifiers = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '']
  return [...modifiers.filter(Boolean), base].join('+')
}

/** Plain letters and Ctrl+Z are text in a field. */
export function usePaneKeys(root: RefObject<HTMLElement | null>, keys: PaneKeys, isActive = true): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    if (!isActive) return
    function onKeyDown(event: KeyboardEvent): void {
      if (event.isComposing || !isMeant(root.current, event.target)) return
      const chord = paneChordOf(event)
      const action = latest.current[chord]
      if (!action || (isText(event.target) && isOfText(chord))) return
      event.preventDefault()
      event.stopPropagation()
      if (!event.repeat) action()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [root, isActive])
}

function isMeant(root: HTMLElement | null, target: EventTarget | null): boolean {
  if (root === null || !(target instanceof HTMLElement)) return false
  if (root.closest('[inert]') || root.querySelector('[data-own-keys="all"]')) return false
  return root.contains(target) || target === document.body || target.contains(root)
}

const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.closest('input:not([type=checkbox]), textarea, select') !== null)

const isOfText = (chord: string): boolean => chord.length === 1 || chord === 'Ctrl+Z' || chord === 'Escape'
