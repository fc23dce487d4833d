import { useCallback, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { type RoleId, roles } from '#shared/domain/account/role'
import type { Handover } from '#shared/domain/shift/handover'
import { mayCall } from '../../bridge/permissions'
import { useBridge, useTopic } from '../../bridge/react'
import { saveBlob } from '../../bridge/save-blob'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { PaneHeader } from '../../ui/pane-header'
import { CodedError, LoadingState, NoPermission } from '../../ui/states'
import { formatDate, formatRemaining, formatTime } from '../../ui/time-format'
import type { Act } from './act'
import { CodeExchange } from './code-exchange'
import { HandoverFactsView } from './handover-facts-view'
import { HandoverPaper } from './handover-paper'
import { HandoverStart } from './handover-start'
import { HandoverWords } from './handover-words'
import { ReadBack } from './read-back'
import { Signatures } from './signatures'
import './handover-pane.css'

/** The handover: left the facts, filled in; right the outgoing person's words, then the read-back, and both signatures. */
export function HandoverPane() {
  const view = useTopic('handover.changed')
  const session = useTopic('session.changed')
  const isOffline = useTopic('connection.changed')?.state !== 'online'
  const { call } = useBridge()
  const [error, setError] = useState<AppError>()
  const act: Act = useCallback(
    async (name, input) => {
      const answer = await call(name, input)
      setError(answer.ok ? undefined : answer.error)
      return answer.ok
    },
    [call],
  )
  const centreName = useTopic('centre.changed')?.centre?.name ?? '监督指挥中心'
  const [isWriting, setWriting] = useState(false)
  async function saveWord(handover: Handover): Promise<void> {
    setWriting(true)
    const { handoverWord } = await import('./word/handover-word')
    saveBlob(await handoverWord(handover, centreName), `交接班记录 ${formatDate(handover.shift.startsAt)} ${handover.shift.name}.docx`)
    setWriting(false)
  }
  const me = session?.agent
  if (!view || !me) return <LoadingState what="交接" />
  if (!mayCall('handover.begin', me.role)) return <NoPermission text={`您的岗位（${roles[me.role]}）没有交接班。`} />
  const handover = currentOf(view.handovers, me.accountNo, me.role)
  const entered = view.entered.find(({ handoverId }) => handoverId === handover?.handoverId)
  return (
    <section className="ui-pane handover" aria-label="交接班">
      <PaneHeader title="交接班" meta={handover ? shiftWords(handover) : undefined}>
        {handover && <Stages handover={handover} />}
        <Countdown endsAt={session.shift?.endsAt} />
        {handover?.sealed && (
          <>
            <ActionButton size="small" loading={isWriting} onClick={() => void saveWord(handover)}>
              存 Word
            </ActionButton>
            <ActionButton size="small" onClick={() => window.print()}>
              打印或存 PDF
            </ActionButton>
          </>
        )}
      </PaneHeader>
      {isOffline && (
        <p className="handover-offline" role="status">
          <Lamp tone="amber" label="" />
          <b>中心离线，内容都存在本机</b>
          <span>交接照常进行，不需重填；恢复后自动并入。</span>
        </p>
      )}
      {error && <CodedError error={error} />}
      {handover ? (
        <div className="handover-columns">
          <HandoverFactsView handover={handover} isMine={handover.outgoing.accountNo === me.accountNo} act={act} />
          <div className="handover-side">
            <HandoverWords key={handover.handoverId} handover={handover} isMine={handover.outgoing.accountNo === me.accountNo} act={act} />
            {handover.sealed && <ReadBack handover={handover} me={me} entered={entered?.name} act={act} />}
            <Signatures handover={handover} me={me} entered={entered?.name} act={act} />
            <CodeExchange
              handover={handover}
              me={me}
              code={view.codes.find((one) => one.handoverId === handover.handoverId)?.code}
              act={act}
            />
          </div>
          <HandoverPaper handover={handover} />
        </div>
      ) : (
        <HandoverStart me={me} handovers={view.handovers} act={act} />
      )}
    </section>
  )
}

/** What this person has to do with: their own that is not over, else one that waits to be taken over in their post, else the last one. */
function currentOf(handovers: readonly Handover[], accountNo: string, role: RoleId): Handover | undefined {
  const isOpen = ({ stage }: Handover) => stage !== 'accepted' && stage !== 'abandoned'
  return (
    handovers.find((one) => isOpen(one) && one.outgoing.accountNo === accountNo) ??
    handovers.find((one) => isOpen(one) && one.sealed !== null && one.outgoing.role === role) ??
    handovers.find((one) => one.outgoing.accountNo === accountNo || one.accepted?.by.accountNo === accountNo)
  )
}

const hours = ({ startsAt, endsAt }: Handover['shift']) => `${formatTime(startsAt)}–${formatTime(endsAt)}`
const shiftWords = ({ shift, next }: Handover) => `${shift.name} ${hours(shift)}${next ? ` → ${next.name} ${hours(next)}` : ''}`

const stageNames = ['汇总', '意见', '复述接收', '双签封存'] as const

function Stages({ handover }: { readonly handover: Handover }) {
  const done = handover.stage === 'accepted' ? 4 : handover.points.every(({ takenAt }) => takenAt !== null) ? 3 : handover.sealed ? 2 : 1
  return (
    <ol className="handover-stages" aria-label="进度">
      {stageNames.map((name, index) => (
        <li key={name} aria-current={index === done ? 'step' : undefined} className={index < done ? 'handover-stage-done' : undefined}>
          {index < done ? '✓ ' : ''}
          {name}
        </li>
      ))}
    </ol>
  )
}

function Countdown({ endsAt }: { readonly endsAt: number | undefined }) {
  const now = useNow(1000)
  if (endsAt === undefined) return null
  return (
    <span className="handover-countdown">
      <span className="ui-meta">距 {formatTime(endsAt)} 接班</span>
      <b className={endsAt < now ? 'ui-overrun' : undefined}>{formatRemaining(endsAt - now)}</b>
    </span>
  )
}
