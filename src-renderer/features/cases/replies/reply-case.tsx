import { App, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import type { ActionInputSchema } from '#shared/contracts/case-shapes'
import { appError } from '#shared/contracts/errors'
import type { ActionId } from '#shared/domain/case/actions'
import { decide, mayDecide } from '#shared/domain/case/decide'
import type { CaseActor } from '#shared/domain/case/history'
import type { ActionInput, ReplyWay } from '#shared/domain/case/inputs'
import { type CaseProgress, progressOf } from '#shared/domain/case/progress'
import type { CaseRow } from '#shared/domain/case/row'
import { caseSources, caseStates } from '#shared/domain/case/states'
import { randomId } from '../../../bridge/random-id'
import { useBridge, useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { ActionButton } from '../../../ui/action-button'
import { OpenLink } from '../../../ui/open-target'
import { Fact, SectionTitle } from '../../../ui/pane-header'
import { CodedError, LoadingState } from '../../../ui/states'
import { formatDateTime, formatMoment } from '../../../ui/time-format'
import { useCasePreview } from '../queue/use-case-preview'
import { useViewer } from '../queue/use-queue-rows'
import { useCaseSettings } from '../use-case-settings'
import { FilesField } from '../workspace/forms/files-field'
import type { InputChange } from '../workspace/forms/form-field'
import { ReplyWayField, ReturnedAtField } from '../workspace/forms/small-fields'
import { Stand } from './stand'
import { useReplyWords } from './use-reply-words'

export interface ReplyCaseHandle {
  write(): void
  approve(): void
  giveBack(): void
  submit(): void
  chooseWay(way: ReplyWay): void
}

interface ReplyCaseProps {
  readonly ref: Ref<ReplyCaseHandle>
  readonly row: CaseRow
  readonly now: EpochMs
  onDone(): void
}

const wordsLimit = 2_000

/** One case that waits for an answer: who asked what, what was done, the reply, and the next thing that may be done with it. */
export function ReplyCase({ ref, row, now, onDone }: ReplyCaseProps) {
  const { view, error } = useCasePreview(row.caseId, row.version)
  const progress = useMemo(() => view && progressOf(view.detail.beginning, view.detail.history), [view])
  return (
    <section className="due-case" aria-label={`回复 ${row.caseNo}`}>
      <SectionTitle title={row.subclassName === '' ? '未定小类' : row.subclassName} meta={`${row.caseNo}　${caseStates[row.state].name}`}>
        <OpenLink target={{ caseId: row.caseId }}>打开案卷</OpenLink>
      </SectionTitle>
      {error && <CodedError error={error} />}
      {!view && !error && <LoadingState what="案卷" />}
      {view && progress && (
        <>
          <Asked row={row} progress={progress} now={now} done={doneWords(view.detail.history)} />
          <Answer ref={ref} row={row} progress={progress} profileId={view.detail.profileId} now={now} onDone={onDone} />
        </>
      )}
    </section>
  )
}

/** The department's words come before whoever closed. */
const ending = [['reportHandled'], ['replyOnly', 'decline'], ['close']] as const
type Steps = readonly { readonly action: string; readonly input: ActionInputSchema }[]
/** What was done about it, in the words of whoever did it: the first thing that a reply speaks of. */
function doneWords(history: Steps): string | null {
  const [step] = ending.flatMap((actions) => history.findLast(({ action }) => (actions as readonly string[]).includes(action)) ?? [])
  return step ? (step.input.opinion ?? step.input.answer ?? step.input.reason ?? null) : null
}

interface AskedProps {
  readonly row: CaseRow
  readonly progress: CaseProgress
  readonly now: EpochMs
  readonly done: string | null
}

function Asked({ row, progress, now, done }: AskedProps) {
  const { external, source, description } = progress.facts
  return (
    <dl className="ui-facts due-facts">
      <Fact name="来源">
        <bdi>{`${caseSources[source].name}　${external?.platform ?? ''} ${external?.no ?? ''}`}</bdi>
      </Fact>
      <Fact name="限期">
        {row.replyBy === null ? '没有写' : formatDateTime(row.replyBy)}　<Stand replyBy={row.replyBy} reply={progress.reply} now={now} />
      </Fact>
      <Fact name="反映">
        <bdi>{`${formatMoment(row.beganAt, now)}　${row.address}　${description}`}</bdi>
      </Fact>
      <Fact name="办理">
        <bdi>{done ?? `${caseStates[row.state].name}，还没有处置结果`}</bdi>
      </Fact>
    </dl>
  )
}

interface AnswerProps extends ReplyCaseProps {
  readonly progress: CaseProgress
  readonly profileId: string
}

function Answer({ ref, row, progress, profileId, now, onDone }: AnswerProps) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const settings = useCaseSettings()
  const viewer = useViewer()
  const fresh = useFreshness()
  const name = useTopic('session.changed')?.agent?.name ?? ''
  const field = useRef<TextAreaRef>(null)
  const [reason, setReason] = useState('')
  const [proof, setProof] = useState<ActionInput>({})
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const words = useReplyWords(row.caseId, progress.reply?.text ?? '')
  const profile = settings?.profiles.get(profileId)
  const actor: CaseActor | null = viewer ? { ...viewer, name } : null

  /** Why it cannot be done now; null when it can. */
  function refusalOf(action: ActionId): string | null {
    if (!profile || !actor) return '正在读取'
    const allowed = mayDecide(action, { progress, actor, input: {}, profile, now })
    return allowed.ok ? fresh.reason : appError(allowed.error.code, allowed.error.detail).message
  }
  async function act(action: ActionId, input: ActionInput, said: string): Promise<void> {
    const refusal = refusalOf(action)
    if (refusal !== null || !profile || !actor) return void message.info(refusal ?? '')
    const judged = decide(action, { progress, actor, input, profile, now })
    if (!judged.ok) return void message.info(appError(judged.error.code, judged.error.detail).message)
    if (isBusy) return
    setBusy(true)
    const { caseId, version } = row
    const answer = await call('cases.act', { caseId, version, action, input: input as ActionInputSchema, actId: randomId() })
    setBusy(false)
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return
    words.clear()
    setReason('')
    void message.success(said)
    onDone()
  }
  const mayWrite = refusalOf('proposeReply')
  const mayApprove = refusalOf('approveReply')
  const mayBring = refusalOf('returnToSource')
  const propose = () => void act('proposeReply', { answer: words.text.trim() }, '已报审，等核准')
  const approve = () => void act('approveReply', {}, '已核准')
  const giveBack = () => (reason.trim() === '' ? void field.current?.focus() : void act('returnReply', { reason: reason.trim() }, '已退改'))
  const bring = () => void act('returnToSource', proof, '人工回传已记下')
  const isDecided = mayApprove === null
  useImperativeHandle(ref, () => ({
    write: () => field.current?.focus(),
    ...{ approve, giveBack },
    submit: () => (mayBring === null ? bring() : isDecided ? giveBack() : propose()),
    chooseWay: (replyWay) => setProof((before) => ({ ...before, replyWay })),
  }))
  const changeProof = (patch: InputChange) =>
    setProof((before) => Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== undefined)))
  const { reply } = progress
  const isWritable = mayWrite === null && !isDecided
  return (
    <>
      <SectionTitle
        title="回复稿"
        meta={reply ? `${reply.by.name} ${formatMoment(reply.at, now)} 写${reply.decidedBy ? `，${reply.decidedBy.name} 批` : ''}` : ''}
      />
      {reply?.state === 'returned' && <p className="reply-returned">{`退改：${reply.reason ?? ''}（${reply.decidedBy?.name ?? ''}）`}</p>}
      {isWritable ? (
        <div className="reply-write">
          <Input.TextArea
            ref={field}
            aria-label="回复稿"
            autoSize={{ minRows: 5, maxRows: 14 }}
            maxLength={wordsLimit}
            showCount
            placeholder="称呼、致谢、查明的情况、谁在何时怎样处置、还可怎样联系；边写边存在本机"
            value={words.text}
            onChange={({ target }) => words.change(target.value)}
          />
          <ActionButton
            type="primary"
            keys="Ctrl+Enter"
            loading={isBusy}
            reason={words.text.trim() === '' ? '先写回复' : null}
            onClick={propose}
          >
            {reply === null ? '报审' : '改好再报审'}
          </ActionButton>
        </div>
      ) : (
        <bdi className="reply-text">{reply?.text ?? (mayWrite || '还没有写')}</bdi>
      )}
      {isDecided && (
        <div className="due-result">
          <ActionButton type="primary" keys="F9" loading={isBusy} reason={null} onClick={approve}>
            核准
          </ActionButton>
          <Input
            ref={field as never}
            aria-label="退改意见"
            placeholder="退改须写明怎样改"
            maxLength={wordsLimit}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <ActionButton keys="F10" reason={null} onClick={giveBack}>
            退改
          </ActionButton>
        </div>
      )}
      {reply?.state === 'proposed' && !isDecided && <p className="reg-empty">{`等核准：${mayApprove}`}</p>}
      {reply?.state === 'approved' && mayBring === null && settings && (
        <div className="case-form-fields reply-proof">
          <ReplyWayField
            input={proof}
            progress={progress}
            settings={settings}
            caseId={row.caseId}
            conditionId={undefined}
            change={changeProof}
          />
          <ReturnedAtField
            input={proof}
            progress={progress}
            settings={settings}
            caseId={row.caseId}
            conditionId={undefined}
            change={changeProof}
          />
          <FilesField name="photoIds" title="回传凭证" purpose="other" isDue input={proof} change={changeProof} />
          <ActionButton type="primary" keys="Ctrl+Enter" loading={isBusy} reason={proofMissing(proof)} onClick={bring}>
            记下人工回传
          </ActionButton>
        </div>
      )}
      {reply?.state === 'approved' && mayBring !== null && <p className="reg-empty">{mayBring}</p>}
      {error && <CodedError error={error} />}
    </>
  )
}

const proofMissing = ({ replyWay, photoIds = [] }: ActionInput): string | null =>
  replyWay === undefined ? '先选回传方式（1–5）' : photoIds.length === 0 ? '附一张凭证：对方网站的截图、回执或信件的照片' : null
