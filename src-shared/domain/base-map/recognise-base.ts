import { describeSystem, gaussKruger } from '../geo/coordinate-system'
import { metresBetween, type Position } from '../geo/position'
import type { BaseMapSource } from './source'
import { type TilePlane, tilePlaneOf } from './tile-plane'

/**
 * Whether a base map is in the system that it is said to be in. The city's own roads are laid over its squares under each system that it could be in; where they
 * fit, the picture along them is lighter or darker than on both of their sides. What fits best is named, with how far off the declared one is. A picture on which
 * no road can be told from its sides proves nothing, and that is said.
 */
export type CheckedBase = Pick<BaseMapSource, 'coordinates' | 'tiling' | 'tileSize' | 'minZoom' | 'maxZoom'>

export interface CheckRoad {
  readonly widthM: number
  readonly line: readonly Position[]
}

/** Grey, 0–255, row by row from the north-west. */
export interface GreyTile {
  readonly size: number
  readonly values: Float32Array
}

/** Undefined: there is no square there. */
export type ReadTile = (z: number, x: number, y: number) => Promise<GreyTile | undefined>

export interface Offset {
  readonly metres: number
  /** Metres that the map lies too far east and north. */
  readonly east: number
  readonly north: number
}

export type BaseVerdict =
  | { readonly kind: 'confirmed'; readonly offset: Offset }
  | { readonly kind: 'other'; readonly likely: string; readonly advice: string; readonly offset: Offset | undefined }
  /** It fits when moved, by what no system known here moves. */
  | { readonly kind: 'moved'; readonly offset: Offset }
  | { readonly kind: 'unknown'; readonly why: string }

interface Hypothesis {
  readonly likely: string
  readonly advice: string
  readonly base: CheckedBase
  /** Rows counted from the other end; rows in the place of columns. */
  readonly turned: 'not' | 'rows' | 'axes'
}

/** So large a piece of the map is looked at around each place. */
const halfWindow = 200
/** Roads of a survey and of a map differ by some metres: so many pixels are allowed for. */
const slack = 12
/** When no system fits: as far a map may be moved as a whole. */
const search = 120
const step = 4
/** What a pixel of moving takes off. */
const nearer = 0.002
/** Grey levels by which a road has to stand out. */
const leastScore = 3
const clearly = 1.5
/** Metres a pixel that show a street well. */
const wantedPixel = 2

export async function recogniseBase(
  base: CheckedBase,
  roads: readonly CheckRoad[],
  places: readonly Position[],
  read: ReadTile,
): Promise<BaseVerdict> {
  const zoom = zoomFor(base, places[0])
  if (roads.length === 0 || places.length === 0) return { kind: 'unknown', why: '本市还没有道路数据，无从比对' }
  if (zoom === undefined) return { kind: 'unknown', why: '这个底图没有能看清道路的级别' }
  const declared: Hypothesis = { likely: '', advice: '', base, turned: 'not' }
  const look = (hypothesis: Hypothesis, reach: number) => lookAt(hypothesis, { zoom, roads, places, read, reach })
  const own = await look(declared, slack)
  const others: { readonly hypothesis: Hypothesis; readonly fit: Fit }[] = []
  for (const hypothesis of hypothesesOf(base)) others.push({ hypothesis, fit: await look(hypothesis, slack) })
  const seen = [own, ...others.map(({ fit }) => fit)].some(({ tiles }) => tiles > 0)
  if (!seen) return { kind: 'unknown', why: '取不到图，先看地址、密钥和级别' }
  const best = others.reduce<(typeof others)[number] | undefined>((a, b) => (a && a.fit.score >= b.fit.score ? a : b), undefined)
  const isOwnClear = own.score >= leastScore && own.score >= (best?.fit.score ?? 0)
  if (isOwnClear) return { kind: 'confirmed', offset: offsetOf(declared, declared, own, zoom, places[0] as Position) }
  if (best && best.fit.score >= leastScore && best.fit.score >= own.score * clearly) {
    const { likely, advice, turned } = best.hypothesis
    const offset = turned === 'not' ? offsetOf(declared, best.hypothesis, best.fit, zoom, places[0] as Position) : undefined
    return { kind: 'other', likely, advice, offset }
  }
  const wide = await look(declared, search)
  if (wide.score >= leastScore && wide.score >= own.score * clearly)
    return { kind: 'moved', offset: offsetOf(declared, declared, wide, zoom, places[0] as Position) }
  return { kind: 'unknown', why: '图上分不出道路（影像、夜景或级别太小），请改用电子地图核对' }
}

function hypothesesOf(base: CheckedBase): readonly Hypothesis[] {
  const { coordinates, tiling } = base
  if (coordinates.system === 'gaussKruger') {
    const { centralMeridian, falseEasting } = coordinates
    const zones = [-6, -3, 3, 6].map((by) => centralMeridian + by)
    return [
      ...zones.map((meridian): Hypothesis => {
        // A number of the zone before the easting is part of it.
        const prefix = falseEasting > 1e6 ? (meridian / 3) * 1e6 : 0
        const zone = gaussKruger(meridian, prefix + 500_000)
        const likely = `高斯-克吕格，中央经线 ${meridian}°`
        return { likely, advice: `分带不对，把中央经线改为 ${meridian}°`, base: { ...base, coordinates: zone }, turned: 'not' }
      }),
      turnedOf(base, 'axes'),
    ]
  }
  const systems = (['CGCS2000', 'GCJ-02', 'BD-09'] as const).filter((system) => system !== coordinates.system)
  const shifted = systems
    .filter((system) => tiling.kind !== 'baidu' || system === 'BD-09')
    .map((system): Hypothesis => {
      const likely = describeSystem({ system })
      return { likely, advice: `把坐标系改为 ${likely}`, base: { ...base, coordinates: { system } }, turned: 'not' }
    })
  return [...shifted, ...(tiling.kind === 'baidu' ? [] : [turnedOf(base, 'rows')]), turnedOf(base, 'axes')]
}

const turnedOf = (base: CheckedBase, turned: 'rows' | 'axes'): Hypothesis =>
  turned === 'rows'
    ? { base, turned, likely: '行号从南往北数（TMS）', advice: '地址里的 {y} 与 {-y} 互换' }
    : { base, turned, likely: '行号与列号写反', advice: '地址里的 {x} 与 {y} 互换（WMTS 的 TILEROW 是 {y}，TILECOL 是 {x}）' }

interface Looking {
  readonly zoom: number
  readonly roads: readonly CheckRoad[]
  readonly places: readonly Position[]
  readonly read: ReadTile
  /** Pixels. */
  readonly reach: number
}

interface Fit {
  readonly score: number
  /** Pixels right and down by which the picture has to be moved to. */
  readonly right: number
  readonly down: number
  readonly tiles: number
}

async function lookAt(hypothesis: Hypothesis, { zoom, roads, places, read, reach }: Looking): Promise<Fit> {
  const plane = tilePlaneOf(hypothesis.base)
  const pixels = pixelsOf(plane, zoom)
  const windows = await Promise.all(places.map((place) => windowAround(pixels(place), halfWindow + reach, hypothesis, zoom, read)))
  const samples = places.map((place, at) => samplesNear(place, roads, pixels, windows[at] as Window))
  let best = { score: 0, right: 0, down: 0 }
  // Coarse first: a road is wider than the step.
  const by = reach > slack ? step : 2
  for (let down = -reach; down <= reach; down += by) {
    for (let right = -reach; right <= reach; right += by) {
      // A broad road fits as well a little aside: of nearly the same the nearest counts.
      const score = scoreAt(windows, samples, right, down) * (1 - nearer * Math.hypot(right, down))
      if (score > best.score) best = { score, right, down }
    }
  }
  return { ...best, tiles: windows.reduce((sum, { tiles }) => sum + tiles, 0) }
}

type Pixels = (position: Position) => readonly [right: number, down: number]

/** Pixels from the corner of the squares, down whichever way rows are counted. */
function pixelsOf(plane: TilePlane, zoom: number): Pixels {
  const pixel = plane.resolution(zoom)
  return (position) => {
    const [x, y] = plane.toPlane(position)
    return [(x - plane.origin[0]) / pixel, (plane.origin[1] - y) / pixel]
  }
}

interface Window {
  readonly left: number
  readonly top: number
  readonly side: number
  /** NaN where there is no picture. */
  readonly values: Float32Array
  readonly tiles: number
}

async function windowAround(
  [right, down]: readonly [number, number],
  half: number,
  { base, turned }: Hypothesis,
  zoom: number,
  read: ReadTile,
): Promise<Window> {
  const [left, top, side, size] = [Math.round(right) - half, Math.round(down) - half, 2 * half, base.tileSize]
  const values = new Float32Array(side * side).fill(Number.NaN)
  const { rowsRunNorth } = tilePlaneOf(base)
  let tiles = 0
  const jobs: Promise<void>[] = []
  for (let column = Math.floor(left / size); column * size < left + side; column++) {
    for (let below = Math.floor(top / size); below * size < top + side; below++) {
      const counted = rowsRunNorth ? -1 - below : below
      const row = turned === 'rows' ? 2 ** zoom - 1 - counted : counted
      const [x, y] = turned === 'axes' ? [row, column] : [column, row]
      if (x < 0 || y < 0) continue
      jobs.push(
        read(zoom, x, y).then((tile) => {
          if (!tile) return
          tiles += 1
          copy(tile, values, { side, right: column * size - left, down: below * size - top })
        }),
      )
    }
  }
  await Promise.all(jobs)
  return { left, top, side, values, tiles }
}

function copy({ size, values }: GreyTile, into: Float32Array, { side, right, down }: { side: number; right: number; down: number }): void {
  for (let y = Math.max(0, -down); y < size && y + down < side; y++) {
    for (let x = Math.max(0, -right); x < size && x + right < side; x++)
      into[(y + down) * side + x + right] = values[y * size + x] ?? Number.NaN
  }
}

/** A place on a road in pixels of the window, and the step to each of its sides. */
interface Sample {
  readonly x: number
  readonly y: number
  readonly aside: readonly [right: number, down: number]
  /** As a share of that: still on the road, half-way from its middle to its edge. */
  readonly within: number
}

const sampleEvery = 6
/** Metres from the edge of a road to what is taken for its side. */
const beside = 9
const mostSamples = 500

function samplesNear(place: Position, roads: readonly CheckRoad[], pixels: Pixels, { left, top }: Window): readonly Sample[] {
  const samples: Sample[] = []
  const [x0, y0] = pixels(place)
  // Degrees are shorter to the east than to the north: what is aside of a road is worked out on the ground.
  const [east, north] = [groundPixel(place, pixels, 'lng'), groundPixel(place, pixels, 'lat')]
  for (const { widthM, line } of roads) {
    if (!line.some((position) => metresBetween(position, place) < 3_000)) continue
    const aside = widthM / 2 + beside
    line.slice(1).forEach((to, at) => {
      const [ax, ay] = pixels(line[at] as Position)
      const [bx, by] = pixels(to)
      const long = Math.hypot(bx - ax, by - ay)
      const [alongEast, alongSouth] = [(bx - ax) * east, (by - ay) * north]
      const reach = aside / Math.hypot(alongEast, alongSouth)
      for (let along = 0; along < long; along += sampleEvery) {
        const [x, y] = [ax + ((bx - ax) * along) / long, ay + ((by - ay) * along) / long]
        if (Math.abs(x - x0) > halfWindow - 10 || Math.abs(y - y0) > halfWindow - 10) continue
        samples.push({
          x: x - left,
          y: y - top,
          aside: [(-alongSouth * reach) / east, (alongEast * reach) / north],
          within: widthM / 4 / aside,
        })
      }
    })
  }
  const every = Math.max(1, Math.ceil(samples.length / mostSamples))
  return samples.filter((_, at) => at % every === 0)
}

/** Metres on the ground that a pixel is at a place, going east or north. */
function groundPixel(place: Position, pixels: Pixels, towards: 'lng' | 'lat'): number {
  const there = { ...place, [towards]: place[towards] + 0.001 }
  const [ax, ay] = pixels(place)
  const [bx, by] = pixels(there)
  return metresBetween(place, there) / Math.hypot(bx - ax, by - ay)
}

/** Of three: the line at the edge of a road, which often is darker than all, is thin. */
const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))

/** The mean of how far roads stand out from both of their sides; a place that stands out from one side only is an edge, and no road. */
function scoreAt(windows: readonly Window[], samples: readonly (readonly Sample[])[], right: number, down: number): number {
  let [sum, count] = [0, 0]
  windows.forEach(({ values, side }, at) => {
    const grey = (x: number, y: number) => values[Math.round(y) * side + Math.round(x)] ?? Number.NaN
    for (const { x, y, aside, within } of samples[at] ?? []) {
      const [cx, cy] = [x + right, y + down]
      const on = middleOf(
        grey(cx, cy),
        grey(cx + aside[0] * within, cy + aside[1] * within),
        grey(cx - aside[0] * within, cy - aside[1] * within),
      )
      const one = on - grey(cx + aside[0], cy + aside[1])
      const other = on - grey(cx - aside[0], cy - aside[1])
      count += 1
      if (one * other > 0) sum += Math.sign(one) * Math.min(Math.abs(one), Math.abs(other))
    }
  })
  return count < 30 ? 0 : Math.abs(sum) / count
}

/** Where the declared system puts what the found one puts at a place. */
function offsetOf(declared: Hypothesis, found: Hypothesis, { right, down }: Fit, zoom: number, place: Position): Offset {
  const [there, here] = [tilePlaneOf(found.base), tilePlaneOf(declared.base)]
  const [x, y] = there.toPlane(place)
  const pixel = there.resolution(zoom)
  const shown = here.fromPlane([x + right * pixel, y - down * pixel])
  const east = metresBetween({ lng: place.lng, lat: place.lat }, { lng: shown.lng, lat: place.lat }) * Math.sign(shown.lng - place.lng)
  const north = metresBetween(place, { lng: place.lng, lat: shown.lat }) * Math.sign(shown.lat - place.lat)
  return { metres: Math.round(Math.hypot(east, north)), east: Math.round(east), north: Math.round(north) }
}

function zoomFor(base: CheckedBase, place: Position | undefined): number | undefined {
  if (!place) return undefined
  const plane = tilePlaneOf(base)
  const zooms = Array.from({ length: base.maxZoom - base.minZoom + 1 }, (_, at) => base.minZoom + at)
  const off = (zoom: number) => Math.abs(Math.log(groundPixel(place, pixelsOf(plane, zoom), 'lat') / wantedPixel))
  const best = zooms.reduce((a, b) => (off(b) < off(a) ? b : a))
  return off(best) < Math.log(3) ? best : undefined
}

/** So many places far from each other, on the roads that every map shows. */
export function checkPlaces(roads: readonly CheckRoad[], count: number): readonly Position[] {
  const broad = Math.max(0, ...roads.map(({ widthM }) => widthM)) / 2
  const middles = roads.filter(({ widthM }) => widthM >= broad).flatMap(({ line }) => line[Math.floor(line.length / 2)] ?? [])
  const [first] = middles
  if (!first) return []
  const chosen: Position[] = [first]
  while (chosen.length < Math.min(count, middles.length)) {
    const nearest = (position: Position) => Math.min(...chosen.map((each) => metresBetween(each, position)))
    chosen.push(middles.reduce((a, b) => (nearest(b) > nearest(a) ? b : a)))
  }
  return chosen
}
