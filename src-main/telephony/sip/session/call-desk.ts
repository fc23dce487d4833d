import { createHash } from 'node:crypto'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { normaliseNumber } from '#shared/domain/call/number'
import type { CallJournal, CallSnapshot } from '../call-snapshot'
import { dialogOfRequest, isOfDialog } from '../dialog/dialog'
import { respond } from '../message/respond'
import { type Header, headersOf, type ReceivedRequest, type ReceivedResponse } from '../message/sip-message'
import { parseUri } from '../message/uri'
import type { Endpoint } from '../transport/wire'
import type { OutgoingCallOptions, SipCall } from '../user-agent'
import { type CallCore, type CallServices, createCallCore, snapshotOf } from './call-core'
import { calledNumberOf, callerOf, dataHeadersOf, dataOf } from './caller-identity'
import { acceptedTypes, allowedMethods, allowHeader, supportedHeader, unsupportedOptions } from './capabilities'
import { readDescription } from './describe-media'
import { dialTarget } from './dial-target'
import { hangUpEstablished } from './hang-up'
import { acknowledge } from './in-dialog'
import { createIncomingCall, type IncomingCall } from './incoming-call'
import { openMedia } from './offer-answer'
import { type OutgoingCall, startOutgoingCall } from './outgoing-call'
import { receiveInDialog, receiveInEarlyDialog } from './receive-in-dialog'
import { continueCall, coreOfSnapshot, longestAbsenceMs, ringingRequestOf } from './recover-call'
import { refreshSession } from './refresh-session'
import { renegotiate } from './renegotiate'
import { sdpOf } from './send-accept'
import { isTooShort, leastIntervalS } from './session-timer'
import { createSipCall } from './sip-call'
import { readReplaces } from './transfer'

/** All calls of the seat: finds whom a message is for, opens new ones, and keeps the journal in step (RFC 3261 §12.2.2, §8.2). */
export interface CallDesk {
  receive(request: ReceivedRequest, source: Endpoint): void
  receiveStray(response: ReceivedResponse): void
  call(target: string, options: OutgoingCallOptions, way: OutgoingWay): Promise<Result<SipCall, AppError>>
  resume(snapshot: CallSnapshot): Promise<Result<SipCall, AppError>>
  calls(): readonly SipCall[]
  /** Tells each peer where we are now. */
  renegotiateAll(): void
  /** Writes what changed; called before each message leaves and after each was handled. */
  settle(): void
  endAll(): void
}

export interface OutgoingWay {
  readonly nextHop: string
  readonly route: readonly string[]
  readonly aor: string
  /** Instead of the profile's own. */
  readonly displayName?: string
  /** Whom the caller dialled, when that is not where the call is sent. */
  readonly to?: string
  readonly headers?: readonly Header[]
}

interface Desk {
  readonly core: CallCore
  readonly handle: SipCall
  readonly incoming: IncomingCall | null
  outgoing: OutgoingCall | null
}

export function createCallDesk(services: Omit<CallServices, 'onEnded'>, journal: CallJournal): CallDesk {
  const desks = new Map<string, Desk>()
  const written = new Map<string, string>()
  const secret = services.token()

  const own: CallServices = {
    ...services,
    onEnded: (core) => {
      desks.delete(core.id)
      if (written.delete(core.id)) journal.remove(core.id)
    },
  }
  const open = (core: CallCore, incoming: IncomingCall | null): Desk => {
    core.waiting.refresh = () => refreshSession(core)
    const desk: Desk = {
      core,
      incoming,
      outgoing: null,
      handle: createSipCall(
        core,
        incoming,
        () => desk.outgoing,
        (id) => desks.get(id)?.core ?? null,
      ),
    }
    desks.set(core.id, desk)
    return desk
  }
  const deskOf = (message: ReceivedRequest | ReceivedResponse): Desk | undefined =>
    [...desks.values()].find(({ core }) => core.dialog && isOfDialog(core.dialog, message))

  const answer = (request: ReceivedRequest, source: Endpoint, status: number, headers: readonly Header[] = []): void =>
    services.layer.answerStateless(respond(request, status, { toTag: tagFor(secret, request), headers }), request, source)

  const receiveInside = (request: ReceivedRequest, source: Endpoint) => {
    const desk = deskOf(request)
    if (desk) return receiveInDialog(desk.core, request, source)
    const early = [...desks.values()].find(({ outgoing }) => outgoing?.owns(request))
    if (early) return receiveInEarlyDialog(early.core, request, source)
    if (request.method !== 'ACK') answer(request, source, 481)
  }
  const cancel = (request: ReceivedRequest, source: Endpoint): void => {
    const invite = services.layer.inviteOf(request)
    answer(request, source, invite ? 200 : 481)
    if (invite) [...desks.values()].find(({ core }) => core.pendingInvite === invite)?.incoming?.cancelled(request)
  }
  const refusalOf = (request: ReceivedRequest): { readonly status: number; readonly headers?: Header[] } | null => {
    const unknown = unsupportedOptions(request)
    if (unknown.length > 0) return { status: 420, headers: headersOf([['unsupported', unknown.join(', ')]]) }
    if (request.body.length > 0 && sdpOf(request) === null) return { status: 415, headers: headersOf([['accept', acceptedTypes]]) }
    const offer = sdpOf(request)
    if (offer !== null && !readDescription(offer).ok)
      return { status: 488, headers: headersOf([['warning', '304 seat "No usable speech"']]) }
    if (isTooShort(request)) return { status: 422, headers: headersOf([['min-se', String(leastIntervalS)]]) }
    return null
  }
  const receiveInvite = (request: ReceivedRequest, source: Endpoint) => {
    const refusal = refusalOf(request)
    if (refusal) return answer(request, source, refusal.status, refusal.headers)
    const replaced = replacedBy(request)
    if (typeof replaced === 'number') return answer(request, source, replaced)
    if (!replaced && desks.size >= services.profile.mostCalls) return answer(request, source, 486)
    const dialog = dialogOfRequest(request, services.token())
    if (!dialog) return answer(request, source, 400)
    const core = createCallCore({
      id: services.callId(),
      direction: 'incoming',
      services: own,
      sipCallId: request.callId,
      state: 'offered',
      peer: callerOf(request, services.profile),
      calledNumber: calledNumberOf(request, services.profile),
      data: dataOf(request, services.profile),
      dialog,
      inviteSequence: request.sequence,
    })
    core.ringing = { request, source }
    core.peerTakesUpdate = request.headers.some(({ name, value }) => name === 'allow' && /\bUPDATE\b/i.test(value))
    const desk = open(core, createIncomingCall(core, services.layer.accept(request, source)))
    if (replaced) return replace(replaced, desk)
    services.emit({ type: 'callOffered', call: desk.handle })
  }
  /** RFC 3891 §3: a status refuses; null: no Replaces. */
  const replacedBy = (request: ReceivedRequest): Desk | number | null => {
    const wanted = readReplaces(request)
    if (!wanted) return null
    const desk = [...desks.values()].find(
      ({ core: { dialog } }) =>
        dialog?.sipCallId === wanted.callId && dialog.localTag === wanted.toTag && dialog.remoteTag === wanted.fromTag,
    )
    if (!desk) return 481
    if (desk.core.state !== 'established') return 481
    return wanted.isEarlyOnly ? 486 : desk
  }
  const replace = (old: Desk, desk: Desk): void => {
    services.emit({ type: 'callReplaced', callId: old.core.id, by: desk.core.id })
    // §3: it takes the place of a call that has been answered, so it is answered, too.
    void desk.handle
      .answer()
      .then((result) => result.ok && hangUpEstablished(old.core, { sipCause: 200, text: 'replaced' }, 'here', 'replaced'))
  }
  const receiveOutside = (request: ReceivedRequest, source: Endpoint) => {
    if (services.layer.isMerged(request)) return answer(request, source, 482)
    switch (request.method) {
      case 'INVITE':
        return receiveInvite(request, source)
      case 'OPTIONS':
        return answer(request, source, 200, [allowHeader, supportedHeader, ...headersOf([['accept', acceptedTypes]])])
      case 'BYE':
      case 'PRACK':
      case 'UPDATE':
      case 'INFO':
        return answer(request, source, 481)
      case 'NOTIFY':
        return answer(request, source, 489, headersOf([['allow-events', 'refer']]))
      default:
        return answer(request, source, isKnown(request.method) ? 405 : 501, [allowHeader])
    }
  }

  return {
    receive: (request, source) => {
      if (request.method === 'CANCEL') cancel(request, source)
      else if (request.to.parameters.tag !== undefined) receiveInside(request, source)
      else if (request.method !== 'ACK') receiveOutside(request, source)
    },
    receiveStray: (response) => {
      // A 2xx to an INVITE of the process before this one, or one that comes after its transaction ended: it is acknowledged, or it would
      // be repeated until its sender gives the call up (RFC 3261 §13.3.1.4).
      if (response.sequenceMethod !== 'INVITE' || response.status < 200 || response.status > 299) return
      const desk = deskOf(response)
      if (desk)
        acknowledge(desk.core, { kind: 'request', method: 'INVITE', uri: '', headers: [], body: Buffer.alloc(0) }, response.sequence)
    },
    call: async (text, options, way) => {
      const code = options.supervision === undefined ? undefined : services.profile.supervision[options.supervision]
      if (options.supervision !== undefined && !code) return err(appError('phone/badTarget', { target: options.supervision }))
      const target = dialTarget(code ? code.target.replace('{seat}', text) : text, services.profile)
      if (!target) return err(appError('phone/badTarget', { target: text }))
      const core = createCallCore({
        id: options.callId ?? services.callId(),
        direction: 'outgoing',
        services: own,
        sipCallId: services.token(),
        state: 'dialing',
        peer: {
          number: normaliseNumber(parseUri(target)?.user ?? '', services.profile),
          displayName: null,
          isWithheld: false,
          source: 'dialled',
        },
        calledNumber: null,
        data: options.data ?? { caseNo: null, userToUser: null, extra: {} },
        dialog: null,
        inviteSequence: 0,
      })
      const desk = open(core, null)
      const opened = await openMedia(core)
      if (!opened.ok) {
        desks.delete(core.id)
        return opened
      }
      const anonymous = options.isAnonymous === true
      desk.outgoing = startOutgoingCall({
        core,
        target,
        nextHop: way.nextHop,
        route: way.route,
        from: anonymous
          ? '"Anonymous" <sip:anonymous@anonymous.invalid>'
          : fromOf(way.displayName ?? services.profile.displayName, way.aor),
        ...(way.to !== undefined && { to: way.to }),
        headers: [
          ...(way.headers ?? []),
          ...dataHeadersOf(options.data, services.profile),
          ...headersOf(
            anonymous
              ? [
                  ['privacy', 'id'],
                  ['p-preferred-identity', `<${way.aor}>`],
                ]
              : [],
          ),
          ...Object.entries(code?.headers ?? {}).map(([name, value]) => ({
            name: name.toLowerCase(),
            value: value.replace('{seat}', text),
          })),
        ],
      })
      return ok(desk.handle)
    },
    resume: async (snapshot) => {
      const isOld = services.clock.now() - snapshot.startedAt > longestAbsenceMs && snapshot.ringing !== null
      const ringing = ringingRequestOf(snapshot)
      if (isOld || (snapshot.ringing && !ringing)) {
        journal.remove(snapshot.callId)
        return err(appError('phone/callEnded'))
      }
      const core = coreOfSnapshot(snapshot, own)
      core.ringing = ringing
      written.set(core.id, '')
      const desk = open(core, ringing ? createIncomingCall(core, services.layer.accept(ringing.request, ringing.source)) : null)
      if (ringing) core.isResuming = false
      if (snapshot.media) {
        const opened = await services.mediaPort.open(core.id, snapshot.media)
        if (!opened.ok) {
          hangUpEstablished(core, { sipCause: 500, q850Cause: 41 }, 'network')
          return opened
        }
        core.media = opened.value
      }
      if (!ringing) continueCall(core)
      return ok(desk.handle)
    },
    calls: () => [...desks.values()].map(({ handle }) => handle),
    renegotiateAll: () => {
      for (const { core } of desks.values()) if (core.state === 'established') void renegotiate(core)
    },
    settle: () => {
      for (const { core } of desks.values()) {
        const snapshot = snapshotOf(core)
        if (!snapshot) continue
        const text = JSON.stringify(snapshot)
        if (written.get(core.id) === text) continue
        written.set(core.id, text)
        journal.write(snapshot)
      }
    },
    endAll: () => {
      for (const { handle } of [...desks.values()]) handle.hangUp({ q850Cause: 27 })
    },
  }
}

function fromOf(displayName: string | null, aor: string): string {
  return displayName ? `"${displayName.replace(/[\\"]/g, '\\$&')}" <${aor}>` : `<${aor}>`
}

function isKnown(method: string): boolean {
  return allowedMethods.some((one) => one === method) || ['REGISTER', 'SUBSCRIBE', 'PUBLISH', 'MESSAGE'].includes(method)
}

/** RFC 3261 §8.2.7: without memory the same request must be given the same tag. */
function tagFor(secret: string, request: ReceivedRequest): string {
  const parts = [secret, request.callId, request.from.parameters.tag ?? '', String(request.sequence)]
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
}
