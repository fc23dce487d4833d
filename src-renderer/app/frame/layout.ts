import type { Layout, PaneId } from '#shared/contracts/seat-api/views'

/** How a window is divided, as values: one main pane, perhaps one beside it. Pure; what a role may open is decided by the caller. */
export type FrameLayout = Layout

/** Where everybody starts before they ever arranged their window: the home of their post, alone. */
export const firstLayout: FrameLayout = { main: 'home', side: null, sideShare: 40 }

/** The remembered layout without panes that this role may not open (its rights can have changed since). */
export function permittedLayout(layout: FrameLayout, permitted: readonly PaneId[]): FrameLayout {
  const main = permitted.includes(layout.main) ? layout.main : (permitted[0] ?? 'home')
  const side = layout.side !== null && layout.side !== main && permitted.includes(layout.side) ? layout.side : null
  return { ...layout, main, side }
}

/** Shows a pane: where it already is, else in the main place. */
export function withPane(layout: FrameLayout, pane: PaneId): FrameLayout {
  return isShown(layout, pane) ? layout : { ...layout, main: pane }
}

/** Shows a pane beside the main one; the main pane itself changes places with what stood beside it. */
export function withPaneBeside(layout: FrameLayout, pane: PaneId, permitted: readonly PaneId[]): FrameLayout {
  if (pane !== layout.main) return { ...layout, side: pane }
  const main = layout.side ?? permitted.find((other) => other !== pane)
  return main === undefined ? layout : { ...layout, main, side: pane }
}

/** Closes what stands beside, or opens the first pane that is not shown yet; the home is made for the whole width and comes last. */
export function withToggledSide(layout: FrameLayout, permitted: readonly PaneId[]): FrameLayout {
  if (layout.side !== null) return { ...layout, side: null }
  const others = permitted.filter((pane) => pane !== layout.main)
  // What is read stands beside well; a form is opened on purpose.
  return { ...layout, side: others.find((pane) => pane !== 'home' && pane !== 'registration') ?? others[0] ?? null }
}

export function withoutPane(layout: FrameLayout, pane: PaneId): FrameLayout {
  if (layout.side === pane) return { ...layout, side: null }
  if (layout.main === pane && layout.side !== null) return { ...layout, main: layout.side, side: null }
  return layout
}

export function withSideShare(layout: FrameLayout, share: number): FrameLayout {
  return { ...layout, sideShare: Math.round(Math.min(70, Math.max(15, share))) }
}

export function isShown(layout: FrameLayout, pane: PaneId): boolean {
  return layout.main === pane || layout.side === pane
}
