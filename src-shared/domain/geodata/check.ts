import { metresPerDegree } from '../geo/position'
import { boundsOf } from '../geo/ring'
import { coverageProblems, outlineOf, shapeProblems } from './check-ground'
import { sayingOf, valueProblems } from './check-values'
import type { KnownCity } from './city'
import { type Candidate, type GeoLayer, isGivenUp, listOf, middleOf, type Problem } from './layers'

/**
 * Everything that is wrong with features that somebody wants in, before any of them is. `merge`: the layer is what is known with the candidates over it;
 * `replace`: what they do not name is given up. A generator that gives the share done.
 */
export function* checkFeatures(
  layer: GeoLayer,
  candidates: readonly Candidate[],
  city: KnownCity,
  mode: 'merge' | 'replace',
): Generator<number, readonly Problem[], void> {
  const problems: Problem[] = []
  const seen = new Map<string, Candidate>()
  for (let at = 0; at < candidates.length; at++) {
    if (at % 500 === 0) yield (at / candidates.length) * 0.5
    const candidate = candidates[at] as Candidate
    const earlier = seen.get(candidate.code)
    if (earlier) problems.push(sayingOf(candidate)('duplicateCode', `编码 ${candidate.code} 与第 ${earlier.row ?? 1} 行重复`))
    else seen.set(candidate.code, candidate)
    problems.push(...valueProblems(layer, candidate, city))
    if (!isGivenUp(candidate.state)) problems.push(...shapeProblems(layer, candidate, city), ...farAway(candidate, city))
  }
  if (layer === 'grid') problems.push(...(yield* besideEachOther([...seen.values()], city, mode)))
  if (layer === 'patrolArea') problems.push(...sharedGrids([...seen.values()], city, mode))
  return problems.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0))
}

function* besideEachOther(
  candidates: readonly Candidate[],
  city: KnownCity,
  mode: 'merge' | 'replace',
): Generator<number, readonly Problem[], void> {
  const named = new Set(candidates.map(({ code }) => code))
  const stay = mode === 'merge' ? [...city.features.values()].filter(({ code, state }) => !named.has(code) && !isGivenUp(state)) : []
  const after = [...candidates.filter(({ state }) => !isGivenUp(state)), ...stay].flatMap(outlineOf)
  const work = coverageProblems(candidates, city.features, after)
  let step = work.next()
  while (!step.done) {
    yield 0.5 + step.value / 2
    step = work.next()
  }
  return step.value
}

const farM = 5_000

/** Beyond the city by kilometres: a mistake of the file, whatever else is right about it. */
function* farAway(candidate: Candidate, city: KnownCity): Generator<Problem> {
  const middle = middleOf(candidate.geometry)
  const bounds = cityBounds(city)
  if (!middle || !bounds) return
  const margin = farM / metresPerDegree
  const [lng, lat] = middle
  const isFar =
    lng < bounds.west - 2 * margin || lng > bounds.east + 2 * margin || lat < bounds.south - margin || lat > bounds.north + margin
  if (isFar) yield sayingOf(candidate)('outsideCity', `位置 ${lng.toFixed(6)}, ${lat.toFixed(6)} 不在本市范围内`, 'error', [lng, lat])
}

const boundsKept = new WeakMap<KnownCity, ReturnType<typeof boundsOf> | null>()

/** Of the outlines of areas and grids; undefined while there are none. */
function cityBounds(city: KnownCity): ReturnType<typeof boundsOf> | undefined {
  const kept = boundsKept.get(city)
  if (kept !== undefined) return kept ?? undefined
  const rings = [...city.outlines.values()].flatMap(([outside]) => (outside ? [outside] : []))
  const corners = [...rings, ...city.gridRings.values()].flatMap((ring) => {
    const { west, south, east, north } = boundsOf(ring)
    return [[west, south] as const, [east, north] as const]
  })
  const bounds = corners.length > 0 ? boundsOf(corners) : null
  boundsKept.set(city, bounds)
  return bounds ?? undefined
}

/** Every grid has one collector. */
function sharedGrids(candidates: readonly Candidate[], city: KnownCity, mode: 'merge' | 'replace'): readonly Problem[] {
  const named = new Set(candidates.map(({ code }) => code))
  const owner = new Map<string, string>()
  if (mode === 'merge') {
    for (const { code, state, attributes } of city.features.values()) {
      if (!named.has(code) && !isGivenUp(state)) for (const grid of listOf(attributes.gridCodes)) owner.set(grid, code)
    }
  }
  const problems: Problem[] = []
  for (const candidate of candidates.filter(({ state }) => !isGivenUp(state))) {
    for (const grid of listOf(candidate.attributes.gridCodes)) {
      const other = owner.get(grid)
      if (other !== undefined && other !== candidate.code) {
        problems.push(sayingOf(candidate)('overlap', `单元网格 ${grid} 已属于监督员 ${other} 的责任网格`))
      }
      owner.set(grid, candidate.code)
    }
  }
  return problems
}
