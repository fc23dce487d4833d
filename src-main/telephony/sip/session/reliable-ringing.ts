import { respond } from '../message/respond'
import { type Header, header, type ReceivedRequest } from '../message/sip-message'
import type { ServerTransaction } from '../transaction/server-transaction'
import { t1Ms, transactionMs } from '../transaction/timers'
import { type CallCore, laterInCall } from './call-core'
import { allowHeader, supportedHeader } from './capabilities'
import { contactHeader } from './send-accept'

/**
 * A provisional response that the caller must acknowledge (RFC 3262 §3): repeated with doubling pauses until its PRACK comes; without one for
 * 64·T1 the INVITE is refused, because the caller cannot be reached.
 */
export interface RingingUser {
  onPrack(prack: ReceivedRequest): void
  onNoPrack(): void
}

export function ringReliably(core: CallCore, transaction: ServerTransaction, status: number, sdp: string | null, user: RingingUser): void {
  const { clock, random, layer } = core.services
  const { request } = transaction
  // §3: the first RSeq is chosen between 1 and 2^31 − 1, low enough to count up.
  const rseq = 1 + Math.floor(random() * 2 ** 30)
  const extra: Header[] = [
    { name: 'require', value: '100rel' },
    { name: 'rseq', value: String(rseq) },
    contactHeader(core),
    allowHeader,
    supportedHeader,
  ]
  const response = respond(request, status, {
    toTag: core.dialog?.localTag ?? '',
    headers: extra,
    ...(sdp !== null && { body: Buffer.from(sdp) }),
  })
  const { host, parameters } = request.via
  const target = { address: parameters.received ?? host, port: Number(parameters.rport ?? request.via.port ?? 5060) }
  const began = clock.monotonicMs()
  let stopRepeat = laterInCall(core, t1Ms, () => again(t1Ms))
  const again = (delayMs: number) => {
    if (transaction.isFinal()) return
    if (clock.monotonicMs() - began >= transactionMs) {
      core.waiting.prack = null
      return user.onNoPrack()
    }
    layer.answerStateless(response, request, target)
    // Unlike the 2xx this doubling has no upper limit.
    stopRepeat = laterInCall(core, delayMs * 2, () => again(delayMs * 2))
  }
  transaction.respond(response)
  core.waiting.prack = (prack) => {
    // §7.2: RAck names the response and the INVITE.
    const [number, sequence, method] = (header(prack, 'rack') ?? '').split(/\s+/)
    if (Number(number) !== rseq || Number(sequence) !== request.sequence || method !== 'INVITE') return false
    stopRepeat()
    core.waiting.prack = null
    user.onPrack(prack)
    return true
  }
}
