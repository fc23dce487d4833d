/**
 * The page's one place for making and measuring sound. It runs on a clock of its own and not on an output device: with the headset unplugged the
 * microphone is still measured, and tones still reach the device they are meant for, each through an element of its own.
 */
export function createSoundContext(): AudioContext {
  // Speech has 4 kHz on this line; more would only cost.
  const options = { sampleRate: 16_000, latencyHint: 'interactive', sinkId: { type: 'none' } } as const
  return new AudioContext(options)
}

/** An element that plays a stream on a device; the machine's default until one is named. */
export interface Outlet {
  readonly element: HTMLAudioElement
  /** False: the device cannot be used, and the one before stays. */
  setDevice(deviceId: string): Promise<boolean>
  stop(): void
}

export function createOutlet(stream: MediaStream): Outlet {
  const element = new Audio()
  element.autoplay = true
  element.srcObject = stream
  // Refused until somebody clicks, in a browser that was started otherwise than by the seat; it plays from the click on.
  const play = (): void => void element.play().catch(() => window.addEventListener('pointerdown', play, { once: true }))
  play()
  return {
    element,
    setDevice: async (deviceId) => {
      if (element.sinkId === deviceId) return true
      return element.setSinkId(deviceId).then(
        () => true,
        () => false,
      )
    },
    stop: () => {
      window.removeEventListener('pointerdown', play)
      element.pause()
      element.srcObject = null
    },
  }
}
