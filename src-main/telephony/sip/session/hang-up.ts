import type { CallEnd, EndReason } from '../user-agent'
import { type CallCore, endCall } from './call-core'
import { reasonHeaders } from './capabilities'
import { sendInDialog } from './in-dialog'

/** BYE (RFC 3261 §15.1.1). The call is over here the moment it is sent; what the peer answers changes nothing. */
export function hangUpEstablished(core: CallCore, reason?: EndReason, endedBy: 'here' | 'network' = 'here', how?: CallEnd['how']): void {
  if (core.state === 'ended') return
  const headers = reasonHeaders(reason).map(({ name, value }) => [name, value] as const)
  sendInDialog(core, 'BYE', { headers }, { onOutcome: () => {} })
  const facts = {
    sipCause: reason?.sipCause ?? null,
    q850Cause: reason?.q850Cause ?? (endedBy === 'here' ? 16 : null),
    reasonText: reason?.text ?? null,
  }
  endCall(core, endedBy, how ?? (endedBy === 'here' ? 'bye' : 'lost'), facts)
}
