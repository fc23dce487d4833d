import { App } from 'antd'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { mostCalls } from '#shared/domain/call/telephone'
import { hangUpPressMs } from '#shared/domain/call/transition'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge, useTopicAs } from '../../bridge/react'
import { type Dialer, DialerProvider } from '../../ui/phone-number'
import { type Ask, callKey, type SoftphonePanel } from './call-keys'
import type { TelephoneKeyId } from './key-names'
import { createLongPress, type LongPress } from './long-press'
import { foremostCall, needsLongPress } from './telephone-rules'

/**
 * The softphone of one window: what its keys do, what is open from its bar, and the press that hangs up. The calls themselves are the core's; here
 * nothing of them is kept.
 */
export interface Softphone {
  /** Does what the key means now, or says why it cannot. */
  readonly press: (key: Exclude<TelephoneKeyId, 'hangUp'>) => void
  readonly hangUp: LongPress
  /** Asks the core; a refusal is said in words. False when it was refused. */
  readonly ask: (ask: Ask) => Promise<boolean>
  readonly panel: SoftphonePanel | null
  readonly openPanel: (panel: SoftphonePanel | null) => void
  /** The call that the press in progress would end. */
  readonly pressedCallId: string | null
}

const SoftphoneContext = createContext<Softphone | undefined>(undefined)

export function useSoftphone(): Softphone {
  const softphone = useContext(SoftphoneContext)
  if (!softphone) throw new Error('useSoftphone needs a SoftphoneProvider above it')
  return softphone
}

export function SoftphoneProvider({ children }: { readonly children: ReactNode }) {
  const bridge = useBridge()
  const { message } = App.useApp()
  const [panel, openPanel] = useState<SoftphonePanel | null>(null)
  const [pressedCallId, setPressed] = useState<string | null>(null)
  // The keys look at the newest state at the moment they are pressed; this keeps it coming.
  useEffect(() => bridge.topic('telephone.changed').subscribe(() => {}), [bridge])
  usePanelEnd(openPanel)

  const actions = useMemo(() => {
    const tell = (words: string) => void message.info(words)
    const ask = async (asked: Ask): Promise<boolean> => {
      const answer = await bridge.call(asked.command, asked.input as never)
      if (!answer.ok) void message.error(answer.error.message)
      return answer.ok
    }
    const view = () => bridge.topic('telephone.changed').get()
    const press: Softphone['press'] = (id) => {
      const { act, reason } = callKey(id, view())
      if (reason !== null) tell(`${reason.replace(/。$/, '')}。`)
      else if (act && 'command' in act) void ask(act)
      else if (act && 'panel' in act) openPanel(act.panel)
    }
    return { ask, press, hangUp: createHangUp({ view, tell, ask, onPressed: setPressed }) }
  }, [bridge, message])
  useEffect(() => actions.hangUp.cutOff, [actions])

  const softphone = useMemo(() => ({ ...actions, panel, openPanel, pressedCallId }), [actions, panel, pressedCallId])
  const dialer = useDialer(actions.ask)
  return (
    <SoftphoneContext value={softphone}>
      <DialerProvider value={dialer}>{children}</DialerProvider>
    </SoftphoneContext>
  )
}

/** What is open about one call closes with it: digits or a target meant for it must not go to the next. Dialling and the states are about no call. */
function usePanelEnd(openPanel: (change: (panel: SoftphonePanel | null) => SoftphonePanel | null) => void): void {
  const about = useTopicAs('telephone.changed', (view) => view && foremostCall(view)?.callId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `about` says when another call stands in front.
  useEffect(() => openPanel((panel) => (panel === 'digits' || panel === 'transfer' ? null : panel)), [about, openPanel])
}

/** Numbers anywhere on screen are called through here, as giving a call back. */
function useDialer(ask: Softphone['ask']): Dialer {
  const reason = useTopicAs('telephone.changed', (view) => {
    if (view?.line !== 'configured') return '本坐席没有可用的电话'
    return view.calls.length >= mostCalls ? '两路都在用，先结束一路再拨' : null
  })
  return useMemo(
    () => ({
      reason,
      dial: (number, caseNo) => void ask({ command: 'telephone.dial', input: { number, purpose: 'callback', ...(caseNo && { caseNo }) } }),
    }),
    [ask, reason],
  )
}

interface HangUpParts {
  readonly view: () => TelephoneView | undefined
  readonly tell: (words: string) => void
  readonly ask: Softphone['ask']
  readonly onPressed: (callId: string | null) => void
}

/** Hangs up the call that stood in front when the press began, and no other one that took its place meanwhile. */
function createHangUp({ view, tell, ask, onPressed }: HangUpParts): LongPress {
  let callId = ''
  const isThere = () => view()?.calls.some((call) => call.callId === callId) === true
  const press = createLongPress(browserClock, hangUpPressMs, {
    onBegun: () => onPressed(callId),
    onDone(pressedMs) {
      onPressed(null)
      if (isThere()) void ask({ command: 'telephone.hangUp', input: { callId, pressedMs } })
    },
    onTooShort() {
      onPressed(null)
      if (isThere()) tell('来电人先挂机。确需本席先挂：按住挂机键一秒，或先选挂机原因。')
    },
    onCutOff: () => onPressed(null),
  })
  return {
    begin() {
      const { act, reason } = callKey('hangUp', view())
      if (reason !== null || !act || !('press' in act)) return tell(`${(reason ?? '没有通话').replace(/。$/, '')}。`)
      callId = act.call.callId
      if (needsLongPress(act.call)) press.begin()
      else void ask({ command: 'telephone.hangUp', input: { callId, pressedMs: 0 } })
    },
    letGo: press.letGo,
    cutOff: press.cutOff,
  }
}
