import { App, Input, type InputRef, Segmented } from 'antd'
import { useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { RequestDraft } from '#shared/contracts/shift-shapes'
import type { RoleId } from '#shared/domain/account/role'
import { overtimeOf, type ShiftRequest, standsFor, stateOfRequest } from '#shared/domain/shift/request'
import { useBridge, useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { Lamp } from '../../../ui/lamp'
import { PaneHeader, SectionTitle } from '../../../ui/pane-header'
import { StaleMark } from '../../../ui/stale-mark'
import { CodedError, EmptyState, LoadingState } from '../../../ui/states'
import { formatDateTime } from '../../../ui/time-format'
import { RequestForm } from './request-form'
import { daysWords, kindWords, stateWords, wayOf } from './request-words'

type Me = { readonly accountNo: string; readonly role: RoleId }
type Range = 'mine' | 'due' | 'all'
type Answer = Omit<InputOfCommand<'shiftRequests.answer'>, 'requestId'>

/** Leave, days off, swaps and overtime: what I asked, what waits for me, and the way of each through those who must agree. */
export function RequestsTab() {
  const now = useNow(60_000)
  const { isLive, asOf, reason } = useFreshness()
  const { call } = useBridge()
  const { message } = App.useApp()
  const me = useTopic('session.changed')?.agent
  const read = useQuery('shiftRequests.list', isLive ? {} : undefined)
  const [range, setRange] = useState<Range>('all')
  const [currentId, setCurrentId] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  const [error, setError] = useState<AppError>()
  const all = (read.value?.items ?? []) as readonly ShiftRequest[]
  if (!me) return <LoadingState what="申请" />
  const due = all.filter((one) => isDueTo(one, me))
  const shown = range === 'due' ? due : range === 'mine' ? all.filter(({ accountNo }) => accountNo === me.accountNo) : all
  const current = shown.find(({ requestId }) => requestId === currentId) ?? shown[0]

  async function settle(done: { readonly ok: true } | { readonly ok: false; readonly error: AppError }, words: string): Promise<boolean> {
    setError(done.ok ? undefined : done.error)
    if (!done.ok) return false
    void message.success(words)
    read.reload()
    return true
  }
  async function ask(request: RequestDraft): Promise<boolean> {
    const done = await settle(await call('shiftRequests.ask', { request }), '已提交。')
    if (done) setAsking(false)
    return done
  }
  const answer = async (request: ShiftRequest, said: Answer) =>
    settle(await call('shiftRequests.answer', { requestId: request.requestId, ...said }), '已记下。')

  return (
    <section
      className="ui-pane requests"
      aria-label="请假调班"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || !(event.target as HTMLElement).matches('[role=grid],[role=tab]')) return
        const isDue = current !== undefined && isDueTo(current, me) && reason === null
        if (event.key.toLowerCase() === 'n') setAsking(true)
        else if (event.key === 'F9' && isDue) void answer(current, { did: 'agreed', note: '' })
        // Why not has to be written.
        else if (event.key === 'F10' && isDue) event.currentTarget.querySelector<HTMLElement>('.request-answer input')?.focus()
        else return
        event.preventDefault()
      }}
    >
      <PaneHeader
        title="请假调班"
        meta={`加班结余 ${overtimeOf(me.accountNo, all)} 小时，可调休 ${Math.floor(overtimeOf(me.accountNo, all) / 8)} 天`}
      >
        {!isLive && <StaleMark asOf={asOf} now={now} />}
        <ActionButton type="primary" keys="N" reason={reason} onClick={() => setAsking(true)}>
          新申请
        </ActionButton>
      </PaneHeader>
      {(error ?? read.error) && <CodedError error={(error ?? read.error) as AppError} onRetry={read.reload} />}
      <div className="ui-toolbar">
        <Segmented<Range>
          size="small"
          aria-label="范围"
          value={range}
          onChange={setRange}
          options={[
            { value: 'all', label: `全部 ${all.length}` },
            { value: 'due', label: `待我办 ${due.length}` },
            { value: 'mine', label: '我的' },
          ]}
        />
      </div>
      <div className="requests-columns">
        {read.value === undefined && read.isLoading ? (
          <LoadingState what="申请" />
        ) : (
          <DataGrid
            label="申请"
            columns={columns}
            rows={shown}
            rowKey={({ requestId }) => requestId}
            onCurrent={(row) => setCurrentId(row?.requestId)}
            wantedKey={current?.requestId}
            isDimmed={!isLive}
            hints={[['N', '新申请']]}
            empty={
              isLive ? (
                <EmptyState text={range === 'due' ? '没有等您办的申请。' : '还没有申请。'} keys="N" action="新申请" />
              ) : (
                <EmptyState text="申请在中心，连上后可看、可提。" />
              )
            }
          />
        )}
        <aside className="requests-side">
          {isAsking ? (
            <RequestForm onAsk={ask} onClose={() => setAsking(false)} />
          ) : (
            current && (
              <Detail key={current.requestId} request={current} me={me} reason={reason} onAnswer={(said) => answer(current, said)} />
            )
          )}
        </aside>
      </div>
    </section>
  )
}

function isDueTo(request: ShiftRequest, me: Me): boolean {
  const state = stateOfRequest(request)
  if (state.is !== 'waiting' || request.accountNo === me.accountNo) return false
  if (state.for === 'counterpart') return request.kind === 'swap' && request.withNo === me.accountNo
  return standsFor(me.role, state.for)
}

const columns: readonly GridColumn<ShiftRequest>[] = [
  {
    key: 'state',
    title: '状态',
    width: '116px',
    render: (request) => {
      const { tone, words } = stateWords(request)
      return (
        <>
          <Lamp tone={tone} label="" /> {words}
        </>
      )
    },
  },
  { key: 'kind', title: '类别', width: '64px', render: kindWords },
  { key: 'who', title: '谁', width: '72px', render: ({ name }) => name },
  { key: 'days', title: '哪天', width: '184px', render: daysWords },
  { key: 'reason', title: '事由', width: 'minmax(0,1fr)', render: ({ reason }) => reason },
]

interface DetailProps {
  readonly request: ShiftRequest
  readonly me: Me
  readonly reason: string | null
  onAnswer(said: Answer): Promise<boolean>
}

function Detail({ request, me, reason, onAnswer }: DetailProps) {
  const [note, setNote] = useState('')
  const field = useRef<InputRef>(null)
  const isMine = request.accountNo === me.accountNo
  const isWaiting = stateOfRequest(request).is === 'waiting'
  const isDue = isDueTo(request, me)
  const needsProof = isMine && request.kind === 'leave' && request.proof === null
  async function say(did: Answer['did']): Promise<void> {
    if (did === 'refused' && note.trim() === '') return field.current?.focus()
    if (await onAnswer({ did, note: note.trim(), ...(did === 'proved' && { proof: note.trim() }) })) setNote('')
  }
  return (
    <section
      className="request-detail"
      aria-label="申请详情"
      onKeyDown={(event) => {
        if (!isDue || reason !== null) return
        if (event.key === 'F9') void say('agreed')
        else if (event.key === 'F10') void say('refused')
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <SectionTitle title={`${request.name} ${kindWords(request)}`} meta={stateWords(request).words} />
      <dl className="request-facts">
        <Row name="哪天">{request.kind === 'leave' ? request.dates.join('、') : daysWords(request)}</Row>
        <Row name="事由">{request.reason}</Row>
        {request.kind === 'leave' && <Row name="证明">{request.proof ?? (request.isTold ? '已电话报告，待补' : '无')}</Row>}
        <Row name="提出">{formatDateTime(request.askedAt)}</Row>
      </dl>
      <ol className="request-way" aria-label="谁要同意">
        {wayOf(request).map(({ name, did, note: said, at }) => (
          <li key={name}>
            <Lamp tone={did === '同意' ? 'green' : did === '不同意' ? 'red' : 'none'} label="" />
            <b>{name}</b> {did} <span className="ui-meta">{at === null ? '' : formatDateTime(at)}</span>
            {said !== '' && <p>{said}</p>}
          </li>
        ))}
      </ol>
      {(isDue || needsProof || (isMine && isWaiting)) && (
        <div className="request-answer">
          <Input
            ref={field}
            size="small"
            maxLength={200}
            aria-label={needsProof ? '证明编号' : '意见'}
            placeholder={needsProof ? '证明或假条的编号' : isDue ? '意见；不同意须写' : '备注'}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          {isDue && (
            <>
              <ActionButton
                keys="F10"
                reason={reason ?? (note.trim() === '' ? '不同意须写明理由。' : null)}
                onClick={() => void say('refused')}
              >
                不同意
              </ActionButton>
              <ActionButton type="primary" keys="F9" reason={reason} onClick={() => void say('agreed')}>
                同意
              </ActionButton>
            </>
          )}
          {needsProof && (
            <ActionButton reason={reason ?? (note.trim() === '' ? '先填编号。' : null)} onClick={() => void say('proved')}>
              补交证明
            </ActionButton>
          )}
          {isMine && isWaiting && (
            <ActionButton reason={reason} onClick={() => void say('withdrew')}>
              撤回
            </ActionButton>
          )}
        </div>
      )}
    </section>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
