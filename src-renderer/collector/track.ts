import type { FieldPosition } from '../../src-shared/contracts/central-api/field'

/**
 * The positions that wait to be told, as values: the phone takes one after a little way or a little time, sends what waits every half minute, and
 * keeps it while there is no network. Pure; when and how it is sent is `use-track.ts`.
 */
export interface Track {
  /** Oldest first. */
  readonly waiting: readonly FieldPosition[]
  /** The last one taken, sent or not. */
  readonly last: FieldPosition | null
}

export const emptyTrack: Track = { waiting: [], last: null }

/** As `mostPositions` of the contract; what is older is thinned out, so that a whole shift without network still shows the way. */
export const mostWaiting = 200
const nextAfterM = 15
const nextAfterMs = 60_000

/** `metres`: how far two positions are apart. */
export function takenInto(
  { waiting, last }: Track,
  next: FieldPosition,
  metres: (a: FieldPosition['position'], b: FieldPosition['position']) => number,
): Track {
  const isNews = last === null || next.at - last.at >= nextAfterMs || metres(last.position, next.position) >= nextAfterM
  if (!isNews) return { waiting, last }
  const kept = waiting.length < mostWaiting ? waiting : waiting.filter((_, at) => at % 2 === 0 || at > mostWaiting - 20)
  return { waiting: [...kept, next], last: next }
}

/** What was sent waits no longer; what was taken meanwhile does. */
export const without = ({ waiting, last }: Track, sent: readonly FieldPosition[]): Track => ({
  waiting: waiting.filter(({ at }) => !sent.some((each) => each.at === at)),
  last,
})
