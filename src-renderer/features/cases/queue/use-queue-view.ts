import { useMemo, useState } from 'react'
import type { RoleId } from '#shared/domain/account/role'
import type { QueueId } from '#shared/domain/case/queues'
import { useStable } from '../../../ui/use-stable'
import { completeChoice } from '../../../ui/virtual-table/column-choice'
import type { columnsOf } from './columns'
import { firstView, type QueueViewSettings, viewFrom } from './queue-view'
import type { ListMemory } from './use-list-memory'

/**
 * How the queue is looked at now, beginning with what this post had last. Columns, sorting, grouping and preview are remembered; filters are not.
 * Until somebody chooses columns, each list has its own.
 */
export function useQueueView(role: RoleId, columns: ReturnType<typeof columnsOf>, queue: QueueId, { kept, keep }: ListMemory) {
  const first = useMemo(() => firstView(role, columns, queue), [role, columns, queue])
  const [held, setHeld] = useState<QueueViewSettings>(() => {
    const begun = isUntouched(kept) ? first : viewFrom({ sort: kept.sort, grouping: kept.grouping, choice: kept.columns }, first)
    return kept.columns.length === 0 ? { ...begun, choice: [] } : begun
  })
  const view = useMemo(() => (held.choice.length === 0 ? { ...held, choice: first.choice } : held), [held, first])
  const [isPreviewShown, setPreviewShown] = useState(kept.isPreviewShown)
  const change = useStable((next: QueueViewSettings): void => {
    const choice = next.choice === first.choice ? [] : next.choice
    setHeld({ ...next, choice })
    if (next.choice === view.choice && next.sort === view.sort && next.grouping === view.grouping) return
    keep({ columns: choice.length === 0 ? [] : [...completeChoice(columns, choice)], sort: [...next.sort], grouping: next.grouping })
  })
  return {
    first,
    view,
    isPreviewShown,
    change,
    togglePreview(): void {
      setPreviewShown(!isPreviewShown)
      keep({ isPreviewShown: !isPreviewShown })
    },
  }
}

/** Only the queue or the preview was ever chosen: sorting is as at first. A list sorted by nothing has a grouping's name all the same. */
const isUntouched = ({ columns, grouping }: ListMemory['kept']): boolean => columns.length === 0 && grouping === ''
