import type { CallSpeech } from '#main/telephony/media/calls/call-speech'
import type { SipCall } from '#main/telephony/sip/user-agent'
import type { Stop } from '#shared/base/clock'
import { type Frame, silentFrame } from '../speech/frames'
import type { Ticker } from '../speech/ticker'
import type { Party } from './patchboard'

/** A telephone that talks with the exchange, as one end of a conversation. */
export interface Line extends Party {
  readonly call: SipCall
  /** The extension at the other end of it. */
  readonly account: string
  /** Music until it is taken back (`setHeld(false)`), after what is to be said first. */
  wait(first: readonly Frame[]): void
  /** It holds the exchange's side: what it does itself, not what is done to it. */
  isHolding(): boolean
}

export interface LineParts {
  readonly call: SipCall
  readonly account: string
  readonly speech: () => CallSpeech | null
  readonly ticker: Ticker
  readonly music: () => readonly Frame[]
}

export function createLine({ call, account, speech, ticker, music }: LineParts): Line {
  let stopMusic: Stop | null = null
  const quiet = (): void => {
    stopMusic?.()
    stopMusic = null
  }
  const wait = (first: readonly Frame[]): void => {
    if (stopMusic) return
    let at = 0
    stopMusic = ticker.add(() => {
      const later = at - first.length
      speech()?.say((later < 0 ? first[at] : music()[later % music().length]) ?? silentFrame)
      at += 1
    })
  }
  return {
    call,
    account,
    identity: { number: account, name: null },
    wait,
    isHolding: () => call.view().isHeldByPeer,
    // Who waits hears the music, and nothing that arrives late from before.
    hear: (frame) => (stopMusic ? undefined : speech()?.say(frame)),
    press: (digit, durationMs) => void speech()?.sendDigits(digit, durationMs),
    setHeld: (isHeld) => (isHeld ? wait([]) : quiet()),
    end: () => {
      quiet()
      call.hangUp()
    },
  }
}
