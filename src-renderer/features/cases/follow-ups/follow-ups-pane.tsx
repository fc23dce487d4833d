import { App, Input, Segmented } from 'antd'
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { MissedCallOfCentre } from '#shared/contracts/central-api/missed-calls'
import type { MissedCallView } from '#shared/contracts/seat-api/telephone-views'
import { queuesOf } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import { caseSources } from '#shared/domain/case/states'
import type { Viewer } from '#shared/domain/case/visibility'
import { useBridge, useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { Lamp, type LampTone } from '../../../ui/lamp'
import { Fact, PaneHeader, SectionTitle } from '../../../ui/pane-header'
import { CodedError, EmptyState, LoadingState } from '../../../ui/states'
import { formatMoment, formatRemaining } from '../../../ui/time-format'
import { useQueueRows, useViewer } from '../queue/use-queue-rows'
import { CaseSettingsProvider } from '../use-case-settings'
import { CaseCall, type CaseCallHandle, outcomeKeys } from './case-call'
import { type DueCall, type DueKind, dueCallsOf, dueKinds } from './due-calls'
import { useCentreMissed } from './use-centre-missed'
import { useEndedLists } from './use-ended-lists'
import '../cases.css'
import '../workspace/workspace.css'
import './follow-ups.css'

/** 回访: every call that is due, promised, missed, before closing or drawn, by its time; dialled, answered and noted by key. */
export function FollowUpsPane() {
  const viewer = useViewer()
  if (!viewer) return <LoadingState what="回访" />
  return (
    <CaseSettingsProvider>
      {queuesOf(viewer.role).includes('followUpsDue') ? <WithQueue viewer={viewer} /> : <FollowUps closing={none} isForLead />}
    </CaseSettingsProvider>
  )
}

const none: readonly CaseRow[] = []

function WithQueue({ viewer }: { readonly viewer: Viewer }) {
  const { rows, held } = useQueueRows('followUpsDue', viewer)
  const closing = useMemo(() => [...rows, ...held], [rows, held])
  return <FollowUps closing={closing} isForLead={false} />
}

const noCalls: readonly MissedCallView[] = []

function FollowUps({ closing, isForLead }: { readonly closing: readonly CaseRow[]; readonly isForLead: boolean }) {
  const own = useTopic('callLog.changed')?.missed ?? noCalls
  const ended = useEndedLists(isForLead)
  const { missed, byCentre, reload: reloadMissed } = useCentreMissed(own, ended.isOnline)
  const now = useNow(10_000)
  const [kind, setKind] = useState<DueKind | 'all'>('all')
  const [currentKey, setCurrentKey] = useState<string>()
  const detail = useRef<CaseCallHandle>(null)
  const { sampled, dissatisfied } = ended
  const all = useMemo(() => dueCallsOf({ missed, closing, sampled, dissatisfied }), [missed, closing, sampled, dissatisfied])
  const shown = kind === 'all' ? all : all.filter((one) => one.kind === kind)
  const current = shown.find(({ key }) => key === currentKey) ?? shown[0]
  const late = all.filter(({ dueAt }) => dueAt !== null && dueAt < now).length
  const kinds = (Object.keys(dueKinds) as DueKind[]).filter(
    (each) => (each === 'dissatisfied') === isForLead || each === 'missed' || each === 'promised',
  )
  return (
    <section className="ui-pane due" aria-label="回访">
      <PaneHeader title="回访与回拨" meta={`${all.length} 个电话待打${late > 0 ? `，${late} 个已过时限` : ''}`}>
        {!ended.isOnline && <span className="ui-meta">中心离线：抽样名单与号码恢复后再取，回访结果照常记，自动送达</span>}
      </PaneHeader>
      <div className="ui-toolbar">
        <Segmented<DueKind | 'all'>
          size="small"
          aria-label="种类"
          value={kind}
          onChange={setKind}
          options={[
            { value: 'all', label: `全部 ${all.length}` },
            ...kinds.map((value) => ({ value, label: `${dueKinds[value]} ${all.filter((one) => one.kind === value).length}` })),
          ]}
        />
      </div>
      {ended.error && <CodedError error={ended.error} onRetry={ended.reload} />}
      <div className="due-split">
        <div className="due-list">
          <DataGrid<DueCall>
            label="待打的电话"
            autoFocus
            rows={shown}
            rowKey={({ key }) => key}
            columns={columnsAt(now, byCentre)}
            onCurrent={(one) => setCurrentKey(one?.key)}
            wantedKey={current?.key}
            onOpen={() => detail.current?.dial()}
            onRowKey={(key) => {
              const outcome = outcomeKeys[Number(key) - 1]
              if (key === 'b') detail.current?.dial()
              else if (outcome) detail.current?.choose(outcome)
              else return false
              return true
            }}
            hints={[
              ['B 或 Enter', '拨打'],
              ['1–4', '满意、不满意、无人接听、不必再打'],
            ]}
            empty={<EmptyState text="没有待打的电话。约定、未接、待回访和抽到的都会在这里，按时限排。" />}
          />
        </div>
        {current?.row && <CaseCall key={current.key} ref={detail} row={current.row} onSent={ended.reload} />}
        {current?.missed && (
          <MissedCall
            key={current.key}
            ref={detail}
            call={current.missed}
            kind={current.kind}
            ofCentre={byCentre.get(current.missed.lastCallId)}
            onDone={reloadMissed}
          />
        )}
      </div>
    </section>
  )
}

const hourMs = 3_600_000

function toneOf(dueAt: number, now: number): LampTone {
  if (dueAt < now) return 'red'
  return dueAt - now < hourMs ? 'amber' : 'green'
}

const columnsAt = (now: number, byCentre: ReadonlyMap<string, MissedCallOfCentre>): readonly GridColumn<DueCall>[] => [
  {
    key: 'due',
    title: '时限',
    width: '132px',
    render: ({ dueAt }) =>
      dueAt === null ? (
        <span className="due-mark cases-quiet">
          <Lamp tone="none" label="" /> 不限
        </span>
      ) : (
        <span className={dueAt < now ? 'due-mark ui-overrun' : 'due-mark'}>
          <Lamp tone={toneOf(dueAt, now)} label="" /> {formatRemaining(dueAt - now)}
        </span>
      ),
  },
  { key: 'kind', title: '种类', width: '72px', render: ({ kind }) => dueKinds[kind] },
  {
    key: 'who',
    title: '案卷或号码',
    width: '128px',
    render: ({ row, missed }) => <b className="due-number">{row ? row.caseNo : (missed.number ?? '号码未显示')}</b>,
  },
  {
    key: 'what',
    title: '事由',
    width: 'minmax(0,1fr)',
    render: ({ row, missed }) => (
      <span className="due-what">
        {row
          ? `${row.subclassName || '未定小类'}　${row.address || row.summary}`
          : `${missed.displayName ?? ''}${missed.isPromised ? '答应回拨' : missedWords(missed, byCentre.get(missed.lastCallId))}`}
      </span>
    ),
  },
  {
    key: 'source',
    title: '来源',
    width: '76px',
    render: ({ row }) => <span className="cases-quiet">{row ? caseSources[row.source].name : '来电'}</span>,
  },
]

/** `打来 2 次未接（坐席 01、03），回拨 1 次未通，林小燕 正在回拨` */
function missedWords({ count }: MissedCallView, ofCentre: MissedCallOfCentre | undefined): string {
  const { seatNos = [], attempts = 0, claim } = ofCentre ?? {}
  return [
    `打来 ${count} 次未接${seatNos.length > 0 ? `（坐席 ${seatNos.join('、')}）` : ''}`,
    ...(attempts > 0 ? [`回拨 ${attempts} 次未通`] : []),
    ...(claim ? [`${claim.name} 正在回拨`] : []),
  ].join('，')
}

interface MissedCallProps {
  readonly ref: Ref<CaseCallHandle>
  readonly call: MissedCallView
  readonly kind: DueKind
  /** What the centre knows of it; undefined for what only this seat knows. */
  readonly ofCentre: MissedCallOfCentre | undefined
  onDone(): void
}

function MissedCall({ ref, call, kind, ofCentre, onDone }: MissedCallProps) {
  const bridge = useBridge()
  const { message } = App.useApp()
  const telephone = useTopic('telephone.changed')
  const now = useNow(60_000)
  const [note, setNote] = useState('')
  const accountNo = useTopic('session.changed')?.agent?.accountNo
  const other = ofCentre?.claim && ofCentre.claim.accountNo !== accountNo ? ofCentre.claim : null
  const reason =
    call.number === null
      ? '对方没有显示号码，不能回拨'
      : other
        ? `${other.name} 已认领，正在回拨；${formatMoment(other.until, now)} 后没有结果会放回来`
        : ofCentre === undefined && call.number.includes('*')
          ? '号码已遮住，请由接听的坐席回拨'
          : telephone?.line === 'configured'
            ? null
            : '本坐席没有可用的电话'
  async function dial(): Promise<void> {
    if (call.number === null || reason !== null) return void message.info(reason)
    // Taken on before it is dialled: no two seats call the same citizen at once.
    const claimed = ofCentre && (await bridge.call('missedCalls.claim', { callId: call.lastCallId }))
    if (claimed && !claimed.ok) {
      onDone()
      return void message.error(claimed.error.message)
    }
    onDone()
    const answer = await bridge.call('telephone.dial', { number: claimed?.value.number ?? call.number, purpose: 'callback' })
    if (!answer.ok) void message.error(answer.error.message)
  }
  async function settle(): Promise<void> {
    if (note.trim() === '') return void message.info('先写明为什么不再回拨')
    const given = { callId: call.lastCallId, note: note.trim() }
    const answer = await bridge.call(ofCentre ? 'missedCalls.settle' : 'callLog.settleMissed', given)
    if (!answer.ok) void message.error(answer.error.message)
    onDone()
  }
  useImperativeHandle(ref, () => ({ dial: () => void dial(), choose: () => undefined }))
  return (
    <section className="due-case" aria-label="回拨">
      <SectionTitle title={dueKinds[kind]} meta={call.number ?? '号码未显示'} />
      <dl className="ui-facts due-facts">
        <Fact name="来电人">
          {call.displayName ?? '没有登记过'}{' '}
          <ActionButton size="small" type="primary" keys="B" reason={reason} onClick={() => void dial()}>
            拨打
          </ActionButton>
        </Fact>
        <Fact name="打来">{`${missedWords(call, ofCentre)}，最近 ${formatMoment(call.lastAt, now)}`}</Fact>
      </dl>
      <p className="reg-empty">
        {ofCentre ? '按 B 即认领，十分钟内别的坐席不能再打；' : ''}接通一次就从全中心的名单里去掉，打不通的留着，每次拨打都记在通话记录里。
      </p>
      <div className="due-result">
        <Input
          size="small"
          aria-label="不再回拨的原因"
          placeholder="不再回拨须写明原因，Enter 记下"
          maxLength={500}
          value={note}
          onChange={({ target }) => setNote(target.value)}
          onPressEnter={(event) => !event.nativeEvent.isComposing && void settle()}
        />
        <ActionButton size="small" onClick={() => void settle()}>
          不再回拨
        </ActionButton>
      </div>
    </section>
  )
}
