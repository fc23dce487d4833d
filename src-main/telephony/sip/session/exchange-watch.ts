import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import { headersOf, noBody, type SipRequest } from '../message/sip-message'
import type { Requester } from './requester'

/**
 * Asks the exchange with OPTIONS whether it is there (RFC 3261 §11): any answer proves the way there and back. A binding alone proves nothing:
 * an exchange that restarted has forgotten it and rings nobody.
 */
export interface ExchangeWatch {
  start(): void
  stop(): void
  facts(): WatchFacts
}

export interface WatchFacts {
  readonly isAnswering: boolean | null
  readonly lastAnsweredAt: EpochMs | null
  readonly roundTripMs: number | null
}

export interface WatchParts {
  readonly clock: Clock
  readonly requester: Requester
  readonly everyS: number
  readonly uri: string
  readonly nextHop: string
  readonly aor: string
  readonly route: readonly string[]
  readonly token: () => string
  /** False while the wire is down: then nothing is asked. */
  readonly isUp: () => boolean
  onChanged(): void
  /** It was silent and answers again. */
  onReturned(): void
  /** Also keeps the path through firewalls open. */
  keepAlive(): void
}

/** Longer than two retransmissions over a bad line; a seat must not look ready for a minute while nobody can reach it. */
const patienceMs = 4_000
/** While the exchange is silent it is asked more often than when all is well. */
const silentEveryMs = 3_000

export function createExchangeWatch(parts: WatchParts): ExchangeWatch {
  const { clock } = parts
  let facts: WatchFacts = { isAnswering: null, lastAnsweredAt: null, roundTripMs: null }
  let stopTimer: Stop = () => {}
  let isRunning = false
  let sequence = 0
  const callId = parts.token()
  const tag = parts.token()

  const request = (): SipRequest => {
    sequence += 1
    return {
      kind: 'request',
      method: 'OPTIONS',
      uri: parts.uri,
      headers: headersOf([
        ...parts.route.map((value) => ['route', value] as const),
        ['max-forwards', '70'],
        ['from', `<${parts.aor}>;tag=${tag}`],
        ['to', `<${parts.uri}>`],
        ['call-id', callId],
        ['cseq', `${sequence} OPTIONS`],
        ['accept', 'application/sdp'],
      ]),
      body: noBody,
    }
  }
  const next = (delayMs: number): void => {
    stopTimer()
    if (isRunning) stopTimer = clock.after(delayMs, ask)
  }
  const answered = (roundTripMs: number): void => {
    const wasSilent = facts.isAnswering === false
    facts = { isAnswering: true, lastAnsweredAt: clock.now(), roundTripMs }
    parts.onChanged()
    if (wasSilent) parts.onReturned()
    next(parts.everyS * 1_000)
  }
  const silent = (): void => {
    if (facts.isAnswering !== false) {
      facts = { ...facts, isAnswering: false }
      parts.onChanged()
    }
    next(silentEveryMs)
  }
  function ask() {
    if (!isRunning) return
    if (!parts.isUp()) return silent()
    parts.keepAlive()
    const began = clock.monotonicMs()
    let isOver = false
    const once = (act: () => void): void => {
      if (isOver || !isRunning) return
      isOver = true
      stopPatience()
      act()
    }
    const stopPatience = clock.after(patienceMs, () =>
      once(() => {
        sent.abandon()
        silent()
      }),
    )
    const sent = parts.requester.send(request(), parts.nextHop, {
      onOutcome: (outcome) => once(() => (outcome.kind === 'response' ? answered(clock.monotonicMs() - began) : silent())),
    })
  }
  return {
    start: () => {
      if (isRunning || parts.everyS === 0) return
      isRunning = true
      next(1_000)
    },
    stop: () => {
      isRunning = false
      stopTimer()
    },
    facts: () => facts,
  }
}
