import { backOffMs } from '#shared/base/back-off'
import type { Clock, Stop } from '#shared/base/clock'
import { parseNameAddress } from '../message/name-address'
import { header, headersOf, listHeader, noBody, type ReceivedResponse, type SipRequest } from '../message/sip-message'
import { isSameTarget, parseUri } from '../message/uri'
import type { RegistrationState } from '../user-agent'
import type { Outcome, Requester, SentRequest } from './requester'

/**
 * Keeps the seat's binding at the registrar (RFC 3261 §10.2): refreshes it before it ends, comes back with growing pauses after a failure, and says
 * at every moment what is true. It does not know connections: `renew` is called when the address may have changed.
 */
export interface Registration {
  start(): void
  /** Registers again now: new address, new connection, or an exchange that came back. */
  renew(): void
  /** Removes the binding (`Expires: 0`); settles when that was answered or the wait is over. */
  stop(): Promise<void>
  /** Ends without a word. */
  abandon(): void
  state(): RegistrationFacts
}

export interface RegistrationFacts {
  readonly state: RegistrationState
  readonly since: number
  readonly expiresAt: number | null
  readonly status: number | null
  readonly reason: string | null
  readonly nextTryAt: number | null
  /** RFC 3608: where the registrar wants further requests to go. */
  readonly serviceRoute: readonly string[]
}

export interface RegistrationParts {
  readonly clock: Clock
  readonly random: () => number
  readonly requester: Requester
  readonly token: () => string
  readonly registrar: string
  readonly nextHop: string
  readonly aor: string
  /** Contact of this moment; null while the wire is down. */
  readonly contact: () => string | null
  /** Brings the wire up; false: not now. */
  readonly open: () => Promise<boolean>
  readonly expiresS: number
  readonly headers: readonly (readonly [string, string])[]
  readonly route: readonly string[]
  onChanged(): void
}

/** A seat that cannot be reached costs the city calls, so it comes back fast at first; a hall of them must not hammer an exchange that restarts. */
const afterFailure = { firstMs: 1_000, mostMs: 60_000, spread: [0.5, 1] as const }
/** A wrong password does not mend itself; asking every second would lock the account. */
const afterRefusal = { firstMs: 30_000, mostMs: 300_000, spread: [0.8, 1] as const }
const farewellMs = 3_000

export function createRegistration(parts: RegistrationParts): Registration {
  const { clock } = parts
  const callId = parts.token()
  const localTag = parts.token()
  let facts: RegistrationFacts = {
    state: 'off',
    since: clock.now(),
    expiresAt: null,
    status: null,
    reason: null,
    nextTryAt: null,
    serviceRoute: [],
  }
  let sequence = 0
  let failures = 0
  let expiresS = parts.expiresS
  let isWanted = false
  let isRenewAsked = false
  let running: SentRequest | 'opening' | null = null
  let boundContact: string | null = null
  let stopTimer: Stop = () => {}
  let stopLapse: Stop = () => {}

  const change = (next: Partial<RegistrationFacts>): void => {
    const since = next.state !== undefined && next.state !== facts.state ? clock.now() : facts.since
    facts = { ...facts, ...next, since }
    parts.onChanged()
  }
  const tryAfter = (delayMs: number): void => {
    stopTimer()
    stopTimer = clock.after(delayMs, attempt)
  }
  const failed = (state: 'refused' | 'unreachable', status: number | null, reason: string | null, retryAfterS: number | null): void => {
    failures += 1
    const rule = state === 'refused' ? afterRefusal : afterFailure
    const delayMs = Math.max(backOffMs(failures, parts.random(), rule), (retryAfterS ?? 0) * 1_000)
    // A binding that could not be refreshed still brings calls until it ends: then the seat is told.
    const isStillBound = facts.expiresAt !== null && facts.expiresAt > clock.now() && state === 'unreachable'
    change({
      state: isStillBound ? facts.state : state,
      status,
      reason,
      nextTryAt: clock.now() + delayMs,
      ...(!isStillBound && { expiresAt: null }),
    })
    tryAfter(delayMs)
  }
  const lapse = (): void => {
    if (facts.state === 'registered') change({ state: 'unreachable', expiresAt: null })
  }
  const accepted = (response: ReceivedResponse, contact: string): void => {
    failures = 0
    const grantedS = grantedExpiry(response, contact) ?? expiresS
    boundContact = contact
    const delayMs = refreshAfterMs(grantedS)
    const now = clock.now()
    const serviceRoute = listHeader(response, 'service-route')
    change({
      state: 'registered',
      expiresAt: now + grantedS * 1_000,
      status: response.status,
      reason: null,
      nextTryAt: now + delayMs,
      serviceRoute,
    })
    stopLapse()
    stopLapse = clock.after(grantedS * 1_000, lapse)
    tryAfter(delayMs)
  }
  const settle = (outcome: Outcome, contact: string) => {
    running = null
    if (!isWanted) return
    if (isRenewAsked) {
      isRenewAsked = false
      return attempt()
    }
    if (outcome.kind !== 'response') return failed('unreachable', null, outcome.kind, null)
    const { response } = outcome
    if (response.status < 300) return accepted(response, contact)
    const leastS = Number(header(response, 'min-expires'))
    // RFC 3261 §10.2.8
    if (response.status === 423 && leastS > expiresS && leastS <= 86_400) {
      expiresS = leastS
      return attempt()
    }
    const isRefused = response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 480
    failed(isRefused ? 'refused' : 'unreachable', response.status, response.reason, retryAfterOf(response))
  }
  const request = (contacts: readonly string[]): SipRequest => {
    sequence += 1
    return {
      kind: 'request',
      method: 'REGISTER',
      uri: parts.registrar,
      headers: headersOf([
        ...parts.route.map((value) => ['route', value] as const),
        ['max-forwards', '70'],
        ['from', `<${parts.aor}>;tag=${localTag}`],
        ['to', `<${parts.aor}>`],
        ['call-id', callId],
        ['cseq', `${sequence} REGISTER`],
        ...contacts.map((value) => ['contact', value] as const),
        ...parts.headers,
      ]),
      body: noBody,
    }
  }
  const nextSequence = (): number => {
    sequence += 1
    return sequence
  }
  function attempt(): void {
    stopTimer()
    if (running !== null || !isWanted) return
    running = 'opening'
    if (facts.state === 'off') change({ state: 'trying', nextTryAt: null })
    void parts.open().then((isOpen) => {
      running = null
      const contact = parts.contact()
      if (!isWanted) return
      if (!isOpen || !contact) return failed('unreachable', null, 'no connection', null)
      // A contact of a connection that is gone would make the exchange ring into nothing: it is taken away in the same request.
      const gone = boundContact !== null && boundContact !== contact ? [`<${boundContact}>;expires=0`] : []
      running = parts.requester.send(request([`<${contact}>;expires=${expiresS}`, ...gone]), parts.nextHop, {
        nextSequence,
        onOutcome: (outcome) => settle(outcome, contact),
      })
    })
  }
  const abandon = (): void => {
    isWanted = false
    stopTimer()
    stopLapse()
    if (running && running !== 'opening') running.abandon()
    running = null
  }
  return {
    start: () => {
      if (isWanted) return
      isWanted = true
      failures = 0
      attempt()
    },
    renew: () => {
      if (!isWanted) return
      failures = 0
      if (running) isRenewAsked = true
      else attempt()
    },
    stop: async () => {
      const isBound = boundContact !== null && parts.contact() !== null
      abandon()
      if (isBound) await farewell()
      boundContact = null
      change({ state: 'off', expiresAt: null, nextTryAt: null, reason: null })
    },
    abandon,
    state: () => facts,
  }

  function farewell(): Promise<void> {
    return new Promise((resolve) => {
      const stopWaiting = clock.after(farewellMs, resolve)
      const done = (): void => {
        stopWaiting()
        resolve()
      }
      parts.requester.send(request([`<${boundContact}>;expires=0`]), parts.nextHop, { nextSequence, onOutcome: done })
    })
  }
}

/** Early enough for a lost answer and another try (RFC 3261 §17.1.2.2: 32 s), at the latest when 90 % are over. */
export function refreshAfterMs(grantedS: number): number {
  return Math.round(1_000 * Math.max(grantedS * 0.5, Math.min(grantedS * 0.9, grantedS - 40)))
}

/** §10.2.4: the registrar's expiry for our own contact; others may be bound to the same address. Null when it is not listed. */
export function grantedExpiry(response: ReceivedResponse, contact: string): number | null {
  const own = parseUri(contact)
  const bindings = listHeader(response, 'contact').flatMap((value) => parseNameAddress(value) ?? [])
  const binding = bindings.find(({ uri }) => {
    const bound = parseUri(uri)
    return own && bound && isSameTarget(own, bound)
  })
  // Some registrars list the address that they saw instead of the contact: with one binding it can only be ours.
  const chosen = binding ?? (bindings.length === 1 ? bindings[0] : undefined)
  const seconds = chosen?.parameters.expires ?? header(response, 'expires')
  return seconds && /^\d{1,9}$/.test(seconds) && Number(seconds) > 0 ? Number(seconds) : null
}

export function retryAfterOf(response: ReceivedResponse): number | null {
  const seconds = /^\s*(\d{1,6})/.exec(header(response, 'retry-after') ?? '')?.[1]
  return seconds ? Number(seconds) : null
}
