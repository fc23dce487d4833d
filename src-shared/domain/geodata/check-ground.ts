import Flatbush from 'flatbush'
import { type CoverageFault, coverageFaults, type Outline } from '../geo/coverage'
import { toleranceM } from '../geo/coverage-shape'
import { distanceToRing, planeAround } from '../geo/plane'
import type { Position } from '../geo/position'
import { boundsOf, isInPolygon, isInRing, type Polygon, type Ring, ringAreaM2 } from '../geo/ring'
import { type RingFault, ringFault } from '../geo/ring-faults'
import { type Say, sayingOf } from './check-values'
import type { KnownCity } from './city'
import { type Candidate, type Feature, type GeoLayer, isGivenUp, type Problem } from './layers'

/** What the ground says of features: outlines by themselves, in the area that they belong to, and side by side. */
export function* shapeProblems(layer: GeoLayer, candidate: Candidate, city: KnownCity): Generator<Problem> {
  const { geometry } = candidate
  const say = sayingOf(candidate)
  if (geometry?.type === 'Polygon') yield* outlineProblems(layer, candidate, geometry.coordinates, city, say)
  if (geometry?.type === 'Point' && (layer === 'component' || layer === 'place')) {
    yield* pointProblems(candidate, { lng: geometry.coordinates[0], lat: geometry.coordinates[1] }, city, say)
  }
}

function* outlineProblems(layer: GeoLayer, candidate: Candidate, rings: Polygon, city: KnownCity, say: Say): Generator<Problem> {
  for (const ring of rings) {
    const fault = ringFault(ring)
    if (fault) {
      yield sayRing(fault, say)
      return
    }
  }
  const [outside, ...holes] = rings
  if (layer !== 'grid' || !outside) return
  if (holes.length > 0) yield say('wrongValue', `单元网格不应有洞，这里有 ${holes.length} 个`)
  const given = candidate.attributes.areaM2
  const areaM2 = ringAreaM2(outside)
  // In a single change the area is what it was before; in a file somebody wrote it.
  if (candidate.row !== null && typeof given === 'number' && Math.abs(given - areaM2) > Math.max(0.01 * areaM2, 1)) {
    yield say('wrongValue', `面积填 ${Math.round(given)} ㎡，按边界计算为 ${Math.round(areaM2)} ㎡，以计算的为准`, 'warning')
  }
  yield* insideOf(outside, candidate.code.slice(0, 12), city, say)
}

function* insideOf(ring: Ring, communityCode: string, city: KnownCity, say: Say): Generator<Problem> {
  const community = city.outlines.get(communityCode)
  if (!community?.[0]) return
  const plane = planeAround({ lng: ring[0]?.[0] ?? 0, lat: ring[0]?.[1] ?? 0 })
  const around = community.map((each) => each.map(([lng, lat]) => plane.pointOf(lng, lat)))
  let [furthest, at]: [number, [number, number] | null] = [toleranceM, null]
  for (const [lng, lat] of ring) {
    if (isInPolygon(community, { lng, lat })) continue
    const metres = Math.min(...around.map((each) => distanceToRing(plane.pointOf(lng, lat), each)))
    if (metres > furthest) [furthest, at] = [metres, [lng, lat]]
  }
  if (at) yield say('outsideParent', `有一角在社区 ${communityCode} 之外 ${metresText(furthest)}`, 'error', at)
}

function sayRing(fault: RingFault, say: Say): Problem {
  const at: [number, number] | null = fault.at && [fault.at.lng, fault.at.lat]
  switch (fault.kind) {
    case 'tooFewPoints':
      return say('tooFewPoints', `边界只有 ${fault.corners} 个不同的点，至少要 3 个`, 'error', at)
    case 'openRing':
      return say('openRing', `边界没有闭合，首尾相距 ${metresText(fault.metres)}`, 'error', at)
    case 'noArea':
      return say('tooFewPoints', '边界围不出面积', 'error', at)
    case 'selfCrossing':
      return say('selfCrossing', `边界自相交，在 ${placeText(fault.at)}`, 'error', at)
  }
}

function* pointProblems({ parentCode }: Candidate, position: Position, city: KnownCity, say: Say): Generator<Problem> {
  if (city.gridRings.size === 0) return
  const really = city.gridAt(position)
  const at: [number, number] = [position.lng, position.lat]
  if (parentCode === null) {
    if (really === undefined) yield say('outsideParent', `不在任何在用的单元网格内（${placeText(position)}）`, 'error', at)
    return
  }
  const ring = city.gridRings.get(parentCode)
  if (!ring || really === parentCode || isInRing(ring, position)) return
  const plane = planeAround(position)
  const metres = distanceToRing(
    { x: 0, y: 0 },
    ring.map(([lng, lat]) => plane.pointOf(lng, lat)),
  )
  if (metres <= toleranceM) return
  const where = really === undefined ? '不在任何单元网格内' : `在单元网格 ${really} 内`
  yield say('outsideParent', `不在所填单元网格 ${parentCode} 内（相距 ${metresText(metres)}），实际${where}`, 'error', at)
}

/** How far around a changed outline its neighbours are looked at. */
const aroundDegrees = 0.000_6
const largeGapM2 = 10_000

/**
 * Gaps and overlaps that the candidates bring into the layer: of `after`, all that has a part in one of them; without what was there before. Outlines
 * whose own ring is at fault are left out.
 */
export function* coverageProblems(
  candidates: readonly Candidate[],
  known: ReadonlyMap<string, Feature>,
  after: readonly Outline[],
): Generator<number, readonly Problem[], void> {
  const changed = candidates.filter(({ code, geometry, state }) => {
    const before = known.get(code)
    return !before || before.state !== state || JSON.stringify(before.geometry) !== JSON.stringify(geometry)
  })
  if (changed.length === 0) return []
  const before = [...known.values()].flatMap((feature) => (isGivenUp(feature.state) ? [] : outlineOf(feature)))
  const boxes = [
    ...changed.flatMap(outlineOf),
    ...changed.flatMap(({ code }) => before.filter((outline) => outline.code === code).slice(0, 1)),
  ]
  const isFew = changed.length < 200
  const [nearAfter, nearBefore] = isFew ? [nearTo(boxes, after), nearTo(boxes, before)] : [after, before]
  const sound = nearAfter.filter(({ ring }) => !ringFault(ring))
  const codes = new Set(changed.map(({ code }) => code))
  // A grid that is given up has no outline any more: what it leaves behind shows at its neighbours.
  const leaves = changed.some(({ state }) => isGivenUp(state))
  const faults = yield* coverageFaults(sound, leaves ? undefined : codes)
  const old = new Set((faults.length > 0 ? yield* coverageFaults(nearBefore) : []).map(keyOf))
  const byCode = new Map(candidates.map((candidate) => [candidate.code, candidate]))
  return faults.filter((fault) => !old.has(keyOf(fault))).map((fault) => sayCoverage(fault, byCode, leaves))
}

const keyOf = (fault: CoverageFault): string => `${fault.kind} ${fault.codes.toSorted().join()} ${Math.round(fault.metres)}`

export const outlineOf = ({ code, geometry }: Feature): readonly Outline[] =>
  geometry?.type === 'Polygon' && geometry.coordinates[0] ? [{ code, ring: geometry.coordinates[0] }] : []

function nearTo(boxes: readonly Outline[], outlines: readonly Outline[]): readonly Outline[] {
  if (outlines.length === 0) return []
  const index = new Flatbush(outlines.length)
  for (const { ring } of outlines) {
    const { west, south, east, north } = boundsOf(ring)
    index.add(west, south, east, north)
  }
  index.finish()
  const near = new Set<number>()
  for (const { ring } of boxes) {
    const { west, south, east, north } = boundsOf(ring)
    for (const at of index.search(west - aroundDegrees, south - aroundDegrees, east + aroundDegrees, north + aroundDegrees)) near.add(at)
  }
  return [...near].map((at) => outlines[at] as Outline)
}

function sayCoverage(fault: CoverageFault, byCode: ReadonlyMap<string, Candidate>, leaves: boolean): Problem {
  const first = fault.codes.find((code) => byCode.has(code)) ?? fault.codes[0] ?? null
  const row = (first !== null && byCode.get(first)?.row) || null
  const at: [number, number] = [fault.at.lng, fault.at.lat]
  const others = fault.codes.filter((code) => code !== first)
  const rows = others.flatMap((code) => byCode.get(code)?.row ?? [])
  const named = others.slice(0, 4).map((code) => {
    const other = byCode.get(code)?.row
    return other ? `${code}（第 ${other} 行）` : code
  })
  if (fault.kind === 'overlap') {
    const reason = `与单元网格 ${named.join('、')} 重叠，最深 ${metresText(fault.metres)}，在 ${placeText(fault.at)}`
    return { kind: 'overlap', severity: 'error', row: row ?? rows[0] ?? null, code: first, reason, at }
  }
  const isLarge = fault.areaM2 >= largeGapM2 || leaves
  const size = `约 ${Math.round(fault.areaM2)} ㎡、平均宽 ${metresText(fault.metres)}`
  const beside = named.length > 0 ? `与 ${named.join('、')} 之间` : '内部'
  const advice = isLarge ? '；若是水面等不设网格处可忽略' : ''
  return {
    kind: 'gap',
    severity: isLarge ? 'warning' : 'error',
    row: row ?? rows[0] ?? null,
    code: first,
    reason: `${beside}有空隙，${size}，在 ${placeText(fault.at)}${advice}`,
    at,
  }
}

const metresText = (metres: number): string => (metres < 10 ? `${metres.toFixed(1)} 米` : `${Math.round(metres)} 米`)
const placeText = ({ lng, lat }: Position): string => `${lng.toFixed(6)}, ${lat.toFixed(6)}`
