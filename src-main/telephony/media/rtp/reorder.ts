/**
 * Puts packets back in order. A packet that is in its place leaves at once; behind a gap packets wait up to the window for what is missing, and are
 * then let go with the number of those that never came. So the delay is paid only where the network disordered, and the page's own jitter buffer, which would grow for
 * minutes after disorder, stays small.
 */
export const reorderWindowMs = 60
/** More cannot have been sent within the window, so somebody floods. */
const mostHeld = 64

export interface Released<T> {
  readonly packet: T
  /** Packets missing right before this one. */
  readonly missed: number
}

export interface Reorder<T> {
  take(index: number, packet: T, nowMs: number): Released<T>[]
  /** Lets go what has waited long enough. */
  expire(nowMs: number): Released<T>[]
  /** When to call `expire`; null: nothing waits. */
  dueMs(): number | null
  /** Lets go everything and begins anew with the next packet. */
  restart(): Released<T>[]
  /** Came too late or twice. */
  dropped(): number
}

export function createReorder<T>(windowMs = reorderWindowMs): Reorder<T> {
  const held = new Map<number, { readonly packet: T; readonly arrivedMs: number }>()
  let next: number | null = null
  let dropped = 0

  const runFrom = (index: number, missed: number): Released<T>[] => {
    const run: Released<T>[] = []
    let at = index
    for (let one = held.get(at); one; one = held.get(at)) {
      held.delete(at)
      run.push({ packet: one.packet, missed: run.length === 0 ? missed : 0 })
      at += 1
    }
    next = at
    return run
  }
  const skipGap = (): Released<T>[] => {
    const first = Math.min(...held.keys())
    return runFrom(first, first - (next ?? first))
  }
  return {
    take: (index, packet, nowMs) => {
      next ??= index
      if (index < next || held.has(index)) {
        dropped += 1
        return []
      }
      if (index === next && held.size === 0) {
        next += 1
        return [{ packet, missed: 0 }]
      }
      held.set(index, { packet, arrivedMs: nowMs })
      if (index === next) return runFrom(index, 0)
      return held.size > mostHeld ? skipGap() : []
    },
    expire: (nowMs) => {
      const out: Released<T>[] = []
      while (held.size > 0 && [...held.values()].some(({ arrivedMs }) => nowMs - arrivedMs >= windowMs)) out.push(...skipGap())
      return out
    },
    dueMs: () => (held.size === 0 ? null : Math.min(...[...held.values()].map(({ arrivedMs }) => arrivedMs)) + windowMs),
    restart: () => {
      const out: Released<T>[] = []
      while (held.size > 0) out.push(...skipGap())
      next = null
      return out
    },
    dropped: () => dropped,
  }
}
