import type { Clock } from '#shared/base/clock'
import { header, type ReceivedRequest, type ReceivedResponse, type SipRequest, type SipResponse, withTop } from '../message/sip-message'
import { writeVia } from '../message/via'
import type { Endpoint, WireFailure } from '../transport/wire'
import { type ClientTransaction, type ClientUser, createClientTransaction } from './client-transaction'
import { createServerTransaction, type ServerTransaction } from './server-transaction'

/** Matches messages with transactions (RFC 3261 §17.1.3, §17.2.3) and starts them. What belongs to none is handed to its user. */
export interface TransactionLayer {
  /** Starts a client transaction; the Via is added here. `branch` is given only for a CANCEL, which shares its INVITE's (§9.1). */
  request(request: SipRequest, to: Endpoint, user: ClientUser): ClientTransaction
  cancel(cancel: SipRequest, to: Endpoint, user: ClientUser): void
  /** An ACK of a 2xx is no transaction (§13.2.2.4): it is sent, and sent again when the 2xx is repeated. */
  sendAck(ack: SipRequest, to: Endpoint): void
  accept(request: ReceivedRequest, source: Endpoint): ServerTransaction
  /** §8.2.7: an answer that would always be the same needs no memory. */
  answerStateless(response: SipResponse, request: ReceivedRequest, source: Endpoint): void
  /** A message of the process before this one, exactly as it was sent then. */
  sendRaw(bytes: Buffer, to: Endpoint): void
  /** The INVITE that a CANCEL means (§9.2). */
  inviteOf(cancel: ReceivedRequest): ServerTransaction | null
  /** §8.2.2.2: the same request arrived over another path and is being answered already. */
  isMerged(request: ReceivedRequest): boolean
  receiveRequest(request: ReceivedRequest, source: Endpoint): void
  receiveResponse(response: ReceivedResponse): void
  repeated(): number
  stray(): number
  /** Transactions going on, for tests and the diagnostics page. */
  size(): number
  stop(): void
}

export interface LayerParts {
  readonly clock: Clock
  readonly isReliable: () => boolean
  readonly protocol: () => string
  readonly local: () => Endpoint | null
  /** A fresh token; never the same twice. */
  readonly token: () => string
  sendRequest(request: SipRequest, to: Endpoint, onFailure: (failure: WireFailure) => void): void
  sendResponse(response: SipResponse, request: ReceivedRequest, source: Endpoint): void
  sendRaw(bytes: Buffer, to: Endpoint): void
  onRequest(request: ReceivedRequest, source: Endpoint): void
  onStrayResponse(response: ReceivedResponse): void
}

/** §8.1.1.7: a branch that begins so is unique by itself. */
export const magicCookie = 'z9hG4bK'

export function createTransactionLayer(parts: LayerParts): TransactionLayer {
  const clients = new Map<string, ClientTransaction>()
  const servers = new Map<string, ServerTransaction>()
  let repeats = 0
  let strays = 0

  const via = (branch: string): string => {
    const local = parts.local()
    return writeVia({
      transport: parts.protocol(),
      host: local?.address ?? '127.0.0.1',
      port: local?.port ?? null,
      parameters: { branch, rport: null },
    })
  }
  const start = (request: SipRequest, branch: string, to: Endpoint, user: ClientUser): ClientTransaction => {
    const key = `${branch} ${request.method}`
    const send = (message: SipRequest, isRepeat: boolean): void => {
      if (isRepeat) repeats += 1
      parts.sendRequest(message, to, () => transaction.fail())
    }
    const transaction = createClientTransaction({
      request,
      branch,
      isReliable: parts.isReliable(),
      clock: parts.clock,
      user,
      send,
      onEnded: () => clients.delete(key),
    })
    clients.set(key, transaction)
    send(request, false)
    return transaction
  }
  return {
    request: (request, to, user) => {
      const branch = magicCookie + parts.token()
      return start(withTop(request, 'via', via(branch)), branch, to, user)
    },
    cancel: (cancel, to, user) => {
      const branch = /;branch=([^;]+)/.exec(header(cancel, 'via') ?? '')?.[1]
      if (branch) start(cancel, branch, to, user)
    },
    sendAck: (ack, to) => parts.sendRequest(withTop(ack, 'via', via(magicCookie + parts.token())), to, () => {}),
    accept: (request, source) => {
      const key = serverKey(request)
      const transaction = createServerTransaction({
        request,
        isReliable: parts.isReliable(),
        clock: parts.clock,
        send: (response, isRepeat) => {
          if (isRepeat) repeats += 1
          parts.sendResponse(response, request, source)
        },
        onEnded: () => servers.delete(key),
      })
      servers.set(key, transaction)
      return transaction
    },
    answerStateless: (response, request, source) => parts.sendResponse(response, request, source),
    sendRaw: parts.sendRaw,
    inviteOf: (cancel) => servers.get(serverKey(cancel, 'INVITE')) ?? null,
    isMerged: (request) => [...servers.values()].some((one) => isSameRequest(one.request, request)),
    receiveRequest: (request, source) => {
      const known = servers.get(serverKey(request))
      // RFC 6026 §7.1: clients of RFC 2543, and some that should know better, acknowledge a 2xx with the branch of their INVITE.
      if (known && !(request.method === 'ACK' && known.isAccepted())) known.receive(request)
      else parts.onRequest(request, source)
    },
    receiveResponse: (response) => {
      const transaction = clients.get(`${response.via.parameters.branch ?? ''} ${response.sequenceMethod}`)
      if (transaction) return transaction.receive(response)
      strays += 1
      parts.onStrayResponse(response)
    },
    repeated: () => repeats,
    stray: () => strays,
    size: () => clients.size + servers.size,
    stop: () => {
      for (const one of [...clients.values(), ...servers.values()]) one.abandon()
    },
  }
}

/** §17.2.3: branch, sent-by and method, an ACK counting as INVITE; a client of RFC 2543 is known by the request itself. */
function serverKey(request: ReceivedRequest, asMethod?: string): string {
  const method = asMethod ?? (request.method === 'ACK' ? 'INVITE' : request.method)
  const { branch } = request.via.parameters
  const sentBy = `${request.via.host}:${request.via.port ?? ''}`
  if (branch?.startsWith(magicCookie)) return `${branch} ${sentBy} ${method}`
  return `2543 ${request.callId} ${request.sequence} ${request.from.parameters.tag ?? ''} ${sentBy} ${branch ?? ''} ${method}`
}

function isSameRequest(a: ReceivedRequest, b: ReceivedRequest): boolean {
  return a.callId === b.callId && a.sequence === b.sequence && a.method === b.method && a.from.parameters.tag === b.from.parameters.tag
}
