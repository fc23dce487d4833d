import type { Clock } from '#shared/base/clock'

/**
 * Lets so many messages of one address through and no more, before anything of them is read: a broken device, or a hostile one, must not take the time of
 * the others. A bucket for each address; those forgotten first are those heard longest ago.
 */
export interface FloodGate {
  admits(address: string): boolean
  /** Turned away since the start. */
  turnedAway(): number
}

/** A platform that answers with 5 000 channels, one to a message, needs ten seconds for them. */
export const usualPerSecond = 500
const mostAddresses = 4_096

/** Twice as many at once, after a silence. */
export function createFloodGate(perSecond: number, clock: Pick<Clock, 'monotonicMs'>): FloodGate {
  const most = perSecond * 2
  const buckets = new Map<string, { left: number; at: number }>()
  let turned = 0
  return {
    admits: (address) => {
      const now = clock.monotonicMs()
      const bucket = buckets.get(address) ?? { left: most, at: now }
      bucket.left = Math.min(most, bucket.left + ((now - bucket.at) * perSecond) / 1_000)
      bucket.at = now
      buckets.delete(address)
      buckets.set(address, bucket)
      if (buckets.size > mostAddresses) buckets.delete([...buckets.keys()][0] ?? '')
      if (bucket.left < 1) {
        turned += 1
        return false
      }
      bucket.left -= 1
      return true
    },
    turnedAway: () => turned,
  }
}
