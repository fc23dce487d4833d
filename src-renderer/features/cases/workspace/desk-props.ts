import type { ReactNode, RefObject } from 'react'
import type { CaseDetailView } from '#shared/contracts/seat-api/case-views'
import type { CaseProgress } from '#shared/domain/case/progress'
import type { Viewer } from '#shared/domain/case/visibility'
import type { Freshness } from '../../../bridge/use-freshness'
import type { CaseSettings } from '../use-case-settings'
import type { CaseWorkspaceProps } from '../workspace-props'
import type { PhotoCache } from './photo-cache'
import type { CaseCache, OpenCase } from './use-case'
import type { Deciding } from './use-decide'

/** What the workspace hands down to the desk of one case, before and after the case is here. */
export interface CaseDeskProps extends CaseWorkspaceProps {
  readonly viewer: Viewer
  readonly settings: CaseSettings
  readonly fresh: Freshness
  readonly cache: CaseCache
  readonly photoCache: PhotoCache
  readonly deciding: Deciding
  readonly place: { readonly index: number; readonly count: number; readonly isNextReady: boolean }
  readonly strip: ReactNode
  onUndo(): void
}

export interface OpenDeskProps extends CaseDeskProps {
  readonly root: RefObject<HTMLElement | null>
  readonly open: OpenCase
  readonly view: CaseDetailView
  readonly progress: CaseProgress
  readonly openedAt: number
}
