import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { type ParseFailure, parseMessage } from '../message/parse-message'
import { phraseOf } from '../message/respond'
import {
  listHeader,
  noBody,
  type ReceivedRequest,
  type ReceivedResponse,
  type SipMessage,
  type SipResponse,
  writeMessage,
} from '../message/sip-message'
import { responseTarget, stampVia, type Via, writeVia } from '../message/via'
import type { SipTrace } from './trace'
import type { Endpoint, SipWire, WireEvents, WireFailure } from './wire'

/**
 * Messages over a wire, and the guard before everything that reads them: whatever arrives, nothing throws past this file, and every datagram is
 * counted once. It stamps `received` and `rport`, and finds the way back for responses; it keeps no state of transactions.
 */
export interface MessageTransport {
  sendRequest(request: SipMessage, to: Endpoint, onFailure?: (failure: WireFailure) => void): void
  /** Along the Via of the request it answers (RFC 3261 §18.2.2). */
  sendResponse(response: SipResponse, via: Via, source: Endpoint): void
  sendRaw(bytes: Buffer, to: Endpoint): void
  readonly events: WireEvents
  readonly counts: TransportCounts
}

export interface TransportCounts {
  received: number
  sent: number
  malformed: number
  faults: number
}

export interface TransportUser {
  onRequest(request: ReceivedRequest, source: Endpoint): void
  onResponse(response: ReceivedResponse): void
  onDown(failure: WireFailure): void
  /** Before any message leaves and after each was handled: the moment to make the state durable. */
  onSettled(): void
}

export interface TransportParts {
  readonly wire: () => SipWire
  readonly user: TransportUser
  readonly trace: SipTrace
  readonly clock: Clock
  readonly log: Log
}

/** Under a flood the log must stay readable: so many lines a minute, the rest is in the counters. */
const mostLinesPerMinute = 20

export function createMessageTransport({ wire, user, trace, clock, log }: TransportParts): MessageTransport {
  const counts: TransportCounts = { received: 0, sent: 0, malformed: 0, faults: 0 }
  const complain = createQuietLog(clock, log)

  const put = (message: SipMessage, to: Endpoint, onFailure?: (failure: WireFailure) => void): void => {
    putBytes(writeMessage(message), to, onFailure)
  }
  const putBytes = (bytes: Buffer, to: Endpoint, onFailure?: (failure: WireFailure) => void): void => {
    user.onSettled()
    counts.sent += 1
    trace.record('out', bytes, to)
    wire().send(bytes, to, onFailure)
  }
  const sendResponse = (response: SipResponse, via: Via, source: Endpoint) => {
    if (wire().protocol !== 'UDP') {
      // §18.2.2: over the connection of the request; when that is gone, to a new one at sent-by.
      const { port = null, host } = via
      const sentBy = { address: via.parameters.received ?? host, port: port ?? (via.transport === 'TLS' ? 5061 : 5060) }
      return put(response, source, () => put(response, sentBy))
    }
    const { host, port } = responseTarget(via)
    // §18.2.2 lets a name be looked up again; the address the request came from is known to be right.
    put(response, /^[\d.]+$|:/.test(host) ? { address: host, port } : { address: source.address, port })
  }
  const refuse = ({ refusal, reason }: ParseFailure, source: Endpoint): void => {
    counts.malformed += 1
    complain('malformed SIP message', { reason, bytesFrom: source.address })
    if (!refusal) return
    const via = stampVia(refusal.via, source)
    const first = refusal.headers.findIndex(({ name }) => name === 'via')
    const kept = refusal.headers
      .map((one, at) => (at === first ? { name: 'via', value: [writeVia(via), ...restOfVia(one.value)].join(', ') } : one))
      .filter(({ name }) => ['via', 'from', 'to', 'call-id', 'cseq'].includes(name))
    const phrase = refusal.reason || phraseOf(refusal.status)
    sendResponse({ kind: 'response', status: refusal.status, reason: phrase, headers: kept, body: noBody }, via, source)
  }
  const receive = (bytes: Buffer, source: Endpoint) => {
    counts.received += 1
    // RFC 5626 §3.5.1, and the zero bytes that some exchanges send to keep a path open.
    if (isKeepAlive(bytes)) return
    trace.record('in', bytes, source)
    const parsed = parseMessage(bytes)
    if (!parsed.ok) return refuse(parsed.error, source)
    if (parsed.value.kind === 'request') user.onRequest(stamped(parsed.value, source), source)
    else user.onResponse(parsed.value)
    user.onSettled()
  }
  return {
    sendRequest: put,
    sendResponse,
    sendRaw: (bytes, to) => putBytes(bytes, to),
    counts,
    events: {
      onBytes: (bytes, source) => {
        try {
          receive(bytes, source)
        } catch (cause) {
          // A bug of ours must cost this one message, not the calls that are going on.
          counts.faults += 1
          complain('handling a SIP message failed', { cause: String((cause as Error)?.stack ?? cause) })
        }
      },
      onGarbage: (reason) => {
        counts.received += 1
        counts.malformed += 1
        complain('unreadable SIP stream', { reason })
      },
      onDown: (failure) => user.onDown(failure),
    },
  }
}

/** The request with each Via in a header of its own, the top one stamped. */
function stamped(request: ReceivedRequest, source: Endpoint): ReceivedRequest {
  const via = stampVia(request.via, source)
  const [, ...below] = listHeader(request, 'via')
  const vias = [writeVia(via), ...below].map((value) => ({ name: 'via', value }))
  return { ...request, via, headers: [...vias, ...request.headers.filter(({ name }) => name !== 'via')] }
}

function restOfVia(value: string): string[] {
  return listHeader({ headers: [{ name: 'via', value }] }, 'via').slice(1)
}

function isKeepAlive(bytes: Buffer): boolean {
  return bytes.length < 64 && bytes.every((byte) => byte === 0 || byte === 0x0d || byte === 0x0a || byte === 0x20)
}

function createQuietLog(clock: Clock, log: Log): (message: string, fields: Readonly<Record<string, unknown>>) => void {
  let minute = -1
  let lines = 0
  return (message, fields) => {
    const now = Math.floor(clock.monotonicMs() / 60_000)
    lines = now === minute ? lines + 1 : 1
    minute = now
    if (lines <= mostLinesPerMinute) log.warn(message, fields)
    else if (lines === mostLinesPerMinute + 1) log.warn('more unreadable SIP messages this minute are only counted')
  }
}
