import { afterRequest } from '../dialog/dialog'
import { respond } from '../message/respond'
import { type Header, hasToken, headersOf, type ReceivedRequest } from '../message/sip-message'
import type { ServerTransaction } from '../transaction/server-transaction'
import { type CallCore, changeCall } from './call-core'
import { allowHeader, supportedHeader } from './capabilities'
import { hangUpEstablished } from './hang-up'
import { makeAnswer, makeOffer, takeAnswer } from './offer-answer'
import { contactHeader, sdpOf, sendAccept } from './send-accept'
import { restartSessionTimer } from './session-clock'
import { isTooShort, leastIntervalS, timerAnswer } from './session-timer'

/** The peer's re-INVITE (RFC 3261 §14.2) and UPDATE (RFC 3311 §5.2). A refusal leaves the session as it was. */
export function answerReInvite(core: CallCore, transaction: ServerTransaction) {
  const { request } = transaction
  const crossing = crossingOf(core)
  if (crossing) return transaction.respond(crossing(request))
  if (isTooShort(request)) return transaction.respond(tooShort(request))
  core.pendingInvite = transaction
  transaction.respond(respond(request, 100))
  refreshTarget(core, request)
  const offer = sdpOf(request)
  const { timer, headers } = timerAnswer(request, core.services.profile)
  const finish = (sdp: string, onAck: (ack: ReceivedRequest) => boolean): void => {
    sendAccept(core, transaction, headers, sdp, {
      onAck: (ack) => {
        core.exchange = 'none'
        if (!onAck(ack)) hangUpEstablished(core, { sipCause: 488, q850Cause: 65 })
      },
      // §14.2 with §13.3.1.4: no ACK, so nobody knows which session holds.
      onNoAck: () => hangUpEstablished(core, { sipCause: 408 }, 'network'),
    })
    restartSessionTimer(core, timer)
    changeCall(core, {})
  }
  if (offer === null) {
    const own = makeOffer(core)
    if (!own) return refuse(core, transaction, 500)
    return finish(own.sdp, (ack) => {
      const answer = sdpOf(ack)
      const agreed = answer !== null && takeAnswer(core, answer, own.direction).ok
      if (agreed) changeCall(core, {})
      return agreed
    })
  }
  const answer = makeAnswer(core, offer)
  if (!answer.ok) return refuse(core, transaction, 488)
  core.exchange = 'theirs'
  finish(answer.value, () => true)
}

export function answerUpdate(core: CallCore, transaction: ServerTransaction) {
  const { request } = transaction
  const offer = sdpOf(request)
  if (isTooShort(request)) return transaction.respond(tooShort(request))
  if (offer !== null) {
    // RFC 3311 §5.2: our own offer is out: 491; theirs is not answered yet: 500.
    if (core.exchange === 'ours') return transaction.respond(respond(request, 491))
    if (core.exchange === 'theirs' || !core.negotiated) return transaction.respond(respond(request, 500, { headers: [retryAfter(core)] }))
  }
  refreshTarget(core, request)
  const answer = offer === null ? null : makeAnswer(core, offer)
  if (answer && !answer.ok) return transaction.respond(respond(request, 488, { headers: [allowHeader] }))
  const { timer, headers } = timerAnswer(request, core.services.profile)
  transaction.respond(
    respond(request, 200, {
      headers: [contactHeader(core), allowHeader, supportedHeader, ...headers],
      ...(answer && { body: Buffer.from(answer.value, 'utf8') }),
    }),
  )
  if (core.state === 'established') restartSessionTimer(core, timer)
  changeCall(core, {})
}

/** §14.1 and §14.2: our own INVITE is going on: 491; theirs is: 500 with a time. A 200 that waits for its ACK is still a running INVITE. */
function crossingOf(core: CallCore) {
  if (core.exchange === 'ours') return (request: ReceivedRequest) => respond(request, 491)
  if (core.pendingInvite || core.unacknowledged) return (request: ReceivedRequest) => respond(request, 500, { headers: [retryAfter(core)] })
  return null
}

function refuse(core: CallCore, transaction: ServerTransaction, status: number): void {
  core.pendingInvite = null
  core.exchange = 'none'
  // RFC 3261 §20.43: 304 media type not available, 305 incompatible format.
  const warning = headersOf([['warning', status === 488 ? '305 seat "Incompatible media format"' : null]])
  transaction.respond(respond(transaction.request, status, { headers: [allowHeader, ...warning] }))
}

function tooShort(request: ReceivedRequest) {
  return respond(request, 422, { headers: headersOf([['min-se', String(leastIntervalS)]]) })
}

function retryAfter(core: CallCore): Header {
  return { name: 'retry-after', value: String(Math.floor(core.services.random() * 10)) }
}

function refreshTarget(core: CallCore, request: ReceivedRequest): void {
  if (core.dialog) core.dialog = afterRequest(core.dialog, request)
  if (request.headers.some(({ name }) => name === 'allow')) core.peerTakesUpdate = hasToken(request, 'allow', 'UPDATE')
}
