import { type ReactNode, useEffect, useRef } from 'react'
import type { EpochMs } from '#shared/base/clock'
import type { CaseAttachment, CaseRowSchema } from '#shared/contracts/case-shapes'
import { appError } from '#shared/contracts/errors'
import { roles } from '#shared/domain/account/role'
import { handlingClock } from '#shared/domain/case/clocks'
import { followUpRefusal } from '#shared/domain/case/guards'
import { followUpOutcomes } from '#shared/domain/case/inputs'
import type { CentreProfile } from '#shared/domain/case/profile'
import { type CaseProgress, currentRound, pendingRequest } from '#shared/domain/case/progress'
import type { RowRequest } from '#shared/domain/case/row'
import { caseStates } from '#shared/domain/case/states'
import { limitUnits } from '#shared/domain/clock/limit'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import { useBridge } from '../../../bridge/react'
import { Kbd } from '../../../ui/kbd'
import { Lamp } from '../../../ui/lamp'
import { SectionTitle } from '../../../ui/pane-header'
import { formatMoment } from '../../../ui/time-format'
import { dueMoment } from '../due-moment'
import { requestNames } from '../queue/row-words'
import type { SystemCheck, TickItem } from './checks'
import { blobOf } from './photo-cache'

/** What stands beside a case besides the handbook: checks before closing, follow-up calls, a request that waits, related cases. */
interface ChecksPanelProps {
  readonly checks: readonly SystemCheck[]
  readonly ticks: readonly TickItem[]
  readonly ticked: readonly string[]
  onTick(id: string): void
}

export function ChecksPanel({ checks, ticks, ticked, onTick }: ChecksPanelProps) {
  const next = ticks.find(({ id, isDue }) => isDue && !ticked.includes(id))?.id
  return (
    <section className="case-side-part" aria-label="结案核对">
      <SectionTitle title="结案核对" meta={tickWords(ticks, ticked)}>
        {ticks.length > 0 && (
          <span className="ui-meta">
            <Kbd>C</Kbd> 到这里　<Kbd>Space</Kbd> 勾
          </span>
        )}
      </SectionTitle>
      <ul className="case-lines">
        {checks.map(({ checkId, text, verdict, detail }) => (
          <li key={checkId}>
            <Verdict verdict={verdict} />
            <span className="case-line-text">{text}</span>
            <span className="cases-quiet">{detail}</span>
          </li>
        ))}
        {ticks.map(({ id, text, note }) => (
          <li key={id} {...(id === next && { 'data-field': 'checklist' })}>
            <label>
              <input type="checkbox" checked={ticked.includes(id)} onChange={() => onTick(id)} />
              <span className="case-line-text">{text}</span>
            </label>
            <span className="cases-quiet">{ticked.includes(id) ? '您已核' : note}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `必核 2 项，已核 1 项 · 提醒 1 项` */
function tickWords(ticks: readonly TickItem[], ticked: readonly string[]): string {
  const due = ticks.filter(({ isDue }) => isDue)
  const done = due.filter(({ id }) => ticked.includes(id)).length
  const reminders = ticks.length - due.length
  const words = done === due.length ? `必核 ${due.length} 项已齐` : `必核 ${due.length} 项，已核 ${done} 项`
  return [...(due.length > 0 ? [words] : []), ...(reminders > 0 ? [`提醒 ${reminders} 项`] : [])].join(' · ')
}

function Verdict({ verdict }: { readonly verdict: SystemCheck['verdict'] }) {
  if (verdict === 'ok')
    return (
      <span className="case-ok" role="img" aria-label="通过">
        ✓
      </span>
    )
  return <Lamp tone={verdict === 'warn' ? 'amber' : 'none'} label={verdict === 'warn' ? '请看' : '无从核对'} />
}

export function FollowUpPanel({
  progress,
  profile,
  now,
}: {
  readonly progress: CaseProgress
  readonly profile: CentreProfile
  readonly now: EpochMs
}) {
  if (!progress.facts.hasCitizen) return null
  const refusal = followUpRefusal(progress, profile)
  return (
    <section className="case-side-part" aria-label="回访">
      <SectionTitle title="回访" meta={refusal ? '' : '已满足结案要求'} />
      <ul className="case-lines">
        {progress.followUps.map(({ at, outcome }, index) => (
          <li key={at}>
            <Lamp tone={outcome === 'satisfied' ? 'green' : outcome === 'dissatisfied' ? 'red' : 'none'} label="" />
            <span className="case-line-text">{followUpOutcomes[outcome]}</span>
            <span className="cases-quiet">{`第 ${index + 1} 次　${formatMoment(at, now)}`}</span>
          </li>
        ))}
        {refusal && (
          <li>
            <Lamp tone="amber" label="" />
            <span className="case-line-text">{appError(refusal.code, refusal.detail).message}</span>
          </li>
        )}
      </ul>
    </section>
  )
}

interface RequestPanelProps {
  readonly progress: CaseProgress
  readonly request: RowRequest | null
  readonly attachments: readonly CaseAttachment[]
  readonly calendar: WorkCalendar
  readonly now: EpochMs
}

/** A request that waits: what is asked, by whom, why, with which papers, and what agreeing does. */
export function RequestPanel({ progress, request, attachments, calendar, now }: RequestPanelProps) {
  const pending = pendingRequest(progress)
  if (!pending) return null
  const { kind, by, at, input, state } = pending
  const papers = attachments.filter(({ attachmentId }) => input.documentIds?.includes(attachmentId))
  return (
    <section className="case-side-part case-request" aria-label="待批申请">
      <SectionTitle title={`申请${requestNames[kind]}`} meta={state === 'reviewed' ? '已初审，待第二人同意' : '待批复'}>
        <span className="ui-meta">{request?.with.map((role) => roles[role]).join('、')} 批</span>
      </SectionTitle>
      <dl className="case-facts">
        <Line name="申请人">{`${by.name}　${formatMoment(at, now)}`}</Line>
        <Line name="理由">
          <bdi className="case-words">{input.reason ?? '—'}</bdi>
        </Line>
        {input.approvalNote !== undefined && (
          <Line name="审批手续">
            <bdi>{input.approvalNote}</bdi>
          </Line>
        )}
        <Line name="材料">
          {papers.length === 0 ? '没有附材料' : papers.map((paper) => <Paper key={paper.attachmentId} paper={paper} />)}
        </Line>
        <Line name="同意后">
          <b>{effectOf(progress, calendar)}</b>
        </Line>
      </dl>
    </section>
  )
}

/** What agreeing does, in words. */
export function effectOf(progress: CaseProgress, calendar: WorkCalendar): string {
  const pending = pendingRequest(progress)
  const round = currentRound(progress)
  if (!pending) return ''
  const { kind, input } = pending
  if (kind === 'extend' && round) {
    const extra = input.extraValue ?? 0
    const extended = handlingClock({ ...round, extraValue: round.extraValue + extra }, calendar)
    return `延长 ${extra} ${limitUnits[round.limit.unit].name}，延至 ${dueMoment(calendar, extended)}`
  }
  if (kind === 'suspend') return `停表缓办${input.reviewOn ? `至 ${input.reviewOn}` : ''}`
  if (kind === 'sendBack') return '退回待派遣，重新派遣'
  if (kind === 'closeWithoutCheck') return '不再核查，转待结案'
  return pending.state === 'reviewed' ? '案卷作废' : '初审同意，再由第二人同意后作废'
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="case-wide">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** A paper opens in a window of its own: it is only fetched when somebody asks for it. */
function Paper({ paper }: { readonly paper: CaseAttachment }) {
  const { call } = useBridge()
  const address = useRef<string>(undefined)
  useEffect(() => () => void (address.current && URL.revokeObjectURL(address.current)), [])
  async function open(): Promise<void> {
    const answer = await call('attachments.read', { attachmentId: paper.attachmentId, variant: 'original' })
    if (!answer.ok) return
    address.current = URL.createObjectURL(blobOf(answer.value.base64, answer.value.mediaType))
    const link = document.createElement('a')
    link.href = address.current
    link.download = answer.value.fileName
    link.click()
  }
  return (
    <button type="button" className="ui-link case-paper" onClick={() => void open()}>
      {paper.fileName}
    </button>
  )
}

/** Other cases, one line each; a click opens them. */
export function CasesPanel({
  title,
  meta,
  rows,
  now,
  onOpen,
  children,
}: {
  readonly title: string
  readonly meta?: string
  readonly rows: readonly { readonly row: CaseRowSchema; readonly note: string }[]
  readonly now: EpochMs
  onOpen(caseId: string): void
  readonly children?: ReactNode
}) {
  if (rows.length === 0) return null
  return (
    <section className="case-side-part" aria-label={title}>
      <SectionTitle title={title} meta={meta}>
        {children}
      </SectionTitle>
      <ul className="case-lines">
        {rows.map(({ row, note }) => (
          <li key={row.caseId} title={`${row.address}　${note}`}>
            <button type="button" className="ui-link" onClick={() => onOpen(row.caseId)}>
              {row.caseNo}
            </button>
            <span className="case-line-text">{note}</span>
            <span className="cases-quiet">{`${formatMoment(row.beganAt, now)} ${caseStates[row.state].name}`}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
