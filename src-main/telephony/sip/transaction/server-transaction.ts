import type { Clock, Stop } from '#shared/base/clock'
import type { ReceivedRequest, SipResponse } from '../message/sip-message'
import { t1Ms, t2Ms, t4Ms, transactionMs } from './timers'

/**
 * The two server machines of RFC 3261 §17.2, with RFC 6026's Accepted state. The 2xx of an INVITE is repeated by the dialog that waits for its
 * ACK (§13.3.1.4), not here.
 *
 *   INVITE   proceeding ─2xx→ accepted ─L→ ended          other   trying ─1xx→ proceeding ─2xx-6xx→ completed ─J→ ended
 *               └─3xx-6xx→ completed ─ACK→ confirmed ─I→ ended
 *                              └─H→ ended
 */
export interface ServerTransaction {
  readonly request: ReceivedRequest
  readonly isFinal: () => boolean
  /** A 2xx was sent: an ACK that shares the branch is the dialog's (RFC 6026 §7.1). */
  readonly isAccepted: () => boolean
  /** A response after the final one, or after the end, is not sent: a CANCEL and an answer may cross (§9.2). */
  respond(response: SipResponse): void
  /** A repeated request, or the ACK of a refusal. */
  receive(request: ReceivedRequest): void
  abandon(): void
}

export interface ServerParts {
  readonly request: ReceivedRequest
  readonly isReliable: boolean
  readonly clock: Clock
  send(response: SipResponse, isRepeat: boolean): void
  onEnded(): void
}

type State = 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'ended'

export function createServerTransaction({ request, isReliable, clock, send, onEnded }: ServerParts): ServerTransaction {
  const isInvite = request.method === 'INVITE'
  let state: State = 'proceeding'
  let last: SipResponse | null = null
  let stopRepeat: Stop = () => {}
  let stopLimit: Stop = () => {}

  const end = (): void => {
    if (state === 'ended') return
    state = 'ended'
    stopRepeat()
    stopLimit()
    onEnded()
  }
  const endAfter = (delayMs: number): void => {
    stopLimit()
    if (delayMs === 0) end()
    else stopLimit = clock.after(delayMs, end)
  }
  // §17.2.1 timer G: doubles up to T2 until the ACK comes or H fires.
  const repeat = (delayMs: number): void => {
    stopRepeat = clock.after(delayMs, () => {
      if (last) send(last, true)
      repeat(Math.min(delayMs * 2, t2Ms))
    })
  }
  const becomeFinal = (status: number): void => {
    if (isInvite && status < 300) {
      state = 'accepted'
      endAfter(transactionMs)
    } else if (isInvite) {
      state = 'completed'
      endAfter(transactionMs)
      if (!isReliable) repeat(t1Ms)
    } else {
      // §17.2.2 timer J
      state = 'completed'
      endAfter(isReliable ? 0 : transactionMs)
    }
  }
  return {
    request,
    isFinal: () => state !== 'proceeding',
    isAccepted: () => state === 'accepted',
    respond: (response) => {
      if (state !== 'proceeding') return
      last = response
      send(response, false)
      if (response.status >= 200) becomeFinal(response.status)
    },
    receive: (repeated) => {
      if (repeated.method === 'ACK') {
        if (state !== 'completed' || !isInvite) return
        state = 'confirmed'
        stopRepeat()
        // §17.2.1 timer I
        endAfter(isReliable ? 0 : t4Ms)
      } else if (last && (state === 'proceeding' || state === 'completed')) send(last, true)
    },
    abandon: end,
  }
}
