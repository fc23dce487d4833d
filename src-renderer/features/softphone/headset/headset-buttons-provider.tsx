import { App } from 'antd'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge } from '../../../bridge/react'
import { type Softphone, useSoftphone } from '../softphone'
import { useSeatSound } from '../sound/seat-sound-provider'
import { foremostCall, needsLongPress, ringingCall } from '../telephone-rules'
import { type ButtonAct, type ButtonChange, buttonAct, lampsOf } from './button-acts'
import { createHeadsetButtons, type HeadsetButtons, type HeadsetButtonsState, type Hid } from './headset-buttons'

const HeadsetButtonsContext = createContext<HeadsetButtons | null>(null)

/** A button has no long press: on a citizen the second press within this time hangs up. */
const againWithinMs = 3_000
const hungUpTwice = '耳机键连按两次'

/** The buttons of the headset, in the window that holds the sound. Stands inside the softphone, whose keys they are. */
export function HeadsetButtonsProvider({ isLocked, children }: { readonly isLocked: boolean; readonly children: ReactNode }) {
  const bridge = useBridge()
  const softphone = useSoftphone()
  const { message } = App.useApp()
  const hasSound = useSeatSound() !== null
  const [buttons, setButtons] = useState<HeadsetButtons | null>(null)
  const { ask, press } = softphone
  const locked = useRef(isLocked)
  locked.current = isLocked
  useEffect(() => {
    const { hid } = navigator as { readonly hid?: Hid }
    if (!hasSound || !hid) return
    const topic = bridge.topic('telephone.changed')
    const act = createActor({ view: topic.get, ask, press, tell: (words) => void message.warning(words) })
    // Nobody who may is here: as with the keys of the board.
    const mine = createHeadsetButtons(hid, (change) => !locked.current && act(change))
    const light = (): void => {
      const view = topic.get()
      if (view) mine.show(lampsOf(view))
    }
    const stopLights = topic.subscribe(light)
    light()
    setButtons(mine)
    return () => {
      setButtons(null)
      stopLights()
      mine.stop()
    }
  }, [bridge, hasSound, ask, press, message])
  return <HeadsetButtonsContext value={buttons}>{children}</HeadsetButtonsContext>
}

interface ActorParts extends Pick<Softphone, 'ask' | 'press'> {
  readonly view: () => Parameters<typeof lampsOf>[0] | undefined
  readonly tell: (words: string) => void
}

function createActor({ view, ask, press, tell }: ActorParts): (change: ButtonChange) => void {
  let warned: { readonly callId: string; readonly atMs: number } | null = null
  const hangUp = (calls: Parameters<typeof lampsOf>[0]): void => {
    const call = foremostCall(calls)
    if (!call) return
    const { callId } = call
    const nowMs = browserClock.monotonicMs()
    const isMeant = !needsLongPress(call) || (warned?.callId === callId && nowMs - warned.atMs <= againWithinMs)
    if (isMeant) return void ask({ command: 'telephone.hangUp', input: { callId, pressedMs: 0, reason: hungUpTwice } })
    warned = { callId, atMs: nowMs }
    tell('来电人还在线上：三秒内再按一次耳机键才挂断。')
  }
  return (change) => {
    const calls = view()
    const act = calls ? buttonAct(change, calls) : null
    if (!calls || act === null) return
    const ringing = ringingCall(calls)
    if (act === 'answer' && ringing) void ask({ command: 'telephone.answer', input: { callId: ringing.callId, by: 'headset' } })
    else if (act === 'reject' && ringing) void ask({ command: 'telephone.reject', input: { callId: ringing.callId } })
    else if (act === 'hangUp') hangUp(calls)
    else if (isKey(act)) press(act)
  }
}

const isKey = (act: ButtonAct): act is 'mute' | 'hold' | 'swap' => act === 'mute' || act === 'hold' || act === 'swap'

/** Null where this window does not hold the sound, or the browser gives no buttons. */
export function useHeadsetButtons(): { readonly buttons: HeadsetButtons; readonly state: HeadsetButtonsState } | null {
  const buttons = useContext(HeadsetButtonsContext)
  const state = useSyncExternalStore<HeadsetButtonsState | null>(buttons?.subscribe ?? noNews, buttons?.get ?? noState)
  return buttons && state ? { buttons, state } : null
}

const noNews = () => () => {}
const noState = () => null
