import { Dropdown, type MenuProps } from 'antd'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { helpReasons } from '#shared/domain/agent/help'
import { chosenReasons, notReadyReasons } from '#shared/domain/agent/state'
import { useNow } from '../../../bridge/use-now'
import { Lamp } from '../../../ui/lamp'
import { formatClock } from '../../../ui/time-format'
import { telephoneKeys } from '../key-names'
import { useSoftphone } from '../softphone'
import { agentWords } from './agent-words'
import { QueueLine } from './queue-line'

/** How the agent stands, since when, and what to choose instead; during a call and in the wrap-up the choice is what comes after. */
export function AgentBlock({ telephone }: { readonly telephone: TelephoneView }) {
  const { ask, panel, openPanel } = useSoftphone()
  const { agent } = telephone
  const words = agentWords(telephone)
  const isLater = agent.phase === 'talking' || agent.phase === 'wrapUp' || agent.phase === 'ringing'
  const choose: MenuProps['onClick'] = ({ key }) => {
    if (key === 'hand') return telephone.hand ? void ask({ command: 'agent.lowerHand', input: {} }) : openPanel('hand')
    openPanel(null)
    const help = helpReasons.find((each) => each === key)
    if (help) void ask({ command: 'agent.raiseHand', input: { reason: help } })
    const reason = chosenReasons.find((each) => each === key)
    if (key === 'ready') void ask({ command: 'agent.showReady', input: {} })
    else if (reason) void ask({ command: 'agent.showNotReady', input: { reason } })
  }
  const items: MenuProps['items'] = [
    { key: 'head', type: 'group', label: isLater ? '这通之后' : '现在' },
    ...(words.mend === null ? [] : [{ key: 'mend', type: 'group' as const, label: <span className="agent-mend">{words.mend}</span> }]),
    { key: 'ready', label: '示闲' },
    ...chosenReasons.map((reason) => ({ key: reason, label: `示忙·${notReadyReasons[reason].name}` })),
    { key: 'line', type: 'divider' },
    { key: 'hand', label: telephone.hand ? '放下手' : '举手，请值班长过来…', extra: telephoneKeys.hand.keys },
  ]
  const handItems: MenuProps['items'] = [
    { key: 'head', type: 'group', label: '举手，请值班长过来' },
    ...helpReasons.map((reason) => ({ key: reason, label: reason })),
  ]
  const isHand = panel === 'hand'
  const chosen = agent.wish.phase === 'ready' ? 'ready' : agent.wish.reason
  return (
    <Dropdown
      trigger={['click']}
      open={panel === 'agent' || isHand}
      onOpenChange={(isOpen) => openPanel(isOpen ? 'agent' : null)}
      autoFocus
      menu={{ items: isHand ? handItems : items, onClick: choose, selectable: true, selectedKeys: isHand ? [] : [chosen] }}
    >
      <button
        type="button"
        className="agent-block"
        data-phase={agent.phase}
        aria-label={`坐席状态：${words.title}，${words.detail}`}
        title={words.mend ?? undefined}
      >
        <span className="two-lines">
          <b className="state-words">
            <Lamp tone={words.tone} label="" /> {words.title}
          </b>
          <span className="meta clipped">{telephone.hand ? <b className="hand-raised">举手中</b> : `${words.detail} ⌄`}</span>
        </span>
        <span className="two-lines agent-numbers">
          <AgentClock since={agent.since} endsAt={agent.phase === 'wrapUp' ? agent.wrapUpEndsAt : null} />
          <QueueLine />
        </span>
      </button>
    </Dropdown>
  )
}

/** Runs by itself, so that a second renders nothing else. Toward an end it counts down. */
function AgentClock({ since, endsAt }: { readonly since: number; readonly endsAt: number | null }) {
  const now = useNow(1000)
  return (
    <span className="big-clock">{endsAt === null ? formatClock(Math.max(0, now - since)) : formatClock(Math.max(0, endsAt - now))}</span>
  )
}
