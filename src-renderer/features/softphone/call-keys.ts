import type { CommandName, InputOfCommand } from '#shared/contracts/seat-api/table'
import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { isHeldHere, isSpeaking } from '#shared/domain/call/call'
import { mostCalls } from '#shared/domain/call/telephone'
import type { TelephoneKeyId } from './key-names'
import { foremostCall, refusalOf, ringingCall } from './telephone-rules'

/** What each key of the telephone means at this moment, and why it cannot act when it cannot. Pure; hanging up also needs a long press. */
export interface CallKey {
  readonly label: string
  /** Why it cannot act now, one sentence; null when it can. */
  readonly reason: string | null
  /** It is in force: muted, held, in conference. */
  readonly isOn: boolean
  readonly act: KeyAct
}

export type KeyAct = Ask | { readonly panel: SoftphonePanel } | { readonly press: 'hangUp'; readonly call: TelephoneCallView } | null
/** What opens from the bar. */
export type SoftphonePanel = 'agent' | 'hand' | 'summary' | DialMode

/** What the dial box is opened for. */
export type DialMode = 'dial' | 'digits' | 'transfer'

type Asks = { readonly [N in CommandName]: { readonly command: N; readonly input: InputOfCommand<N> } }
export type Ask = Asks[Extract<CommandName, `telephone.${string}` | `agent.${string}` | 'callLog.promise'>]

const noLine = '本坐席未配置电话'
const grey = (label: string, reason: string): CallKey => ({ label, reason, isOn: false, act: null })

export function callKey(id: TelephoneKeyId, view: TelephoneView | undefined): CallKey {
  const { label } = rests[id]
  if (!view) return grey(label, '还没有读到电话状态')
  if (view.line === 'unconfigured') return grey(label, noLine)
  if (view.line === 'incomplete') return grey(label, view.lineReason ?? '线路配置不全，请管理员补全')
  return rests[id].of(view)
}

const rests: Readonly<Record<TelephoneKeyId, { readonly label: string; of(view: TelephoneView): CallKey }>> = {
  answer: { label: '应答', of: answerKey },
  mute: { label: '静音', of: muteKey },
  hold: { label: '保持', of: holdKey },
  swap: { label: '切换', of: swapKey },
  keypad: { label: '拨号', of: keypadKey },
  transfer: { label: '转接', of: transferKey },
  satisfaction: { label: '评价', of: satisfactionKey },
  conference: { label: '会议', of: conferenceKey },
  ready: { label: '示忙', of: readyKey },
  hand: { label: '举手', of: handKey },
  said: { label: '知道了', of: saidKey },
  number: { label: '显示号码', of: numberKey },
  summary: { label: '小结', of: summaryKey },
  hangUp: { label: '挂机', of: hangUpKey },
}

function summaryKey({ agent, calls }: TelephoneView): CallKey {
  const isThere = agent.phase === 'wrapUp' && calls.length === 0
  return { label: '小结', reason: isThere ? null : '挂机后才写小结', isOn: false, act: { panel: 'summary' } }
}

function answerKey(view: TelephoneView): CallKey {
  const call = ringingCall(view)
  if (!call) return grey('应答', '没有来电在振铃')
  return {
    label: '应答',
    reason: refusalOf(view, { type: 'answer', callId: call.callId, by: 'key' }),
    isOn: false,
    act: { command: 'telephone.answer', input: { callId: call.callId } },
  }
}

function muteKey(view: TelephoneView): CallKey {
  const call = foremostCall(view)
  if (!call) return grey('静音', '没有通话')
  const on = !call.isMuted
  return {
    label: call.isMuted ? '静音中' : '静音',
    reason: refusalOf(view, { type: 'mute', callId: call.callId, on }),
    isOn: call.isMuted,
    act: { command: 'telephone.mute', input: { callId: call.callId, on } },
  }
}

function holdKey(view: TelephoneView): CallKey {
  const call = foremostCall(view)
  if (!call) return grey('保持', '没有通话')
  const { callId } = call
  const isHeld = isHeldHere(call)
  return {
    label: isHeld ? '取回' : '保持',
    reason: refusalOf(view, { type: isHeld ? 'resume' : 'hold', callId }),
    isOn: isHeld,
    act: isHeld ? { command: 'telephone.resume', input: { callId } } : { command: 'telephone.hold', input: { callId } },
  }
}

function swapKey(view: TelephoneView): CallKey {
  return { label: '切换', reason: refusalOf(view, { type: 'swap' }), isOn: false, act: { command: 'telephone.swap', input: {} } }
}

/** In speech the keys themselves are sent; beside a held call somebody is dialled. */
function keypadKey(view: TelephoneView): CallKey {
  const call = foremostCall(view)
  if (call && isSpeaking(call)) return { label: '按键', reason: null, isOn: false, act: { panel: 'digits' } }
  return { label: '拨号', reason: view.calls.length >= mostCalls ? '两路都在用，先结束一路' : null, isOn: false, act: { panel: 'dial' } }
}

function transferKey(view: TelephoneView): CallKey {
  const call = foremostCall(view)
  if (!call) return grey('转接', '没有通话')
  if (view.calls.length === mostCalls) {
    const reason = refusalOf(view, { type: 'completeTransfer' })
    return { label: '完成转接', reason, isOn: false, act: { command: 'telephone.completeTransfer', input: {} } }
  }
  const { callId } = call
  const reason = refusalOf(view, { type: 'transfer', callId, transfer: { kind: 'blind', target: '0' } })
  return { label: '转接', reason, isOn: false, act: { panel: 'transfer' } }
}

/** The last thing of a call with a citizen: nobody has to hang up on anybody. */
function satisfactionKey(view: TelephoneView): CallKey {
  if (!view.asksSatisfaction) return grey('评价', '交换机没有满意度评价，请系统管理员在线路配置里补上')
  const call = foremostCall(view)
  if (!call) return grey('评价', '没有通话')
  const { callId } = call
  return {
    label: '评价',
    reason: refusalOf(view, { type: 'transfer', callId, transfer: { kind: 'satisfaction', target: '' } }),
    isOn: false,
    act: { command: 'telephone.askSatisfaction', input: { callId } },
  }
}

function conferenceKey(view: TelephoneView): CallKey {
  if (view.isConference) {
    const reason = refusalOf(view, { type: 'split' })
    return { label: '拆开', reason, isOn: true, act: { command: 'telephone.split', input: {} } }
  }
  return { label: '会议', reason: refusalOf(view, { type: 'join' }), isOn: false, act: { command: 'telephone.join', input: {} } }
}

/** Ready shows the reasons for not being so; during a call and the wrap-up it goes by what comes after. */
function readyKey({ agent }: TelephoneView): CallKey {
  if (agent.phase === 'signedOut') return grey('示忙', '电话还没有签入')
  const isMeant = agent.phase === 'notReady' ? false : agent.wish.phase === 'ready'
  if (isMeant) return { label: '示忙', reason: null, isOn: false, act: { panel: 'agent' } }
  return { label: '示闲', reason: null, isOn: false, act: { command: 'agent.showReady', input: {} } }
}

/** The oldest first: it was said first. */
function saidKey({ said }: TelephoneView): CallKey {
  const [first] = said
  if (!first) return grey('知道了', '值班长没有新的提示')
  return { label: '知道了', reason: null, isOn: false, act: { command: 'agent.acknowledge', input: { saidId: first.saidId } } }
}

function numberKey(view: TelephoneView): CallKey {
  const call = foremostCall(view)
  if (!call) return grey('显示号码', '没有通话')
  if (!call.isNumberHidden) return grey('显示号码', '号码没有遮住')
  return { label: '显示号码', reason: null, isOn: false, act: { command: 'telephone.showNumber', input: { callId: call.callId } } }
}

/** Asks the shift lead to come, with a reason; a raised hand is taken down. */
function handKey({ agent, hand }: TelephoneView): CallKey {
  if (agent.phase === 'signedOut') return grey('举手', '电话还没有签入')
  if (hand) return { label: '放下手', reason: null, isOn: true, act: { command: 'agent.lowerHand', input: {} } }
  return { label: '举手', reason: null, isOn: false, act: { panel: 'hand' } }
}

function hangUpKey(view: TelephoneView): CallKey {
  const call = foremostCall(view)
  if (!call) return grey('挂机', '没有通话')
  // Long enough and with a reason: what is refused then is refused for good.
  const reason = refusalOf(view, { type: 'hangUp', callId: call.callId, pressedMs: Number.POSITIVE_INFINITY })
  return { label: '挂机', reason, isOn: false, act: { press: 'hangUp', call } }
}
