import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { respond } from '../message/respond'
import { hasToken, type ReceivedRequest } from '../message/sip-message'
import type { ServerTransaction } from '../transaction/server-transaction'
import type { EndReason } from '../user-agent'
import { type CallCore, changeCall, endCall, laterInCall } from './call-core'
import { allowHeader, reasonHeaders, supportedHeader } from './capabilities'
import { reasonOf } from './end-cause'
import { hangUpEstablished } from './hang-up'
import { makeAnswer, makeOffer, openMedia, takeAnswer } from './offer-answer'
import { ringReliably } from './reliable-ringing'
import { contactHeader, sdpOf, sendAccept } from './send-accept'
import { startSessionTimer } from './session-clock'
import { timerAnswer } from './session-timer'

/** A call that somebody makes to this seat, up to its ACK (RFC 3261 §13.3, RFC 3262). */
export interface IncomingCall {
  ring(): Result<void, AppError>
  answer(): Promise<Result<void, AppError>>
  reject(status: number, reason?: EndReason): Result<void, AppError>
  /** The caller gave up (§9.2). */
  cancelled(cancel: ReceivedRequest): void
}

/** A caller that vanished without CANCEL must not ring for ever; every exchange gives up before (RFC 3261 §16.6 timer C: three minutes). */
const longestRingingMs = 200_000

export function createIncomingCall(core: CallCore, transaction: ServerTransaction): IncomingCall {
  const { request } = transaction
  const { profile } = core.services
  const offer = sdpOf(request)
  const isReliableRequired = hasToken(request, 'require', '100rel')
  // RFC 3262 §3: a caller that only supports it is asked when that costs nothing: its INVITE had the offer, so ringing need not carry one.
  const isReliable = isReliableRequired || (profile.reliableProvisional && offer !== null && hasToken(request, 'supported', '100rel'))
  let hasRung = false
  /** The offer that went out in a reliable 180 has been answered in the PRACK. */
  let earlyAnswered: Promise<boolean> | null = null
  let isAnswered = false

  core.pendingInvite = transaction
  transaction.respond(respond(request, 100))
  laterInCall(core, longestRingingMs, () => {
    if (transaction.isFinal()) return
    refuse(480)
    endCall(core, 'network', 'noAnswer', { sipCause: 480, q850Cause: 19, reasonText: null })
  })

  const refuse = (status: number, reason?: EndReason): void => {
    transaction.respond(respond(request, status, { toTag: core.dialog?.localTag ?? '', headers: [allowHeader, ...reasonHeaders(reason)] }))
    core.pendingInvite = null
  }
  const endRefused = (status: number, how: 'rejected' | 'lost', reason?: EndReason): void => {
    refuse(status, reason)
    const facts = { sipCause: status, q850Cause: reason?.q850Cause ?? null, reasonText: reason?.text ?? null }
    endCall(core, how === 'lost' ? 'network' : 'here', how, facts)
  }
  const ringWithOffer = async (): Promise<boolean> => {
    const opened = await openMedia(core)
    const own = opened.ok ? makeOffer(core) : null
    if (!own || transaction.isFinal()) return false
    return new Promise((resolve) => {
      core.atEnd.add(() => resolve(false))
      ringReliably(core, transaction, 180, own.sdp, {
        onPrack: (prack) => {
          const answer = sdpOf(prack)
          resolve(answer !== null && takeAnswer(core, answer, own.direction).ok)
        },
        onNoPrack: () => endRefused(504, 'lost'),
      })
    })
  }
  const accept = (sdp: string | null, onAck: (ack: ReceivedRequest) => boolean): Promise<Result<void, AppError>> => {
    const { timer, headers } = timerAnswer(request, profile)
    core.sessionTimer = timer
    return new Promise((resolve) => {
      core.atEnd.add(() => resolve(err(appError('phone/callEnded'))))
      // Before the 200 leaves: a crash in between must find a call that was answered, not one that rings.
      core.ringing = null
      changeCall(core, { establishedAt: core.services.clock.now() })
      sendAccept(core, transaction, headers, sdp, {
        onAck: (ack) => {
          if (!onAck(ack)) {
            hangUpEstablished(core, { sipCause: 488, q850Cause: 65 })
            return resolve(err(appError('phone/noMedia')))
          }
          changeCall(core, { state: 'established' })
          startSessionTimer(core)
          resolve(ok(undefined))
        },
        // §13.3.1.4: without an ACK the session is there, but nobody is: BYE.
        onNoAck: () => {
          hangUpEstablished(core, { sipCause: 408 }, 'network')
          resolve(err(appError('phone/noAnswer')))
        },
      })
    })
  }
  const answerEarlyOffer = (text: string): Promise<Result<void, AppError>> => {
    const answer = makeAnswer(core, text)
    if (answer.ok) return accept(answer.value, () => true)
    endRefused(488, 'rejected', { q850Cause: 65 })
    return Promise.resolve(err(appError('phone/noMedia')))
  }
  const answerWithOffer = async (): Promise<Result<void, AppError>> => {
    // RFC 3262 §5: the offer has gone out with the ringing; its answer must be here before the 200.
    if (earlyAnswered) {
      if (await earlyAnswered) return accept(null, () => true)
      if (!transaction.isFinal()) endRefused(488, 'rejected')
      return err(appError('phone/noMedia'))
    }
    const own = makeOffer(core)
    if (!own) return err(appError('phone/noMedia'))
    return accept(own.sdp, (ack) => {
      const answer = sdpOf(ack)
      return answer !== null && takeAnswer(core, answer, own.direction).ok
    })
  }

  return {
    ring: () => {
      if (transaction.isFinal()) return err(appError('phone/callEnded'))
      if (hasRung) return ok(undefined)
      hasRung = true
      changeCall(core, { state: 'ringing' })
      if (isReliable && offer === null) earlyAnswered = ringWithOffer()
      else if (isReliable) ringReliably(core, transaction, 180, null, { onPrack: () => {}, onNoPrack: () => endRefused(504, 'lost') })
      else
        transaction.respond(
          respond(request, 180, { toTag: core.dialog?.localTag ?? '', headers: [contactHeader(core), allowHeader, supportedHeader] }),
        )
      return ok(undefined)
    },
    answer: async () => {
      if (transaction.isFinal()) return err(appError('phone/callEnded'))
      if (isAnswered) return err(appError('phone/notNow', { state: core.state }))
      isAnswered = true
      changeCall(core, { state: 'answering' })
      const opened = await openMedia(core)
      if (!opened.ok) {
        if (!transaction.isFinal()) endRefused(500, 'rejected', { q850Cause: 41 })
        return opened
      }
      // The caller may have given up while the speech was being opened.
      if (transaction.isFinal()) return err(appError('phone/callEnded'))
      return offer === null ? answerWithOffer() : answerEarlyOffer(offer)
    },
    reject: (status, reason) => {
      if (transaction.isFinal()) return err(appError('phone/callEnded'))
      endRefused(status, 'rejected', reason)
      return ok(undefined)
    },
    cancelled: (cancel) => {
      // §9.2: after a final response the CANCEL changes nothing; the 200 to it has been sent.
      if (transaction.isFinal()) return
      refuse(487)
      const said = reasonOf(cancel)
      // RFC 3326 §2: `SIP;cause=200` says that another seat took it.
      endCall(core, 'peer', said.sipCause === 200 ? 'answeredElsewhere' : 'cancelled', {
        ...said,
        q850Cause: said.q850Cause ?? (said.sipCause === 200 ? 26 : 16),
      })
    },
  }
}
