import { appError } from '#shared/contracts/errors'
import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { type Call, isWithCitizen, nothingCarried } from '#shared/domain/call/call'
import { decideTelephone, foremost, type Telephone, type TelephoneRequest } from '#shared/domain/call/telephone'

/**
 * What the telephone's own rules say about the calls on screen, so that a grey key gives the very reason that the core would. It decides nothing:
 * the core is asked all the same, and its word counts.
 */
export function telephoneOf({ calls, isConference, focusId }: Pick<TelephoneView, 'calls' | 'isConference' | 'focusId'>): Telephone {
  return { calls: calls.map(callOf), isConference, focusId }
}

/** The rules look at phase, holding and purpose only; what a view does not tell is left empty. */
function callOf(view: TelephoneCallView): Call {
  const { callId, direction, purpose, phase, held, isMuted, isHoldPending, isInterrupted, startedAt, answeredAt } = view
  return {
    ...{ callId, direction, purpose, phase, held, isMuted, isHoldPending, isInterrupted, startedAt, answeredAt },
    remote: { number: view.number, displayName: view.displayName, isWithheld: view.isWithheld },
    carried: nothingCarried,
    endedAt: null,
    ending: null,
    transfer: view.transfer,
    answeredBy: null,
  }
}

type Calls = Pick<TelephoneView, 'calls' | 'isConference' | 'focusId'>

/** The sentence of the refusal; null when the request would be taken. */
export function refusalOf(view: Calls, request: TelephoneRequest): string | null {
  const decided = decideTelephone(telephoneOf(view), request)
  return decided.ok ? null : appError(decided.error.code, decided.error.detail).message
}

/** The call that the keys mean. */
export function foremostCall(view: Calls): TelephoneCallView | undefined {
  const callId = foremost(telephoneOf(view))?.callId
  return view.calls.find((call) => call.callId === callId)
}

export const ringingCall = ({ calls }: Pick<TelephoneView, 'calls'>): TelephoneCallView | undefined =>
  calls.find(({ phase }) => phase === 'ringing')

/** A citizen who is there, or rings, is not hung up on by a slip of the hand. */
export function needsLongPress(view: TelephoneCallView): boolean {
  if (view.phase === 'ringing') return true
  return view.answeredAt !== null && isWithCitizen(view)
}
