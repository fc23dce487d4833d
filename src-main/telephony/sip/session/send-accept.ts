import { respond } from '../message/respond'
import { type Header, header, type ReceivedRequest, writeMessage } from '../message/sip-message'
import type { ServerTransaction } from '../transaction/server-transaction'
import { t1Ms, t2Ms, transactionMs } from '../transaction/timers'
import { type CallCore, laterInCall } from './call-core'
import { allowHeader, supportedHeader } from './capabilities'

/**
 * The 2xx of an INVITE, first or later: repeated until its ACK comes (RFC 3261 §13.3.1.4, §14.2), over every transport, because a proxy between may
 * lose it. Without an ACK the caller decides; the RFC's answer is a BYE.
 */
export interface AcceptUser {
  onAck(ack: ReceivedRequest): void
  onNoAck(): void
}

export function sendAccept(
  core: CallCore,
  transaction: ServerTransaction,
  headers: readonly Header[],
  sdp: string | null,
  user: AcceptUser,
): void {
  const { request } = transaction
  const response = respond(request, 200, {
    ...(core.dialog && { toTag: core.dialog.localTag }),
    headers: [contactHeader(core), allowHeader, supportedHeader, ...headers],
    ...(sdp !== null && { body: Buffer.from(sdp, 'utf8') }),
  })
  const { host, parameters } = request.via
  const target = { address: parameters.received ?? host, port: Number(parameters.rport ?? request.via.port ?? 5060) }
  core.unacknowledged = { text: writeMessage(response).toString('utf8'), target }
  transaction.respond(response)
  core.pendingInvite = null
  awaitAck(core, request.sequence, () => core.services.layer.answerStateless(response, request, target), user)
}

/** Also for the 2xx of the process before this one. */
export function awaitAck(core: CallCore, sequence: number, repeat: () => void, user: AcceptUser): void {
  let stopRepeat = laterInCall(core, t1Ms, () => again(t1Ms))
  const again = (delayMs: number): void => {
    repeat()
    const nextMs = Math.min(delayMs * 2, t2Ms)
    stopRepeat = laterInCall(core, nextMs, () => again(nextMs))
  }
  const over = (): void => {
    stopRepeat()
    stopLimit()
    core.waiting.ack = null
    core.unacknowledged = null
  }
  const stopLimit = laterInCall(core, transactionMs, () => {
    over()
    user.onNoAck()
  })
  core.waiting.ack = (ack) => {
    // §13.2.2.4: the ACK carries the number of the INVITE.
    if (ack.sequence !== sequence) return
    over()
    user.onAck(ack)
  }
}

export function contactHeader(core: CallCore): Header {
  return { name: 'contact', value: `<${core.services.contact()}>` }
}

export function sdpOf(message: { readonly headers: readonly Header[]; readonly body: Buffer }): string | null {
  const type = (header(message, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (message.body.length === 0) return null
  if (type === 'application/sdp') return message.body.toString('utf8')
  return type?.startsWith('multipart/') ? sdpInParts(header(message, 'content-type') ?? '', message.body.toString('utf8')) : null
}

/** RFC 5621 §3: a session description may come beside other parts. */
function sdpInParts(contentType: string, body: string): string | null {
  const boundary = /;\s*boundary="?([^";\s]{1,70})"?/i.exec(contentType)?.[1]
  if (!boundary) return null
  for (const part of body.split(`--${boundary}`)) {
    const cut = part.indexOf('\r\n\r\n')
    if (cut > 0 && /^content-type\s*:\s*application\/sdp/im.test(part.slice(0, cut))) return part.slice(cut + 4)
  }
  return null
}
