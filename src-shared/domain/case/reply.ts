import type { EpochMs } from '../../base/clock'
import type { RoleId } from '../account/role'
import type { CaseFacts } from './facts'
import type { CaseActor } from './history'
import type { ReplyWay } from './inputs'
import { type CaseState, caseSources } from './states'

/**
 * 回复稿: what the source of a case, another platform, a mailbox, a medium, is told of it. Written by whoever looks after that source, approved by
 * somebody else, and then brought there: by the program where the source has an address for it, else by a person, who keeps the proof. It is part of
 * the case's history and moves beside its state: a case may be closed and its reply still on the way. Pure.
 */
export interface Reply {
  readonly state: ReplyState
  readonly text: string
  readonly by: CaseActor
  readonly at: EpochMs
  /** Who approved it or gave it back. */
  readonly decidedBy: CaseActor | null
  readonly decidedAt: EpochMs | null
  /** Why it was given back. */
  readonly reason: string | null
  /** The platform that the program brings it to; null: a person does. */
  readonly via: string | null
  /** The program tried for days and gave up: a person brings it there. */
  readonly isUndelivered: boolean
  readonly deliveredAt: EpochMs | null
  /** How a person brought it there; null when the program did. */
  readonly way: ReplyWay | null
}

export const replyStates = { proposed: '待核准', returned: '退改', approved: '待回传', delivered: '已回传' } as const
export type ReplyState = keyof typeof replyStates
export const replyStateIds = Object.keys(replyStates) as readonly ReplyState[]

/** Who writes and brings it there, and who approves it: 值班长, 平台助理, 平台主管. */
export const replyWriters: readonly RoleId[] = ['opinionMonitor', 'intake', 'shiftLead', 'assistant']
export const replyApprovers: readonly RoleId[] = ['shiftLead', 'assistant', 'director']
export const replyReaders: readonly RoleId[] = ['opinionMonitor', 'intake', 'shiftLead', 'assistant', 'director']

/** Cases that are answered with another, or were none. */
const unanswered: readonly CaseState[] = ['merged', 'voided']

/** Whether the case came from somewhere that can be answered. */
export const isAnswerable = ({ source, external }: Pick<CaseFacts, 'source' | 'external'>): boolean =>
  external !== null && caseSources[source].isExternal

/** Whether somebody has still to do something for the source to be answered: it asked by a day, or a reply was begun. */
export function isReplyDue(facts: Pick<CaseFacts, 'source' | 'external'>, reply: Pick<Reply, 'state'> | null, state: CaseState): boolean {
  if (!isAnswerable(facts) || unanswered.includes(state)) return false
  return reply === null ? facts.external?.replyBy != null : reply.state !== 'delivered'
}

/** As a list tells it. */
export interface RowReply {
  readonly state: ReplyState
  readonly at: EpochMs
  readonly byName: string
  readonly via: string | null
  readonly isUndelivered: boolean
  readonly deliveredAt: EpochMs | null
}

export const rowReplyOf = ({ state, at, by, via, isUndelivered, deliveredAt }: Reply): RowReply => ({
  ...{ state, at, byName: by.name, via, isUndelivered, deliveredAt },
})

/** Came after the day by which the source waited for it. */
export const isReplyLate = (replyBy: EpochMs | null, reply: Pick<Reply, 'deliveredAt'> | null, now: EpochMs): boolean =>
  replyBy !== null && (reply?.deliveredAt ?? now) > replyBy
