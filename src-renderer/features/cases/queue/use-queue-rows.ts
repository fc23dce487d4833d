import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { QueueId } from '#shared/domain/case/queues'
import type { Viewer } from '#shared/domain/case/visibility'
import { browserClock, onFrame } from '../../../bridge/browser-clock'
import { useBridge, useTopic, useTopicAs } from '../../../bridge/react'
import { createRowStore, type QueueRows, type RowStore } from './row-store'

/** The rows of a queue as long as it is on screen. */
export function useQueueRows(queue: QueueId, viewer: Viewer): QueueRows & Pick<RowStore, 'reload' | 'showNew'> {
  const bridge = useBridge()
  const offsetMs = useTopicAs('connection.changed', (connection) => connection?.clockOffsetMs ?? 0)
  const { accountNo, role, departmentCode } = viewer
  // biome-ignore lint/correctness/useExhaustiveDependencies: a corrected clock matters to the next batch only; it does not read the queue anew.
  const store = useMemo(
    () => createRowStore({ bridge, queue, viewer: { accountNo, role, departmentCode }, now: () => browserClock.now() + offsetMs, onFrame }),
    [bridge, queue, accountNo, role, departmentCode],
  )
  useEffect(() => store.start(), [store])
  const state = useSyncExternalStore(store.subscribe, store.get)

  // The seat was still reading this queue when its rows were asked for: they are asked for again once it has them all.
  const isComplete = useTopicAs('queues.changed', (view) => view?.queues.find((each) => each.queue === queue)?.isComplete)
  useEffect(() => {
    if (isComplete && !store.get().isComplete && !store.get().isReading) store.reload()
  }, [isComplete, store])

  return { ...state, reload: store.reload, showNew: store.showNew }
}

/** Who looks, for the rules of queues and actions; undefined while nobody is signed in. */
export function useViewer(): Viewer | undefined {
  const agent = useTopic('session.changed')?.agent
  const { accountNo, role, departmentCode = null } = agent ?? {}
  return useMemo(
    () => (accountNo === undefined || role === undefined ? undefined : { accountNo, role, departmentCode }),
    [accountNo, role, departmentCode],
  )
}
