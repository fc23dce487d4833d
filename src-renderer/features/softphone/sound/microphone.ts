import type { DeviceChoice } from '#shared/contracts/seat-api/telephone-views'

/** Where the seat's voice comes from. Whatever is opened, `track()` is a live track: silence while there is no microphone. */
export interface Microphone {
  /**
   * Opens a device, or silence with null. Speech goes on from the one before until the new one is there. `denied`: the person or the policy of this PC
   * refuses; `absent`: it is gone or another program holds it.
   */
  open(device: DeviceChoice | null, improves: boolean): Promise<'open' | 'denied' | 'absent'>
  /** A voice that is made here, for a demonstration on a PC without a microphone. */
  openSynthetic(): void
  track(): MediaStreamTrack
  /** Highest sample of the last `ms`, 0–1 of full scale; at most two seconds are known. */
  peak(ms: number): number
  close(): void
}

export interface MicrophoneNeeds {
  readonly context: AudioContext
  readonly devices: Pick<MediaDevices, 'getUserMedia'>
  /** Another track takes the place of the one before. */
  onTrack(track: MediaStreamTrack): void
  /** The device was unplugged. */
  onLost(): void
}

/** 2 s at 16 kHz: more than the second between two reports. */
const measured = 32_768

export function createMicrophone({ context, devices, onTrack, onLost }: MicrophoneNeeds): Microphone {
  const silence = context.createMediaStreamDestination().stream.getAudioTracks()[0] as MediaStreamTrack
  const meter = context.createAnalyser()
  meter.fftSize = measured
  const samples = new Float32Array(measured)
  let track = silence
  let release = (): void => {}
  let opened = 0

  function adopt(next: MediaStreamTrack, source: AudioNode | null, stop: () => void): void {
    release()
    source?.connect(meter)
    release = () => {
      source?.disconnect()
      stop()
    }
    track = next
    onTrack(next)
  }
  return {
    async open(device, improves) {
      opened += 1
      const number = opened
      if (!device) {
        adopt(silence, null, () => {})
        return 'open'
      }
      const constraints = { echoCancellation: improves, noiseSuppression: improves, autoGainControl: improves, channelCount: 1 }
      try {
        const stream = await devices.getUserMedia({ audio: { deviceId: { exact: device.deviceId }, ...constraints } })
        const [live] = stream.getAudioTracks()
        if (!live) return 'absent'
        // Another was asked for while this one was opened.
        if (number !== opened) {
          live.stop()
          return 'open'
        }
        live.addEventListener('ended', onLost)
        adopt(live, context.createMediaStreamSource(stream), () => {
          live.removeEventListener('ended', onLost)
          live.stop()
        })
        return 'open'
      } catch (thrown) {
        if (number === opened) adopt(silence, null, () => {})
        return thrown instanceof DOMException && thrown.name === 'NotAllowedError' ? 'denied' : 'absent'
      }
    },
    openSynthetic() {
      opened += 1
      const { output, stop } = createSyntheticVoice(context)
      const destination = context.createMediaStreamDestination()
      output.connect(destination)
      adopt(destination.stream.getAudioTracks()[0] as MediaStreamTrack, output, stop)
    },
    track: () => track,
    peak(ms) {
      if (track === silence) return 0
      meter.getFloatTimeDomainData(samples)
      const count = Math.min(measured, Math.ceil((ms / 1000) * context.sampleRate))
      let highest = 0
      for (let at = measured - count; at < measured; at += 1) highest = Math.max(highest, Math.abs(samples[at] as number))
      return Math.min(1, highest)
    },
    close() {
      opened += 1
      release()
      release = () => {}
      silence.stop()
    },
  }
}

/** A hum that rises and falls like somebody speaking: nobody takes it for a person, and every meter moves. */
function createSyntheticVoice(context: AudioContext): { readonly output: AudioNode; stop(): void } {
  const voice = new OscillatorNode(context, { type: 'triangle', frequency: 180 })
  const syllables = new OscillatorNode(context, { type: 'sine', frequency: 3 })
  const depth = new GainNode(context, { gain: 0.04 })
  const output = new GainNode(context, { gain: 0.05 })
  syllables.connect(depth).connect(output.gain)
  voice.connect(output)
  for (const each of [voice, syllables]) each.start()
  return {
    output,
    stop: () => {
      for (const each of [voice, syllables]) each.stop()
    },
  }
}
