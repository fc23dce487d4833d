import type { EpochMs } from '#shared/base/clock'
import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import { faultWords } from '#shared/domain/agent/answerability'
import { agentPhases, notReadyReasons } from '#shared/domain/agent/state'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Lamp, type LampTone } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { EmptyState, LoadingState } from '../../ui/states'
import { formatClock } from '../../ui/time-format'
import { type AgentActions, AgentMenu, agentActIds, agentActs, agentHints, useAgentActions } from './agent-actions'

/** What each agent of the hall does now, and since when, for those who answer for the shift; the shift lead may say a word. */
export function AgentsSection() {
  const view = useTopic('agents.changed')
  const role = useTopic('session.changed')?.agent?.role
  const now = useNow(1000)
  const fresh = useFreshness(view?.readAt)
  const actions = useAgentActions()
  const mayAct = mayCall('agents.direct', role)
  // Whoever asks for help stands first, the longest first.
  const agents = [...(view?.agents ?? [])].sort((a, b) => handOf(a) - handOf(b) || Number(a.seatNo) - Number(b.seatNo))
  const ready = agents.filter(({ phase }) => phase === 'ready').length
  const talking = agents.filter(({ phase }) => phase === 'talking').length
  function takeKey(key: string, agent: AgentOnBoard): boolean {
    const act = agentActIds.find((each) => agentActs[each].key === key)
    if (act) actions.run(act, agent)
    return act !== undefined
  }
  return (
    <section className="home-section home-fill" aria-label="坐席状态">
      <SectionTitle title="坐席状态" meta={view && `示闲 ${ready}，通话 ${talking}，共 ${agents.length}`}>
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
      </SectionTitle>
      {view === undefined ? (
        <LoadingState what="坐席状态" />
      ) : (
        <DataGrid
          label="坐席状态"
          rows={agents}
          rowKey={(agent) => agent.accountNo}
          columns={columns(now, mayAct ? actions : null)}
          {...(mayAct && { hints: agentHints, onRowKey: takeKey })}
          rowClass={({ hand }) => (hand ? 'home-hand' : undefined)}
          detail={({ hand }) =>
            hand && (
              <div className="home-hand home-hand-detail">
                {hand.reason}，举手 {formatClock(Math.max(0, now - hand.since))}
              </div>
            )
          }
          isDimmed={!fresh.isLive}
          empty={<EmptyState text={fresh.isLive ? '此刻没有人签入电话。' : '还没有从中心取得坐席状态，连上后自动显示。'} />}
        />
      )}
    </section>
  )
}

const handOf = ({ hand }: AgentOnBoard): number => hand?.since ?? Number.MAX_SAFE_INTEGER

const tones: Readonly<Record<AgentOnBoard['phase'], LampTone>> = {
  signedOut: 'none',
  ready: 'green',
  notReady: 'none',
  ringing: 'amber',
  talking: 'green',
  wrapUp: 'late',
}

/** Longer than this a person not ready, or ringing, is worth a look. Milliseconds. */
const longNotReadyMs = 15 * 60_000

function toneOf({ phase, isForced, since }: AgentOnBoard, now: EpochMs): LampTone {
  if (isForced) return 'red'
  return phase === 'notReady' && now - since > longNotReadyMs ? 'amber' : tones[phase]
}

/** A reason is one a person chose, a fault of the seat, or who forced it. */
export function reasonWords(reason: string | null): string {
  if (reason === null) return ''
  const words: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.entries({ ...notReadyReasons, ...faultWords }).map(([id, { name }]) => [id, name])),
    ...{ unansweredRing: '振铃未接', shiftLead: '值班长置忙', absence: '离开坐席' },
  }
  return words[reason] ?? reason
}

function columns(now: EpochMs, actions: AgentActions | null): readonly GridColumn<AgentOnBoard>[] {
  return [
    { key: 'seat', title: '坐席', width: '32px', render: ({ seatNo }) => <b>{seatNo}</b> },
    { key: 'name', title: '姓名', width: '64px', render: ({ name }) => name },
    {
      key: 'state',
      title: '状态',
      width: 'minmax(0,1fr)',
      render: (agent) => (
        <span className="ui-sync">
          <Lamp tone={toneOf(agent, now)} label="" />
          {agentPhases[agent.phase].name}
          {agent.reason !== null && `·${reasonWords(agent.reason)}`}
          {agent.hand && <span className="home-hand-tag">举手</span>}
          {(agent.unread ?? 0) > 0 && (
            <span className="home-hand-tag" title="文字提示已到这个坐席，本人还没有按“知道了”">
              提示未读
            </span>
          )}
        </span>
      ),
    },
    { key: 'since', title: '已', width: '64px', align: 'right', render: ({ since }) => formatClock(Math.max(0, now - since)) },
    {
      key: 'sound',
      title: '音质',
      width: '36px',
      render: ({ answeredAt, sound }) =>
        answeredAt === null || !sound ? '' : sound === 'good' ? '好' : <b title="声音有问题，本席已有提示">差</b>,
    },
    {
      key: 'call',
      title: '通话',
      width: '56px',
      align: 'right',
      render: ({ answeredAt }) => (answeredAt === null ? '—' : formatClock(Math.max(0, now - answeredAt))),
    },
    ...(actions
      ? [{ key: 'act', title: '', width: '28px', render: (agent: AgentOnBoard) => <AgentMenu agent={agent} actions={actions} /> }]
      : []),
  ]
}
