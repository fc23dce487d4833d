/**
 * Tells a recording by its content: noise makes every frame of a living camera unlike all before, so a run of frames that were all seen before, in
 * the same order, was recorded. A blinking lamp over a clean picture comes back too, but always with the same few prints, which do not count.
 */
export interface ReplayWatch {
  /** Prints of changed frames in the order seen. */
  readonly seen: readonly { readonly print: number; readonly at: number }[]
  /** Place in `seen` of the frame that the last one equalled; null when it was new. */
  readonly following: number | null
  /** Different prints in the run that follows now. */
  readonly run: readonly number[]
  /** How old what is shown is; null as long as it is not known to be a recording. */
  readonly agoMs: number | null
}

export const emptyReplayWatch: ReplayWatch = { seen: [], following: null, run: [], agoMs: null }

/** About a minute of moving picture: a recording shown at once after it was made, or in a loop, is what deceives. */
const keptPrints = 1_500
/** So many different frames in a row are no accident; half a second of movement. */
const enough = 12

export function watchForReplay(watch: ReplayWatch, print: number, at: number): ReplayWatch {
  const seen = [...watch.seen, { print, at }]
  const dropped = Math.max(0, seen.length - keptPrints)
  const following = followed(watch, print)
  const base = { seen: dropped > 0 ? seen.slice(dropped) : seen, following: following === null ? null : following - dropped }
  if (following === null) return { ...base, run: [], agoMs: null }
  const run = watch.run.includes(print) ? watch.run : [...watch.run, print].slice(-enough)
  const origin = watch.seen[following]
  return { ...base, run, agoMs: run.length >= enough && origin ? at - origin.at : null }
}

/** The frame after the one followed so far when it is the same; else the last that was, to begin a run. */
function followed({ seen, following }: ReplayWatch, print: number): number | null {
  const next = following === null ? -1 : following + 1
  if (seen[next]?.print === print) return next
  for (let index = seen.length - 1; index >= 0; index--) if (seen[index]?.print === print) return index
  return null
}
