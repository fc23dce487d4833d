import type { EpochMs } from '#shared/base/clock'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import type { CallJournal } from '../../telephony/sip/call-snapshot'
import type { UserAgent } from '../../telephony/sip/user-agent'

/** What the telephone needs of the rooms around it, beside their doors `sip/user-agent.ts` and `media/media.ts`. */

/** A seat's line: which exchange, as whom. The password is asked for whenever the exchange asks. */
export interface LineSetup {
  readonly profile: ExchangeProfile
  readonly password: string
  /** The exchange is a simulated one. */
  readonly isDemonstration: boolean
}

export type OpenLine = (setup: LineSetup, journal: CallJournal) => UserAgent

export interface CallStore {
  readonly live: LiveCallStore
  /** Writes a record, or writes it anew with what was learnt since. */
  put(record: CallRecord): void
  get(callId: string): CallRecord | undefined
  /** Newest first. */
  list(query: CallQuery): { readonly items: readonly CallRecord[]; readonly next: string | null }
  /** Calls that nobody took and nobody has given back since `since`, newest first. */
  unsettled(since: EpochMs): readonly CallRecord[]
  /** Calls whose caller waits to be called back at a time. */
  promised(): readonly CallRecord[]
  /** It is to be given back, whatever was settled before. */
  reopen(callId: string): void
  /** All of a number. */
  settle(number: string, at: EpochMs): void
  settleOne(callId: string, at: EpochMs): void
  removeBefore(at: EpochMs): void
}

export interface CallQuery {
  readonly which: 'all' | 'missed' | 'incoming' | 'outgoing'
  readonly number?: string | undefined
  /** Any digits of the number as it is written within the country. */
  readonly digits?: string | undefined
  readonly purpose?: CallRecord['purpose'] | undefined
  readonly from?: EpochMs | undefined
  readonly until?: EpochMs | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Calls that live: each room keeps its own part, as JSON, for the next process. */
export interface LiveCallStore {
  put(callId: string, part: 'snapshot' | 'call' | 'stream', value: unknown): void
  get(callId: string, part: 'snapshot' | 'call' | 'stream'): unknown
  clear(callId: string, part: 'snapshot' | 'call' | 'stream'): void
  list(): readonly { readonly callId: string; readonly snapshot: unknown; readonly call: unknown }[]
  remove(callId: string): void
}
