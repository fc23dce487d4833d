import { App, Dropdown, Input, type MenuProps } from 'antd'
import { useRef } from 'react'
import type { AgentDirection, AgentOnBoard } from '#shared/contracts/central-api/calls'
import { type SupervisionMode, supervisionModeIds, supervisionModes } from '#shared/domain/call/supervision'
import { useBridge, useTopicAs } from '../../bridge/react'

/** What a shift lead may do to a seat: take part in its call, say a word to its person, make it not ready. Keys of the row and its menu are one table. */
export interface AgentActions {
  /** Null: that does not apply to this seat now. */
  reasonAgainst(act: AgentAct, agent: AgentOnBoard): string | null
  run(act: AgentAct, agent: AgentOnBoard): void
}

export type AgentAct = SupervisionMode | 'say' | 'force'

/** Keys while the row is the current one. */
export const agentActs: Readonly<Record<AgentAct, { readonly key: string; readonly name: string }>> = {
  listen: { key: 'l', name: supervisionModes.listen.name },
  whisper: { key: 'w', name: supervisionModes.whisper.name },
  bargeIn: { key: 'b', name: supervisionModes.bargeIn.name },
  takeOver: { key: 't', name: supervisionModes.takeOver.name },
  say: { key: 's', name: '文字提示…' },
  force: { key: 'z', name: '置忙…' },
}
export const agentActIds = Object.keys(agentActs) as readonly AgentAct[]
export const agentHints = agentActIds.map((act) => [agentActs[act].key.toUpperCase(), agentActs[act].name.replace('…', '')] as const)

const isMode = (act: AgentAct): act is SupervisionMode => supervisionModeIds.some((mode) => mode === act)
export const isForced = ({ reason }: AgentOnBoard): boolean => reason === 'shiftLead'

export function useAgentActions(): AgentActions {
  const { call } = useBridge()
  const { message, modal } = App.useApp()
  const words = useRef('')
  const modes = useTopicAs('telephone.changed', (view) => view?.supervisionModes.join() ?? '')
  const ownNo = useTopicAs('session.changed', (session) => session?.agent?.accountNo)

  async function send({ accountNo, name }: AgentOnBoard, direction: AgentDirection): Promise<boolean> {
    const sent = await call('agents.direct', { accountNo, direction })
    if (sent.ok) void message.success(`${name}：已送到。`)
    else void message.error(sent.error.message)
    return sent.ok
  }
  async function supervise({ accountNo }: AgentOnBoard, mode: SupervisionMode): Promise<void> {
    const begun = await call('telephone.supervise', { accountNo, mode })
    if (!begun.ok) void message.error(begun.error.message)
  }
  function askTakeOver(agent: AgentOnBoard): void {
    modal.confirm({
      title: `接管 ${agent.name} 的这通电话？`,
      content: '来电人转到本席应答，对方坐席的一路结束，并告知本人。',
      icon: null,
      okText: '接管',
      cancelText: '取消',
      onOk: () => supervise(agent, 'takeOver'),
    })
  }
  function askWords(agent: AgentOnBoard, kind: 'say' | 'notReady'): void {
    words.current = ''
    modal.confirm({
      title: kind === 'say' ? `提示 ${agent.name}（只有本人看见）` : `置忙 ${agent.name}，原因本人看得见`,
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
  }

  const reasonAgainst: AgentActions['reasonAgainst'] = (act, { phase, accountNo }) => {
    if (!isMode(act)) return null
    if (!modes.split(',').includes(act)) return '本坐席的线路没有这项功能'
    if (accountNo === ownNo) return '这是本人的坐席'
    return phase === 'talking' ? null : '没有在通话'
  }
  return {
    reasonAgainst,
    run(act, agent) {
      const reason = reasonAgainst(act, agent)
      if (reason !== null) void message.info(`${agent.name}：${reason}。`)
      else if (act === 'takeOver') askTakeOver(agent)
      else if (isMode(act)) void supervise(agent, act)
      else if (act === 'say') askWords(agent, 'say')
      else if (isForced(agent)) void send(agent, { kind: 'release' })
      else askWords(agent, 'notReady')
    },
  }
}

/** The same by mouse. */
export function AgentMenu({ agent, actions }: { readonly agent: AgentOnBoard; readonly actions: AgentActions }) {
  const item = (act: AgentAct) => ({
    key: act,
    label: act === 'force' && isForced(agent) ? '解除置忙' : agentActs[act].name,
    extra: agentActs[act].key.toUpperCase(),
    disabled: actions.reasonAgainst(act, agent) !== null,
  })
  const items: MenuProps['items'] = [...supervisionModeIds.map(item), { key: 'line', type: 'divider' }, item('say'), item('force')]
  const run: MenuProps['onClick'] = ({ key, domEvent }) => {
    domEvent.stopPropagation()
    const act = agentActIds.find((each) => each === key)
    if (act) actions.run(act, agent)
  }
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: run }}>
      <button type="button" className="ui-row-button" aria-label={`对 ${agent.name} 的操作`}>
        ⋯
      </button>
    </Dropdown>
  )
}
