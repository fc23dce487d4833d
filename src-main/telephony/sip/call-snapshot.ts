import type { EpochMs } from '#shared/base/clock'
import type { CallData, RemoteParty } from './call-parties'
import type { LocalMedia, NegotiatedMedia } from './media-session'

/**
 * Everything that a call needs to go on after the process died: the dialog (RFC 3261 §12), the negotiation, and the one response that may still
 * be unacknowledged. Plain JSON. It is written before each message leaves and after each was processed, so that what is stored is never older than
 * what the peer knows.
 */
export interface CallJournal {
  /** Must have stored it when it returns. */
  write(snapshot: CallSnapshot): void
  remove(callId: string): void
}

export interface CallSnapshot {
  readonly version: 1
  readonly callId: string
  readonly direction: 'incoming' | 'outgoing'
  readonly peer: RemoteParty
  readonly calledNumber: string | null
  readonly data: CallData
  readonly startedAt: EpochMs
  readonly establishedAt: EpochMs | null
  /** The contact that the peer sends to; over UDP the same port is bound again. */
  readonly localContact: string
  readonly dialog: DialogSnapshot
  /** CSeq of the INVITE that made the dialog: its ACK repeats it. */
  readonly inviteSequence: number
  /** The 2xx that waits for its ACK, as sent, and where to; null when acknowledged. */
  readonly unacknowledged: { readonly text: string; readonly target: PeerAddress } | null
  /** An incoming call that nobody had answered yet: its INVITE as received, so that it can still be answered. Null later. */
  readonly ringing: { readonly text: string; readonly source: PeerAddress } | null
  readonly isHeldHere: boolean
  /** Version of the last o= line sent, and its session id (RFC 4566 §5.2). */
  readonly sdp: { readonly sessionId: string; readonly version: number }
  /** Null while nobody has opened the speech: a call that rings. */
  readonly media: { readonly local: LocalMedia; readonly negotiated: NegotiatedMedia | null } | null
  /** RFC 4028; null without session timer. */
  readonly sessionTimer: { readonly intervalS: number; readonly refresher: 'here' | 'peer' } | null
}

export interface PeerAddress {
  readonly address: string
  readonly port: number
}

export interface DialogSnapshot {
  readonly sipCallId: string
  readonly localTag: string
  readonly remoteTag: string
  readonly localUri: string
  readonly remoteUri: string
  readonly remoteTarget: string
  readonly routeSet: readonly string[]
  readonly localSequence: number
  readonly remoteSequence: number | null
  readonly isSecure: boolean
}
