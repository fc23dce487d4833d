import type { Stop } from '#shared/base/clock'
import type { SupervisionMode } from '#shared/domain/call/supervision'
import { type Frame, mixFrames } from '../speech/frames'
import type { Ticker } from '../speech/ticker'
import type { Party, Tap } from './patchboard'

/**
 * Supervisors in the calls of others. While one takes part, speech no longer goes straight from one side to the other: each beat, everybody is given
 * what they may hear. Who talks with whom stays the patchboard's: a transfer or a consultation of the supervised one is heard, too.
 */
export interface Supervision {
  /** `mode` is not `takeOver`: that is no part in a call but its own. */
  begin(supervisor: Party, agent: Party, mode: Exclude<SupervisionMode, 'takeOver'>): void
  /** A supervisor or a supervised one has gone: who listened to nothing is let go. */
  gone(party: Party): void
  readonly tap: Tap
}

interface Watch {
  readonly agent: Party
  readonly supervisors: Map<Party, Exclude<SupervisionMode, 'takeOver'>>
  readonly said: Map<Party, Voice>
  readonly stop: Stop
}

/** What somebody has said and nobody heard yet. Speech begins with a little in hand, so that packets may come unevenly. */
interface Voice {
  readonly frames: Frame[]
  isFlowing: boolean
}

const inHandFrames = 2
const mostFrames = 8

export function createSupervision(ticker: Ticker, otherOf: (party: Party) => Party | null): Supervision {
  const watches = new Map<Party, Watch>()

  const watchOf = (from: Party, other: Party | null): Watch | undefined =>
    watches.get(from) ?? (other ? watches.get(other) : undefined) ?? [...watches.values()].find(({ supervisors }) => supervisors.has(from))

  function beat({ agent, supervisors, said }: Watch): void {
    const other = otherOf(agent)
    const taken = new Map<Party, Frame>()
    for (const [party, voice] of said) {
      const frame = takeFrame(voice)
      if (frame) taken.set(party, frame)
    }
    const of = (parties: readonly (Party | null)[]): readonly Frame[] => parties.flatMap((party) => (party && taken.get(party)) ?? [])
    const heardBy = (party: Party, sources: readonly (Party | null)[]): void => {
      const frame = mixFrames(of(sources))
      if (frame) party.hear(frame)
    }
    const who = (...modes: readonly SupervisionMode[]): Party[] =>
      [...supervisors].flatMap(([party, mode]) => (modes.includes(mode) ? party : []))
    heardBy(agent, [other, ...who('whisper', 'bargeIn')])
    if (other) heardBy(other, [agent, ...who('bargeIn')])
    for (const supervisor of supervisors.keys()) heardBy(supervisor, [agent, other, ...who('bargeIn').filter((one) => one !== supervisor)])
  }
  function end(watch: Watch): void {
    watch.stop()
    watches.delete(watch.agent)
    for (const supervisor of watch.supervisors.keys()) supervisor.end()
  }

  return {
    begin(supervisor, agent, mode) {
      const running = watches.get(agent)
      if (running) return void running.supervisors.set(supervisor, mode)
      const watch: Watch = { agent, supervisors: new Map([[supervisor, mode]]), said: new Map(), stop: ticker.add(() => beat(watch)) }
      watches.set(agent, watch)
    },
    gone(party) {
      const own = watches.get(party)
      if (own) end(own)
      for (const watch of watches.values()) {
        watch.said.delete(party)
        if (watch.supervisors.delete(party) && watch.supervisors.size === 0) end(watch)
      }
    },
    tap(from, other, frame) {
      const watch = watchOf(from, other)
      if (!watch) return false
      const voice = watch.said.get(from) ?? { frames: [], isFlowing: false }
      voice.frames.push(frame)
      // Somebody sends faster than time goes: the oldest is dropped.
      if (voice.frames.length > mostFrames) voice.frames.shift()
      watch.said.set(from, voice)
      return true
    },
  }
}

function takeFrame(voice: Voice): Frame | undefined {
  voice.isFlowing = voice.frames.length > 0 && (voice.isFlowing || voice.frames.length > inHandFrames)
  return voice.isFlowing ? voice.frames.shift() : undefined
}
