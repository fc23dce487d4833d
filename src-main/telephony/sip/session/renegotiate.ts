import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { ReceivedResponse, SipRequest } from '../message/sip-message'
import { type CallCore, changeCall, laterInCall } from './call-core'
import { allowHeader, supportedHeader } from './capabilities'
import { hangUpEstablished } from './hang-up'
import { acknowledge, endsByOutcome, sendInDialog } from './in-dialog'
import { makeOffer, takeAnswer } from './offer-answer'
import { retryAfterOf } from './registration'
import type { Outcome } from './requester'
import { contactHeader, sdpOf } from './send-accept'
import { restartSessionTimer } from './session-clock'
import { timerOfResponse, timerRequest } from './session-timer'

/**
 * Our own re-INVITE (RFC 3261 §14.1): one at a time, tried again after a crossing (491), and without effect on the session when it is refused.
 */
/** Crossings in a row before it is given up: with the waits below the peer's own change is long done. */
const mostTries = 6

const queues = new WeakMap<CallCore, Promise<unknown>>()

/** Waits for the exchange before it, whoever asked for that one. */
export function renegotiate(core: CallCore): Promise<Result<void, AppError>> {
  const before = queues.get(core) ?? Promise.resolve()
  const mine = before.then(() => tryUntilSettled(core, 1))
  queues.set(core, mine)
  return mine
}

async function tryUntilSettled(core: CallCore, attempt: number): Promise<Result<void, AppError>> {
  if (core.state === 'ended') return err(appError('phone/callEnded'))
  if (core.state !== 'established') return err(appError('phone/notNow', { state: core.state }))
  // RFC 3261 §14.1: not while an INVITE of either side is going on.
  if (core.exchange !== 'none' || core.pendingInvite || core.unacknowledged) {
    if (attempt > mostTries) return err(appError('phone/notNow', { state: core.state }))
    await pause(core, 500)
    return tryUntilSettled(core, attempt + 1)
  }
  const outcome = await offerOnce(core)
  if (outcome === 'agreed') return ok(undefined)
  if (outcome === 'disagreed') return err(appError('phone/noMedia'))
  if (endsByOutcome(core, outcome)) return err(appError('phone/callEnded'))
  if (outcome.kind !== 'response') return err(appError(outcome.kind === 'timeout' ? 'phone/noAnswer' : 'phone/offline'))
  const { response } = outcome
  const delayMs = waitBeforeRetry(core, response)
  if (delayMs === null || attempt > mostTries) return err(appError('phone/refused', { status: response.status, reason: response.reason }))
  await pause(core, delayMs)
  return tryUntilSettled(core, attempt + 1)
}

/** Null: trying again would change nothing. */
function waitBeforeRetry(core: CallCore, response: ReceivedResponse): number | null {
  const { random } = core.services
  // §14.1: the owner of the Call-ID waits 2.1 to 4 s, the other side up to 2 s, in steps of 10 ms, so that they do not meet again.
  if (response.status === 491) return 10 * Math.round(core.direction === 'outgoing' ? 210 + random() * 190 : random() * 200)
  if (response.status === 500 || response.status === 503) {
    const seconds = retryAfterOf(response)
    return seconds === null ? null : Math.min(seconds, 10) * 1_000
  }
  return null
}

function offerOnce(core: CallCore): Promise<Outcome | 'agreed' | 'disagreed'> {
  const offer = makeOffer(core)
  if (!offer) return Promise.resolve('disagreed')
  const asked = timerRequest(core.services.profile, core.sessionTimer)
  const headers = [contactHeader(core), allowHeader, supportedHeader, ...asked].map(({ name, value }) => [name, value] as const)
  return new Promise((resolve) => {
    let acknowledged: { readonly sent: SipRequest; readonly sequence: number } | null = null
    core.atEnd.add(() =>
      resolve({ kind: 'unreachable', sent: { kind: 'request', method: 'INVITE', uri: '', headers: [], body: Buffer.alloc(0) } }),
    )
    sendInDialog(
      core,
      'INVITE',
      { headers, body: Buffer.from(offer.sdp, 'utf8') },
      {
        onOutcome: (outcome) => {
          if (outcome.kind !== 'response' || outcome.response.status >= 300) {
            core.exchange = 'none'
            return resolve(outcome)
          }
          const { response, sent } = outcome
          // §13.2.2.4: every repetition of the 2xx is acknowledged again; it is read only once.
          acknowledge(core, sent, response.sequence)
          if (acknowledged) return
          acknowledged = { sent, sequence: response.sequence }
          const answer = sdpOf(response)
          const agreed = answer !== null && takeAnswer(core, answer, offer.direction).ok
          core.exchange = 'none'
          restartSessionTimer(core, timerOfResponse(response, asked))
          changeCall(core, {})
          if (!agreed) hangUpEstablished(core, { sipCause: 488, q850Cause: 65 })
          resolve(agreed ? 'agreed' : 'disagreed')
        },
      },
    )
  })
}

/** Ends with the call, too: nothing may wait for ever. */
function pause(core: CallCore, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = laterInCall(core, delayMs, resolve)
    core.atEnd.add(() => {
      stop()
      resolve()
    })
  })
}
