import type { Clock } from '#shared/base/clock'

/**
 * How often one caller may call: a bucket of tokens for each, filled evenly. In this process alone; with several processes a caller may have as many
 * times the rate. It delays nothing, it only says yes or no.
 */
export interface RateLimit {
  /** Takes a token; false when there is none. */
  isAllowed(caller: string): boolean
}

/** Beyond this, whoever was not heard of longest is forgotten: that only gives them a full bucket. */
const mostCallers = 10_000

export function createRateLimit(
  clock: Pick<Clock, 'monotonicMs'>,
  { perMinute, burst }: { readonly perMinute: number; readonly burst: number },
): RateLimit {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>()
  return {
    isAllowed(caller) {
      const now = clock.monotonicMs()
      const before = buckets.get(caller) ?? { tokens: burst, at: now }
      const tokens = Math.min(burst, before.tokens + ((now - before.at) / 60_000) * perMinute)
      buckets.delete(caller)
      buckets.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
      const oldest = buckets.size > mostCallers ? buckets.keys().next().value : undefined
      if (oldest !== undefined) buckets.delete(oldest)
      return tokens >= 1
    },
  }
}
