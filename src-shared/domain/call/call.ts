import type { EpochMs } from '../../base/clock'
import type { Ending } from './ending'

/**
 * A call as this seat sees it. The value holds facts only; `transition.ts` says what may be asked of it and what becomes of it, `telephone.ts` how
 * several calls share one headset. SIP and sound are effects of both.
 *
 *            offered                          answer            answered
 *   (idle) ─────────▶ ringing ──────────────▶ answering ───────────────▶ talking ⇄ held (local, remote, both)
 *      │                                                                    │  ▲ failed
 *      │ dial                      progress            answered             ▼  │
 *      └──────────▶ dialing ─────────────────▶ early ───────────────▶ talking  transferring
 *
 *   From every phase: ended, with who ended it and why.
 */
export const callPhases = {
  ringing: { name: '振铃' },
  answering: { name: '接通中' },
  dialing: { name: '呼叫中' },
  early: { name: '对方振铃' },
  talking: { name: '通话' },
  transferring: { name: '转接中' },
  ended: { name: '已结束' },
} as const

export type CallPhase = keyof typeof callPhases
export const callPhaseIds = Object.keys(callPhases) as readonly CallPhase[]

/** Who holds: the seat 本席保持, the far side 对方保持, or both. */
export type Held = 'none' | 'local' | 'remote' | 'both'

/** Whom the seat speaks with matters for one rule: a citizen hangs up first 来电人先挂机 (seed 001). */
export const callPurposes = {
  hotline: { name: '市民来电', isCitizen: true },
  callback: { name: '回访外呼', isCitizen: true },
  consult: { name: '咨询', isCitizen: false },
  outgoing: { name: '外呼', isCitizen: false },
  internal: { name: '内线', isCitizen: false },
  /** A part in a colleague's call (`supervision.ts`). */
  supervision: { name: '监听密语', isCitizen: false },
  test: { name: '话路测试', isCitizen: false },
} as const

export type CallPurpose = keyof typeof callPurposes

/** Who is at the other end, as the network says; text from outside, never shown as anything else. */
export interface Party {
  /** In the one form of `number.ts`; null when withheld or when what came is no number. */
  readonly number: string | null
  readonly displayName: string | null
  readonly isWithheld: boolean
}

/** What a transfer carried from the seat before: the same case is opened here. */
export interface CarriedData {
  readonly caseNo: string | null
  readonly userToUser: string | null
}

export const nothingCarried: CarriedData = { caseNo: null, userToUser: null }

export interface Transfer {
  /** `satisfaction`: to the announcement that asks a citizen how the service was; the business is done, and nobody takes the call there. */
  readonly kind: 'blind' | 'attended' | 'satisfaction'
  readonly target: string
  /** The call that is consulted in an attended transfer. */
  readonly consultCallId?: string
}

export interface Call {
  readonly callId: string
  readonly direction: 'incoming' | 'outgoing'
  readonly purpose: CallPurpose
  readonly phase: CallPhase
  readonly held: Held
  readonly isMuted: boolean
  readonly remote: Party
  readonly carried: CarriedData
  readonly startedAt: EpochMs
  readonly answeredAt: EpochMs | null
  readonly endedAt: EpochMs | null
  readonly ending: Ending | null
  readonly transfer: Transfer | null
  /** Set while the last hold or resume has not been confirmed by the far side. */
  readonly isHoldPending: boolean
  /** Speech is interrupted although the dialog lives (address change, exchange restart); cleared when it flows again. */
  readonly isInterrupted: boolean
  /** The seat did not take the ringing call itself: by policy after a beep, or by the headset's button. */
  readonly answeredBy: 'key' | 'headset' | 'policy' | null
}

export const isLive = (call: Pick<Call, 'phase'>): boolean => call.phase !== 'ended'
export const isConnected = (call: Pick<Call, 'phase'>): boolean => call.phase === 'talking' || call.phase === 'transferring'
export const isHeldHere = (call: Pick<Call, 'held'>): boolean => call.held === 'local' || call.held === 'both'
/** The seat hears and is heard. */
export const isSpeaking = (call: Pick<Call, 'phase' | 'held'>): boolean => isConnected(call) && call.held === 'none'
export const isWithCitizen = (call: Pick<Call, 'purpose'>): boolean => callPurposes[call.purpose].isCitizen

/** A citizen's call of which there is a report to write: one that came in, or one taken over of which it is known who calls. */
export const hasReport = (call: Pick<Call, 'direction' | 'purpose'> & { readonly handedBy?: string | null }): boolean =>
  call.purpose === 'hotline' && (call.direction === 'incoming' || (call.handedBy ?? null) !== null)

/** Milliseconds from the first ring to the answer, or to the end of a call that nobody answered, or until now. */
export function ringMs(call: Call, now: EpochMs): number {
  return Math.max(0, (call.answeredAt ?? call.endedAt ?? now) - call.startedAt)
}

/** Milliseconds of conversation; 0 before the answer. */
export function talkMs(call: Call, now: EpochMs): number {
  return call.answeredAt === null ? 0 : Math.max(0, (call.endedAt ?? now) - call.answeredAt)
}

export type NewCall = Pick<Call, 'callId' | 'direction' | 'purpose' | 'remote' | 'startedAt'> & {
  readonly carried?: CarriedData
}

/** A call that begins: ringing when it comes in, dialing when the seat makes it. */
export function beginCall({ carried = nothingCarried, ...given }: NewCall): Call {
  return {
    ...given,
    carried,
    phase: given.direction === 'incoming' ? 'ringing' : 'dialing',
    held: 'none',
    isMuted: false,
    answeredAt: null,
    endedAt: null,
    ending: null,
    transfer: null,
    isHoldPending: false,
    isInterrupted: false,
    answeredBy: null,
  }
}
