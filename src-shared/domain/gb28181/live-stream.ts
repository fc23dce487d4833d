/**
 * When a live picture that was asked of a device is given back (GB/T 28181-2016 §9.2): nobody looks at it, it does not come, or nobody can tell any more.
 * A device gives a handful of pictures at a time, so one without a viewer is one that somebody else cannot have.
 */
export interface LiveWatch {
  readonly openedAt: number
  /** When somebody was last seen looking; `openedAt` before the first. */
  readonly viewedAt: number
  /** When the gateway last had the picture, and when it last answered at all. */
  readonly flowedAt: number
  readonly answeredAt: number
}

export type LiveVerdict = 'keep' | 'nobodyLooks' | 'nothingComes' | 'gatewayAway'

/** Time to open the picture once its address was told, and to come back after a window was moved. */
export const lookAwayMs = 20_000
/** From a device's answer to its first octet pass two seconds at most; a network that flickers needs longer. */
export const silenceMs = 15_000
/** As long as a gateway needs to start anew: its streams are gone then. */
export const gatewayAwayMs = 60_000

export const newWatch = (now: number): LiveWatch => ({ openedAt: now, viewedAt: now, flowedAt: now, answeredAt: now })

/** `viewers` null: nothing comes from the device; undefined: the gateway does not answer. */
export function seenLive(watch: LiveWatch, viewers: number | null | undefined, now: number): LiveWatch {
  if (viewers === undefined) return watch
  const flowedAt = viewers === null ? watch.flowedAt : now
  return { ...watch, answeredAt: now, flowedAt, viewedAt: viewers !== null && viewers > 0 ? now : watch.viewedAt }
}

export function judgeLive({ viewedAt, flowedAt, answeredAt }: LiveWatch, now: number): LiveVerdict {
  if (now - answeredAt >= gatewayAwayMs) return 'gatewayAway'
  // While the gateway is silent nothing follows about who looks.
  if (answeredAt - flowedAt >= silenceMs) return 'nothingComes'
  return answeredAt - viewedAt >= lookAwayMs ? 'nobodyLooks' : 'keep'
}
