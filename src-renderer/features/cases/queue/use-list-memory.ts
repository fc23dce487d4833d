import { useRef } from 'react'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import type { RoleId } from '#shared/domain/account/role'
import { useBridge } from '../../../bridge/react'

export type CaseList = NonNullable<StateOfTopic<'settings.changed'>['caseLists'][RoleId]>

export interface ListMemory {
  readonly kept: CaseList
  /** What changed is kept with what did not; the core writes it down. */
  keep(part: Partial<CaseList>): void
}

const untouched: CaseList = { queue: null, columns: [], sort: [], grouping: '', isPreviewShown: true }

/**
 * How this post last arranged its worklists on this PC, over restarts. Read once: what another window of the seat arranges meanwhile is that window's,
 * and the last one to change something is remembered.
 */
export function useListMemory(role: RoleId, lists: StateOfTopic<'settings.changed'>['caseLists']): ListMemory {
  const { call } = useBridge()
  const latest = useRef(lists[role] ?? untouched)
  return {
    kept: latest.current,
    keep(part) {
      latest.current = { ...latest.current, ...part }
      // A convenience: when the disk is full the list is arranged all the same, and the status bar tells of the disk.
      void call('settings.saveCaseList', { role, list: latest.current })
    },
  }
}
