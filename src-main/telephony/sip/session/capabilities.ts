import { type Header, headersOf, listHeader, type ReceivedRequest } from '../message/sip-message'

/** What this user agent can do, said the same way everywhere (RFC 3261 §20.5, §20.37). */
export const allowedMethods = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'PRACK', 'UPDATE', 'INFO', 'REFER', 'NOTIFY'] as const
export const supportedOptions = ['100rel', 'replaces', 'timer'] as const
export const acceptedTypes = 'application/sdp, application/dtmf-relay, application/dtmf, message/sipfrag'

export const allowHeader: Header = { name: 'allow', value: allowedMethods.join(', ') }
export const supportedHeader: Header = { name: 'supported', value: supportedOptions.join(', ') }

/** RFC 3261 §8.2.2.3: the option tags of Require that we do not know. */
export function unsupportedOptions(request: ReceivedRequest): readonly string[] {
  return listHeader(request, 'require').filter((one) => !supportedOptions.some((known) => known === one.toLowerCase()))
}

/** RFC 3326: how a call ended, in the words of SIP and of the telephone network. */
export function reasonHeaders(
  reason: { readonly sipCause?: number; readonly q850Cause?: number; readonly text?: string } | undefined,
): Header[] {
  const text = reason?.text ? `;text="${reason.text.replace(/[\\"\r\n]/g, ' ')}"` : ''
  return headersOf([
    ['reason', reason?.sipCause === undefined ? null : `SIP;cause=${reason.sipCause}${text}`],
    ['reason', reason?.q850Cause === undefined ? null : `Q.850;cause=${reason.q850Cause}${text}`],
  ])
}
