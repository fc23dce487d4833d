import type { AppError } from '#shared/base/app-error'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { CarriedData } from '#shared/domain/call/call'
import type { SupervisionMode } from '#shared/domain/call/supervision'
import type { TelephoneEffect } from '#shared/domain/call/telephone'
import type { CallEffect, CallFact } from '#shared/domain/call/transition'
import type { Media } from '../../telephony/media/media'
import type { SipCall, UserAgent } from '../../telephony/sip/user-agent'
import type { Notices } from '../notices'

/** Does what the domain decided: one row for each effect. What the far side says to it goes back as a fact, and to the person who asked as a result. */
export type Observe = (callId: string, fact: CallFact) => void
export type EffectRunner = (effect: TelephoneEffect, observe: Observe) => Promise<Result<void, AppError>>

export interface EffectParts {
  readonly line: () => UserAgent | null
  readonly media: () => Pick<Media, 'sendDigits'> | null
  /** What travels with a transfer: the case that this call is about. */
  readonly carriedBy: (callId: string) => CarriedData
  /** The mode of a part in a colleague's call; null: the call is none. */
  readonly supervisionOf: (callId: string) => SupervisionMode | null
  readonly notices: Pick<Notices, 'raise'>
  readonly log: Log
}

const done = ok(undefined)

export function createEffectRunner({ line, media, carriedBy, supervisionOf, notices, log }: EffectParts): EffectRunner {
  const sipCall = (callId: string): SipCall | undefined =>
    line()
      ?.calls()
      .find(({ id }) => id === callId)
  const withCall = async (callId: string, work: (call: SipCall) => Result<void, AppError> | Promise<Result<void, AppError>>) => {
    const call = sipCall(callId)
    return call ? work(call) : err(appError('phone/callEnded'))
  }

  async function hold(callId: string, isHeld: boolean, observe: Observe): Promise<Result<void, AppError>> {
    const outcome = await withCall(callId, (call) => (isHeld ? call.hold() : call.resume()))
    observe(callId, outcome.ok ? { type: 'holdConfirmed', isHeld } : { type: 'holdFailed' })
    return outcome
  }

  async function answer(callId: string): Promise<Result<void, AppError>> {
    const outcome = await withCall(callId, (call) => call.answer())
    // Whatever kept it from being answered, the caller must not ring on at a seat that shows it as taken.
    if (!outcome.ok) sipCall(callId)?.reject(500)
    return outcome
  }

  /** A transfer takes as long as the far side rings: nobody waits for it, and its failure is said. */
  function transfer(callId: string, effect: Extract<CallEffect, { type: 'referSession' }>, observe: Observe): void {
    const { target, kind, consultCallId } = effect.transfer
    const { caseNo, userToUser } = carriedBy(callId)
    const consult = kind === 'attended' && consultCallId !== undefined ? sipCall(consultCallId) : undefined
    const outcome = withCall(callId, (call) =>
      consult ? call.transferTo(consult) : call.transfer(target, { caseNo, userToUser, extra: {} }),
    )
    void outcome.then((result) => {
      observe(callId, { type: result.ok ? 'transferDone' : 'transferFailed' })
      if (result.ok || result.error.code === 'phone/callEnded') return
      const text = `${result.error.message}来电人还在线上，请取回后告知。`
      const title = kind === 'satisfaction' ? '没有送到满意度评价' : '转接没有成功'
      notices.raise(`transfer/${callId}`, { level: 'warning', title, text, opens: null })
    })
  }

  async function sendDigits(callId: string, digits: string): Promise<Result<void, AppError>> {
    const negotiated = sipCall(callId)?.view().media
    // RFC 4733 where the far side takes it, tones when it has speech at all; INFO for a call whose speech is not ours.
    const sent = negotiated ? await media()?.sendDigits(callId, digits) : undefined
    if (sent) return sent.ok ? done : sent
    return withCall(callId, (call) => call.sendDigits(digits))
  }

  async function runForCall(callId: string, effect: CallEffect, observe: Observe): Promise<Result<void, AppError>> {
    switch (effect.type) {
      case 'acceptSession':
        return answer(callId)
      case 'rejectSession':
        return withCall(callId, (call) => call.reject(486))
      case 'cancelSession':
        return withCall(callId, (call) => call.hangUp())
      case 'endSession':
        return withCall(callId, (call) => call.hangUp({ q850Cause: 16 }))
      case 'holdSession':
        return hold(callId, true, observe)
      case 'resumeSession':
        return hold(callId, false, observe)
      case 'sendDigits':
        return sendDigits(callId, effect.digits)
      case 'referSession':
        transfer(callId, effect, observe)
        return done
      // The window rings while it shows a ringing call; muting and mixing follow from the telephone's value; a record from the call's end.
      case 'startRinging':
      case 'stopRinging':
      case 'muteMicrophone':
      case 'keepRecord':
        return done
    }
  }

  async function dial(call: Extract<TelephoneEffect, { type: 'dial' }>['call']): Promise<Result<void, AppError>> {
    const agent = line()
    if (!agent) return err(appError('phone/offline'))
    const { caseNo, userToUser } = call.carried
    const supervision = supervisionOf(call.callId)
    const dialled = await agent.call(call.remote.number ?? '', {
      ...{ callId: call.callId, data: { caseNo, userToUser, extra: {} } },
      ...(supervision && { supervision }),
    })
    return dialled.ok ? done : dialled
  }

  return async (effect, observe) => {
    if ('effect' in effect) {
      const outcome = await runForCall(effect.callId, effect.effect, observe)
      if (!outcome.ok) log.warn('call effect failed', { callId: effect.callId, effect: effect.effect.type, code: outcome.error.code })
      return outcome
    }
    return effect.type === 'dial' ? dial(effect.call) : done
  }
}
