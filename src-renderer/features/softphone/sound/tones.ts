import type { Clock } from '#shared/base/clock'
import { createOutlet, type Outlet } from './sound-context'
import type { SeatTone } from './which-tone'

/** Plays the seat's own tones, each on the device that it is meant for. */
export interface Tones {
  play(tone: SeatTone | null): void
  /** One short tone, to hear whether a device works. */
  try(where: 'ringer' | 'speaker'): void
  readonly ringer: Outlet
  readonly speaker: Outlet
  close(): void
}

interface Pattern {
  readonly where: 'ringer' | 'speaker'
  readonly everyMs: number
  /** From–to within a cycle, seconds; hertz, and how loud of full scale. */
  readonly bursts: readonly { readonly from: number; readonly to: number; readonly hz: number; readonly loud: number }[]
}

const warble = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ from: from + at * 0.08, to: from + (at + 1) * 0.08, loud: 0.4 },
    hz: at % 2 === 0 ? 880 : 660,
  }))

/** Ring-back and call waiting are the network's own: 450 Hz, 1 s on and 4 s off; 0.4 s on and 4 s off (GB/T 3380). The ring is ours. */
const patterns: Readonly<Record<SeatTone, Pattern>> = {
  ring: { where: 'ringer', everyMs: 3_000, bursts: [...warble(0, 6), ...warble(0.64, 6)] },
  ringBack: { where: 'speaker', everyMs: 5_000, bursts: [{ from: 0, to: 1, hz: 450, loud: 0.1 }] },
  waiting: { where: 'speaker', everyMs: 4_400, bursts: [{ from: 0, to: 0.4, hz: 450, loud: 0.06 }] },
}

const trial: Pattern = { where: 'speaker', everyMs: 0, bursts: [{ from: 0, to: 0.7, hz: 440, loud: 0.3 }] }

export function createTones(context: AudioContext, clock: Pick<Clock, 'every'>): Tones {
  const destinations = { ringer: context.createMediaStreamDestination(), speaker: context.createMediaStreamDestination() }
  const ringer = createOutlet(destinations.ringer.stream)
  const speaker = createOutlet(destinations.speaker.stream)
  let playing: SeatTone | null = null
  let stop = (): void => {}

  function cycle({ where, bursts }: Pattern): () => void {
    const start = context.currentTime + 0.02
    const nodes = bursts.map(({ from, to, hz, loud }) => {
      const tone = new OscillatorNode(context, { frequency: hz })
      const gain = new GainNode(context, { gain: 0 })
      // Without ramps each edge clicks.
      gain.gain.setTargetAtTime(loud, start + from, 0.005)
      gain.gain.setTargetAtTime(0, start + to - 0.015, 0.005)
      tone.connect(gain).connect(destinations[where])
      tone.start(start + from)
      tone.stop(start + to + 0.02)
      return gain
    })
    return () => {
      for (const node of nodes) node.disconnect()
    }
  }
  return {
    ringer,
    speaker,
    play(tone) {
      if (tone === playing) return
      playing = tone
      stop()
      stop = () => {}
      if (!tone) return
      const pattern = patterns[tone]
      let silence = cycle(pattern)
      const stopCycles = clock.every(pattern.everyMs, () => {
        silence = cycle(pattern)
      })
      stop = () => {
        stopCycles()
        silence()
      }
    },
    try: (where) => void cycle({ ...trial, where }),
    close() {
      stop()
      ringer.stop()
      speaker.stop()
    },
  }
}
