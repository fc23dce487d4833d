/**
 * How good a call sounds, as the E-model of ITU-T G.107 (11/2009) computes it for G.711 from loss and delay, and when to warn. Measuring is the
 * media's; the warning is words that help now.
 */
export interface Heard {
  /** Share of packets that never came or came too late to be played, 0–1. */
  readonly lossRatio: number
  /** One-way delay from mouth to ear, milliseconds. */
  readonly delayMs: number
  readonly jitterMs: number
  /** Burstiness of the loss, ITU-T G.107 §3.5: 1 when losses are independent. */
  readonly burstRatio?: number
}

/** G.113 appendix I for G.711 with packet loss concealment, which the page's own decoder has: no impairment without loss, robustness 25.1. */
const concealed = { equipmentImpairment: 0, lossRobustness: 25.1 }
/** The default R of G.107 §7 with nothing wrong. */
const bestRating = 93.2
/** Beyond this delay conversation suffers (the simplified delay term of G.107: 177.3 ms). */
const noticedDelayMs = 177.3

/** Transmission rating R, 0–100. */
export function ratingOf({ lossRatio, delayMs, burstRatio = 1 }: Heard): number {
  const lossPercent = Math.min(100, Math.max(0, lossRatio * 100))
  const { equipmentImpairment, lossRobustness } = concealed
  const loss = equipmentImpairment + ((95 - equipmentImpairment) * lossPercent) / (lossPercent / burstRatio + lossRobustness)
  const delay = 0.024 * delayMs + (delayMs > noticedDelayMs ? 0.11 * (delayMs - noticedDelayMs) : 0)
  return Math.min(100, Math.max(0, bestRating - loss - delay))
}

/** Mean opinion score 1–4.5 from R (G.107 annex B). */
export function scoreOf(rating: number): number {
  if (rating <= 0) return 1
  if (rating >= 100) return 4.5
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
}

/** What a score means to people: ITU-T G.109's classes of R, as scores of G.107 annex B. The lowest class has no floor. */
const grades = [
  { from: 4.34, name: '很好' },
  { from: 4.03, name: '好' },
  { from: 3.6, name: '一般' },
  { from: 3.1, name: '较差' },
] as const

export type GradeName = (typeof grades)[number]['name'] | '很差'

export function gradeOf(score: number): GradeName {
  return grades.find(({ from }) => score >= from)?.name ?? '很差'
}

/** What was measured of both halves of the way to the ear. */
export interface Halves {
  /** Of the line. */
  readonly lossRatio: number | null
  readonly jitterMs: number | null
  readonly seat?:
    | { readonly lossRatio: number | null; readonly jitterMs: number | null; readonly concealedRatio: number | null }
    | null
    | undefined
}

/**
 * What was made up at the seat though the line had brought it, 0–1: a page that stands still, a headset that stutters. A packet that the line lost is made up
 * there, too, for up to three packets' time (the decoder stretches what stands beside it), and counts for the line.
 */
export function ownGaps({ lossRatio, seat }: Halves): number {
  return Math.max(seat?.lossRatio ?? 0, (seat?.concealedRatio ?? 0) - 3 * (lossRatio ?? 0), 0)
}

/** Beyond these a listener is bothered (G.113: 3 % of G.711 with concealment costs half a point). */
const bothersome = { gaps: 0.03, jitterMs: 60 }

/** Where the sound of a call was broken; null: nowhere that anybody noticed. */
export function faultyHalf(halves: Halves): 'line' | 'seat' | 'both' | null {
  const isLine = (halves.lossRatio ?? 0) > bothersome.gaps || (halves.jitterMs ?? 0) > bothersome.jitterMs
  const isSeat = ownGaps(halves) > bothersome.gaps
  return isLine ? (isSeat ? 'both' : 'line') : isSeat ? 'seat' : null
}

export const faultyHalfWords: Readonly<Record<'line' | 'seat' | 'both', string>> = {
  line: '声音断在线路上，不是本机。',
  seat: '线路是好的，声音断在本机：电脑太忙，或耳机、声卡有问题，请系统管理员看这台电脑。',
  both: '线路和本机都断续。',
}

export type Warning = 'loss' | 'seatSound' | 'delay' | 'jitter' | 'farSilent' | 'microphoneSilent'

export const warningWords: Readonly<Record<Warning, { readonly name: string; readonly advice: string }>> = {
  loss: { name: '丢包', advice: '声音断续，请对方慢些说，重要内容复述一遍。' },
  seatSound: { name: '本机断续', advice: '线路是好的，声音断在本机：关掉别的程序或换耳机，通话不会断。' },
  delay: { name: '延迟', advice: '声音有延迟，说完停一下再听。' },
  jitter: { name: '抖动', advice: '网络不稳，声音可能忽快忽慢。' },
  farSilent: { name: '听不到对方', advice: '对方没有声音传来，请问“您好，请讲话”，仍无声可请对方重拨。' },
  microphoneSilent: { name: '对方听不到您', advice: '麦克风没有声音，请看线控静音开关，或换耳机，通话不会断。' },
}

/** A warning comes after some seconds beyond its limit and goes after more seconds below a lower one, so that it does not flicker. */
export interface Threshold {
  readonly above: number
  readonly clearBelow: number
  readonly afterSeconds: number
  readonly clearAfterSeconds: number
}

export const thresholds: Readonly<Record<'loss' | 'seatSound' | 'delay' | 'jitter', Threshold>> = {
  loss: { above: 0.03, clearBelow: 0.01, afterSeconds: 3, clearAfterSeconds: 8 },
  seatSound: { above: 0.05, clearBelow: 0.02, afterSeconds: 3, clearAfterSeconds: 8 },
  delay: { above: 400, clearBelow: 300, afterSeconds: 3, clearAfterSeconds: 8 },
  jitter: { above: 60, clearBelow: 30, afterSeconds: 4, clearAfterSeconds: 8 },
}

export interface WarningState {
  readonly isOn: boolean
  /** Seconds in a row that speak for a change. */
  readonly streak: number
}

export const quiet: WarningState = { isOn: false, streak: 0 }

/** One more second with `value`. */
export function watch(state: WarningState, value: number, limit: Threshold): WarningState {
  const speaksForChange = state.isOn ? value < limit.clearBelow : value > limit.above
  if (!speaksForChange) return { ...state, streak: 0 }
  const streak = state.streak + 1
  return streak >= (state.isOn ? limit.clearAfterSeconds : limit.afterSeconds) ? { isOn: !state.isOn, streak: 0 } : { ...state, streak }
}
