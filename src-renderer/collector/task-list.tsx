import type { CollectorTask } from '../../src-shared/contracts/central-api/cases'
import type { Report } from './kept'
import { newId } from './new-id'
import { useNow, useParts, useReports, useSession } from './parts'
import type { Place } from './place'
import type { Tasks } from './use-tasks'
import { ageText, distanceText, remainingText } from './words'

/** What is to be looked at, what has been filled in and is not at the centre yet, and the way to report something new. */
export function TaskList({ tasks, place, onRead }: { readonly tasks: Tasks; readonly place: Place; readonly onRead: () => void }) {
  const now = useNow(1_000)
  const { reports, lastSent } = useReports()
  const accountNo = useSession()?.me.accountNo
  const mine = reports.filter((report) => report.accountNo === accountNo)
  const waiting = mine.filter(({ state }) => state === 'waiting')
  const drafts = mine.filter(({ kind, state }) => kind === 'new' && state !== 'waiting')
  const isWaiting = ({ row }: CollectorTask) => waiting.some(({ caseId }) => caseId === row.caseId)
  const open = tasks.items?.filter((task) => !isWaiting(task)) ?? []
  const startNew = useStartNew()
  return (
    <main>
      {tasks.error && (
        <p className="notice warn" role="status">
          {tasks.error.code === 'central/offline' ? '中心连不上，下面可能不是最新的；可以照常填写，连上后自动送出。' : tasks.error.message}
        </p>
      )}
      {waiting.length > 0 && <Waiting reports={waiting} />}
      {lastSent !== null && waiting.length === 0 && (
        <p className="notice good" role="status">
          ✓ 已送达：{lastSent}
        </p>
      )}
      <div className="heading">
        <h2>我的任务（{open.length}）</h2>
        <button type="button" className="plain" onClick={onRead}>
          {tasks.items === null ? '正在读取…' : `↻ ${ageText(now - tasks.readAt)}更新`}
        </button>
      </div>
      {tasks.items !== null && open.length === 0 && <p className="quiet empty">现在没有任务。新任务会在这里出现，每 15 秒更新一次。</p>}
      <ul className="cards">
        {open.map((task) => (
          <TaskCard
            key={task.row.caseId}
            task={task}
            place={place}
            now={now}
            report={mine.find(({ caseId }) => caseId === task.row.caseId)}
          />
        ))}
      </ul>
      {drafts.length > 0 && <h2>没有报完的新问题</h2>}
      <ul className="cards">
        {drafts.map((draft) => (
          <li key={draft.reportId}>
            <a className="card" href={`#new/${draft.reportId}`}>
              <strong>{draft.title || '未填写'}</strong>
              <span className={draft.refusal ? 'bad-text' : 'quiet'}>{draft.refusal ?? `草稿，${ageText(now - draft.changedAt)}`}</span>
            </a>
          </li>
        ))}
      </ul>
      <footer className="foot">
        <button type="button" className="main" onClick={startNew}>
          ＋ 上报新问题
        </button>
      </footer>
    </main>
  )
}

interface CardProps {
  readonly task: CollectorTask
  readonly place: Place
  readonly now: number
  readonly report: Report | undefined
}

function TaskCard({ task: { row, kind, requirement }, place, now, report }: CardProps) {
  const dueAt = row.clock?.dueAt
  const isLate = dueAt !== undefined && dueAt < now
  return (
    <li>
      <a className="card" href={`#task/${row.caseId}`}>
        <span className="line">
          <span className={`tag ${kind}`}>{kind === 'verification' ? '核实' : '核查'}</span>
          <strong>{row.subclassName || '未分类'}</strong>
          {dueAt !== undefined && (
            <span className={isLate ? 'bad-text' : 'quiet'}>{`${isLate ? '■ ' : ''}${remainingText(dueAt - now)}`}</span>
          )}
        </span>
        <span>{row.address}</span>
        {requirement && <span className="quiet">要求：{requirement}</span>}
        <span className="line quiet">
          <span>{row.caseNo}</span>
          <span>{distanceText(place.position, row.position)}</span>
          {report && <span className={report.refusal ? 'bad-text' : ''}>{report.refusal ? '未被接受，请重报' : '已填一部分'}</span>}
        </span>
      </a>
    </li>
  )
}

/** Safe on the phone, and says so. */
function Waiting({ reports }: { readonly reports: readonly Report[] }) {
  const { sendingId, share } = useReports()
  return (
    <section className="notice warn" role="status">
      <strong>{sendingId ? `正在送往中心，剩 ${reports.length} 件` : `${reports.length} 件存在本机，连上后自动送出`}</strong>
      {reports.map((report) => (
        <span key={report.reportId} className="line">
          <span>{report.title}</span>
          {report.reportId === sendingId && <progress value={share} aria-label="上传进度" />}
        </span>
      ))}
    </section>
  )
}

function useStartNew(): () => void {
  const { reports } = useParts()
  const session = useSession()
  return () => {
    if (!session) return
    const now = Date.now()
    const [reportId, caseId, key] = [newId(now), newId(now), newId(now)]
    const draft: Report = {
      ...{ reportId, caseId, key, accountNo: session.me.accountNo, kind: 'new', title: '', version: 0, answer: null, words: '' },
      ...{ newCase: null, photos: [], position: null, state: 'draft', refusal: null, changedAt: now },
    }
    void reports.save(draft).then(() => {
      location.hash = `new/${reportId}`
    })
  }
}
