import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { EndReason, SipCall } from '../user-agent'
import { type CallCore, changeCall, endCall, viewOf } from './call-core'
import { dataHeadersOf } from './caller-identity'
import { dialTarget } from './dial-target'
import { hangUpEstablished } from './hang-up'
import { endsByOutcome, sendInDialog } from './in-dialog'
import type { IncomingCall } from './incoming-call'
import type { OutgoingCall } from './outgoing-call'
import { renegotiate } from './renegotiate'
import { refer, referToOf, referToWith } from './transfer'

/** A call as the rest of the program holds it: each verb checks the state, then does what its own file says. */
export function createSipCall(
  core: CallCore,
  incoming: IncomingCall | null,
  outgoing: () => OutgoingCall | null,
  coreOf: (callId: string) => CallCore | null,
): SipCall {
  const notNow = (): AppError => (core.state === 'ended' ? appError('phone/callEnded') : appError('phone/notNow', { state: core.state }))

  const setHold = async (isHeldHere: boolean): Promise<Result<void, AppError>> => {
    if (core.state !== 'established') return err(notNow())
    if (core.isHeldHere === isHeldHere) return ok(undefined)
    changeCall(core, { isHeldHere })
    const agreed = await renegotiate(core)
    // The peer did not agree: the speech runs as before, and so must what is shown.
    if (!agreed.ok) changeCall(core, { isHeldHere: !isHeldHere })
    return agreed
  }
  const hangUp = (reason?: EndReason): Result<void, AppError> => {
    if (core.state === 'ended') return err(notNow())
    if (core.direction === 'outgoing' && core.state !== 'established' && core.state !== 'answering') {
      const call = outgoing()
      if (call) call.cancel(reason)
      else endCall(core, 'here', 'cancelled')
      return ok(undefined)
    }
    // RFC 3261 §15: before the 200 has been sent an incoming call is refused; after it, BYE, even if the ACK is still under way (§15.1.1 asks a
    // callee to wait for it; a seat that hangs up at that moment must not keep the citizen's line open, and peers take the BYE for the ACK).
    if (incoming && core.pendingInvite && core.establishedAt === null) return incoming.reject(603, reason)
    hangUpEstablished(core, reason)
    return ok(undefined)
  }
  return {
    id: core.id,
    view: () => viewOf(core),
    ring: () => (incoming ? incoming.ring() : err(notNow())),
    answer: () => (incoming ? incoming.answer() : Promise.resolve(err(notNow()))),
    reject: (status = 486, reason) => (incoming ? incoming.reject(status, reason) : err(notNow())),
    hangUp,
    hold: () => setHold(true),
    resume: () => setHold(false),
    renegotiate: () => renegotiate(core),
    transfer: (text, data) => {
      const target = dialTarget(text, core.services.profile)
      if (!target) return Promise.resolve(err(appError('phone/badTarget', { target: text })))
      return refer(core, referToWith(target, dataHeadersOf(data, core.services.profile)), core.dialog?.localUri ?? '')
    },
    transferTo: async (consult) => {
      const other = coreOf(consult.id)
      const referTo = other && other.state === 'established' && other !== core ? referToOf(other) : null
      if (!other || referTo === null) return err(appError('phone/notNow', { state: other?.state ?? 'ended' }))
      const result = await refer(core, referTo, core.dialog?.localUri ?? '')
      // The consulted peer hangs up its call with us by itself (RFC 3891 §3); one that does not is released.
      if (result.ok && other.state === 'established') hangUpEstablished(other, undefined, 'here', 'transferred')
      return result
    },
    sendDigits: (digits, durationMs = 160) => sendDigits(core, digits, durationMs),
  }
}

/** One INFO per key, each after the answer to the one before: their order is their meaning. */
async function sendDigits(core: CallCore, digits: string, durationMs: number): Promise<Result<void, AppError>> {
  if (core.state !== 'established') return err(appError('phone/notNow', { state: core.state }))
  if (!/^[0-9*#A-D]{1,64}$/.test(digits)) return err(appError('phone/badTarget', { target: digits }))
  for (const digit of digits) {
    const sent = await sendDigit(core, digit, durationMs)
    if (!sent.ok) return sent
  }
  return ok(undefined)
}

function sendDigit(core: CallCore, digit: string, durationMs: number): Promise<Result<void, AppError>> {
  return new Promise((resolve) => {
    core.atEnd.add(() => resolve(err(appError('phone/callEnded'))))
    const body = Buffer.from(`Signal=${digit}\r\nDuration=${durationMs}\r\n`)
    sendInDialog(
      core,
      'INFO',
      { body, contentType: 'application/dtmf-relay' },
      {
        onOutcome: (outcome) => {
          if (outcome.kind === 'response' && outcome.response.status < 300) return resolve(ok(undefined))
          if (outcome.kind === 'response' && outcome.response.status === 481 && endsByOutcome(core, outcome)) return
          if (outcome.kind === 'response')
            return resolve(err(appError('phone/refused', { status: outcome.response.status, reason: outcome.response.reason })))
          resolve(err(appError(outcome.kind === 'timeout' ? 'phone/noAnswer' : 'phone/offline')))
        },
      },
    )
  })
}
