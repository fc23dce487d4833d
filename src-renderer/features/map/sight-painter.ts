import Flatbush from 'flatbush'
import { fromLonLat } from 'ol/proj'
import type { City } from './city'
import type { MapColours } from './colours'
import type { TilePainter, TilePiece } from './tile-layer'

/** What fixed cameras see, and domes at their home preset: a sector from where they hang. A camera whose view nobody entered has none drawn. */
export const sightsFromResolution = 4

export function sightPainterOf({ documents }: City, colours: () => MapColours): TilePainter {
  const sights = (documents.cameras?.cameras ?? []).flatMap(({ position: [lng, lat], sight }) => {
    if (!sight) return []
    const [x = 0, y = 0] = fromLonLat([lng, lat])
    // Mercator stretches the ground.
    return [{ x, y, reach: sight.reachM / Math.cos((lat * Math.PI) / 180), bearing: sight.bearingDeg, spread: sight.spreadDeg }]
  })
  const index = sights.length > 0 ? new Flatbush(sights.length) : undefined
  for (const { x, y, reach } of sights) index?.add(x - reach, y - reach, x + reach, y + reach)
  index?.finish()
  const boxOf = ({ west, north, side, resolution }: TilePiece) =>
    [west, north - side * resolution, west + side * resolution, north] as const
  return {
    isEmpty: (piece) => index?.collides(...boxOf(piece)) !== true,
    paint(context, piece) {
      const { primary } = colours()
      const { west, north, resolution } = piece
      const found = index?.search(...boxOf(piece)) ?? []
      for (const at of found) {
        const sight = sights[at]
        if (!sight) continue
        const [x, y] = [(sight.x - west) / resolution, (north - sight.y) / resolution]
        // A bearing runs clockwise from north, an angle of the canvas clockwise from east.
        const middle = ((sight.bearing - 90) * Math.PI) / 180
        const half = (sight.spread * Math.PI) / 360
        context.beginPath()
        context.moveTo(x, y)
        context.arc(x, y, sight.reach / resolution, middle - half, middle + half)
        context.closePath()
        context.fillStyle = `${primary}26`
        context.strokeStyle = `${primary}80`
        context.lineWidth = 1
        context.fill()
        context.stroke()
      }
    },
  }
}
