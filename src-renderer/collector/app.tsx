import { useCallback, useEffect, useState } from 'react'
import type { AppError } from '../../src-shared/base/app-error'
import type { CollectorTask } from '../../src-shared/contracts/central-api/cases'
import { DutyBar } from './duty-bar'
import { NewCasePage } from './new-case-page'
import { useHash, useParts, usePlace, useReports, useSession } from './parts'
import { ChangePassword, SignIn } from './sign-in'
import { TaskList } from './task-list'
import { TaskPage } from './task-page'
import { useDuty } from './use-duty'

/** Which screen is shown, and what all of them share: the tasks, read again every 15 seconds while the page is looked at, and the place. */
const readEveryMs = 15_000

export interface Tasks {
  readonly items: readonly CollectorTask[] | null
  readonly readAt: number
  readonly error: AppError | null
}

export function App() {
  const session = useSession()
  if (!session) return <SignIn />
  if (session.me.mustChangePassword) return <ChangePassword />
  return <AtWork key={session.me.accountId} />
}

function AtWork() {
  const hash = useHash()
  const place = usePlace()
  const [tasks, read] = useTasks()
  const duty = useDuty(place)
  const { reports } = useReports()
  const caseId = /^task\/([0-9a-f-]{36})$/.exec(hash)?.[1]
  const task = tasks.items?.find(({ row }) => row.caseId === caseId)
  if (caseId !== undefined && task) return <TaskPage key={`${caseId}${task.kind}`} task={task} place={place} />
  const newId = /^new\/([0-9a-f-]{36})$/.exec(hash)?.[1]
  if (newId !== undefined) {
    const draft = reports.find(({ reportId }) => reportId === newId)
    if (draft && draft.state !== 'waiting') return <NewCasePage key={newId} draft={draft} place={place} />
  }
  return (
    <>
      <DutyBar place={place} duty={duty} />
      <TaskList tasks={tasks} place={place} onRead={read} />
    </>
  )
}

function useTasks(): [Tasks, () => void] {
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
