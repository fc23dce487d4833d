import type { EpochMs } from '../../base/clock'
import type { Position } from '../geo/position'
import type { Ring } from '../geo/ring'
import { metresOutsideRing } from '../geo/ring-distance'

/**
 * Whether a collector 信息采集员 patrols outside their own area 责任网格 (越界巡查). A telephone errs: outside is only who is outside by more than
 * the telephone itself says it may err, and by more than the breadth of a street. Pure.
 */
export interface FieldPosition {
  readonly position: Position
  /** Metres, as the telephone says; null when it does not. */
  readonly accuracyM: number | null
  readonly at: EpochMs
}

/** Both sides of a road between two areas are walked from either. */
export const toleratedM = 50
/** A fix worse than this says nothing about areas. */
export const worstAccuracyM = 300

/** Without an area nobody can leave it; a fix that is too vague leaves what was said before. */
export function isOutsideArea(rings: readonly Ring[], { position, accuracyM }: FieldPosition, wasOutside: boolean): boolean {
  if (rings.length === 0) return false
  if (accuracyM !== null && accuracyM > worstAccuracyM) return wasOutside
  const allowed = Math.max(toleratedM, accuracyM ?? 0)
  return !rings.some((ring) => metresOutsideRing(ring, position) <= allowed)
}

/** Since when somebody is outside, going on from what was known before: positions in the order in which they were taken. */
export function outsideSince(rings: readonly Ring[], known: EpochMs | null, taken: readonly FieldPosition[]): EpochMs | null {
  let since = known
  for (const each of taken) since = isOutsideArea(rings, each, since !== null) ? (since ?? each.at) : null
  return since
}
