import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { SoundState } from './sound-state'

export interface Measured {
  /** Highest sample of the last second, 0–1. */
  readonly peak: number
  /** Whether the device takes sound. */
  readonly isPlaying: boolean
}

/**
 * What the program is told of headset and microphone. Speech goes on with another device while the one that this seat chose is away, but no more calls
 * should come: it is said to be absent. Without any output a browser may play nothing at all; in a demonstration that is no fault. Pure.
 */
export function reportOf(
  { microphone, speaker }: Pick<SoundState, 'microphone' | 'speaker'>,
  measured: Measured,
): InputOfCommand<'sound.report'> {
  return {
    microphone: microphone.state === 'present' && microphone.isSubstitute ? 'absent' : microphone.state,
    microphoneLabel: microphone.label,
    microphonePeak: measured.peak,
    isSpeakerAlive: speaker.isSynthetic || (speaker.label !== null && !speaker.isSubstitute && measured.isPlaying),
    speakerLabel: speaker.label,
  }
}
