import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import GeoJsonVt from 'geojson-vt'
import { boundsOf } from '#shared/domain/geo/ring'
import { cornersOf, type Feature, type GeoLayer, type Geometry } from '#shared/domain/geodata/layers'
import { type ArchiveAbout, archiveParts, type TileOfArchive } from './pmtiles-archive'

/**
 * Cuts the geodata into vector tiles: block by block of the overview's last zoom, so that neither a hundred thousand components nor their tiles are ever
 * worked on at once, and others get their turn between two blocks.
 */
export interface TileLayer {
  readonly id: GeoLayer
  readonly minZoom: number
  /** Fields of a feature that the map draws or labels by. */
  readonly fieldsOf: (feature: Feature) => Readonly<Record<string, string | number>>
}

const named = ({ code, name, parentCode }: Feature) => ({
  code,
  ...(name !== null && { name }),
  ...(parentCode !== null && { parentCode }),
})
const withText = (feature: Feature, attribute: string) => ({ ...named(feature), [attribute]: String(feature.attributes[attribute] ?? '') })

/** Order: what lies below comes first. */
export const tileLayers: readonly TileLayer[] = [
  { id: 'district', minZoom: 8, fieldsOf: named },
  { id: 'street', minZoom: 8, fieldsOf: named },
  { id: 'community', minZoom: 10, fieldsOf: named },
  { id: 'departmentArea', minZoom: 10, fieldsOf: (feature) => ({ ...named(feature), departmentCode: feature.departmentCode ?? '' }) },
  { id: 'grid', minZoom: 12, fieldsOf: named },
  { id: 'road', minZoom: 10, fieldsOf: (feature) => withText(feature, 'rank') },
  { id: 'place', minZoom: 14, fieldsOf: (feature) => withText(feature, 'type') },
  {
    id: 'component',
    minZoom: 14,
    fieldsOf: (feature) => ({ ...named(feature), state: feature.state, subclassCode: subclassOf(feature.code) }),
  },
  { id: 'camera', minZoom: 10, fieldsOf: (feature) => ({ ...named(feature), canTurn: feature.attributes.canTurn === true ? 1 : 0 }) },
]

/** Four digits behind the region in 16-digit codes, five in 17-digit ones. */
const subclassOf = (code: string): string => code.slice(6, code.length === 17 ? 11 : 10)

export const minZoom = 8
export const maxZoom = 16
const blockZoom = 12
const extent = 4_096

export interface CutTiles {
  readonly parts: readonly Uint8Array[]
  readonly about: ArchiveAbout
  readonly layers: readonly { readonly id: string; readonly features: number; readonly minZoom: number }[]
  readonly tiles: number
}

/** `breathe` is called between two pieces of work; it may throw to end the work. Undefined when there is nothing to draw. */
export async function cutTiles(
  featuresOf: (layer: GeoLayer) => readonly Feature[],
  breathe: () => Promise<void>,
): Promise<CutTiles | undefined> {
  const placed = tileLayers.map((layer) => ({ layer, features: featuresOf(layer.id).flatMap((feature) => placedOf(feature, layer)) }))
  const all = placed.flatMap(({ features }) => features)
  if (all.length === 0) return undefined
  const tiles: TileOfArchive[] = []
  await cutBlock(placed, { z: 0, x: 0, y: 0 }, minZoom, blockZoom - 1, tiles, breathe)
  for (const [block, members] of blocksOf(placed)) {
    await breathe()
    const [x, y] = block.split('/').map(Number) as [number, number]
    await cutBlock(members, { z: blockZoom, x, y }, blockZoom, maxZoom, tiles, breathe)
  }
  const layers = placed.map(({ layer, features }) => ({ id: layer.id, features: features.length, minZoom: layer.minZoom }))
  const about = aboutOf(layers, all)
  return { parts: archiveParts(tiles, about), about, layers, tiles: tiles.length }
}

interface Placed {
  readonly json: { readonly type: 'Feature'; readonly geometry: Geometry; readonly properties: Readonly<Record<string, string | number>> }
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

interface Members {
  readonly layer: TileLayer
  readonly features: readonly Placed[]
}

function placedOf(feature: Feature, layer: TileLayer): readonly Placed[] {
  const { geometry } = feature
  if (!geometry) return []
  return [{ json: { type: 'Feature', geometry, properties: layer.fieldsOf(feature) }, ...boundsOf(cornersOf(geometry)) }]
}

/** Web Mercator, as tiles are (EPSG:3857). */
const columnAt = (lng: number, z: number): number => Math.floor(((lng + 180) / 360) * 2 ** z)
const rowAt = (lat: number, z: number): number => {
  const sin = Math.sin((lat * Math.PI) / 180)
  return Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** z)
}

function blocksOf(placed: readonly Members[]): ReadonlyMap<string, readonly Members[]> {
  const blocks = new Map<string, Map<TileLayer, Placed[]>>()
  for (const { layer, features } of placed) {
    for (const feature of features) {
      for (let x = columnAt(feature.west, blockZoom); x <= columnAt(feature.east, blockZoom); x++) {
        for (let y = rowAt(feature.north, blockZoom); y <= rowAt(feature.south, blockZoom); y++) {
          const block = blocks.get(`${x}/${y}`) ?? new Map<TileLayer, Placed[]>()
          blocks.set(`${x}/${y}`, block)
          const own = block.get(layer)
          if (own) own.push(feature)
          else block.set(layer, [feature])
        }
      }
    }
  }
  return new Map([...blocks].map(([key, block]) => [key, [...block].map(([layer, features]) => ({ layer, features }))]))
}

/** All tiles of the zooms within one tile. */
async function cutBlock(
  members: readonly Members[],
  block: { readonly z: number; readonly x: number; readonly y: number },
  from: number,
  to: number,
  tiles: TileOfArchive[],
  breathe: () => Promise<void>,
): Promise<void> {
  const wanted = members.filter(({ layer, features }) => layer.minZoom <= to && features.length > 0)
  if (wanted.length === 0) return
  const indexes: { readonly layer: TileLayer; readonly index: GeoJsonVt }[] = []
  for (const { layer, features } of wanted) {
    const collection = { type: 'FeatureCollection', features: features.map(({ json }) => json) } as unknown as GeoJSON.FeatureCollection
    indexes.push({ layer, index: new GeoJsonVt(collection, { maxZoom: to, indexMaxZoom: 0, extent, buffer: 80, tolerance: 2 }) })
    await breathe()
  }
  const covered = coveredTiles(wanted, block, from, to)
  for (const [z, x, y] of covered) {
    const layers: Record<string, never> = {}
    for (const { layer, index } of indexes) {
      if (layer.minZoom > z) continue
      const tile = index.getTile(z, x, y)
      if (tile && tile.features.length > 0) layers[layer.id] = tile as never
    }
    if (Object.keys(layers).length > 0) {
      tiles.push({ z, x, y, bytes: await promisify(gzip)(fromGeojsonVt(layers, { version: 2, extent })) })
    }
  }
}

type TileNo = readonly [z: number, x: number, y: number]

/** Tiles in the block that the box of a feature reaches into. */
function coveredTiles(
  members: readonly Members[],
  block: { readonly z: number; readonly x: number; readonly y: number },
  from: number,
  to: number,
): readonly TileNo[] {
  const found: TileNo[] = []
  for (let z = from; z <= to; z++) {
    const scale = 2 ** (z - block.z)
    const [left, top] = [block.x * scale, block.y * scale]
    const seen = new Set<number>()
    for (const { layer, features } of members) {
      if (layer.minZoom > z) continue
      for (const { west, south, east, north } of features) {
        for (let x = Math.max(left, columnAt(west, z)); x <= Math.min(left + scale - 1, columnAt(east, z)); x++) {
          for (let y = Math.max(top, rowAt(north, z)); y <= Math.min(top + scale - 1, rowAt(south, z)); y++) seen.add(x * 2 ** 20 + y)
        }
      }
    }
    for (const key of seen) found.push([z, Math.floor(key / 2 ** 20), key % 2 ** 20])
  }
  return found
}

function aboutOf(layers: CutTiles['layers'], all: readonly Placed[]): ArchiveAbout {
  const box = boundsOf(
    all.flatMap(({ west, south, east, north }) => [
      [west, south],
      [east, north],
    ]),
  )
  const drawn = layers.filter(({ features }) => features > 0)
  const vectorLayers = drawn.map(({ id, minZoom: from }) => ({ id, minzoom: from, maxzoom: maxZoom, fields: {} }))
  return {
    minZoom,
    maxZoom,
    bounds: [box.west, box.south, box.east, box.north],
    metadata: { name: '城市底数', format: 'pbf', type: 'overlay', vector_layers: vectorLayers },
  }
}
