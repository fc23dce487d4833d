import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { CallData, RemoteParty } from './call-parties'
import type { CallSnapshot } from './call-snapshot'
import type { NegotiatedMedia } from './media-session'

/**
 * The one door of signalling: what the rest of the core may ask of the SIP user agent, and what it is told. Everything that crosses is a value;
 * no SIP message, header or URI object leaves this room. Failures are values of the catalogue (`phone/…`); nothing here throws.
 *
 *   incoming  offered ─ ring ─ answer ─→ answering ─→ established ─→ ended
 *   outgoing  dialing ─→ ringing | early ─→ established ─→ ended
 */
export interface UserAgent {
  readonly registration: () => RegistrationView
  readonly calls: () => readonly SipCall[]
  /** Registers, and stays registered (refresh, back-off, new connection) until `unregister`. */
  register(): void
  /** Takes the binding away; waits at most a few seconds for the registrar's answer. */
  unregister(): Promise<void>
  /** `target` is a number as dialled, or a SIP URI. */
  call(target: string, options?: OutgoingCallOptions): Promise<Result<SipCall, AppError>>
  /** Continues a call of the process before this one. Answers once the call is there; what the peer says to it comes as events. */
  resumeCall(snapshot: CallSnapshot): Promise<Result<SipCall, AppError>>
  /** The machine's address changed or the network came back: registers anew and moves established calls (re-INVITE), without dropping one. */
  refreshNetwork(): void
  onEvent(listener: (event: UserAgentEvent) => void): Stop
  /** The last messages sent and received, secrets and callers masked; for the diagnostics bundle. */
  trace(): readonly TraceEntry[]
  counters(): SipCounters
  /** Ends without a word to the peers when `abrupt`; else BYE or reject to each call and the binding removed. */
  stop(how?: 'politely' | 'abrupt'): Promise<void>
}

export interface SipCall {
  readonly id: string
  view(): CallView
  /** 180 (or 183 with speech when the profile says so). */
  ring(): Result<void, AppError>
  answer(): Promise<Result<void, AppError>>
  /** Before it is answered. Status 486 unless given; 603 declines everywhere. */
  reject(status?: number, reason?: EndReason): Result<void, AppError>
  /** BYE, CANCEL or a refusal, whichever the state asks for. */
  hangUp(reason?: EndReason): Result<void, AppError>
  hold(): Promise<Result<void, AppError>>
  resume(): Promise<Result<void, AppError>>
  /** A new offer with the media end as it is now (address, port, codecs, keys). */
  renegotiate(): Promise<Result<void, AppError>>
  /** Blind transfer (RFC 3515). Settles with the outcome that the peer reports; the call ends by itself when it succeeds. */
  transfer(target: string, data?: CallData): Promise<Result<void, AppError>>
  /** Attended transfer (RFC 3891): the two peers are joined. Both calls end when it succeeds. */
  transferTo(consult: SipCall): Promise<Result<void, AppError>>
  /** Digits by INFO (`application/dtmf-relay`), for exchanges without RFC 4733. */
  sendDigits(digits: string, durationMs?: number): Promise<Result<void, AppError>>
}

export type SipCallState = 'offered' | 'ringing' | 'answering' | 'dialing' | 'early' | 'established' | 'ended'

export interface CallView {
  readonly id: string
  readonly sipCallId: string
  readonly direction: 'incoming' | 'outgoing'
  readonly state: SipCallState
  readonly peer: RemoteParty
  /** The number or service that was called, when the exchange says so (To, Diversion, History-Info). */
  readonly calledNumber: string | null
  readonly data: CallData
  readonly isHeldHere: boolean
  readonly isHeldByPeer: boolean
  readonly media: NegotiatedMedia | null
  readonly transfer: 'none' | 'asked' | 'trying'
  /** True from the start of a resumed call until the peer has confirmed it. */
  readonly isResuming: boolean
  readonly startedAt: EpochMs
  readonly establishedAt: EpochMs | null
  readonly end: CallEnd | null
}

export interface OutgoingCallOptions {
  /** The name that the call has in the program already; a fresh one unless given. */
  readonly callId?: string
  readonly data?: CallData
  /** Sent as RFC 3323 `Privacy: id`. */
  readonly isAnonymous?: boolean
  /** Name of an entry in the profile's `supervision` table, e.g. `listen`: its prefix and headers are put to the target. */
  readonly supervision?: string
}

/** RFC 3326. At least one of the two is given. */
export interface EndReason {
  readonly sipCause?: number
  readonly q850Cause?: number
  readonly text?: string
}

export interface CallEnd {
  readonly at: EpochMs
  /** `network`: nobody hung up; the call was lost (481, no ACK, session expired, no answer to a refresh). */
  readonly endedBy: 'here' | 'peer' | 'network'
  readonly how: 'bye' | 'cancelled' | 'rejected' | 'redirected' | 'noAnswer' | 'lost' | 'transferred' | 'replaced' | 'answeredElsewhere'
  /** Status of the final response, or the SIP cause of a Reason header; null when there was none. */
  readonly sipCause: number | null
  /** Q.850 from a Reason header; else mapped from the status by RFC 3398 §7.2.4.1 when that is certain. */
  readonly q850Cause: number | null
  readonly reasonText: string | null
}

export type RegistrationState = 'off' | 'trying' | 'registered' | 'refused' | 'unreachable'

export interface RegistrationView {
  readonly state: RegistrationState
  readonly since: EpochMs
  /** When the binding ends if nobody refreshes it; null when there is none. A binding whose refresh failed still counts until then. */
  readonly expiresAt: EpochMs | null
  /** Last answer of the registrar. */
  readonly status: number | null
  readonly reason: string | null
  readonly nextTryAt: EpochMs | null
  /** The exchange answers our OPTIONS (RFC 3261 §11): null = not asked yet. */
  readonly isAnswering: boolean | null
  readonly lastAnsweredAt: EpochMs | null
  readonly roundTripMs: number | null
  readonly transport: 'UDP' | 'TCP' | 'TLS'
  readonly localAddress: string | null
}

export type UserAgentEvent =
  | { readonly type: 'registrationChanged'; readonly registration: RegistrationView }
  /** A new incoming call: `ring` or `reject` it. */
  | { readonly type: 'callOffered'; readonly call: SipCall }
  | { readonly type: 'callChanged'; readonly call: CallView }
  | { readonly type: 'callEnded'; readonly call: CallView; readonly end: CallEnd }
  /** The peer's INFO brought a digit. */
  | { readonly type: 'digitReceived'; readonly callId: string; readonly digit: string; readonly durationMs: number | null }
  /** A REFER's outcome, as the peer reports it: status of the new call as far as it got. */
  | { readonly type: 'transferProgressed'; readonly callId: string; readonly status: number }
  /** An INVITE with Replaces took the place of a call (RFC 3891). */
  | { readonly type: 'callReplaced'; readonly callId: string; readonly by: string }

export interface TraceEntry {
  readonly at: EpochMs
  readonly direction: 'in' | 'out'
  readonly peer: string
  readonly text: string
}

export interface SipCounters {
  readonly received: number
  readonly sent: number
  readonly retransmitted: number
  /** Datagrams or frames that were no SIP message. */
  readonly malformed: number
  /** Well-formed messages that nobody here was waiting for. */
  readonly stray: number
  /** Bugs: handling threw and the guard stopped it. */
  readonly faults: number
  readonly reconnects: number
}
