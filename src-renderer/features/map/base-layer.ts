import LayerGroup from 'ol/layer/Group'
import ImageTileLayer from 'ol/layer/Tile'
import { addCoordinateTransforms, addProjection, get as projectionOf } from 'ol/proj'
import Projection from 'ol/proj/Projection'
import TileImage from 'ol/source/TileImage'
import TileGrid from 'ol/tilegrid/TileGrid'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { fromMercator, mercatorOf, type TilePlane, tilePlaneOf } from '#shared/domain/base-map/tile-plane'

/**
 * A base map from elsewhere below everything of ours. Its squares come from the page's own address; whatever plane they are in, OpenLayers draws them anew on
 * ours by the exact way between the two, so a map in GCJ-02, BD-09 or a survey's own plane lies where the ground is.
 */
export type BaseMap = StateOfTopic<'baseMaps.changed'>['sources'][number]

/** Below the areas of the ground. */
const lowest = 0
/** In a dark hall a map made for paper would light up the room. */
const veil = 'rgb(12 16 24 / 0.55)'

export function baseLayerOf(base: BaseMap, isDark: () => boolean): LayerGroup {
  const plane = tilePlaneOf(base)
  const projection = projectionFor(base, plane)
  const zooms = Array.from({ length: base.maxZoom + 1 }, (_, z) => plane.resolution(z))
  const tileGrid = new TileGrid({ origin: [...plane.origin], resolutions: zooms, tileSize: base.tileSize, minZoom: base.minZoom })
  const layers = base.addresses.map((address, at) => {
    const source = new TileImage({
      projection,
      tileGrid,
      attributions: at === 0 && base.attribution !== '' ? base.attribution : [],
      // Rows from the north, as OpenLayers counts them, into what the service counts.
      tileUrlFunction: ([z, x, y]) =>
        z === undefined || x === undefined || y === undefined || x < 0
          ? undefined
          : rowAddress(address, z, x, plane.rowsRunNorth ? -1 - y : y),
    })
    const layer = new ImageTileLayer({ source, zIndex: lowest, className: 'map-base' })
    if (at === base.addresses.length - 1) {
      layer.on('postrender', ({ context }) => {
        if (!isDark() || !(context instanceof CanvasRenderingContext2D)) return
        context.save()
        context.setTransform(1, 0, 0, 1, 0, 0)
        context.globalCompositeOperation = 'source-atop'
        context.fillStyle = veil
        context.fillRect(0, 0, context.canvas.width, context.canvas.height)
        context.restore()
      })
    }
    return layer
  })
  return new LayerGroup({ layers })
}

const rowAddress = (address: string, z: number, x: number, y: number) => (y < 0 ? undefined : `${address}${z}/${x}/${y}`)

/** Ours, where the plane is the same; else one of its own, with the way into ours. */
function projectionFor({ sourceId, coordinates, tiling }: BaseMap, plane: TilePlane): Projection {
  const ours = projectionOf('EPSG:3857')
  if (ours && coordinates.system === 'CGCS2000' && tiling.kind === 'webMercator') return ours
  const code = `base:${sourceId}:${JSON.stringify([coordinates, tiling])}`
  const known = projectionOf(code)
  if (known) return known
  const made = new Projection({ code, units: plane.units })
  addProjection(made)
  const pair = (coordinate: number[]) => [coordinate[0] ?? 0, coordinate[1] ?? 0] as const
  const position = (coordinate: number[]) => plane.fromPlane(pair(coordinate))
  addCoordinateTransforms(
    made,
    'EPSG:3857',
    (coordinate) => [...mercatorOf(position(coordinate))],
    (coordinate) => [...plane.toPlane(fromMercator(pair(coordinate)))],
  )
  // OpenLayers measures a pixel of a plane by the way to degrees.
  addCoordinateTransforms(
    made,
    'EPSG:4326',
    (coordinate) => {
      const { lng, lat } = position(coordinate)
      return [lng, lat]
    },
    (coordinate) => {
      const [lng, lat] = pair(coordinate)
      return [...plane.toPlane({ lng, lat })]
    },
  )
  return made
}
