import { type CoordinateSystem, describeSystem, type RawPosition, recogniseSystem, toCgcs2000 } from '../geo/coordinate-system'
import { metresBetween, type Position } from '../geo/position'

/**
 * Whether a layer that is already here lies where it belongs: its features against the grids (or communities) that they name. Names the system that it was
 * in when it was taken over as CGCS2000, a wrong zone among them, and by how much it lies wrong.
 */
export interface LayerSample {
  readonly position: Position
  /** Whether a position fits what this feature says of itself. */
  readonly fits: (position: Position) => boolean
}

export type LayerVerdict =
  | { readonly kind: 'confirmed'; readonly share: number }
  | { readonly kind: 'other'; readonly likely: string; readonly advice: string; readonly share: number; readonly metres: number | null }
  | { readonly kind: 'unclear'; readonly share: number }
  | { readonly kind: 'nothing' }

const declared: CoordinateSystem = { system: 'CGCS2000' }
const mostFit = 0.9
/**
 * The easting of a Gauss–Krüger zone depends on the longitude from its central meridian alone: a file taken over by the meridian of another zone lies wrong by
 * the difference of the two, exactly.
 */
const zoneSteps = [-9, -6, -3, 3, 6, 9]

export function checkKnownLayer(samples: readonly LayerSample[]): LayerVerdict {
  if (samples.length < 3) return { kind: 'nothing' }
  const raw = samples.map(({ position: { lng, lat }, fits }) => ({ raw: [lng, lat] as RawPosition, fits }))
  const shareOf = (move: (position: Position) => Position) =>
    samples.filter(({ position, fits }) => fits(move(position))).length / samples.length
  const own = shareOf((position) => position)
  const zone = zoneSteps.find((by) => shareOf(({ lng, lat }) => ({ lng: lng + by, lat })) >= mostFit)
  if (own < mostFit && zone !== undefined) {
    const likely = `高斯-克吕格，中央经线差 ${Math.abs(zone)}°`
    const advice = `导入时选错了分带：中央经线应${zone > 0 ? '加' : '减'} ${Math.abs(zone)}°，改正后重新导入`
    return { kind: 'other', likely, advice, share: own, metres: medianOf(samples, ({ lng, lat }) => ({ lng: lng + zone, lat })) }
  }
  const verdict = recogniseSystem(raw, declared)
  if (verdict.kind === 'swapped') {
    return { kind: 'other', likely: '经度和纬度写反', advice: '先经度后纬度，改正后重新导入', share: 0, metres: null }
  }
  if (verdict.kind !== 'other') return own >= mostFit ? { kind: 'confirmed', share: own } : { kind: 'unclear', share: own }
  const likely = describeSystem(verdict.system)
  const metres = medianOf(samples, ({ lng, lat }) => toCgcs2000([lng, lat], verdict.system))
  return { kind: 'other', likely, advice: `重新导入，坐标系选 ${likely}`, share: own, metres }
}

function medianOf(samples: readonly LayerSample[], move: (position: Position) => Position): number {
  const all = samples.map(({ position }) => metresBetween(position, move(position))).sort((a, b) => a - b)
  return Math.round(all[Math.floor(all.length / 2)] ?? 0)
}
