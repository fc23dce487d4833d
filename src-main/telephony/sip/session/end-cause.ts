import { type Header, listHeader, type ReceivedResponse } from '../message/sip-message'
import { readParameters, splitOutside } from '../message/split'
import type { CallEnd } from '../user-agent'

/** How a call ended, read from what the network said (RFC 3326, RFC 3398). */
export type EndFacts = Pick<CallEnd, 'sipCause' | 'q850Cause' | 'reasonText'>

export function reasonOf(message: { readonly headers: readonly Header[] }): EndFacts {
  const reasons = listHeader(message, 'reason').map((value) => {
    const [protocol = '', ...parameters] = splitOutside(value, ';')
    return { protocol: protocol.toUpperCase(), ...readParameters(parameters) } as {
      protocol: string
      cause?: string | null
      text?: string | null
    }
  })
  const causeOf = (protocol: string): number | null => {
    const cause = reasons.find((one) => one.protocol === protocol)?.cause
    return cause && /^\d{1,3}$/.test(cause) ? Number(cause) : null
  }
  return {
    sipCause: causeOf('SIP'),
    q850Cause: causeOf('Q.850'),
    reasonText: reasons.find(({ text }) => text)?.text?.slice(0, 128) ?? null,
  }
}

/** RFC 3398 §8.2.6.1 read backwards: only where one status means one cause. */
const q850OfStatus: Readonly<Record<number, number>> = {
  404: 1,
  410: 22,
  480: 18,
  484: 28,
  486: 17,
  487: 16,
  488: 65,
  502: 38,
  503: 41,
  504: 102,
  600: 17,
  603: 21,
  604: 1,
}

export function factsOfRefusal(response: ReceivedResponse): EndFacts {
  const said = reasonOf(response)
  return {
    sipCause: response.status,
    q850Cause: said.q850Cause ?? q850OfStatus[response.status] ?? null,
    reasonText: said.reasonText ?? (response.reason === '' ? null : response.reason.slice(0, 128)),
  }
}

export function howRefused(status: number): CallEnd['how'] {
  if (status === 487) return 'cancelled'
  if (status === 408 || status === 480) return 'noAnswer'
  return status < 400 ? 'redirected' : 'rejected'
}

export const nothingSaid: EndFacts = { sipCause: null, q850Cause: null, reasonText: null }
