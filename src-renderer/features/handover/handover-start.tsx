import { useState } from 'react'
import { chinaDate, dayMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { type RoleId, roles } from '#shared/domain/account/role'
import { queueSpec } from '#shared/domain/case/queues'
import { statementDue } from '#shared/domain/shift/attendance'
import type { Handover } from '#shared/domain/shift/handover'
import { handoverForms, handoverSections } from '#shared/domain/shift/handover-facts'
import { dutiesOf, type RosterLine, reliefOf } from '#shared/domain/shift/roster'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { ActionButton } from '../../ui/action-button'
import { Lamp, type LampTone } from '../../ui/lamp'
import { OpenLink } from '../../ui/open-target'
import { SectionTitle } from '../../ui/pane-header'
import { formatAge, formatDate, formatDateTime, formatLength, formatTime } from '../../ui/time-format'
import type { Act } from './act'
import { useShiftPattern } from './roster/use-roster'

interface StartProps {
  readonly me: { readonly accountNo: string; readonly name: string; readonly role: RoleId }
  readonly handovers: readonly Handover[]
  readonly act: Act
}

/** 不得无故拖延或提前交接班 (S1): earlier than this before the end of the shift is said to be early. */
const earlyMs = 45 * 60_000

/** Before a handover: what the shift is, who hands over to whom, what is open, what was handed over last, and what to see to before beginning. */
export function HandoverStart({ me, handovers, act }: StartProps) {
  const now = useNow(30_000)
  const shift = useTopic('session.changed')?.shift ?? null
  const isLead = me.role === 'shiftLead' || me.role === 'commander'
  const form = isLead ? 'lead' : 'post'
  const [isBusy, setBusy] = useState(false)
  async function begin(): Promise<void> {
    setBusy(true)
    await act('handover.begin', { form })
    setBusy(false)
  }
  return (
    <div className="handover-start">
      <div className="handover-start-main">
        <Parties me={me} shift={shift} now={now} />
        <OpenNow />
      </div>
      <div className="handover-start-side">
        <Before shift={shift} now={now} />
        <LastHandover handovers={handovers} me={me} now={now} />
        <section className="handover-start-go" aria-label="开始">
          <p>
            按此刻的事实汇总：{handoverForms[form].map((section) => handoverSections[section]).join('、')}
            。汇总后还可重新汇总，签字前都能放弃。
          </p>
          <ActionButton type="primary" autoFocus loading={isBusy} keys="Enter" onClick={() => void begin()}>
            开始交班
          </ActionButton>
        </section>
      </div>
    </div>
  )
}

type Shift = StateOfTopic<'session.changed'>['shift']

function Parties({ me, shift, now }: Pick<StartProps, 'me'> & { readonly shift: Shift; readonly now: EpochMs }) {
  const { isLive } = useFreshness()
  const centre = useTopic('centre.changed')?.centre
  const read = useQuery('roster.read', isLive ? { from: chinaDate(now - dayMs), until: chinaDate(now + 2 * dayMs) } : undefined)
  const pattern = useShiftPattern(read.value?.patternId)
  const duties = pattern ? dutiesOf(pattern, (read.value?.lines ?? []) as readonly RosterLine[]) : []
  const others = duties.filter(({ accountNo }) => accountNo !== me.accountNo)
  const relief = reliefOf(others, me.role, { endsAt: shift?.endsAt ?? now })
  const reliefSpan = relief[0]?.spans.find(({ startsAt }) => startsAt >= (shift?.endsAt ?? now))
  const next =
    reliefSpan ?? centre?.shifts.filter(({ startsAt }) => startsAt >= (shift?.endsAt ?? now)).sort((a, b) => a.startsAt - b.startsAt)[0]
  const hours = (span: { readonly startsAt: EpochMs; readonly endsAt: EpochMs }) =>
    `${formatTime(span.startsAt)}–${formatTime(span.endsAt)}`
  return (
    <section aria-label="谁交给谁">
      <SectionTitle title="谁交给谁" />
      <div className="handover-parties">
        <div>
          <span className="ui-meta">交班</span>
          <b>{me.name}</b>
          <span>{roles[me.role]}</span>
          <span className="ui-meta">{shift ? `${shift.name} ${hours(shift)}` : '签入时没有选班次'}</span>
        </div>
        <span aria-hidden="true">→</span>
        <div>
          <span className="ui-meta">接班</span>
          <b>{relief.length > 0 ? relief.map(({ name }) => name).join('、') : '未排'}</b>
          <span>{roles[me.role]}</span>
          <span className="ui-meta">
            {next ? `${next.name} ${hours(next)}` : '没有下一班'}
            {relief.length === 0 && (isLive ? '，排班表上没有接班人，谁来都可接' : '，排班在中心，连不上时不影响交接')}
          </span>
        </div>
      </div>
    </section>
  )
}

/** What goes to the next shift if it ended now. */
function OpenNow() {
  const queues = useTopic('queues.changed')?.queues
  const missed = useTopic('callLog.changed')?.missed.length ?? 0
  const outbox = useTopic('outbox.changed')
  const held = queues?.filter(({ count }) => count > 0) ?? []
  return (
    <section aria-label="此刻未了">
      <SectionTitle title="此刻未了" meta="现在交班，这些移交下班" />
      <ul className="handover-open">
        {held.map(({ queue, count, amber, red }) => (
          <li key={queue}>
            <Lamp tone={red > 0 ? 'red' : amber > 0 ? 'amber' : 'green'} label="" />
            <OpenLink target={{ queue }}>{queueSpec(queue).title}</OpenLink>
            <b>{count} 件</b>
            <span className="ui-meta">{[red > 0 ? `超时 ${red}` : '', amber > 0 ? `临期 ${amber}` : ''].filter(Boolean).join('，')}</span>
          </li>
        ))}
        {missed > 0 && (
          <li>
            <Lamp tone="amber" label="" />
            <OpenLink target="callLog">漏接来电</OpenLink>
            <b>{missed} 个</b>
            <span className="ui-meta">待回拨</span>
          </li>
        )}
        {outbox && outbox.waiting + outbox.parked > 0 && (
          <li>
            <Lamp tone={outbox.parked > 0 ? 'red' : 'late'} label="" />
            <OpenLink target="outbox">待发送</OpenLink>
            <b>{outbox.waiting + outbox.parked} 条</b>
            <span className="ui-meta">{outbox.parked > 0 ? `${outbox.parked} 条未被接受` : '恢复后自动送达'}</span>
          </li>
        )}
        {held.length === 0 && missed === 0 && (outbox?.waiting ?? 0) + (outbox?.parked ?? 0) === 0 && (
          <li className="handover-open-none">{queues === undefined ? '正在读取队列…' : '本岗没有未了的案卷和来电。'}</li>
        )}
      </ul>
    </section>
  )
}

interface Check {
  readonly tone: LampTone
  readonly words: string
  readonly more: string
}

/** What should be seen to first. None of it stands in the way: whoever must go, goes, and the record says how it was. */
function Before({ shift, now }: { readonly shift: Shift; readonly now: EpochMs }) {
  const connection = useTopic('connection.changed')
  const phase = useTopic('telephone.changed')?.agent.phase
  const entries = useTopic('dutyLog.changed')?.entries
  const role = useTopic('session.changed')?.agent?.role
  const due = mayCall('attendance.correct', role) ? statementDue(formatDate(now)) : null
  const parked = useTopic('outbox.changed')?.parked ?? 0
  const written = shift && entries ? entries.filter(({ writtenAt }) => writtenAt >= shift.startsAt).length : null
  const remaining = shift ? shift.endsAt - now : null
  const checks: readonly Check[] = [
    shift === null
      ? { tone: 'amber', words: '没有选班次', more: '记录上写“未选班次”；要写明就重新签入选一个' }
      : remaining !== null && remaining > earlyMs
        ? { tone: 'amber', words: `离交接还有 ${formatLength(remaining)}`, more: '不得无故提前交接；先汇总不妨，到时重新汇总' }
        : { tone: 'green', words: '到了交接的时候', more: remaining !== null && remaining < 0 ? `已过 ${formatLength(-remaining)}` : '' },
    connection?.state === 'online'
      ? { tone: 'green', words: '中心在线', more: '别席所记一并汇入' }
      : { tone: 'amber', words: '中心离线', more: '按本机所知汇总，别席的恢复后归下一次' },
    phase === 'talking' || phase === 'ringing'
      ? { tone: 'amber', words: '还在通话', more: '挂机后再签字' }
      : { tone: 'green', words: '没有通话', more: '' },
    parked > 0
      ? { tone: 'red', words: `${parked} 条记录未被接受`, more: '先到待发送处理，否则随交接移交' }
      : { tone: 'green', words: '没有被退回的记录', more: '' },
    written === 0
      ? { tone: 'amber', words: '本班还没有写日志', more: '有事未记的先记，Ctrl+J' }
      : { tone: 'green', words: written === null ? '日志随交接封入' : `本班日志 ${written} 条`, more: '' },
    ...(due === null ? [] : [{ tone: 'amber' as const, words: `${due} 月考勤 25 日前统计上报`, more: '在“考勤”的月统计里' }]),
  ]
  return (
    <section aria-label="开始前">
      <SectionTitle title="开始前" meta="不拦交班，如实记下" />
      <ul className="handover-checks">
        {checks.map(({ tone, words, more }) => (
          <li key={words}>
            <Lamp tone={tone} label="" />
            <span>{words}</span>
            <span className="ui-meta">{more}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function LastHandover({ handovers, me, now }: Pick<StartProps, 'handovers' | 'me'> & { readonly now: EpochMs }) {
  const last = handovers.find(({ outgoing, sealed }) => outgoing.role === me.role && sealed !== null)
  const open = last?.facts.items.filter(({ section }) => section === 'openItems' || section === 'special') ?? []
  const oldest = open.reduce<EpochMs | null>(
    (least, { since }) => (since !== null && (least === null || since < least) ? since : least),
    null,
  )
  return (
    <section aria-label="上次交接">
      <SectionTitle title="上次交接" meta={last ? formatDateTime(last.sealed?.at ?? last.begunAt) : '近三天'} />
      {last ? (
        <dl className="handover-last">
          <dt>谁</dt>
          <dd>
            {last.outgoing.name} → {last.accepted?.by.name ?? (last.left ? '未接班而离岗' : '待接班')}
            {last.accepted && <span className="ui-meta"> {formatTime(last.accepted.at)} 双签</span>}
          </dd>
          <dt>移交</dt>
          <dd>
            {`待办和特殊事项 ${open.length} 项`}
            {oldest !== null && <span className="ui-meta">，最久的在 {formatAge(now - oldest)}</span>}
          </dd>
          <dt>嘱咐</dt>
          <dd className="handover-last-words">
            {last.words.focus || last.words.judgement || last.words.reminder || <span className="ui-meta">无</span>}
          </dd>
        </dl>
      ) : (
        <p className="ui-meta handover-none">本岗近三天没有交接；这次汇总本班开始以来的全部。</p>
      )}
    </section>
  )
}
