import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { isConnected, isHeldHere } from '#shared/domain/call/call'
import { foremostCall, ringingCall, telephoneOf } from '../telephone-rules'
import type { Button, Lamps } from './telephony-report'

/** What a button of the headset means at this moment. Pure. */
export type ButtonAct = 'answer' | 'reject' | 'hangUp' | 'mute' | 'hold' | 'swap'

type CallsView = Pick<TelephoneView, 'calls' | 'isConference' | 'focusId'>

export interface ButtonChange {
  readonly button: Button
  readonly isOn: boolean
  /** It stays where it was put; else only its going on is a press. */
  readonly isLatch: boolean
}

/**
 * What rings is answered before anything is hung up: a slip must not cost a citizen the call. A latch that says what is so already is the echo of a lamp and
 * means nothing. Null: nothing to do.
 */
export function buttonAct({ button, isOn, isLatch }: ButtonChange, view: CallsView): ButtonAct | null {
  if (!isLatch && !isOn) return null
  const ringing = ringingCall(view)
  const call = foremostCall(view)
  switch (button) {
    case 'hook':
      if (ringing) return 'answer'
      return call && (!isLatch || !isOn) ? 'hangUp' : null
    case 'mute':
      return call && (!isLatch || call.isMuted !== isOn) ? 'mute' : null
    case 'drop':
      return ringing ? 'reject' : call ? 'hangUp' : null
    case 'flash':
      if (ringing) return 'answer'
      return view.calls.length > 1 ? 'swap' : call ? 'hold' : null
  }
}

/** The headset's own lamps say what the bar says. */
export function lampsOf(view: CallsView): Lamps {
  const { calls } = telephoneOf(view)
  return {
    ring: ringingCall(view) !== undefined,
    offHook: calls.some((call) => call.phase !== 'ringing'),
    mute: calls.some((call) => isConnected(call) && call.isMuted),
    hold: calls.length > 0 && calls.every((call) => isHeldHere(call)),
  }
}
