import { silenceOf } from '../audio/g711'
import { timestampDistance } from '../rtp/rtp-packet'
import { octetsPerSample, samplesPerSecond } from './wav'

/**
 * Both sides of a recording on one time axis. Speech is laid where its timestamps say; what never came stays silence of the right length, so that the two sides
 * answer each other as they did. What is older than the writer's lag is taken out, interleaved.
 */
export interface Timeline {
  lay(side: Side, aLaw: Uint8Array, timestamp: number, isNewStream: boolean, nowMs: number): void
  /** Interleaved octets up to `nowMs` less the lag; empty when there is nothing yet. */
  take(nowMs: number): Buffer
  /** Everything up to `nowMs`, at the end. */
  takeAll(nowMs: number): Buffer
  /** From now on silence, whatever is laid; what is already laid stays. */
  setPaused(isPaused: boolean): void
  samples(): number
  /** Samples from the start to `nowMs`. */
  position(nowMs: number): number
}

export type Side = 'left' | 'right'

const lagSamples = 0.4 * samplesPerSecond
const roomSamples = 4 * samplesPerSecond
/** Beyond this the timestamps are not believed: the far side's stream began anew without saying so, or its clock is wrong. */
const mostDriftSamples = 0.3 * samplesPerSecond
const silence = silenceOf.PCMA

/** `startSamples`: already in the file when a recording is continued. */
export function createTimeline(startMs: number, startSamples = 0): Timeline {
  const sides = { left: createSide(), right: createSide() }
  let taken = startSamples
  let isPaused = false
  const position = (nowMs: number): number => startSamples + Math.max(0, Math.round(((nowMs - startMs) * samplesPerSecond) / 1_000))
  const takeUntil = (until: number): Buffer => {
    const count = Math.min(until - taken, 10 * roomSamples)
    if (count <= 0) return Buffer.alloc(0)
    const out = Buffer.alloc(count * octetsPerSample, silence)
    // What lies further ahead than there is room for was never laid.
    const kept = Math.min(count, roomSamples)
    for (let at = 0; at < kept; at += 1) {
      const slot = (taken + at) % roomSamples
      out[2 * at] = sides.left.room[slot] as number
      out[2 * at + 1] = sides.right.room[slot] as number
      sides.left.room[slot] = silence
      sides.right.room[slot] = silence
    }
    taken += count
    return out
  }
  return {
    lay: (side, aLaw, timestamp, isNewStream, nowMs) => {
      const { room, place } = sides[side]
      const at = place(timestamp, isNewStream, position(nowMs))
      if (isPaused) return
      for (let offset = 0; offset < aLaw.length; offset += 1) {
        const sample = at + offset
        if (sample >= taken && sample < taken + roomSamples) room[sample % roomSamples] = aLaw[offset] as number
      }
    },
    take: (nowMs) => takeUntil(position(nowMs) - lagSamples),
    takeAll: (nowMs) => takeUntil(position(nowMs)),
    setPaused: (paused) => {
      isPaused = paused
    },
    samples: () => taken,
    position,
  }
}

function createSide() {
  let anchor: { readonly timestamp: number; readonly sample: number } | null = null
  return {
    room: new Uint8Array(roomSamples).fill(silence),
    place: (timestamp: number, isNewStream: boolean, now: number): number => {
      const sample: number = anchor && !isNewStream ? anchor.sample + timestampDistance(timestamp, anchor.timestamp) : now
      const believed = Math.abs(sample - now) <= mostDriftSamples ? sample : now
      // Moved along, so that the circle of timestamps never closes in a long call.
      anchor = { timestamp, sample: believed }
      return believed
    },
  }
}
