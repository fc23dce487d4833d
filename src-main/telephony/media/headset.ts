import type { Clock, Stop } from '#shared/base/clock'
import { gainTable, mixALaw, silenceOf } from './audio/g711'
import { beepFrames, frameSamples } from './audio/tones'
import type { CallSpeech } from './calls/call-speech'
import type { HeardSpeech } from './calls/receiving'
import type { PageEnd } from './relay/page-link'

/**
 * Who hears whom at the seat. The microphone's frames are the beat: each gives every call its twenty milliseconds, speech to those at the headset and
 * silence to the others. While no page gives a beat, the clock does, so that no far side thinks the line is dead.
 */
export interface Headset {
  join(callIds: readonly string[]): void
  setMuted(isMuted: boolean): void
  setGain(factor: number): void
  beep(): void
  /** A call's speech opened or closed. */
  callsChanged(): void
  /** From the page. */
  frame(aLaw: Uint8Array): void
  /** From a far side. */
  heard(callId: string, speech: HeardSpeech): void
  readonly stop: Stop
}

export interface HeadsetNeeds {
  readonly clock: Clock
  readonly page: Pick<PageEnd, 'send'>
  readonly calls: ReadonlyMap<string, CallSpeech>
}

const frameMs = 20
const silence = new Uint8Array(frameSamples).fill(silenceOf.PCMA)
/** Longer without a frame, the page does not give the beat. */
const beatLostMs = 100
/** What the others of a conference said and nobody has heard yet: more is delay. */
const mostQueued = 5

export function createHeadset({ clock, page, calls }: HeadsetNeeds): Headset {
  let joined: readonly string[] = []
  let isMuted = false
  let gain: Uint8Array | null = null
  let beatMs = Number.NEGATIVE_INFINITY
  let notes: Uint8Array[] = []
  let mixedUnits = 0
  const queues = new Map<string, Uint8Array[]>()

  const isConference = (): boolean => joined.length > 1
  const beat = (microphone: Uint8Array): void => {
    const said = isMuted ? silence : microphone
    const turn = new Map(joined.map((callId) => [callId, queues.get(callId)?.shift() ?? silence]))
    for (const [callId, call] of calls) {
      if (!joined.includes(callId)) call.say(silence)
      else
        call.say(
          mixed(
            said,
            [...turn].filter(([other]) => other !== callId).map(([, frame]) => frame),
          ),
        )
    }
    const note = notes.shift()
    if (!note && !isConference()) return
    mixedUnits += frameSamples
    page.send(note ? 'beep' : 'conference', note ?? mixed(silence, [...turn.values()]), mixedUnits, 0, false)
  }
  // Only while there is somebody to speak to: a seat that waits should let its processor sleep.
  let stopBeat: Stop | null = null
  const stop = (): void => {
    stopBeat?.()
    stopBeat = null
  }
  return {
    join: (callIds) => {
      // Said anew with every change of a call; what is queued of a conference is lost only when its members change.
      if (callIds.join() === joined.join()) return
      joined = [...callIds]
      queues.clear()
    },
    setMuted: (muted) => {
      isMuted = muted
    },
    setGain: (factor) => {
      gain = factor === 1 ? null : gainTable(factor)
    },
    beep: () => {
      notes = beepFrames('PCMA')
    },
    callsChanged: () => {
      if (calls.size === 0) return stop()
      stopBeat ??= clock.every(frameMs, () => {
        if (clock.monotonicMs() - beatMs > beatLostMs) beat(silence)
      })
    },
    frame: (aLaw) => {
      beatMs = clock.monotonicMs()
      beat(gain ? amplified(aLaw, gain) : aLaw)
    },
    heard: (callId, { aLaw, timestamp, missed, isNewStream }) => {
      if (!joined.includes(callId)) return
      if (!isConference()) {
        if (notes.length === 0) page.send(callId, aLaw, timestamp, missed, isNewStream)
        return
      }
      const queue = queues.get(callId) ?? []
      for (let at = 0; at + frameSamples <= aLaw.length; at += frameSamples) queue.push(aLaw.subarray(at, at + frameSamples))
      queues.set(callId, queue.slice(-mostQueued))
    },
    stop,
  }
}

const amplified = (aLaw: Uint8Array, table: Uint8Array): Uint8Array => aLaw.map((octet) => table[octet] as number)

const mixed = (own: Uint8Array, others: readonly Uint8Array[]): Uint8Array => others.reduce((sum, one) => mixALaw(sum, one), own)
