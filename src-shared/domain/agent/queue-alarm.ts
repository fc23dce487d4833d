import type { EpochMs } from '../../base/clock'

/**
 * When a queue of callers is the shift lead's business: somebody waits and nobody could answer at all, at once; or everybody talks and the first waits beyond the
 * time in which a hotline answers.
 */
export interface QueueState {
  /** Since when each caller waits, the longest first. */
  readonly waiting: readonly { readonly since: EpochMs }[]
  readonly members: readonly { readonly state: 'free' | 'busy' | 'paused' | 'away' }[]
}

export type QueueAlarm = 'nobodyReady' | 'allBusy'

/** GB/T 33358-2016: a call is answered within 15 seconds. */
export const answerWithinMs = 15_000

export function queueAlarm({ waiting, members }: QueueState, now: EpochMs): QueueAlarm | null {
  const [first] = waiting
  if (!first || members.some(({ state }) => state === 'free')) return null
  if (!members.some(({ state }) => state === 'busy')) return 'nobodyReady'
  return now - first.since > answerWithinMs ? 'allBusy' : null
}
