import type { CallRecord } from '#shared/contracts/call-shapes'
import type { CallerView } from '#shared/contracts/seat-api/caller-views'
import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { hasReport } from '#shared/domain/call/call'
import { kindOf } from '#shared/domain/call/number'
import { useTopic } from '../../../../bridge/react'

/** The citizen's call that the desk is about: the one that is spoken, else the one that rings, else the one being wrapped up. */
export interface CallInHand {
  readonly callId: string
  readonly number: string | null
  readonly displayName: string | null
  readonly isWithheld: boolean
  /** The case that a transfer carried here. */
  readonly caseNo: string | null
  /** Answered: its report is open. */
  readonly isTaken: boolean
  /** Null while it lives. */
  readonly ended: Pick<CallRecord, 'endedBy' | 'cause'> | null
  readonly wasResumed: boolean
}

export function useCallInHand(): { readonly call: CallInHand | undefined; readonly caller: CallerView | undefined } {
  const telephone = useTopic('telephone.changed')
  const callers = useTopic('callers.changed')?.callers
  const call = telephone && callInHand(telephone)
  return { call, caller: callers?.find(({ callId }) => callId === call?.callId) }
}

export function callInHand({ calls, focusId, agent, lastEnded }: Pick<TelephoneView, 'calls' | 'focusId' | 'agent' | 'lastEnded'>) {
  const citizens = calls.filter(hasReport)
  const spoken = citizens.filter(({ answeredAt }) => answeredAt !== null)
  const one = spoken.find(({ callId }) => callId === focusId) ?? spoken[0] ?? citizens[0]
  if (one) return ofLive(one)
  return agent.phase === 'wrapUp' && lastEnded && hadReport(lastEnded) && lastEnded.answeredAt !== null ? ofEnded(lastEnded) : undefined
}

/** Taken over without a word of who called, its number is a colleague's. */
const hadReport = ({ direction, purpose, number }: Pick<CallRecord, 'direction' | 'purpose' | 'number'>): boolean =>
  purpose === 'hotline' && (direction === 'incoming' || number === null || kindOf(number) !== 'short')

function ofLive({ callId, number, displayName, isWithheld, caseNo, answeredAt, wasResumed }: TelephoneCallView): CallInHand {
  return { callId, number, displayName, isWithheld, caseNo, isTaken: answeredAt !== null, ended: null, wasResumed }
}

function ofEnded({ callId, number, displayName, isWithheld, caseNo, endedBy, cause, wasResumed }: CallRecord): CallInHand {
  return { callId, number, displayName, isWithheld, caseNo, isTaken: true, ended: { endedBy, cause }, wasResumed }
}
