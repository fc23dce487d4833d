import type { Header, ReceivedRequest, SipResponse } from './sip-message'
import { noBody } from './sip-message'

/** Phrases of the responses that we give (RFC 3261 §21 and the extensions named). */
const phrases: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  421: 'Extension Required',
  422: 'Session Interval Too Small',
  469: 'Bad Info Package',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  505: 'Version Not Supported',
  603: 'Decline',
  606: 'Not Acceptable',
}

export function phraseOf(status: number): string {
  return phrases[status] ?? (status < 200 ? 'Progress' : status < 300 ? 'OK' : 'Error')
}

export interface ResponseParts {
  readonly reason?: string
  /** Added to To when it has none; never to a 100 (RFC 3261 §8.2.6.2). */
  readonly toTag?: string
  readonly headers?: readonly Header[]
  readonly body?: Buffer
  readonly contentType?: string
}

/** RFC 3261 §8.2.6.2: Via, From, To, Call-ID and CSeq are those of the request; Record-Route too, where a dialog may begin (§12.1.1). */
export function respond(request: ReceivedRequest, status: number, parts: ResponseParts = {}): SipResponse {
  const copied = request.headers.filter(({ name }) => name === 'via' || name === 'from' || name === 'call-id' || name === 'cseq')
  const routes = status > 100 && status < 300 ? request.headers.filter(({ name }) => name === 'record-route') : []
  const to = request.headers.find(({ name }) => name === 'to')?.value ?? ''
  const tagged = parts.toTag && status > 100 && !request.to.parameters.tag ? `${to};tag=${parts.toTag}` : to
  return {
    kind: 'response',
    status,
    reason: parts.reason ?? phraseOf(status),
    headers: [
      ...copied,
      { name: 'to', value: tagged },
      ...routes,
      ...(parts.headers ?? []),
      ...(parts.body ? [{ name: 'content-type', value: parts.contentType ?? 'application/sdp' }] : []),
    ],
    body: parts.body ?? noBody,
  }
}
