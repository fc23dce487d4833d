import type { Stop } from '#shared/base/clock'

/** What the software wall needs of the shell: windows that show one part of the wall each, and word of what becomes of them. */
export interface WallWindows {
  /** Opens the window of a screen, on the display of that number when there is one. */
  open(screen: number, display: number | null): OpenedWindow
  /** Whether there is a display that a window may fill without taking the person's own. */
  hasDisplay(display: number | null): boolean
  onChanged(listener: (change: WindowChange) => void): Stop
}

/** `display` null: an ordinary window. `address`: the shell cannot open windows, the page opens this address. */
export interface OpenedWindow {
  readonly display: string | null
  readonly address: string | null
}

/** `gone`: the window was closed, its page died or its display was unplugged. `displays`: one came back. */
export type WindowChange = { readonly kind: 'gone'; readonly screen: number } | { readonly kind: 'displays' }
