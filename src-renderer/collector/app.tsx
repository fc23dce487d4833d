import { DutyBar } from './duty-bar'
import { NewCasePage } from './new-case-page'
import { useHash, usePlace, useReports, useSession } from './parts'
import { ChangePassword, SignIn } from './sign-in'
import { TaskList } from './task-list'
import { TaskPage } from './task-page'
import { useDuty } from './use-duty'
import { useTasks } from './use-tasks'
import { useTrack } from './use-track'

/** Which screen is shown, and what all of them share: tasks, duty and place. */
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
  useTrack(place, duty.isOnDuty === true)
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
