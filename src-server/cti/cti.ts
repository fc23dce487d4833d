import type { AppError } from '#shared/base/app-error'
import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { Result } from '#shared/base/result'
import { readSatisfaction, type SatisfactionAnswer } from '#shared/domain/call/satisfaction'

/** What an adapter is given beside its own settings. */
export interface CtiParts {
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
}

/**
 * What the centre may ask of the queue of the city's exchange, and what it is told. The queue is the exchange's: nothing here distributes a call. Each
 * kind of exchange has an adapter; all pass one contract suite (`tests/contract/cti.test.ts`). Failures are `cti/…` values; nothing throws.
 */
export interface Cti {
  /** Null: the queue may send this extension calls. Saying the same again does nothing. */
  pauseMember(extension: string, pause: Pause | null): Promise<Result<void, AppError>>
  queueStatus(): Promise<Result<QueueStatus, AppError>>
  onEvent(listener: (event: CtiEvent) => void): Stop
  /** Whether the exchange can be asked now. */
  isUp(): boolean
  stop(): Promise<void>
}

/** Why a seat takes no calls from the queue. */
export type Pause = 'notReady' | 'wrapUp' | 'signedOut'

export interface QueueStatus {
  /** Longest waiting first. No numbers: who waits is nobody's business before somebody answers. */
  readonly waiting: readonly { readonly callerId: string; readonly since: EpochMs }[]
  readonly members: readonly QueueMember[]
}

export interface QueueMember {
  readonly extension: string
  /** `away`: its telephone is not registered. */
  readonly state: 'free' | 'busy' | 'paused' | 'away'
}

export type CtiEvent =
  /** The exchange is reached again: what it knows of pauses may be old. */
  | { readonly type: 'connected' }
  | { readonly type: 'disconnected' }
  | { readonly type: 'callerJoined'; readonly callerId: string; readonly at: EpochMs }
  /** `extension` answered; null: the caller gave up, or was sent elsewhere. */
  | { readonly type: 'callerLeft'; readonly callerId: string; readonly extension: string | null; readonly at: EpochMs }
  /** A citizen was asked how the service was. `ref` names the call (`satisfactionRef`). */
  | { readonly type: 'callRated'; readonly ref: string; readonly answer: SatisfactionAnswer; readonly at: EpochMs }

/** For adapters whose exchange says `Ref` and `Answer`; what names no call is nobody's. */
export function tellRated(
  listeners: { tell(event: CtiEvent): void },
  { ref = '', answer = '' }: Readonly<Record<string, string>>,
  at: EpochMs,
): void {
  if (/^\d{15}$/.test(ref)) listeners.tell({ type: 'callRated', ref, answer: readSatisfaction(answer), at })
}

/** For adapters: tells every listener, and none can break the next. */
export function createCtiListeners(onFailed: (cause: unknown) => void) {
  const listeners = new Set<(event: CtiEvent) => void>()
  return {
    add: (listener: (event: CtiEvent) => void): Stop => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell: (event: CtiEvent): void => {
      for (const listener of [...listeners]) {
        try {
          listener(event)
        } catch (cause) {
          onFailed(cause)
        }
      }
    },
  }
}
