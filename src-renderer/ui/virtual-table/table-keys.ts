/** What a key means in a table, as data; the table does it. Pure. Modifiers decide first, so that the program's own keys (Alt+1, Ctrl+K) pass through. */
export type TableIntent =
  | { readonly kind: 'move'; readonly to: number; readonly isExtending: boolean }
  | { readonly kind: 'first' | 'open' | 'toggle' | 'selectAll' | 'clear' | 'filter' | 'hints' | 'collapse' | 'expand' }

export interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

/** `at` is the current line or, when its row has left, the line before its old place; `page` the lines in view. */
export function intentOf(pressed: PressedKey, at: number, count: number, page: number): TableIntent | undefined {
  const { key, ctrlKey, altKey, metaKey, shiftKey } = pressed
  if (altKey || metaKey) return undefined
  if (ctrlKey) return key.toLowerCase() === 'a' && !shiftKey ? { kind: 'selectAll' } : undefined
  const target = targetOf(key, at, count, page)
  if (target !== undefined) return { kind: 'move', to: Math.max(0, Math.min(count - 1, target)), isExtending: shiftKey }
  if (key === 'Home' && shiftKey) return { kind: 'move', to: 0, isExtending: true }
  if (key === '?') return { kind: 'hints' }
  return shiftKey ? undefined : plain[key]
}

const plain: Readonly<Record<string, TableIntent>> = {
  Home: { kind: 'first' },
  Enter: { kind: 'open' },
  ' ': { kind: 'toggle' },
  Escape: { kind: 'clear' },
  '/': { kind: 'filter' },
  ArrowLeft: { kind: 'collapse' },
  ArrowRight: { kind: 'expand' },
}

function targetOf(key: string, at: number, count: number, page: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    End: count - 1,
  }
  return targets[key]
}
