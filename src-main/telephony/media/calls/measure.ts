import type { EpochMs } from '#shared/base/clock'
import { ratingOf, scoreOf } from '#shared/domain/call/quality'
import type { CallMeasure, CallTotal, PageReport } from '../media'

/**
 * Makes the seconds of a call out of what was counted, and the sum of them at its end. Pure: counting is done elsewhere, and so is warning.
 */
export interface SecondCounts {
  readonly at: EpochMs
  readonly isSending: boolean
  readonly isReceiving: boolean
  /** Since the call began. */
  readonly played: number
  readonly missed: number
  readonly bursts: number
  readonly sentPackets: number
  readonly jitterMs: number
  readonly receivedLevelDb: number | null
  readonly sentLevelDb: number | null
  readonly lastAt: EpochMs | null
  readonly receivedSpeechAt: EpochMs | null
  readonly sentSpeechAt: EpochMs | null
  readonly peerLossRatio: number | null
  readonly peerJitterMs: number | null
  readonly roundTripMs: number | null
  readonly page: PageReport | null
}

/** Packing, and the page's way to the headset when it does not say (measured in both shells). */
const packetMs = 20
const usualPlayoutMs = 40
/** G.107 §3.5 asks for bursts over a while; a single second has too few losses to tell. */
const burstSeconds = 8

export interface Measuring {
  second(now: SecondCounts): CallMeasure
  total(): CallTotal
}

export function createMeasuring(): Measuring {
  const history: { readonly played: number; readonly missed: number; readonly bursts: number }[] = [{ played: 0, missed: 0, bursts: 0 }]
  const measures = {
    seconds: 0,
    scored: 0,
    scoreSum: 0,
    scoreWorst: Number.POSITIVE_INFINITY,
    jitterSum: 0,
    jitterCount: 0,
    jitterWorst: 0,
  }
  const trips = { sum: 0, count: 0 }
  const page = { concealedRatio: createMean(), lossRatio: createMean(), jitterMs: createMean() }
  let last: SecondCounts | null = null
  return {
    second: (now) => {
      const before = history.at(-1) ?? { played: 0, missed: 0, bursts: 0 }
      history.push({ played: now.played, missed: now.missed, bursts: now.bursts })
      const oldest = (history.length > burstSeconds ? history.shift() : history[0]) ?? before
      const sentBefore = last?.sentPackets ?? 0
      last = now
      const [packets, lost] = [now.played - before.played, now.missed - before.missed]
      const lossRatio = packets + lost > 0 ? lost / (packets + lost) : now.isReceiving && now.lastAt !== null ? 1 : 0
      const delayMs = (now.roundTripMs ?? 0) / 2 + packetMs + (now.page?.playoutDelayMs ?? usualPlayoutMs)
      const burstRatio = burstRatioOf(now.played - oldest.played, now.missed - oldest.missed, now.bursts - oldest.bursts)
      const rating = now.isReceiving && now.lastAt !== null ? ratingOf({ lossRatio, delayMs, jitterMs: now.jitterMs, burstRatio }) : null
      const score = rating === null ? null : scoreOf(rating)
      measures.seconds += 1
      if (score !== null) {
        measures.scored += 1
        measures.scoreSum += score
        measures.scoreWorst = Math.min(measures.scoreWorst, score)
        measures.jitterSum += now.jitterMs
        measures.jitterCount += 1
        measures.jitterWorst = Math.max(measures.jitterWorst, now.jitterMs)
      }
      // Only while something should be heard: what a page makes up of a held call is nobody's fault.
      if (score !== null && now.page) {
        page.concealedRatio.add(now.page.concealedRatio)
        page.lossRatio.add(now.page.lossRatio)
        page.jitterMs.add(now.page.jitterMs)
      }
      if (now.roundTripMs !== null) {
        trips.sum += now.roundTripMs
        trips.count += 1
      }
      return {
        at: now.at,
        isSending: now.isSending,
        isReceiving: now.isReceiving,
        received: {
          packets,
          lost,
          lossRatio,
          jitterMs: now.jitterMs,
          levelDb: now.receivedLevelDb,
          lastAt: now.lastAt,
          speechAt: now.receivedSpeechAt,
        },
        sent: {
          packets: now.sentPackets - sentBefore,
          levelDb: now.sentLevelDb,
          speechAt: now.sentSpeechAt,
          peerLossRatio: now.peerLossRatio,
          peerJitterMs: now.peerJitterMs,
        },
        roundTripMs: now.roundTripMs,
        delayMs,
        rating,
        score,
        page: now.page,
      }
    },
    total: () => {
      const [played, missed] = [last?.played ?? 0, last?.missed ?? 0]
      return {
        seconds: measures.seconds,
        packetsReceived: played,
        packetsSent: last?.sentPackets ?? 0,
        packetsLost: missed,
        lossRatio: played + missed > 0 ? missed / (played + missed) : null,
        jitterMeanMs: measures.jitterCount > 0 ? measures.jitterSum / measures.jitterCount : null,
        jitterWorstMs: measures.jitterCount > 0 ? measures.jitterWorst : null,
        roundTripMeanMs: trips.count > 0 ? trips.sum / trips.count : null,
        peerLossRatio: last?.peerLossRatio ?? null,
        scoreMean: measures.scored > 0 ? measures.scoreSum / measures.scored : null,
        scoreWorst: measures.scored > 0 ? measures.scoreWorst : null,
        page:
          page.concealedRatio.value() === null
            ? null
            : { concealedRatio: page.concealedRatio.value(), lossRatio: page.lossRatio.value(), jitterMs: page.jitterMs.value() },
      }
    },
  }
}

/** Of what was said; null of nothing. */
function createMean() {
  let [sum, count] = [0, 0]
  return {
    add: (value: number | null): void => {
      if (value === null) return
      sum += value
      count += 1
    },
    value: (): number | null => (count > 0 ? sum / count : null),
  }
}

/** Mean length of the bursts seen over the one that random loss of this size would have (G.107 §3.5). */
export function burstRatioOf(played: number, missed: number, bursts: number): number {
  if (missed === 0 || bursts === 0 || played === 0) return 1
  const lossRatio = missed / (played + missed)
  return Math.max(1, (missed / bursts) * (1 - lossRatio))
}
