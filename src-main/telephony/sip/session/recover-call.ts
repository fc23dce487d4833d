import type { CallSnapshot } from '../call-snapshot'
import { parseMessage } from '../message/parse-message'
import { noBody } from '../message/sip-message'
import { transactionMs } from '../transaction/timers'
import { type CallCore, type CallServices, changeCall, createCallCore, laterInCall } from './call-core'
import { hangUpEstablished } from './hang-up'
import { acknowledge } from './in-dialog'
import { renegotiate } from './renegotiate'
import { awaitAck } from './send-accept'
import { startSessionTimer } from './session-clock'

/**
 * A call of the process before this one, continued. What the crash may have interrupted is finished first (the ACK that was lost with it, the 200
 * that nobody acknowledged), then a re-INVITE tells the peer where we are now.
 */

/** Requests that left after the last snapshot took numbers; a gap is legal (RFC 3261 §12.2.1.1), going back is not. Far more than one flush. */
const sequenceSkip = 50
/** The same for the o= line (RFC 4566 §5.2: it increases). */
const versionSkip = 10
/** A snapshot of a crash that lies longer back is of a call that its peer has ended: RFC 4028 gives up after the interval, people much sooner. */
export const longestAbsenceMs = 3_600_000

export function coreOfSnapshot(snapshot: CallSnapshot, services: CallServices): CallCore {
  const core = createCallCore({
    id: snapshot.callId,
    direction: snapshot.direction,
    services,
    sipCallId: snapshot.dialog.sipCallId,
    state: snapshot.ringing ? 'ringing' : 'established',
    peer: snapshot.peer,
    calledNumber: snapshot.calledNumber,
    data: snapshot.data,
    dialog: { ...snapshot.dialog, localSequence: snapshot.dialog.localSequence + sequenceSkip },
    inviteSequence: snapshot.inviteSequence,
  })
  return Object.assign(core, {
    startedAt: snapshot.startedAt,
    establishedAt: snapshot.establishedAt,
    sdpSessionId: snapshot.sdp.sessionId,
    sdpVersion: snapshot.sdp.version + versionSkip,
    isHeldHere: snapshot.isHeldHere,
    negotiated: snapshot.media?.negotiated ?? null,
    sessionTimer: snapshot.sessionTimer,
    unacknowledged: snapshot.unacknowledged,
    isResuming: true,
  })
}

/** The media is open again. Everything from here on happens by itself; the call ends when the peer does not know it any more. */
export function continueCall(core: CallCore): void {
  const { clock } = core.services
  if (core.negotiated) core.media?.apply(core.negotiated)
  const sinceMs = clock.now() - (core.establishedAt ?? 0)
  if (core.unacknowledged) finishAccept(core)
  else {
    // Our ACK may have died with the process: within Timer H's reach the callee still repeats its 200 (RFC 3261 §13.3.1.4).
    if (core.direction === 'outgoing' && sinceMs < transactionMs)
      acknowledge(core, { kind: 'request', method: 'INVITE', uri: '', headers: [], body: noBody }, core.inviteSequence)
    agreeAnew(core)
  }
  startSessionTimer(core)
}

function finishAccept(core: CallCore): void {
  const { unacknowledged, services } = core
  if (!unacknowledged) return
  const repeat = (): void => services.layer.sendRaw(Buffer.from(unacknowledged.text, 'utf8'), unacknowledged.target)
  const sequence = Number(/^CSeq:\s*(\d+)/im.exec(unacknowledged.text)?.[1] ?? core.inviteSequence)
  changeCall(core, { state: 'answering' })
  repeat()
  awaitAck(core, sequence, repeat, {
    onAck: () => {
      changeCall(core, { state: 'established' })
      agreeAnew(core)
    },
    onNoAck: () => hangUpEstablished(core, { sipCause: 408 }, 'network'),
  })
}

/** A refused re-INVITE leaves the old session, which the media end has already taken up again. */
function agreeAnew(core: CallCore): void {
  void renegotiate(core).then((result) => {
    if (core.state === 'ended') return
    if (!result.ok && result.error.code === 'phone/offline') return void laterInCall(core, 2_000, () => agreeAnew(core))
    changeCall(core, { isResuming: false })
  })
}

/** The INVITE of a call that rang when the process died. */
export function ringingRequestOf(snapshot: CallSnapshot) {
  if (!snapshot.ringing) return null
  const parsed = parseMessage(Buffer.from(snapshot.ringing.text, 'utf8'))
  return parsed.ok && parsed.value.kind === 'request' ? { request: parsed.value, source: snapshot.ringing.source } : null
}
