import type { EpochMs } from '#shared/base/clock'
import type { TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'
import { type Call, type CallPurpose, isConnected, type Party } from '#shared/domain/call/call'
import type { EndContext } from '#shared/domain/call/ending'
import type { SupervisionMode } from '#shared/domain/call/supervision'
import type { CallFact } from '#shared/domain/call/transition'
import type { CallView } from '../../telephony/sip/user-agent'

/** What the telephone keeps about a live call beside the domain's value: things that decide nothing. Plain JSON, stored with the call. */
export interface CallNotes {
  readonly calledNumber: string | null
  readonly isResuming: boolean
  readonly wasResumed: boolean
  readonly hasEarlyMedia: boolean
  readonly recording: TelephoneCallView['recording']
  readonly recordingId: string | null
  /** The reason that the person chose for ending it. */
  readonly hangUpReason: string | null
  /** Set when this seat asked for the end. */
  readonly wanted: Exclude<EndContext['wanted'], undefined> | null
  readonly answersItselfAt: EpochMs | null
  /** The person asked to see the whole number. */
  readonly isNumberShown: boolean
  /** The call is a part in a colleague's. */
  readonly supervision: SupervisionNote | null
  /** Whose call this was before it was taken over here, once what it takes along has come. */
  readonly handedBy: string | null
}

export interface SupervisionNote {
  readonly supervisionId: string
  readonly mode: SupervisionMode
  readonly accountNo: string
  readonly name: string
  readonly seatNo: string
}

export const newNotes: CallNotes = {
  calledNumber: null,
  isResuming: false,
  wasResumed: false,
  hasEarlyMedia: false,
  recording: 'off',
  recordingId: null,
  hangUpReason: null,
  wanted: null,
  answersItselfAt: null,
  isNumberShown: false,
  supervision: null,
  handedBy: null,
}

/** As a live call is stored. */
export interface KeptCall {
  readonly call: Call
  readonly notes: CallNotes
  readonly accountNo: string | null
  readonly name: string | null
}

export const partyOf = ({ peer }: Pick<CallView, 'peer'>): Party => ({
  number: peer.number,
  displayName: peer.displayName,
  isWithheld: peer.isWithheld,
})

/** What signalling's view of a call says that the domain's value does not know yet. Holds of this side are not read from it: their outcome is. */
export function factsOf(call: Call, view: CallView, now: EpochMs): readonly CallFact[] {
  const facts: CallFact[] = []
  if (call.phase === 'dialing' && (view.state === 'ringing' || view.state === 'early')) facts.push({ type: 'progressed', at: now })
  if (view.state === 'established' && !isConnected(call)) facts.push({ type: 'answered', at: now })
  const isHeldThere = call.held === 'remote' || call.held === 'both'
  if (view.isHeldByPeer !== isHeldThere) facts.push({ type: view.isHeldByPeer ? 'remoteHeld' : 'remoteResumed' })
  const remote = partyOf(view)
  // What was dialled is known better here: the exchange's rules may have taken a prefix away.
  if (view.peer.source !== 'dialled' && !isSameParty(call.remote, remote)) facts.push({ type: 'remoteChanged', remote })
  return facts
}

const isSameParty = (one: Party, other: Party): boolean =>
  one.number === other.number && one.displayName === other.displayName && one.isWithheld === other.isWithheld

/** A caller with the extension of a seat is a colleague; everybody else may be a citizen, and is treated as one. */
export function purposeOf(party: Party, extensions: ReadonlySet<string>): CallPurpose {
  return party.number !== null && extensions.has(party.number) ? 'internal' : 'hotline'
}
