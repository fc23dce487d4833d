import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import type { CallData, RemoteParty } from '../call-parties'
import type { CallSnapshot, PeerAddress } from '../call-snapshot'
import type { Dialog } from '../dialog/dialog'
import type { MediaPort, MediaSession, NegotiatedMedia } from '../media-session'
import type { ReceivedRequest } from '../message/sip-message'
import type { ServerTransaction } from '../transaction/server-transaction'
import type { TransactionLayer } from '../transaction/transaction-layer'
import type { Endpoint } from '../transport/wire'
import type { CallEnd, CallView, SipCallState, UserAgentEvent } from '../user-agent'
import { type EndFacts, nothingSaid } from './end-cause'
import type { Requester } from './requester'

/**
 * What all verbs of a call share: its state, and the few things that may be done to it from everywhere (change, end, photograph). The verbs
 * live in files of their own; each is given the core and changes it.
 */
export interface CallCore {
  readonly id: string
  readonly direction: 'incoming' | 'outgoing'
  readonly services: CallServices
  readonly startedAt: EpochMs
  /** Known before there is a dialog. */
  readonly sipCallId: string
  state: SipCallState
  peer: RemoteParty
  calledNumber: string | null
  data: CallData
  dialog: Dialog | null
  inviteSequence: number
  establishedAt: EpochMs | null
  media: MediaSession | null
  negotiated: NegotiatedMedia | null
  /** RFC 4566 §5.2 o= line. */
  readonly sdpSessionId: string
  sdpVersion: number
  isHeldHere: boolean
  isHeldByPeer: boolean
  isResuming: boolean
  transfer: CallView['transfer']
  /** Whose offer is being answered now (RFC 3264 §4): one at a time. */
  exchange: 'none' | 'ours' | 'theirs'
  /** The peer's INVITE that waits for our final response, first or later one. */
  pendingInvite: ServerTransaction | null
  ringing: { readonly request: ReceivedRequest; readonly source: Endpoint } | null
  unacknowledged: { readonly text: string; readonly target: PeerAddress } | null
  sessionTimer: { readonly intervalS: number; readonly refresher: 'here' | 'peer' } | null
  /** Whether the peer's last Allow names UPDATE (RFC 3311 §4). */
  peerTakesUpdate: boolean
  end: CallEnd | null
  /** Stopped when the call ends, whatever the reason. */
  readonly atEnd: Set<Stop>
  /** Handlers that the verbs in progress have put up for what comes in. */
  readonly waiting: Waiting
}

export interface Waiting {
  ack: ((ack: ReceivedRequest) => void) | null
  prack: ((prack: ReceivedRequest) => boolean) | null
  referProgress: ((status: number, isOver: boolean) => void) | null
  /** The peer hung up while a transfer was on: for many exchanges that is its success. */
  isHangUpSuccess: boolean
  /** The session timer is due and the refresh is ours. */
  refresh: (() => void) | null
}

export interface CallServices {
  readonly clock: Clock
  readonly random: () => number
  readonly token: () => string
  /** Names a call for the rest of the program, from its first moment to its record. */
  readonly callId: () => string
  readonly log: Log
  readonly profile: ExchangeProfile
  readonly requester: Requester
  readonly layer: TransactionLayer
  readonly mediaPort: MediaPort
  /** Our Contact URI now. */
  readonly contact: () => string
  readonly emit: (event: UserAgentEvent) => void
  readonly onEnded: (core: CallCore) => void
  /** The peer asks that it be connected with somebody else (RFC 3515). Absent: such requests are declined. */
  readonly onTransferAsked?: (core: CallCore, wanted: WantedTransfer) => void
}

/** What a REFER asks for. */
export interface WantedTransfer {
  /** User part of Refer-To: the number. */
  readonly target: string
  /** The call whose place is to be taken (RFC 3891): a transfer after a consultation. */
  readonly replaces: { readonly callId: string; readonly toTag: string; readonly fromTag: string } | null
  readonly data: CallData
}

export type NewCall = Pick<
  CallCore,
  'id' | 'direction' | 'services' | 'sipCallId' | 'state' | 'peer' | 'calledNumber' | 'data' | 'dialog' | 'inviteSequence'
>

export function createCallCore(known: NewCall): CallCore {
  const { clock, random } = known.services
  return {
    ...known,
    startedAt: clock.now(),
    establishedAt: null,
    media: null,
    negotiated: null,
    sdpSessionId: String(Math.floor(random() * 2 ** 46) + 1),
    sdpVersion: 0,
    isHeldHere: false,
    isHeldByPeer: false,
    isResuming: false,
    transfer: 'none',
    exchange: 'none',
    pendingInvite: null,
    ringing: null,
    unacknowledged: null,
    sessionTimer: null,
    peerTakesUpdate: false,
    end: null,
    atEnd: new Set(),
    waiting: { ack: null, prack: null, referProgress: null, isHangUpSuccess: false, refresh: null },
  }
}

export function viewOf(core: CallCore): CallView {
  const {
    id,
    sipCallId,
    direction,
    state,
    peer,
    calledNumber,
    data,
    isHeldHere,
    isHeldByPeer,
    transfer,
    isResuming,
    startedAt,
    establishedAt,
    end,
  } = core
  return {
    ...{
      id,
      sipCallId,
      direction,
      state,
      peer,
      calledNumber,
      data,
      isHeldHere,
      isHeldByPeer,
      transfer,
      isResuming,
      startedAt,
      establishedAt,
      end,
    },
    media: core.negotiated,
  }
}

export function changeCall(
  core: CallCore,
  change: Partial<Pick<CallCore, 'state' | 'isHeldHere' | 'isHeldByPeer' | 'isResuming' | 'transfer' | 'establishedAt'>>,
): void {
  if (core.state === 'ended') return
  Object.assign(core, change)
  core.services.emit({ type: 'callChanged', call: viewOf(core) })
}

export function applyMedia(core: CallCore, media: NegotiatedMedia): void {
  core.negotiated = media
  core.media?.apply(media)
}

/** The end, once: everything that runs for the call is stopped and its speech closed. Sends nothing. */
export function endCall(core: CallCore, endedBy: CallEnd['endedBy'], how: CallEnd['how'], facts: EndFacts = nothingSaid): void {
  if (core.state === 'ended') return
  const end: CallEnd = { at: core.services.clock.now(), endedBy, how, ...facts }
  core.state = 'ended'
  core.end = end
  for (const stop of [...core.atEnd]) stop()
  core.atEnd.clear()
  core.media?.close()
  core.services.onEnded(core)
  core.services.emit({ type: 'callEnded', call: viewOf(core), end })
}

/** Runs `action` after a while unless the call ends before. */
export function laterInCall(core: CallCore, delayMs: number, action: () => void): Stop {
  const stopClock = core.services.clock.after(delayMs, () => {
    core.atEnd.delete(stop)
    action()
  })
  const stop = (): void => {
    core.atEnd.delete(stop)
    stopClock()
  }
  core.atEnd.add(stop)
  return stop
}

/** Null while there is nothing that could be continued: an outgoing call that nobody has answered. */
export function snapshotOf(core: CallCore): CallSnapshot | null {
  const { dialog, media, ringing } = core
  const canContinue = core.state === 'established' || core.state === 'answering' || (core.direction === 'incoming' && ringing !== null)
  if (!dialog || !canContinue) return null
  return {
    version: 1,
    callId: core.id,
    direction: core.direction,
    peer: core.peer,
    calledNumber: core.calledNumber,
    data: core.data,
    startedAt: core.startedAt,
    establishedAt: core.establishedAt,
    localContact: core.services.contact(),
    dialog,
    inviteSequence: core.inviteSequence,
    unacknowledged: core.unacknowledged,
    ringing: ringing && { text: rawOf(ringing.request), source: { address: ringing.source.address, port: ringing.source.port } },
    isHeldHere: core.isHeldHere,
    sdp: { sessionId: core.sdpSessionId, version: core.sdpVersion },
    media: media && { local: media.local(), negotiated: core.negotiated },
    sessionTimer: core.sessionTimer,
  }
}

/** A received request as text again; what was added to its Via on arrival is kept. */
function rawOf({ method, uri, headers, body }: ReceivedRequest): string {
  const lines = headers.map(({ name, value }) => `${name}: ${value}`)
  return [`${method} ${uri} SIP/2.0`, ...lines, '', body.toString('utf8')].join('\r\n')
}
