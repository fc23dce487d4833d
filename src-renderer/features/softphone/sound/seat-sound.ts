import { backOffMs } from '#shared/base/back-off'
import type { Clock, Stop } from '#shared/base/clock'
import type { DeviceChoice, TelephoneSettings } from '#shared/contracts/seat-api/telephone-views'
import type { Bridge, Watch } from '../../../bridge/bridge'
import { chooseDevice, type Devices, listDevices, noDevices } from './devices'
import { createMicrophone, type Microphone } from './microphone'
import { openPageLink, type PageLink } from './page-link'
import { reportOf } from './report'
import { createOutlet, createSoundContext, type Outlet } from './sound-context'
import type { DeviceInUse, SoundState } from './sound-state'
import { createTones } from './tones'
import { toneFor } from './which-tone'

export interface SeatSound extends Watch<SoundState> {
  /** Highest sample of the microphone in the last `ms`, 0–1. */
  level(ms: number): number
  /** A short tone on the device that is in use. */
  tryTone(where: 'ringer' | 'speaker'): void
  /** What the microphone says now, for a trial recording; silence without one. */
  voice(): MediaStreamTrack
  /** Plays a recording on the device of the headset. */
  playBack(recording: Blob): Promise<void>
  stop: Stop
}

const noDevice: DeviceInUse = { label: null, isSubstitute: false, isSynthetic: false }
const initial: SoundState = {
  ...{ link: 'down', error: null, devices: noDevices },
  microphone: { state: 'absent', ...noDevice },
  speaker: noDevice,
}
const reportEveryMs = 1_000
/** On one PC: the first attempt after a moment, and never rarely, because the seat cannot be reached meanwhile. */
const backOff = { firstMs: 300, mostMs: 5_000, spread: [1, 1] } as const

/**
 * Holds microphone and headset and keeps them connected to the program, for as long as it lives: devices that come and go, a program that restarts, a
 * connection that breaks. Once a second it says what it sees, so that the program can prove that the seat can answer.
 */
export function createSeatSound(bridge: Bridge, clock: Clock): SeatSound {
  const context = createSoundContext()
  const tones = createTones(context, clock)
  const listeners = new Set<() => void>()
  const microphone = createMicrophone({
    context,
    devices: navigator.mediaDevices,
    onTrack: (track) => link?.speakWith(track),
    onLost: () => void lookAtDevices(),
  })
  const headset = createHeadset(clock)
  let state = initial
  let link: PageLink | null = null
  let failures = 0
  let isStopped = false
  let stopRetry: Stop = () => {}

  const telephone = () => bridge.topic('telephone.changed').get()
  const settings = () => bridge.topic('telephoneSettings.changed').get()
  const show = (change: Partial<SoundState>): void => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  async function connect(): Promise<void> {
    stopRetry()
    if (isStopped || state.link === 'up' || state.link === 'connecting') return
    show({ link: 'connecting' })
    const opened = await openPageLink({
      ...{ bridge, track: microphone.track(), onSpeech: headset.play },
      onUp: () => {
        failures = 0
        show({ link: 'up', error: null })
        void report()
      },
      onDown: () => {
        link = null
        retryLater()
      },
    })
    if (isStopped) return opened.ok ? opened.value.close() : undefined
    if (!opened.ok) {
      show({ error: opened.error })
      return retryLater()
    }
    link = opened.value
    // The device may have changed while the connection was made.
    link.speakWith(microphone.track())
  }
  function retryLater(): void {
    failures += 1
    show({ link: 'down' })
    stopRetry = clock.after(backOffMs(failures, 0, backOff), () => {
      // Another window took it over: two that take it from each other would leave the seat without any.
      if (failures > 1 && telephone()?.sound.isUp) {
        show({ link: 'elsewhere' })
        stopRetry = clock.after(backOff.mostMs, () => void connect())
        return
      }
      void connect()
    })
  }

  let looking: Promise<void> | null = null
  let looksAgain = false
  /** One look at a time: opening a device may take longer than the second until the next. */
  function lookAtDevices(): Promise<void> {
    if (looking) {
      looksAgain = true
      return looking
    }
    looking = look().finally(() => {
      looking = null
      if (looksAgain && !isStopped) void lookAtDevices()
      looksAgain = false
    })
    return looking
  }
  let used = ''
  let known = ''
  async function look(): Promise<void> {
    const [devices, wanted] = [await listDevices(navigator.mediaDevices), settings()]
    if (isStopped || !wanted) return
    const isDemonstration = telephone()?.isDemonstration === true
    const ids = JSON.stringify(devices)
    if (ids !== known) {
      // A device that went away takes with it what was played on it, whatever its name was.
      if (known !== '') headset.playAnew()
      known = ids
      show({ devices })
    }
    await applySpeakers(devices, wanted, isDemonstration)
    const chosen = chooseDevice(devices.microphones, wanted.microphone)
    const wish = `${chosen.device?.deviceId ?? (isDemonstration ? 'synthetic' : 'none')} ${wanted.improvesMicrophone}`
    if (wish !== used || microphone.track().readyState === 'ended') {
      used = wish
      const got = await applyMicrophone(microphone, chosen.device, wanted.improvesMicrophone, isDemonstration)
      show({ microphone: { ...got, isSubstitute: chosen.isSubstitute } })
      // A device that another program holds may be free later.
      if (got.state !== 'present') used = ''
    } else show({ microphone: { ...state.microphone, isSubstitute: chosen.isSubstitute } })
    await report()
  }
  async function applySpeakers({ speakers }: Devices, wanted: TelephoneSettings, isDemonstration: boolean): Promise<void> {
    const chosen = chooseDevice(speakers, wanted.speaker)
    headset.setVolume(wanted.speakerVolume)
    tones.ringer.element.volume = wanted.ringerVolume
    tones.speaker.element.volume = wanted.speakerVolume
    const deviceId = chosen.device?.deviceId ?? ''
    const ringerId = chooseDevice(speakers, wanted.ringer).device?.deviceId ?? ''
    await Promise.all([headset.setDevice(deviceId), tones.speaker.setDevice(deviceId), tones.ringer.setDevice(ringerId)])
    const isSynthetic = !chosen.device && isDemonstration
    show({
      speaker: {
        ...{ isSynthetic, isSubstitute: chosen.isSubstitute },
        label: isSynthetic ? '模拟听筒（演示）' : (chosen.device?.label ?? null),
      },
    })
  }

  async function report(): Promise<void> {
    // A page whose microphone is refused may not get a connection at all; that is told too.
    if (isStopped || state.link === 'elsewhere') return
    const measured = { peak: microphone.peak(reportEveryMs), isPlaying: headset.isPlaying() }
    await bridge.call('sound.report', { ...reportOf(state, measured), ...(await playoutOf(link)) })
  }

  const watchSettings = bridge.topic('telephoneSettings.changed').subscribe(() => void lookAtDevices())
  const watchTelephone = bridge.topic('telephone.changed').subscribe(() => tones.play(toneFor(telephone()?.calls ?? [])))
  const watchLink = bridge.link.subscribe(() => {
    // The program started anew and knows of no page yet.
    if (bridge.link.get() !== 'open' || !link) return
    link.close()
    link = null
    show({ link: 'down' })
    void connect()
  })
  const onDevices = (): void => void lookAtDevices()
  navigator.mediaDevices?.addEventListener('devicechange', onDevices)
  // Not every system tells of devices that come and go.
  const stopTicks = clock.every(reportEveryMs, () => void (looking ? report() : lookAtDevices()))
  tones.play(toneFor(telephone()?.calls ?? []))
  void lookAtDevices().then(connect)

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    level: microphone.peak,
    tryTone: tones.try,
    voice: microphone.track,
    playBack: headset.playBack,
    stop() {
      isStopped = true
      for (const stop of [watchSettings, watchTelephone, watchLink, stopTicks, stopRetry]) stop()
      navigator.mediaDevices?.removeEventListener('devicechange', onDevices)
      link?.close()
      microphone.close()
      headset.stop()
      tones.close()
      void context.close()
    },
  }
}

async function playoutOf(link: PageLink | null) {
  const playout = await link?.playout()
  return playout ? { playout } : {}
}

async function applyMicrophone(microphone: Microphone, device: DeviceChoice | null, improves: boolean, isDemonstration: boolean) {
  if (!device && isDemonstration) {
    microphone.openSynthetic()
    return { state: 'present', label: '模拟话筒（演示）', isSynthetic: true } as const
  }
  const opened = await microphone.open(device, improves)
  const state = opened === 'open' ? (device ? ('present' as const) : ('absent' as const)) : opened
  return { state, label: device?.label ?? null, isSynthetic: false }
}

/** Played time stands still for longer only when the device takes nothing. */
const playsWithinMs = 2_500

/** What is on the operator's ears. */
function createHeadset(clock: Clock) {
  let outlet: Outlet | null = null
  let playing: MediaStream | null = null
  let deviceId = ''
  let volume = 1
  let played = { until: -1, seenMs: Number.NEGATIVE_INFINITY }
  const headset = {
    play(stream: MediaStream): void {
      outlet?.stop()
      playing = stream
      outlet = createOutlet(stream)
      outlet.element.volume = volume
      void outlet.setDevice(deviceId)
      played = { until: -1, seenMs: clock.monotonicMs() }
    },
    playAnew(): void {
      if (playing) headset.play(playing)
    },
    async setDevice(next: string): Promise<boolean> {
      deviceId = next
      return (await outlet?.setDevice(next)) ?? true
    },
    setVolume(next: number): void {
      volume = next
      if (outlet) outlet.element.volume = next
    },
    /** Whether the device takes sound. */
    isPlaying(): boolean {
      if (!outlet || outlet.element.paused) return false
      const { currentTime } = outlet.element
      if (currentTime !== played.until) played = { until: currentTime, seenMs: clock.monotonicMs() }
      return clock.monotonicMs() - played.seenMs < playsWithinMs
    },
    async playBack(recording: Blob): Promise<void> {
      const address = URL.createObjectURL(recording)
      const element = new Audio(address)
      element.volume = volume
      try {
        await element.setSinkId(deviceId)
        await element.play()
        await new Promise((resolve) => {
          element.addEventListener('ended', resolve, { once: true })
          element.addEventListener('error', resolve, { once: true })
        })
      } finally {
        URL.revokeObjectURL(address)
      }
    },
    stop: () => outlet?.stop(),
  }
  return headset
}
