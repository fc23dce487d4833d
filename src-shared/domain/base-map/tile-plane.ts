import { baiduPlaneOf, baiduPositionOf } from '../geo/baidu-mercator'
import { bd09FromWgs84, gcj02FromWgs84, wgs84FromBd09, wgs84FromGcj02 } from '../geo/datum'
import { planeOf, positionOf } from '../geo/gauss-kruger'
import type { Position } from '../geo/position'
import type { BaseMapSource } from './source'

/** The plane in which a base map is cut into squares: positions of ours (CGCS2000) into it and back, and which square lies where. */
export type PlanePoint = readonly [x: number, y: number]
type Planned = Pick<BaseMapSource, 'coordinates' | 'tiling' | 'tileSize'>

export interface TilePlane {
  toPlane(position: Position): PlanePoint
  fromPlane(point: PlanePoint): Position
  /** Units of the plane a pixel (metres; degrees for `geographic`). */
  resolution(zoom: number): number
  /** From here columns count east, and rows south, or north for Baidu. */
  readonly origin: PlanePoint
  readonly rowsRunNorth: boolean
  readonly units: 'm' | 'degrees'
  readonly levels: number
}

/** Half the equator of the sphere of EPSG:3857. */
const halfWorldM = 20_037_508.342_789_244
const sphereM = 6_378_137
const radians = Math.PI / 180
const quadLevels = 23

export function tilePlaneOf({ coordinates, tiling, tileSize }: Planned): TilePlane {
  const common = { rowsRunNorth: false, units: 'm', levels: quadLevels } as const
  if (tiling.kind === 'plane') {
    const { resolutions, originEast, originNorth } = tiling
    // A source that says otherwise is refused where it is entered.
    const zone = coordinates.system === 'gaussKruger' ? coordinates : { centralMeridian: 0, falseEasting: 0, falseNorthing: 0, scale: 1 }
    return {
      ...common,
      toPlane(position) {
        const { east, north } = planeOf(position, zone)
        return [east, north]
      },
      fromPlane: ([east, north]) => positionOf({ east, north }, zone),
      resolution: (zoom) => resolutions[zoom] ?? Number.NaN,
      origin: [originEast, originNorth],
      levels: resolutions.length,
    }
  }
  const { into, back } = datumOf(coordinates.system)
  const whole = 256 / tileSize
  if (tiling.kind === 'geographic') {
    return {
      ...common,
      toPlane(position) {
        const { lng, lat } = into(position)
        return [lng, lat]
      },
      fromPlane: ([lng, lat]) => back({ lng, lat }),
      resolution: (zoom) => ((360 / 256) * whole) / 2 ** zoom,
      origin: [-180, 90],
      units: 'degrees',
    }
  }
  if (tiling.kind === 'baidu') {
    return {
      ...common,
      toPlane: (position) => baiduPlaneOf(into(position)),
      fromPlane: (point) => back(baiduPositionOf(point)),
      resolution: (zoom) => 2 ** (18 - zoom) * whole,
      origin: [0, 0],
      rowsRunNorth: true,
    }
  }
  return {
    ...common,
    toPlane: (position) => mercatorOf(into(position)),
    fromPlane: (point) => back(fromMercator(point)),
    resolution: (zoom) => (((2 * halfWorldM) / 256) * whole) / 2 ** zoom,
    origin: [-halfWorldM, halfWorldM],
  }
}

export const mercatorOf = ({ lng, lat }: Position): PlanePoint => [
  sphereM * lng * radians,
  sphereM * Math.log(Math.tan(Math.PI / 4 + (lat * radians) / 2)),
]

export const fromMercator = ([x, y]: PlanePoint): Position => ({
  lng: x / sphereM / radians,
  lat: (2 * Math.atan(Math.exp(y / sphereM)) - Math.PI / 2) / radians,
})

type Move = (position: Position) => Position
const same: Move = (position) => position

function datumOf(system: BaseMapSource['coordinates']['system']): { readonly into: Move; readonly back: Move } {
  if (system === 'GCJ-02') return { into: gcj02FromWgs84, back: wgs84FromGcj02 }
  if (system === 'BD-09') return { into: bd09FromWgs84, back: wgs84FromBd09 }
  return { into: same, back: same }
}

export interface TileSpot {
  readonly x: number
  readonly y: number
  /** Pixels from the square's west and north edge. */
  readonly right: number
  readonly down: number
}

/** The square in which a position lies, and where in it. */
export function spotOf(source: Planned, position: Position, zoom: number): TileSpot {
  const plane = tilePlaneOf(source)
  const [px, py] = plane.toPlane(position)
  const pixel = plane.resolution(zoom)
  const across = (px - plane.origin[0]) / pixel
  const down = (plane.rowsRunNorth ? py - plane.origin[1] : plane.origin[1] - py) / pixel
  const [x, y] = [Math.floor(across / source.tileSize), Math.floor(down / source.tileSize)]
  const within = down - y * source.tileSize
  return { x, y, right: across - x * source.tileSize, down: plane.rowsRunNorth ? source.tileSize - within : within }
}
