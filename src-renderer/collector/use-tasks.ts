import { useCallback, useEffect, useState } from 'react'
import type { AppError } from '../../src-shared/base/app-error'
import type { CollectorTask } from '../../src-shared/contracts/central-api/cases'
import { useParts, useReports } from './parts'

/** The tasks of the signed-in collector: read again every 15 seconds while the page is looked at, when the network is back, and after a report. */
const readEveryMs = 15_000

export interface Tasks {
  readonly items: readonly CollectorTask[] | null
  readonly readAt: number
  readonly error: AppError | null
}

export function useTasks(): [Tasks, () => void] {
  const { central, reports } = useParts()
  const { sentCount } = useReports()
  const [tasks, setTasks] = useState<Tasks>({ items: null, readAt: 0, error: null })
  const read = useCallback(() => {
    void reports.flush()
    void central.call('collectors.tasks', {}).then((answer) => {
      setTasks((before) =>
        answer.ok ? { items: answer.value.items, readAt: Date.now(), error: null } : { ...before, error: answer.error },
      )
    })
  }, [central, reports])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was just sent is no longer a task.
  useEffect(() => {
    read()
    const readIfSeen = () => {
      if (document.visibilityState === 'visible') read()
    }
    const timer = setInterval(readIfSeen, readEveryMs)
    addEventListener('online', read)
    document.addEventListener('visibilitychange', readIfSeen)
    return () => {
      clearInterval(timer)
      removeEventListener('online', read)
      document.removeEventListener('visibilitychange', readIfSeen)
    }
  }, [read, sentCount])
  return [tasks, read]
}
