/**
 * Which display a window of the wall fills. Pure: displays come in as Electron lists them. The display of the seat's own window is never filled; a
 * screen that names no display takes the first other one that no screen names.
 */
export interface Display {
  readonly id: number
  readonly label: string
}

/** `display`: counted from 1 in Electron's order, as Windows numbers them for most; null: any other. Undefined: there is none now. */
export function displayFor<D extends Display>(display: number | null, displays: readonly D[], ownId: number): D | undefined {
  if (display === null) return displays.find(({ id }) => id !== ownId)
  const named = displays[display - 1]
  return named && named.id !== ownId ? named : undefined
}

export const displayName = (display: Display, displays: readonly Display[]): string =>
  display.label === '' ? `显示器 ${displays.indexOf(display) + 1}` : display.label

/** How long to wait before a page of the wall that died again is loaded again: nobody stands at the wall to answer a question. */
export const againAfterMs = (deaths: number): number => Math.min(30_000, 1_000 * 2 ** Math.min(deaths, 5))
