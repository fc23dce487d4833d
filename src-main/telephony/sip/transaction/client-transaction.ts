import type { Clock, Stop } from '#shared/base/clock'
import { header, headersOf, noBody, type ReceivedResponse, type SipRequest } from '../message/sip-message'
import { t1Ms, t2Ms, t4Ms, timerDMs, transactionMs } from './timers'

/**
 * The two client machines of RFC 3261 §17.1, with RFC 6026's Accepted state. Timers that only repeat run over UDP alone.
 *
 *   INVITE      calling ─1xx→ proceeding ─2xx→ accepted ─M→ ended        other   trying ─1xx→ proceeding
 *                  │  └────────────┴─3xx-6xx→ completed ─D→ ended                  └──────2xx-6xx──→ completed ─K→ ended
 *                  └─B→ ended (timeout)                                             └─F→ ended (timeout)
 */
export interface ClientTransaction {
  readonly branch: string
  /** As sent, with Via. */
  readonly request: SipRequest
  readonly isInvite: boolean
  receive(response: ReceivedResponse): void
  /** The network refused the message (RFC 3261 §17.1.4). */
  fail(): void
  /** Stops everything without telling anybody. */
  abandon(): void
}

export interface ClientUser {
  onResponse(response: ReceivedResponse): void
  onTimeout(): void
  onTransportFailure(): void
}

export interface ClientParts {
  readonly request: SipRequest
  readonly branch: string
  readonly isReliable: boolean
  readonly clock: Clock
  readonly user: ClientUser
  send(request: SipRequest, isRepeat: boolean): void
  onEnded(): void
}

type State = 'calling' | 'proceeding' | 'completed' | 'accepted' | 'ended'

export function createClientTransaction(parts: ClientParts): ClientTransaction {
  const { request, branch, isReliable, clock, user, send } = parts
  const isInvite = request.method === 'INVITE'
  let state: State = 'calling'
  let stopRepeat: Stop = () => {}
  let stopLimit: Stop = () => {}
  let ack: SipRequest | null = null

  const end = (): void => {
    if (state === 'ended') return
    state = 'ended'
    stopRepeat()
    stopLimit()
    parts.onEnded()
  }
  const endAfter = (delayMs: number): void => {
    stopRepeat()
    stopLimit()
    if (delayMs === 0) end()
    else stopLimit = clock.after(delayMs, end)
  }
  // §17.1.1.2 timer A doubles without limit; §17.1.2.2 timer E stops doubling at T2, and runs at T2 once a provisional response came.
  const repeat = (delayMs: number): void => {
    stopRepeat = clock.after(delayMs, () => {
      send(request, true)
      repeat(isInvite ? delayMs * 2 : state === 'proceeding' ? t2Ms : Math.min(delayMs * 2, t2Ms))
    })
  }
  const receiveForInvite = (response: ReceivedResponse): void => {
    if (state === 'completed') {
      // §17.1.1.2: a repeated final response is acknowledged again and goes no further.
      if (response.status >= 300 && ack) send(ack, true)
    } else if (state === 'accepted') {
      // RFC 6026 §8.4: 2xx of any fork, and repeated ones, are the user's to acknowledge.
      if (response.status < 300) user.onResponse(response)
    } else if (response.status < 200) {
      state = 'proceeding'
      stopRepeat()
      stopLimit()
      user.onResponse(response)
    } else if (response.status < 300) {
      state = 'accepted'
      endAfter(transactionMs)
      user.onResponse(response)
    } else {
      state = 'completed'
      ack = ackFor(request, response)
      send(ack, false)
      endAfter(isReliable ? 0 : timerDMs)
      user.onResponse(response)
    }
  }
  const receiveForOther = (response: ReceivedResponse): void => {
    if (state === 'completed') return
    if (response.status < 200) {
      state = 'proceeding'
    } else {
      state = 'completed'
      endAfter(isReliable ? 0 : t4Ms)
    }
    user.onResponse(response)
  }

  // Timers B and F (§17.1.1.2, §17.1.2.2).
  stopLimit = clock.after(transactionMs, () => {
    end()
    user.onTimeout()
  })
  if (!isReliable) repeat(t1Ms)
  return {
    branch,
    request,
    isInvite,
    receive: (response) => {
      if (state === 'ended') return
      if (isInvite) receiveForInvite(response)
      else receiveForOther(response)
    },
    fail: () => {
      if (state !== 'calling' && state !== 'proceeding') return
      end()
      user.onTransportFailure()
    },
    abandon: end,
  }
}

/** §17.1.1.3: the ACK of a refusal belongs to the transaction: same branch, same Route, To as answered. */
function ackFor(invite: SipRequest, response: ReceivedResponse): SipRequest {
  const kept = invite.headers.filter(({ name }) =>
    ['from', 'call-id', 'max-forwards', 'route', 'authorization', 'proxy-authorization'].includes(name),
  )
  const cseq = header(invite, 'cseq')?.replace(/INVITE$/, 'ACK')
  return {
    kind: 'request',
    method: 'ACK',
    uri: invite.uri,
    headers: headersOf([
      ['via', header(invite, 'via')],
      ...kept.map(({ name, value }) => [name, value] as const),
      ['to', header(response, 'to')],
      ['cseq', cseq],
    ]),
    body: noBody,
  }
}

/** §9.1: same Request-URI, Call-ID, To, From and number as the INVITE, its single top Via, its Route. */
export function cancelFor(invite: SipRequest): SipRequest {
  const kept = invite.headers.filter(({ name }) => ['via', 'from', 'to', 'call-id', 'max-forwards', 'route'].includes(name))
  const cseq = header(invite, 'cseq')?.replace(/INVITE$/, 'CANCEL') ?? ''
  return { kind: 'request', method: 'CANCEL', uri: invite.uri, headers: [...kept, { name: 'cseq', value: cseq }], body: noBody }
}
