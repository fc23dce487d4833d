import { afterResponse, type RequestParts, requestIn } from '../dialog/dialog'
import { hasToken, type ReceivedResponse, type SipRequest } from '../message/sip-message'
import { type CallCore, endCall } from './call-core'
import { factsOfRefusal } from './end-cause'
import type { Outcome, SentRequest } from './requester'

/** Requests of an established dialog, sent; and what their failure means for the call (RFC 3261 §12.2.1.2, RFC 5057 §5). */
export interface InDialogUser {
  onProvisional?(response: ReceivedResponse): void
  onOutcome(outcome: Outcome): void
}

export function sendInDialog(core: CallCore, method: string, parts: RequestParts, user: InDialogUser): SentRequest | null {
  if (!core.dialog) return null
  const { dialog, request, nextHop } = requestIn(core.dialog, method, parts)
  core.dialog = dialog
  return core.services.requester.send(request, nextHop, {
    ...(user.onProvisional && { onProvisional: user.onProvisional }),
    nextSequence: () => advanceSequence(core),
    onOutcome: (outcome) => {
      if (outcome.kind === 'response') learnFrom(core, outcome.response)
      user.onOutcome(outcome)
    },
  })
}

/** The ACK of a 2xx to a re-INVITE (§13.2.2.4): the number of that INVITE, the credentials it carried (§22.1). */
export function acknowledge(core: CallCore, sent: SipRequest, sequence: number): void {
  if (!core.dialog) return
  const credentials = sent.headers.filter(({ name }) => name === 'authorization' || name === 'proxy-authorization')
  const { request, nextHop } = requestIn(core.dialog, 'ACK', {
    sequence,
    headers: credentials.map(({ name, value }) => [name, value] as const),
  })
  core.services.requester.acknowledge(request, nextHop)
}

/** True when the call is over by it. The peer that says 481 knows no dialog, so no BYE is sent; the one that is silent may, so one is (§12.2.1.2). */
export function endsByOutcome(core: CallCore, outcome: Outcome): boolean {
  const status = outcome.kind === 'response' ? outcome.response.status : outcome.kind === 'timeout' ? 408 : 503
  // RFC 5057 §5.1: these tell that the dialog, not only the request, has come to its end.
  const isGone = [404, 410, 416, 481, 482, 484, 485, 502, 604].includes(status)
  if (!isGone && status !== 408) return false
  if (status === 408) sendInDialog(core, 'BYE', { headers: [['reason', 'SIP;cause=408;text="Request Timeout"']] }, { onOutcome: () => {} })
  const facts = outcome.kind === 'response' ? factsOfRefusal(outcome.response) : { sipCause: 408, q850Cause: 102, reasonText: null }
  endCall(core, 'network', 'lost', facts)
  return true
}

export function learnFrom(core: CallCore, message: ReceivedResponse): void {
  if (core.dialog && message.status < 300) core.dialog = afterResponse(core.dialog, message)
  if (message.headers.some(({ name }) => name === 'allow')) core.peerTakesUpdate = hasToken(message, 'allow', 'UPDATE')
}

function advanceSequence(core: CallCore): number {
  if (!core.dialog) return 1
  core.dialog = { ...core.dialog, localSequence: core.dialog.localSequence + 1 }
  return core.dialog.localSequence
}
