import { levelDb } from '#main/telephony/media/audio/g711'
import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { CommandName, InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { shareAt, toneFrame } from '../fixtures/far-side'
import { openPage } from '../fixtures/werift-page'
import { until } from './peers/process'

/** The window that owns headset and loudspeaker, without a screen: says a tone in real time, keeps what it hears, and reports like a real one. */
export interface TalkingPage {
  /** When each packet came, and what was in it. */
  readonly heard: readonly { readonly at: number; readonly payload: Buffer }[]
  /** Waits until the last half second is that tone. */
  hears(hz: number, withinMs?: number): Promise<void>
  /** The same for one of several tones that are heard at once. */
  hearsSome(hz: number, withinMs?: number): Promise<void>
  /** Waits until somebody speaks: the last half second is louder than a line's noise. */
  hearsSpeech(withinMs?: number): Promise<void>
  isHearing(): boolean
  /** The tone, or silence from now on. */
  speak(isSpeaking: boolean): void
  /** What the reports say from now on. */
  reports(change: Partial<InputOfCommand<'sound.report'>>): void
  /** Nothing is said, and nothing reported, until it goes on: a window that hangs. */
  hang(): void
  goOn(): void
  close(): void
}

/** The seat API, in this process or another. */
export type CallSeat = <N extends CommandName>(name: N, input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>>

const frameMs = 20
const silence = new Uint8Array(160).fill(0xd5)
const reportEveryMs = 500

export async function openTalkingPage(call: CallSeat, toneHz: number): Promise<TalkingPage> {
  const page = await openPage()
  const connected = await call('sound.connect', { offerSdp: page.offer })
  if (!connected.ok) throw new Error(`sound.connect: ${connected.error.code}`)
  await page.take(connected.value.answerSdp)
  await page.isConnected()

  let report: InputOfCommand<'sound.report'> = {
    ...{ microphone: 'present', microphoneLabel: '耳机', microphonePeak: 0.2, isSpeakerAlive: true, speakerLabel: '耳机' },
  }
  let isHanging = false
  let isSpeaking = true
  let frame = 0
  let beganMs = performance.now()
  // Looks often and says what is due: an interval of twenty milliseconds would run late by itself.
  const microphone = setInterval(() => {
    if (isHanging) return
    for (; beganMs + frame * frameMs <= performance.now(); frame += 1)
      void page.say(frame, isSpeaking ? toneFrame('PCMA', toneHz, frame) : silence)
  }, frameMs / 4)
  const tell = (): void => {
    if (!isHanging) void call('sound.report', report)
  }
  tell()
  /** Nothing when packets have stopped: what was heard before the last call ended counts for no other. */
  const lastHalfSecond = (): readonly Buffer[] => {
    const recent = page.heard.slice(-25).filter(({ at }) => performance.now() - at < 700)
    return recent.length < 25 ? [] : recent.map(({ payload }) => payload)
  }
  const reports = setInterval(tell, reportEveryMs)
  const isHearing = (): boolean => {
    const recent = lastHalfSecond()
    return recent.length > 0 && levelDb('PCMA', Buffer.concat(recent)) > -40
  }
  return {
    hearsSpeech: (withinMs = 10_000) => until('the page hears speech', isHearing, withinMs),
    isHearing,
    speak(isOn) {
      isSpeaking = isOn
    },
    heard: page.heard,
    hearsSome: (hz, withinMs = 10_000) =>
      until(`the page hears ${hz} Hz among others`, () => shareAt(hz, 'PCMA', lastHalfSecond()) > 0.3, withinMs),
    hears: (hz, withinMs = 10_000) => until(`the page hears ${hz} Hz`, () => shareAt(hz, 'PCMA', lastHalfSecond()) > 0.8, withinMs),
    reports(change) {
      report = { ...report, ...change }
      tell()
    },
    hang() {
      isHanging = true
    },
    goOn() {
      isHanging = false
      beganMs = performance.now() - frame * frameMs
    },
    close() {
      clearInterval(microphone)
      clearInterval(reports)
      void page.close()
    },
  }
}
