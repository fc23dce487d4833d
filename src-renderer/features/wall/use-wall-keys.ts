import { type RefObject, useEffect, useRef } from 'react'
import { takesText } from '../../ui/takes-text'

/** Keys of the wall, taken before the browser while the focus is in the pane or nowhere; text fields, dialogs and other panes keep theirs. */
export function useWallKeys(root: RefObject<HTMLElement | null>, take: (key: string) => boolean): void {
  const latest = useRef(take)
  useEffect(() => {
    latest.current = take
  })
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.isComposing || event.altKey || event.metaKey || !isMeant(root.current, event.target)) return
      const base = event.key.length === 1 ? event.key.toUpperCase() : event.key
      // A choice among a few walks by arrows itself.
      if (base.startsWith('Arrow') && event.target instanceof HTMLInputElement) return
      // An arrow may be held; everything else happens once.
      if (event.repeat && !base.startsWith('Arrow')) return
      if (!latest.current(event.ctrlKey ? `Ctrl+${base}` : base)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [root])
}

function isMeant(root: HTMLElement | null, target: EventTarget | null): boolean {
  if (root === null || !(target instanceof HTMLElement) || root.closest('[inert]')) return false
  if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return false
  return !takesText(target) && (root.contains(target) || target === document.body || target.contains(root))
}
