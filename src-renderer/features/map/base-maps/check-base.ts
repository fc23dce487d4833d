import { type BaseVerdict, type CheckRoad, checkPlaces, type GreyTile, recogniseBase } from '#shared/domain/base-map/recognise-base'
import type { Position } from '#shared/domain/geo/position'
import { isInRing } from '#shared/domain/geo/ring'
import { checkKnownLayer, type LayerSample, type LayerVerdict } from '#shared/domain/geodata/check-known-layers'
import type { BaseMap } from '../base-layer'
import type { City, CityDocuments } from '../city'

/** The check of coordinate systems: a base map against the city's own roads, and each layer of the ground against the grids that its features name. */
const roadWidthM = { trunk: 40, main: 26, minor: 14, lane: 7 } as const
const placeCount = 3

export async function checkBase(base: BaseMap, { documents }: City): Promise<BaseVerdict> {
  const roads = (documents.streetsNetwork?.streets ?? []).flatMap(({ rank, lines }) =>
    lines.map((line): CheckRoad => ({ widthM: roadWidthM[rank], line: line.map(([lng, lat]) => ({ lng, lat })) })),
  )
  const [address] = base.addresses
  const read = new Map<string, Promise<GreyTile | undefined>>()
  return recogniseBase(base, roads, checkPlaces(roads, placeCount), (z, x, y) => {
    const no = `${z}/${x}/${y}`
    const reading = read.get(no) ?? greyOf(`${address}${no}`, base.tileSize)
    read.set(no, reading)
    return reading
  })
}

async function greyOf(address: string, size: number): Promise<GreyTile | undefined> {
  const answer = await fetch(address).catch(() => undefined)
  if (!answer?.ok) return undefined
  const picture = await createImageBitmap(await answer.blob()).catch(() => undefined)
  const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true })
  if (!picture || !context) return undefined
  context.drawImage(picture, 0, 0, size, size)
  const { data } = context.getImageData(0, 0, size, size)
  // ITU-R BT.601.
  const values = Float32Array.from(
    { length: size * size },
    (_, at) => 0.299 * (data[at * 4] ?? 0) + 0.587 * (data[at * 4 + 1] ?? 0) + 0.114 * (data[at * 4 + 2] ?? 0),
  )
  return { size, values }
}

export interface CheckedLayer {
  readonly name: string
  /** What it was held against. */
  readonly against: string
  readonly verdict: LayerVerdict
}

const mostSamples = 400
const nearGridM = 30

export function checkLayers(city: City): readonly CheckedLayer[] {
  const { documents } = city
  return [
    { name: '单元网格', against: '所属社区', verdict: checkKnownLayer(gridSamples(documents)) },
    { name: '部件', against: '所在网格', verdict: checkKnownLayer(componentSamples(city)) },
    { name: '地名地址', against: '所在网格', verdict: checkKnownLayer(pointSamples(city, placesOf(documents))) },
    { name: '监控点', against: '所在网格', verdict: checkKnownLayer(pointSamples(city, camerasOf(documents))) },
  ]
}

interface Placed {
  readonly position: Position
  readonly gridCode: string | undefined
}

const placesOf = ({ places }: CityDocuments): readonly Placed[] =>
  (places?.places ?? []).map(({ position: [lng, lat], gridCode }) => ({ position: { lng, lat }, gridCode }))

const camerasOf = ({ cameras }: CityDocuments): readonly Placed[] =>
  (cameras?.cameras ?? []).map(({ position: [lng, lat], gridCodes }) => ({ position: { lng, lat }, gridCode: gridCodes[0] }))

function componentSamples(city: City): readonly LayerSample[] {
  const { components } = city.documents
  const placed = city.components.map(({ position }, at) => ({ position, gridCode: components?.gridCodes[components.gridIndex[at] ?? -1] }))
  return pointSamples(city, placed)
}

/** Within the grid, or at its edge: a camera stands on the corner of two. */
function pointSamples(city: City, placed: readonly Placed[]): readonly LayerSample[] {
  return thinned(placed).flatMap(({ position, gridCode }): LayerSample[] => {
    const ring = gridCode === undefined ? undefined : city.ringOf(gridCode)
    if (!ring) return []
    const around = [
      [0, 0],
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const
    const [lng, lat] = [nearGridM / 78_000, nearGridM / 111_195]
    return [{ position, fits: (at) => around.some(([e, n]) => isInRing(ring, { lng: at.lng + e * lng, lat: at.lat + n * lat })) }]
  })
}

function gridSamples({ grids }: CityDocuments): readonly LayerSample[] {
  const outlines = new Map((grids?.outlines ?? []).map(({ areaCode, ring }) => [areaCode, ring] as const))
  return thinned(grids?.grids ?? []).flatMap(({ code, ring }): LayerSample[] => {
    const community = outlines.get(code.slice(0, 12))
    const middle = ring.slice(1).reduce((sum, [lng, lat]) => ({ lng: sum.lng + lng, lat: sum.lat + lat }), { lng: 0, lat: 0 })
    const count = Math.max(1, ring.length - 1)
    return community ? [{ position: { lng: middle.lng / count, lat: middle.lat / count }, fits: (at) => isInRing(community, at) }] : []
  })
}

function thinned<T>(all: readonly T[]): readonly T[] {
  const every = Math.max(1, Math.ceil(all.length / mostSamples))
  return all.filter((_, at) => at % every === 0)
}
