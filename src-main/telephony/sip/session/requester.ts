import type { Credentials } from '../auth/credentials'
import { header, type ReceivedResponse, type SipRequest } from '../message/sip-message'
import { type ClientTransaction, type ClientUser, cancelFor } from '../transaction/client-transaction'
import type { TransactionLayer } from '../transaction/transaction-layer'
import type { Destinations } from '../transport/destinations'
import type { Endpoint } from '../transport/wire'

/**
 * Sends a request until it is really answered: answers challenges, goes on to the next address when one is down (RFC 3263 §4.3), and says
 * how it ended in one of three ways. What a response means is for the caller.
 */
export interface Requester {
  send(request: SipRequest, nextHop: string, user: RequestUser): SentRequest
  /** Straight out, without a transaction: the ACK of a 2xx. */
  acknowledge(ack: SipRequest, nextHop: string): void
}

export interface RequestUser {
  onProvisional?(response: ReceivedResponse, sent: SipRequest): void
  /** Final. For an INVITE each 2xx comes here (forks, repetitions). `sent` is the request that it answers. */
  onOutcome(outcome: Outcome): void
  /** The number for another attempt; in a dialog it is the dialog's next. Unset: one more than the last. */
  nextSequence?(): number
}

export type Outcome =
  | { readonly kind: 'response'; readonly response: ReceivedResponse; readonly sent: SipRequest }
  /** RFC 3261 §8.1.3.1: to be taken as 408 and 503. */
  | { readonly kind: 'timeout' | 'unreachable'; readonly sent: SipRequest }

export interface SentRequest {
  /** CANCEL (§9.1); held back until a provisional response came. Does nothing once a final response is there. */
  cancel(headers: readonly { readonly name: string; readonly value: string }[]): void
  abandon(): void
}

/** Challenges in a row that are answered: two realms, each with one stale nonce. */
const mostAnswers = 4

export function createRequester(layer: TransactionLayer, destinations: Destinations, credentials: Credentials): Requester {
  return {
    send: (request, nextHop, user) => sendUntilAnswered({ layer, destinations, credentials }, request, nextHop, user),
    acknowledge: (ack, nextHop) => destinations.find(nextHop, ([target]) => target && layer.sendAck(ack, target)),
  }
}

interface RequesterParts {
  readonly layer: TransactionLayer
  readonly destinations: Destinations
  readonly credentials: Credentials
}

function sendUntilAnswered(
  { layer, destinations, credentials }: RequesterParts,
  first: SipRequest,
  nextHop: string,
  user: RequestUser,
): SentRequest {
  let request = first
  let transaction: ClientTransaction | null = null
  let current: Endpoint | null = null
  let answers = 0
  let isAbandoned = false
  let isFinal = false
  let hasProvisional = false
  let wantedCancel: readonly { readonly name: string; readonly value: string }[] | null = null

  const finish = (outcome: Outcome): void => {
    isFinal = true
    if (!isAbandoned) user.onOutcome(outcome)
  }
  const sendCancel = (): void => {
    if (!transaction || !current || !wantedCancel || isFinal || !hasProvisional) return
    const cancel = cancelFor(transaction.request)
    const silent: ClientUser = { onResponse: () => {}, onTimeout: () => {}, onTransportFailure: () => {} }
    layer.cancel({ ...cancel, headers: [...cancel.headers, ...wantedCancel] }, current, silent)
    wantedCancel = null
  }
  const attempt = (targets: readonly Endpoint[]) => {
    const [target, ...others] = targets
    if (isAbandoned) return
    if (!target) return finish({ kind: 'unreachable', sent: request })
    const authorized = credentials.authorize(request)
    const next = (kind: 'timeout' | 'unreachable'): void => {
      destinations.failed(target)
      // RFC 3263 §4.3: a new transaction with the next address; nothing had been answered yet.
      if (others.length > 0 && !hasProvisional && !wantedCancel) attempt(others)
      else finish({ kind, sent: authorized })
    }
    current = target
    transaction = layer.request(authorized, target, {
      onResponse: (response) => {
        if (response.status < 200) {
          hasProvisional = true
          user.onProvisional?.(response, authorized)
          return sendCancel()
        }
        const isChallenge = response.status === 401 || response.status === 407
        if (isChallenge && answers < mostAnswers && !wantedCancel && credentials.learn(response, authorized)) return again(target)
        if (response.status === 503 && others.length > 0 && !hasProvisional) return next('unreachable')
        finish({ kind: 'response', response, sent: authorized })
      },
      onTimeout: () => next('timeout'),
      onTransportFailure: () => next('unreachable'),
    })
  }
  // RFC 3261 §22.2: the same request with the credentials, one number higher and a new branch.
  const again = (target: Endpoint): void => {
    answers += 1
    hasProvisional = false
    const [number = '0', method = first.method] = (header(request, 'cseq') ?? '').split(' ')
    const sequence = user.nextSequence?.() ?? Number(number) + 1
    request = {
      ...request,
      headers: request.headers.map((one) => (one.name === 'cseq' ? { name: 'cseq', value: `${sequence} ${method}` } : one)),
    }
    attempt([target])
  }

  destinations.find(nextHop, attempt)
  return {
    cancel: (headers) => {
      wantedCancel = headers
      sendCancel()
    },
    abandon: () => {
      isAbandoned = true
      transaction?.abandon()
    },
  }
}
