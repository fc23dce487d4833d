/**
 * The few keys that the Electron shell takes itself; there is no menu, so every other key (F2 to F12, Ctrl+K, Alt+1…7) reaches the page. Pure.
 */
export type Shortcut = 'zoomIn' | 'zoomOut' | 'zoomReset' | 'reload' | 'devTools'

export interface KeyInput {
  readonly type: string
  readonly key: string
  readonly control: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly meta: boolean
}

export function shortcutOf({ type, key, control, shift, alt, meta }: KeyInput, hasDevTools: boolean): Shortcut | undefined {
  if (type !== 'keyDown' || !control || alt || meta) return undefined
  // Shift is not asked for here: "+" needs it on some keyboards and not on others.
  if (key === '+' || key === '=') return 'zoomIn'
  if (key === '-' || key === '_') return 'zoomOut'
  if (key === '0' && !shift) return 'zoomReset'
  // Plain Ctrl+R and F5 belong to the page; with Shift nobody presses it by accident. A reload loses nothing.
  if (key.toLowerCase() === 'r' && shift) return 'reload'
  if (key.toLowerCase() === 'i' && shift && hasDevTools) return 'devTools'
  return undefined
}

/** Chromium's zoom levels: each step is a factor of 1.2. From 69 % to 207 %, where the layout still holds. */
const lowestZoom = -2
const highestZoom = 4

export function zoomAfter(shortcut: Shortcut, level: number): number {
  if (shortcut === 'zoomReset') return 0
  const step = shortcut === 'zoomIn' ? 1 : shortcut === 'zoomOut' ? -1 : 0
  return Math.max(lowestZoom, Math.min(level + step, highestZoom))
}
