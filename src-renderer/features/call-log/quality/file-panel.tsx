import { App, Button, Input } from 'antd'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { QualityFileView } from '#shared/contracts/central-api/quality'
import type { RoleId } from '#shared/domain/account/role'
import { evidenceWords } from '#shared/domain/quality/audio'
import { type EntryContent, foldFile, mayEnter, type QualityFile } from '#shared/domain/quality/file'
import { differencesOf } from '#shared/domain/quality/sheet'
import { useBridge, useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { Kbd } from '../../../ui/kbd'
import { Lamp } from '../../../ui/lamp'
import { OpenLink } from '../../../ui/open-target'
import { Fact, SectionTitle } from '../../../ui/pane-header'
import { CodedError, LoadingState } from '../../../ui/states'
import { formatClock, formatDateTime } from '../../../ui/time-format'
import { qualityFigures, qualityWords } from '../call-words'
import { Playback, type PlaybackHandle } from '../playback'
import { Differences, Invitation } from './calibration'
import { QualityHistory } from './history'
import { SheetForm } from './sheet-form'
import { draftOf, emptyDraft, type SheetDraft } from './use-sheet'

interface PanelProps {
  readonly callId: string
  onClose(): void
}

/** One call of 质检 beside the list: its recording, its report, the form or what was said, and what this person may do next. */
export function FilePanel({ callId, onClose }: PanelProps) {
  const changedAt = useTopic('quality.changed')?.changedAt
  const me = useTopic('session.changed')?.agent
  const read = useQuery('quality.open', { callId })
  const { reload } = read
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when the centre has news.
  useEffect(() => {
    if (changedAt) reload()
  }, [changedAt])
  const root = useRef<HTMLElement>(null)
  const isRead = read.value !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: another call was opened; its form takes the focus when there is one.
  useEffect(() => {
    if (isRead && !root.current?.contains(document.activeElement)) root.current?.focus({ preventScroll: true })
  }, [callId, isRead])
  return (
    <aside
      className="qa-panel"
      aria-label="质检详情"
      tabIndex={-1}
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      {read.error && <CodedError error={read.error} onRetry={reload} />}
      {!read.value && !read.error && <LoadingState what="这通电话" />}
      {read.value && me && <FileView key={callId} view={read.value} me={me} onClose={onClose} onChanged={reload} />}
    </aside>
  )
}

interface ViewProps {
  readonly view: QualityFileView
  readonly me: { readonly accountNo: string; readonly role: RoleId }
  onClose(): void
  onChanged(): void
}

function FileView({ view, me, onClose, onChanged }: ViewProps) {
  const { row, entries, forms } = view
  const player = useRef<PlaybackHandle>(null)
  const file = foldFile(entries)
  const form = forms.at(-1)
  return (
    <>
      <header className="qa-head">
        <h2>{`${row.agentName} ${row.agentNo}`}</h2>
        <span className="calls-quiet">
          {`${formatDateTime(row.startedAt)}　${row.direction === 'incoming' ? '来电' : '回访'} ${formatClock(row.endedAt - row.answeredAt)}　${row.seatNo} 席`}
        </span>
        <span className="ui-spring" />
        {file.standing !== null && <b className="qa-total">{file.standing.isVetoed ? '0 否决' : `${file.standing.total} 分`}</b>}
        <Button size="small" onClick={onClose}>
          收起 <Kbd>Esc</Kbd>
        </Button>
      </header>
      <div className="qa-body">
        {row.evidence.length > 0 && (
          <p className="qa-broken">
            <Lamp tone="amber" label="" /> {`音质太差，不计入坐席成绩：${row.evidence.map(evidenceWords).join('；')}。`}
          </p>
        )}
        <Playback
          ref={player}
          call={{
            callId: row.callId,
            recordingId: view.recordingId,
            accountNo: row.agentNo,
            ...(view.recordingState !== null && { recordingState: view.recordingState }),
          }}
        />
        <CallAndReport view={view} />
        {file.calibration && !file.calibration.isBlind && file.calibration.sheets.length > 1 && form && (
          <Differences calibration={file.calibration} form={form} />
        )}
        <NextStep view={view} file={file} me={me} player={player} onChanged={onChanged} />
        {entries.length > 0 && <QualityHistory entries={entries} forms={forms} onJump={(atMs) => player.current?.moveTo(atMs)} />}
      </div>
    </>
  )
}

function CallAndReport({ view }: { readonly view: QualityFileView }) {
  const { report, quality, wrapUp } = view
  return (
    <dl className="ui-facts qa-facts">
      <Fact name="音质">{quality === null ? '没有测到' : `${qualityWords(quality)}　${qualityFigures(quality)}`}</Fact>
      <Fact name="小结">{wrapUp ?? <span className="calls-quiet">没有写</span>}</Fact>
      <Fact name="登记">
        {report === null ? (
          <span className="calls-quiet">没有由这通电话登记的、您可以看的案卷</span>
        ) : (
          <>
            <OpenLink target={{ caseId: report.caseId }}>{report.caseNo}</OpenLink>
            {`　${report.subclassName || '未定小类'}　${report.address}`}
            <span className="qa-summary">{report.summary}</span>
          </>
        )}
      </Fact>
    </dl>
  )
}

interface StepProps extends Omit<ViewProps, 'onClose'> {
  readonly file: QualityFile
  readonly player: RefObject<PlaybackHandle | null>
}

type Mode = 'score' | 'correct' | 'decide' | 'agree' | 'calibrate'

/** What this person may do with the file as it stands, by the very rules that the centre keeps. */
function NextStep({ view, file, me, player, onChanged }: StepProps) {
  const now = useNow(60_000)
  const isWaiting = useTopic('quality.changed')?.waiting.some(({ callId }) => callId === view.row.callId) ?? false
  const [mode, setMode] = useState<Mode>()
  const form = view.forms.at(-1)
  const { row } = view
  const blank = { formVersion: 0, answers: [], words: '' }
  const may = (content: EntryContent): boolean =>
    mayEnter(file, { agentNo: row.agentNo, evidence: row.evidence, appealDays: form?.appealDays ?? 0 }, me, content, now).ok
  if (isWaiting) return <p className="qa-note">这一步已存本机，正在送往中心；送达后这里显示结果。</p>
  if (!form) return <p className="qa-note">中心还没有评分表，请系统管理员导入。</p>
  const shared = { view, form, player, onSent: onChanged }
  if (may({ kind: 'score', sheet: blank })) {
    const isBlind = file.state === 'calibrating'
    if (mode === 'calibrate') return <Invitation callId={row.callId} agentNo={row.agentNo} onSent={onChanged} />
    return (
      <SheetForm
        {...shared}
        first={emptyDraft(form)}
        title={isBlind ? '校准评分' : '评分'}
        submitWords="提交"
        reasonWords={null}
        contentOf={(sheet) => ({ kind: 'score', sheet })}
        extra={
          isBlind ? (
            <p className="qa-note">各人独立评分：全部交齐之前，互相看不到分。</p>
          ) : (
            <div className="qa-acts">
              <span className="calls-quiet">提交后不能改，更正另记一步。</span>
              <Button size="small" onClick={() => setMode('calibrate')}>
                改为多人校准
              </Button>
            </div>
          )
        }
      />
    )
  }
  if (may({ kind: 'agree', sheet: blank, reason: '' }) && file.calibration) {
    const agreed = agreedDraft(
      form,
      file.calibration.sheets.map(({ sheet }) => sheet),
    )
    return (
      <SheetForm
        {...shared}
        first={agreed}
        title="校准定分"
        submitWords="定分"
        reasonWords="怎样定的"
        contentOf={(sheet, reason) => ({ kind: 'agree', sheet, reason })}
      />
    )
  }
  if (may({ kind: 'decide', sheet: null, reason: '' })) return <Decision {...shared} file={file} />
  if (may({ kind: 'appeal', reason: '' })) return <Appeal view={view} onSent={onChanged} />
  if (may({ kind: 'correct', sheet: blank, reason: '' })) {
    if (mode !== 'correct') {
      return (
        <div className="qa-acts">
          <Button size="small" onClick={() => setMode('correct')}>
            更正我的评分
          </Button>
          <span className="calls-quiet">原评分留在经过里。</span>
        </div>
      )
    }
    return (
      <SheetForm
        {...shared}
        first={draftOf(form, file.standing?.sheet ?? null)}
        title="更正"
        submitWords="提交更正"
        reasonWords="为什么更正"
        contentOf={(sheet, reason) => ({ kind: 'correct', sheet, reason })}
      />
    )
  }
  return <Waiting view={view} file={file} me={me} mayDrop={may({ kind: 'drop', reason: '' })} onChanged={onChanged} />
}

/** Items on which all agree are filled in; the others are to be talked about. */
function agreedDraft(form: Parameters<typeof emptyDraft>[0], sheets: Parameters<typeof differencesOf>[1]): SheetDraft {
  const agreed = new Map(
    differencesOf(form, sheets).flatMap(({ itemId, isAgreed, results }) => (isAgreed ? [[itemId, results[0] ?? null]] : [])),
  )
  const first = emptyDraft(form)
  return { ...first, answers: first.answers.map((answer) => ({ ...answer, result: agreed.get(answer.itemId) ?? null })) }
}

function Decision({
  file,
  ...shared
}: Pick<Parameters<typeof SheetForm>[0], 'view' | 'form' | 'player' | 'onSent'> & { readonly file: QualityFile }) {
  const [isChanging, setChanging] = useState(false)
  const appeal = shared.view.entries.findLast(({ kind }) => kind === 'appeal')
  if (!isChanging) {
    return (
      <ReasonBox
        title="裁定申诉"
        meta={appeal ? `${appeal.byName} 申诉` : ''}
        placeholder="裁定理由；Ctrl+Enter 维持原分"
        button="维持原分"
        callId={shared.view.row.callId}
        contentOf={(reason) => ({ kind: 'decide', sheet: null, reason })}
        onSent={shared.onSent}
      >
        <Button size="small" onClick={() => setChanging(true)}>
          改判：逐项重评
        </Button>
      </ReasonBox>
    )
  }
  return (
    <SheetForm
      {...shared}
      first={draftOf(shared.form, file.standing?.sheet ?? null)}
      title="改判"
      submitWords="提交改判"
      reasonWords="裁定理由"
      contentOf={(sheet, reason) => ({ kind: 'decide', sheet, reason })}
    />
  )
}

function Appeal({ view, onSent }: { readonly view: QualityFileView; onSent(): void }) {
  const until = view.row.appealUntil
  return (
    <ReasonBox
      title="申诉"
      meta={until === null ? '' : `可申诉一次，到 ${formatDateTime(until)} 为止`}
      placeholder="哪一项、为什么；由没有评过这通电话的人裁定。没有异议不必写"
      button="提交申诉"
      callId={view.row.callId}
      contentOf={(reason) => ({ kind: 'appeal', reason })}
      onSent={onSent}
    />
  )
}

interface ReasonProps {
  readonly title: string
  readonly meta: string
  readonly placeholder: string
  readonly button: string
  readonly callId: string
  readonly children?: React.ReactNode
  contentOf(reason: string): EntryContent
  onSent(): void
}

function ReasonBox({ title, meta, placeholder, button, callId, children, contentOf, onSent }: ReasonProps) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<AppError>()
  async function send(): Promise<void> {
    if (reason.trim() === '') return void message.info('先写理由')
    const answer = await call('quality.enter', { callId, content: contentOf(reason.trim()) })
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return
    void message.success(`${title}已提交`)
    onSent()
  }
  return (
    <section className="qa-reason" aria-label={title}>
      <SectionTitle title={title} meta={meta}>
        {children}
        <ActionButton
          size="small"
          type="primary"
          keys="Ctrl+Enter"
          reason={reason.trim() === '' ? '先写理由' : null}
          onClick={() => void send()}
        >
          {button}
        </ActionButton>
      </SectionTitle>
      <Input.TextArea
        aria-label={`${title}的理由`}
        placeholder={placeholder}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={1_000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.ctrlKey) return
          event.preventDefault()
          event.stopPropagation()
          void send()
        }}
      />
      {error && <CodedError error={error} />}
    </section>
  )
}

function Waiting({ view, file, me, mayDrop, onChanged }: Omit<StepProps, 'player'> & { readonly mayDrop: boolean }) {
  const { row } = view
  if (mayDrop) {
    return (
      <ReasonBox
        title="不再等"
        meta={`还等 ${row.waitsFor.join('、')}；已交两份以上就看差异，不足两份则按普通评分`}
        placeholder="为什么不等了"
        button="结束等待"
        callId={row.callId}
        contentOf={(reason) => ({ kind: 'drop', reason })}
        onSent={onChanged}
      />
    )
  }
  if (row.agentNo === me.accountNo && file.standing === null) return <p className="qa-note">这是您自己接的电话，由他人评分。</p>
  if (file.state === 'calibrating')
    return <p className="qa-note">{`校准中，还等 ${row.waitsFor.join('、')} 交分；交齐之前不显示任何人的分。`}</p>
  if (file.state === 'appealed') return <p className="qa-note">申诉待裁定，由没有评过这通电话的人裁定。</p>
  return null
}
