import sharp from 'sharp'
import type { BaseMapLook, BaseMapSource } from '#shared/domain/base-map/source'
import { type TilePlane, tilePlaneOf } from '#shared/domain/base-map/tile-plane'
import { distanceToSegment } from '#shared/domain/geo/plane'

/**
 * Draws squares of a base map from the demonstration city's own streets, in whatever plane and coordinate system it is told: what a map service would give.
 * Simulated; nothing outside the demonstration and the tests knows it.
 */
export interface DrawnStreet {
  readonly rank: 'trunk' | 'main' | 'minor' | 'lane'
  readonly lines: readonly (readonly (readonly [lng: number, lat: number])[])[]
}

export interface TileDrawer {
  /** A PNG; undefined where there is nothing within a square of the city. */
  draw(no: { readonly z: number; readonly x: number; readonly y: number }): Promise<Buffer | undefined>
}

const widthM = { trunk: 40, main: 26, minor: 14, lane: 7 } as const
type Colour = readonly [red: number, green: number, blue: number]
const looks: Readonly<
  Record<BaseMapLook, { readonly ground: Colour; readonly casing: Colour; readonly road: Colour; readonly main: Colour }>
> = {
  electronic: { ground: [242, 239, 230], casing: [201, 195, 180], road: [255, 255, 255], main: [255, 233, 168] },
  imagery: { ground: [71, 84, 63], casing: [47, 56, 43], road: [169, 166, 155], main: [185, 181, 166] },
}

interface PlaneLine {
  readonly rank: DrawnStreet['rank']
  readonly points: readonly (readonly [number, number])[]
  readonly box: readonly [west: number, south: number, east: number, north: number]
}

export function createTileDrawer(
  source: Pick<BaseMapSource, 'coordinates' | 'tiling' | 'tileSize' | 'look'>,
  streets: readonly DrawnStreet[],
): TileDrawer {
  const plane = tilePlaneOf(source)
  const lines = streets.flatMap(({ rank, lines }) => lines.map((line) => lineOf(rank, line, plane)))
  return {
    async draw({ z, x, y }) {
      const pixel = plane.resolution(z)
      const size = source.tileSize
      const west = plane.origin[0] + x * size * pixel
      const north = plane.rowsRunNorth ? plane.origin[1] + (y + 1) * size * pixel : plane.origin[1] - y * size * pixel
      const reach = size * pixel
      const [east, south] = [west + reach, north - reach]
      const near = lines.filter(
        ({ box }) => box[0] < east + reach && box[2] > west - reach && box[1] < north + reach && box[3] > south - reach,
      )
      if (near.length === 0) return undefined
      const metre = metresPerUnit(plane, west, north)
      const seen = near.map(({ rank, points }) => ({
        rank,
        points: points.map(([px, py]) => [(px - west) / pixel, (north - py) / pixel] as const),
        wide: Math.max(1, widthM[rank] / (pixel * metre)),
      }))
      const { ground, casing, road, main } = looks[source.look]
      const image = Buffer.alloc(size * size * 3)
      for (let at = 0; at < image.length; at += 3) image.set(ground, at)
      for (const { points, wide } of seen) paint(image, size, points, wide / 2 + 1, casing)
      for (const { rank, points, wide } of seen) paint(image, size, points, wide / 2, rank === 'trunk' || rank === 'main' ? main : road)
      return sharp(image, { raw: { width: size, height: size, channels: 3 } })
        .png({ compressionLevel: 6 })
        .toBuffer()
    },
  }
}

/** A line with round ends, pixel by pixel: the program that this runs in opens no drawings, only photographs. */
function paint(image: Buffer, size: number, points: readonly (readonly [number, number])[], half: number, colour: Colour): void {
  const clamp = (value: number) => Math.min(size - 1, Math.max(0, value))
  points.slice(1).forEach(([bx, by], at) => {
    const [ax, ay] = points[at] ?? [bx, by]
    if (Math.max(ax, bx) < -half || Math.min(ax, bx) > size + half || Math.max(ay, by) < -half || Math.min(ay, by) > size + half) return
    const [a, b] = [
      { x: ax, y: ay },
      { x: bx, y: by },
    ]
    const [left, right] = [Math.floor(Math.min(ax, bx) - half - 1), Math.ceil(Math.max(ax, bx) + half + 1)].map(clamp) as [number, number]
    const [top, bottom] = [Math.floor(Math.min(ay, by) - half - 1), Math.ceil(Math.max(ay, by) + half + 1)].map(clamp) as [number, number]
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const cover = Math.min(1, half + 0.5 - distanceToSegment({ x: x + 0.5, y: y + 0.5 }, a, b))
        if (cover <= 0) continue
        const pixel = (y * size + x) * 3
        colour.forEach((value, channel) => {
          image[pixel + channel] = (image[pixel + channel] ?? 0) * (1 - cover) + value * cover
        })
      }
    }
  })
}

function lineOf(rank: DrawnStreet['rank'], line: DrawnStreet['lines'][number], plane: TilePlane): PlaneLine {
  const points = line.map(([lng, lat]) => plane.toPlane({ lng, lat }))
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return { rank, points, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] }
}

/** Metres on the ground that a unit of the plane is, near a point of it. */
function metresPerUnit(plane: TilePlane, x: number, y: number): number {
  if (plane.units === 'degrees') return 111_195
  const { lat } = plane.fromPlane([x, y])
  // A survey's plane is true to the ground; both Mercator planes are stretched by the latitude.
  return plane.levels < 23 ? 1 : Math.cos((lat * Math.PI) / 180)
}
