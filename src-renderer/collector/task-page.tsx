import type { CollectorTask } from '../../src-shared/contracts/central-api/cases'
import type { Answer, Report } from './kept'
import { newId } from './new-id'
import { useReports, useSession } from './parts'
import { CentralPhotos, PhotoField } from './photo-field'
import type { Place } from './place'
import { useDraft } from './use-draft'
import { distanceText } from './words'

/** One task: what, where, what is wanted, what it looked like; and the answer with photos. Nothing typed here is lost by leaving. */
const answers: Readonly<Record<CollectorTask['kind'], readonly (readonly [Answer, string])[]>> = {
  verification: [
    ['true', '属实'],
    ['false', '不属实'],
    ['notFound', '未找到'],
  ],
  check: [
    ['solved', '已解决'],
    ['unsolved', '未解决'],
  ],
}

export function TaskPage({ task, place }: { readonly task: CollectorTask; readonly place: Place }) {
  const { row, kind, requirement, description, photoIds } = task
  const { draft, change, handIn, failure } = useDraft(useFirst(task))
  const missing = missingOf(draft)
  return (
    <>
      <header className="bar">
        <a className="plain" href="#tasks" aria-label="返回任务列表">
          ‹ 返回
        </a>
        <div>
          <strong>{kind === 'verification' ? '核实' : '核查'}</strong>
          <span className="quiet">{row.caseNo}</span>
        </div>
      </header>
      <main>
        {draft.refusal && (
          <p className="notice bad" role="alert">
            上次没有被接受：{draft.refusal}
          </p>
        )}
        <h2>{row.subclassName || '未分类'}</h2>
        <p>
          {row.address}
          <span className="quiet">（{distanceText(place.position, row.position)}）</span>
        </p>
        {requirement && <p className="notice">要求：{requirement}</p>}
        <p className="words">{description}</p>
        <h3>原来的照片</h3>
        <CentralPhotos ids={photoIds} />
        <h3>{kind === 'verification' ? '核实结果' : '核查结果'}</h3>
        <fieldset className="choices" aria-label="结果">
          {answers[kind].map(([answer, title]) => (
            <label key={answer} className={draft.answer === answer ? 'chosen' : ''}>
              <input type="radio" name="answer" checked={draft.answer === answer} onChange={() => change(() => ({ answer }))} />
              {title}
            </label>
          ))}
        </fieldset>
        <h3>现场照片</h3>
        <PhotoField photos={draft.photos} onChange={(next) => change(({ photos }) => ({ photos: next(photos) }))} />
        <label>
          意见
          <textarea rows={3} maxLength={2000} value={draft.words} onChange={({ target }) => change(() => ({ words: target.value }))} />
        </label>
        {failure && <p className="bad-text">{failure}</p>}
      </main>
      <footer className="foot">
        {missing && <p className="quiet">{missing}</p>}
        <button
          type="button"
          className="main"
          disabled={missing !== null}
          onClick={() => handIn({ version: row.version, position: place.position })}
        >
          回报
        </button>
      </footer>
    </>
  )
}

/** What was begun before, or a new one. */
function useFirst(task: CollectorTask): Report {
  const { reports } = useReports()
  const session = useSession()
  const { row, kind } = task
  const begun = reports.find((report) => report.caseId === row.caseId && report.kind === kind && report.accountNo === session?.me.accountNo)
  return (
    begun ?? {
      ...{ reportId: newId(), caseId: row.caseId, key: newId(), accountNo: session?.me.accountNo ?? '', kind, version: row.version },
      ...{ title: `${row.caseNo} ${kind === 'verification' ? '核实' : '核查'}`, answer: null, words: '', newCase: null, photos: [] },
      ...{ position: null, state: 'draft', refusal: null, changedAt: Date.now() },
    }
  )
}

/** As central will judge (`domain/case/guards`): a word comes with a picture, except that nothing was found. */
function missingOf({ answer, photos }: Report): string | null {
  if (answer === null) return '请选结果。'
  return answer !== 'notFound' && photos.length === 0 ? '请拍现场照片。' : null
}
