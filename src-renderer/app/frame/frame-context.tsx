import { createContext, useContext } from 'react'
import type { PaneId, SettingsView } from '#shared/contracts/seat-api/views'
import type { CaseFocus } from '../../features/cases/case-pane'
import type { PaneSpec, ReferenceFocus } from '../panes'
import type { FrameLayout } from './layout'

/** What parts of the frame can see of it and ask of it. Panes do not: they ask through `ui/open-target`. */
export type PanelId = 'outbox' | 'connection' | 'diagnostics' | 'telephone' | 'notices'
export type OverlayId = 'commandLine' | 'help' | 'leavePost'

export interface Frame {
  readonly panes: readonly PaneSpec[]
  readonly layout: FrameLayout
  readonly focus: ReferenceFocus | undefined
  readonly caseFocus: CaseFocus | undefined
  readonly panel: PanelId | null
  readonly overlay: OverlayId | null
  readonly isQuickEntryOpen: boolean
  openPane(pane: PaneId, focus?: ReferenceFocus, caseFocus?: CaseFocus): void
  openBeside(pane: PaneId): void
  closePane(pane: PaneId): void
  toggleBeside(): void
  resizeSide(share: number): void
  popOut(pane: PaneId): void
  openPanel(panel: PanelId | null): void
  openOverlay(overlay: OverlayId | null): void
  openQuickEntry(isOpen: boolean): void
  /** Why the duty log cannot be written by this role; null when it can. */
  readonly quickEntryReason: string | null
  lock(): void
  signOut(): void
  setTheme(theme: SettingsView['theme']): void
  retryConnection(): void
}

const FrameContext = createContext<Frame | undefined>(undefined)
export const FrameProvider = FrameContext.Provider

export function useFrame(): Frame {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('useFrame needs the frame above it')
  return frame
}
