import type { DialogSnapshot } from '../call-snapshot'
import { parseNameAddress } from '../message/name-address'
import { headersOf, listHeader, noBody, type ReceivedRequest, type ReceivedResponse, type SipRequest } from '../message/sip-message'
import { parseUri } from '../message/uri'

/**
 * A dialog as a value (RFC 3261 §12): made from the message that creates it, advanced by functions that return the next one. It is what the journal
 * keeps, so it holds nothing that cannot be written down.
 */
export type Dialog = DialogSnapshot

/** Null when the message lacks what a dialog needs: a usable Contact, and tags on both sides (RFC 2543 peers without tags are not served). */
export function dialogOfRequest(request: ReceivedRequest, localTag: string): Dialog | null {
  const target = contactOf(request)
  const remoteTag = request.from.parameters.tag
  if (!target || !remoteTag) return null
  return {
    sipCallId: request.callId,
    localTag,
    remoteTag,
    localUri: request.to.uri,
    remoteUri: request.from.uri,
    remoteTarget: target,
    // §12.1.1: in the order of the request.
    routeSet: listHeader(request, 'record-route'),
    // §8.1.1.5 lets the first number be any below 2^31; from 1 there is room for every skip.
    localSequence: 0,
    remoteSequence: request.sequence,
    isSecure: request.uri.toLowerCase().startsWith('sips:'),
  }
}

export function dialogOfResponse(invite: SipRequest, response: ReceivedResponse): Dialog | null {
  const target = contactOf(response)
  const localTag = response.from.parameters.tag
  const remoteTag = response.to.parameters.tag
  if (!target || !localTag || !remoteTag) return null
  return {
    sipCallId: response.callId,
    localTag,
    remoteTag,
    localUri: response.from.uri,
    remoteUri: response.to.uri,
    remoteTarget: target,
    // §12.1.2: in reverse order.
    routeSet: listHeader(response, 'record-route').toReversed(),
    localSequence: response.sequence,
    remoteSequence: null,
    isSecure: invite.uri.toLowerCase().startsWith('sips:'),
  }
}

export function isOfDialog(dialog: Dialog, message: ReceivedRequest | ReceivedResponse): boolean {
  const [local, remote] = message.kind === 'request' ? [message.to, message.from] : [message.from, message.to]
  return (
    message.callId === dialog.sipCallId && local.parameters.tag === dialog.localTag && (remote.parameters.tag ?? '') === dialog.remoteTag
  )
}

export interface DialogRequest {
  readonly dialog: Dialog
  readonly request: SipRequest
  /** The URI whose host is the next hop. */
  readonly nextHop: string
}

export interface RequestParts {
  /** An ACK repeats the number of its INVITE (§13.2.2.4); every other request takes the next one. */
  readonly sequence?: number
  readonly headers?: readonly (readonly [name: string, value: string | null | undefined])[]
  readonly body?: Buffer
  readonly contentType?: string
}

/** §12.2.1.1 */
export function requestIn(dialog: Dialog, method: string, parts: RequestParts = {}): DialogRequest {
  const sequence = parts.sequence ?? dialog.localSequence + 1
  const { uri, route, nextHop } = routed(dialog)
  return {
    dialog: parts.sequence === undefined ? { ...dialog, localSequence: sequence } : dialog,
    nextHop,
    request: {
      kind: 'request',
      method,
      uri,
      headers: headersOf([
        ...route.map((value) => ['route', value] as const),
        ['max-forwards', '70'],
        ['from', `<${dialog.localUri}>;tag=${dialog.localTag}`],
        ['to', `<${dialog.remoteUri}>;tag=${dialog.remoteTag}`],
        ['call-id', dialog.sipCallId],
        ['cseq', `${sequence} ${method}`],
        ...(parts.headers ?? []),
        ['content-type', parts.body ? (parts.contentType ?? 'application/sdp') : null],
      ]),
      body: parts.body ?? noBody,
    },
  }
}

/** §12.2.2: a number at or below the last one is out of order. Gaps are allowed. */
export function isInOrder(dialog: Dialog, request: ReceivedRequest): boolean {
  return dialog.remoteSequence === null || request.sequence > dialog.remoteSequence
}

/** What a request of the peer changes: its number, and its address when the method refreshes the target (§12.2.2, RFC 3311 §5.1). */
export function afterRequest(dialog: Dialog, request: ReceivedRequest): Dialog {
  const target = isRefresh(request.method) ? contactOf(request) : null
  return { ...dialog, remoteSequence: request.sequence, remoteTarget: target ?? dialog.remoteTarget }
}

/** §12.2.1.2: a 2xx to a target refresh brings the peer's address. */
export function afterResponse(dialog: Dialog, response: ReceivedResponse): Dialog {
  const target = response.status < 300 && isRefresh(response.sequenceMethod) ? contactOf(response) : null
  return { ...dialog, remoteTarget: target ?? dialog.remoteTarget }
}

function isRefresh(method: string): boolean {
  return method === 'INVITE' || method === 'UPDATE'
}

function contactOf(message: ReceivedRequest | ReceivedResponse): string | null {
  const contact = parseNameAddress(listHeader(message, 'contact')[0] ?? '')
  const uri = contact ? parseUri(contact.uri) : null
  return uri && uri.scheme !== 'tel' ? uri.text : null
}

function routed({ routeSet, remoteTarget }: Dialog): { readonly uri: string; readonly route: readonly string[]; readonly nextHop: string } {
  const first = parseNameAddress(routeSet[0] ?? '')
  if (!first) return { uri: remoteTarget, route: [], nextHop: remoteTarget }
  if ('lr' in (parseUri(first.uri)?.parameters ?? {})) return { uri: remoteTarget, route: routeSet, nextHop: first.uri }
  // §12.2.1.1, a strict router: it wants its own address as Request-URI, and the target as the last route.
  return { uri: first.uri.replace(/;method=[^;?]*|\?.*$/gi, ''), route: [...routeSet.slice(1), `<${remoteTarget}>`], nextHop: first.uri }
}
