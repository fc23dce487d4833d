import { afterRequest, isInOrder } from '../dialog/dialog'
import { respond } from '../message/respond'
import { header, headersOf, type ReceivedRequest } from '../message/sip-message'
import type { ServerTransaction } from '../transaction/server-transaction'
import type { Endpoint } from '../transport/wire'
import { answerReInvite, answerUpdate } from './answer-offers'
import { type CallCore, endCall } from './call-core'
import { acceptedTypes, allowHeader, supportedHeader, unsupportedOptions } from './capabilities'
import { reasonOf } from './end-cause'
import { receiveRefer } from './follow-refer'
import { sdpOf } from './send-accept'
import { readReferProgress } from './transfer'

/** What the peer of a call may send inside it (RFC 3261 §12.2.2), each method to its verb. */
export function receiveInDialog(core: CallCore, request: ReceivedRequest, source: Endpoint) {
  const { layer } = core.services
  if (request.method === 'ACK') return core.waiting.ack?.(request)
  if (!core.dialog) return
  const transaction = layer.accept(request, source)
  // §12.2.2: late or repeated with another branch: it must not change anything.
  if (!isInOrder(core.dialog, request)) return transaction.respond(respond(request, 500, { reason: 'Request Out Of Order' }))
  core.dialog = { ...core.dialog, remoteSequence: request.sequence }
  const unknown = unsupportedOptions(request)
  if (unknown.length > 0) return transaction.respond(respond(request, 420, { headers: headersOf([['unsupported', unknown.join(', ')]]) }))
  handle(core, transaction)
}

function handle(core: CallCore, transaction: ServerTransaction) {
  const { request } = transaction
  switch (request.method) {
    case 'BYE':
      return bye(core, transaction)
    case 'INVITE':
      return answerReInvite(core, transaction)
    case 'UPDATE':
      return answerUpdate(core, transaction)
    case 'PRACK':
      return prack(core, transaction)
    case 'INFO':
      return info(core, transaction)
    case 'NOTIFY':
      return notify(core, transaction)
    case 'OPTIONS':
      return transaction.respond(
        respond(request, 200, { headers: [allowHeader, supportedHeader, ...headersOf([['accept', acceptedTypes]])] }),
      )
    case 'REFER':
      return receiveRefer(core, transaction)
    case 'SUBSCRIBE':
      return transaction.respond(respond(request, 489))
    default:
      return transaction.respond(respond(request, 405, { headers: [allowHeader] }))
  }
}

function bye(core: CallCore, transaction: ServerTransaction): void {
  const { request } = transaction
  transaction.respond(respond(request, 200))
  // §15.1.2: an INVITE of the peer that is still open is ended with it.
  core.pendingInvite?.respond(respond(core.pendingInvite.request, 487))
  const said = reasonOf(request)
  const how = core.waiting.isHangUpSuccess
    ? 'transferred'
    : core.state === 'established' || core.state === 'answering'
      ? 'bye'
      : 'cancelled'
  endCall(core, 'peer', how, { ...said, q850Cause: said.q850Cause ?? 16 })
}

function prack(core: CallCore, transaction: ServerTransaction): void {
  const { request } = transaction
  // RFC 3262 §3: one that matches nothing that waits is refused.
  const taken = core.waiting.prack?.(request) ?? false
  transaction.respond(respond(request, taken ? 200 : 481))
}

const digit = /^[0-9*#A-D]$/

/** Digits of exchanges without RFC 4733. */
function info(core: CallCore, transaction: ServerTransaction) {
  const { request } = transaction
  // RFC 6086 §4.2.2: packages are not spoken; INFO of the time before them is.
  if (header(request, 'info-package') !== undefined)
    return transaction.respond(respond(request, 469, { headers: headersOf([['recv-info', '']]) }))
  const type = (header(request, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  const body = request.body.toString('utf8')
  const pressed =
    type === 'application/dtmf-relay' ? readRelay(body) : type === 'application/dtmf' ? { key: body.trim(), durationMs: null } : null
  if (request.body.length > 0 && !pressed)
    return transaction.respond(respond(request, 415, { headers: headersOf([['accept', acceptedTypes]]) }))
  transaction.respond(respond(request, 200))
  const key = pressed ? keyOf(pressed.key) : null
  if (pressed && key) core.services.emit({ type: 'digitReceived', callId: core.id, digit: key, durationMs: pressed.durationMs })
}

function readRelay(body: string): { readonly key: string; readonly durationMs: number | null } {
  const key = /^\s*Signal\s*=\s*(\S+)/im.exec(body)?.[1] ?? ''
  const duration = /^\s*Duration\s*=\s*(\d{1,5})/im.exec(body)?.[1]
  return { key, durationMs: duration ? Number(duration) : null }
}

/** Some write the event numbers of RFC 4733 for `*` and `#`. */
function keyOf(text: string): string | null {
  const key = text === '10' ? '*' : text === '11' ? '#' : text.toUpperCase()
  return digit.test(key) ? key : null
}

function notify(core: CallCore, transaction: ServerTransaction) {
  const { request } = transaction
  const progress = readReferProgress(request)
  if (!progress) return transaction.respond(respond(request, 489, { headers: headersOf([['allow-events', 'refer']]) }))
  transaction.respond(respond(request, 200))
  core.waiting.referProgress?.(progress.status ?? 100, progress.isOver)
}

/** Requests in a dialog that is still early: the callee of our call, or the caller of one that rings. */
export function receiveInEarlyDialog(core: CallCore, request: ReceivedRequest, source: Endpoint) {
  const { layer } = core.services
  if (request.method === 'ACK') return
  const transaction = layer.accept(request, source)
  if (core.dialog) core.dialog = afterRequest(core.dialog, request)
  if (request.method === 'UPDATE' && (sdpOf(request) === null || core.negotiated)) return answerUpdate(core, transaction)
  if (request.method === 'UPDATE') return transaction.respond(respond(request, 500, { headers: headersOf([['retry-after', '2']]) }))
  if (request.method === 'INFO') return info(core, transaction)
  transaction.respond(respond(request, request.method === 'BYE' || request.method === 'OPTIONS' ? 200 : 405, { headers: [allowHeader] }))
}
