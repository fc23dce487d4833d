import type { AgentView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { faultWords } from '#shared/domain/agent/answerability'
import { agentPhases, notReadyReasons } from '#shared/domain/agent/state'
import type { LampTone } from '../../../ui/lamp'

/** How the agent stands, in the two lines of the bar; `mend` says what to do about it. Pure. */
export interface AgentWords {
  readonly tone: LampTone
  readonly title: string
  readonly detail: string
  readonly mend: string | null
}

export function agentWords({ agent, faults }: Pick<TelephoneView, 'agent' | 'faults'>): AgentWords {
  const { phase, forced, wish } = agent
  const title = agentPhases[phase].name
  if (phase === 'talking') return { tone: 'green', title, detail: `挂后 ${nextWords(agent)}`, mend: null }
  if (phase === 'wrapUp' && agent.isCodeDue)
    return { tone: 'amber', title: '话后整理', detail: '选小结后结束', mend: '选了这通电话的小结才能结束整理。' }
  if (phase === 'wrapUp') return { tone: 'amber', title: '话后整理', detail: `之后 ${nextWords(agent)}`, mend: null }
  if (phase === 'ringing') return { tone: 'amber', title: '来电振铃', detail: '按 F2 应答', mend: null }
  if (phase === 'ready') return { tone: 'green', title, detail: '可接来电', mend: null }
  if (forced) return { tone: 'red', title, ...forcedWords(forced) }
  const [fault] = faults
  const reason = wish.phase === 'notReady' ? notReadyReasons[wish.reason].name : '等待恢复'
  return {
    tone: 'none',
    title,
    detail: reason,
    mend: fault ? `现在也不能示闲：${faultWords[fault].name}。${faultWords[fault].mend}` : null,
  }
}

function nextWords({ wish, forced }: AgentView): string {
  if (forced?.by === 'shiftLead') return '示忙（值班长）'
  return wish.phase === 'ready' ? '示闲' : `示忙（${notReadyReasons[wish.reason].name}）`
}

function forcedWords(forced: NonNullable<AgentView['forced']>): Pick<AgentWords, 'detail' | 'mend'> {
  switch (forced.by) {
    case 'fault': {
      const [fault] = forced.faults
      return fault ? { detail: faultWords[fault].name, mend: faultWords[fault].mend } : { detail: '故障', mend: null }
    }
    case 'unansweredRing':
      return { detail: '振铃未接', mend: '人在时按 F8 示闲。' }
    case 'shiftLead':
      return { detail: '值班长置忙', mend: forced.note || '由值班长解除。' }
    case 'absence':
      return { detail: '离开坐席', mend: '解锁后按 F8 示闲。' }
  }
}
