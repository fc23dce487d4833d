import { App, Dropdown, Input, type MenuProps } from 'antd'
import { useRef } from 'react'
import type { EpochMs } from '#shared/base/clock'
import type { AgentDirection, AgentOnBoard } from '#shared/contracts/central-api/calls'
import { faultWords } from '#shared/domain/agent/answerability'
import { agentPhases, notReadyReasons } from '#shared/domain/agent/state'
import { mayCall } from '../../bridge/permissions'
import { useBridge, useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Lamp, type LampTone } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { EmptyState, LoadingState } from '../../ui/states'
import { formatClock } from '../../ui/time-format'

/** What each agent of the hall does now, and since when, for those who answer for the shift; the shift lead may say a word. */
export function AgentsSection() {
  const view = useTopic('agents.changed')
  const role = useTopic('session.changed')?.agent?.role
  const now = useNow(1000)
  const fresh = useFreshness(view?.readAt)
  const direct = useDirections()
  const agents = [...(view?.agents ?? [])].sort((a, b) => Number(a.seatNo) - Number(b.seatNo))
  const ready = agents.filter(({ phase }) => phase === 'ready').length
  const talking = agents.filter(({ phase }) => phase === 'talking').length
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
          columns={columns(now, mayCall('agents.direct', role) ? direct : null)}
          isDimmed={!fresh.isLive}
          empty={<EmptyState text={fresh.isLive ? '此刻没有人签入电话。' : '还没有从中心取得坐席状态，连上后自动显示。'} />}
        />
      )}
    </section>
  )
}

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

function columns(now: EpochMs, direct: Directions | null): readonly GridColumn<AgentOnBoard>[] {
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
        </span>
      ),
    },
    { key: 'since', title: '已', width: '64px', align: 'right', render: ({ since }) => formatClock(Math.max(0, now - since)) },
    {
      key: 'call',
      title: '通话',
      width: '56px',
      align: 'right',
      render: ({ answeredAt }) => (answeredAt === null ? '—' : formatClock(Math.max(0, now - answeredAt))),
    },
    ...(direct
      ? [{ key: 'act', title: '', width: '28px', render: (agent: AgentOnBoard) => <Actions agent={agent} direct={direct} /> }]
      : []),
  ]
}

function Actions({ agent, direct }: { readonly agent: AgentOnBoard; readonly direct: Directions }) {
  const isForced = agent.reason === 'shiftLead'
  const items: MenuProps['items'] = [
    { key: 'say', label: '文字提示…' },
    isForced ? { key: 'release', label: '解除置忙' } : { key: 'notReady', label: '置忙…' },
  ]
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        onClick: ({ key }) =>
          key === 'release' ? direct.send(agent, { kind: 'release' }) : direct.ask(agent, key === 'say' ? 'say' : 'notReady'),
      }}
    >
      <button type="button" className="ui-row-button" aria-label={`对 ${agent.name} 的操作`}>
        ⋯
      </button>
    </Dropdown>
  )
}

interface Directions {
  send(agent: AgentOnBoard, direction: AgentDirection): void
  /** Asks for the words first. */
  ask(agent: AgentOnBoard, kind: 'say' | 'notReady'): void
}

function useDirections(): Directions {
  const { call } = useBridge()
  const { message, modal } = App.useApp()
  const words = useRef('')
  async function send({ accountNo, name }: AgentOnBoard, direction: AgentDirection): Promise<boolean> {
    const sent = await call('agents.direct', { accountNo, direction })
    if (sent.ok) void message.success(`${name}：已送到。`)
    else void message.error(sent.error.message)
    return sent.ok
  }
  return {
    send: (agent, direction) => void send(agent, direction),
    ask(agent, kind) {
      words.current = ''
      const title = kind === 'say' ? `提示 ${agent.name}（只有本人看见）` : `置忙 ${agent.name}，原因本人看得见`
      modal.confirm({
        title,
        icon: null,
        okText: kind === 'say' ? '送出' : '置忙',
        cancelText: '取消',
        content: (
          <Input
            autoFocus
            aria-label={kind === 'say' ? '提示内容' : '置忙原因'}
            maxLength={120}
            onChange={({ target }) => {
              words.current = target.value
            }}
          />
        ),
        async onOk() {
          const said = words.current.trim()
          if (said === '') {
            void message.info('先写几个字。')
            throw new Error('empty')
          }
          const isSent = await send(agent, kind === 'say' ? { kind, words: said } : { kind, note: said })
          // Stays open, so that what was written is not lost.
          if (!isSent) throw new Error('refused')
        },
      })
    },
  }
}
