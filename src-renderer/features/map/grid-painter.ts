import Flatbush from 'flatbush'
import { fromLonLat } from 'ol/proj'
import type { Ring } from '#shared/domain/geo/ring'
import type { MapColours } from './colours'
import type { TilePainter, TilePiece } from './tile-layer'

/**
 * Unit grids 单元网格 and their codes as GB/T 30428.1 draws them: outlines 0.3 mm, codes upright, both magenta, the code's height by the scale (3 mm at
 * 1:2000, 4 mm at 1:1000, and 5 mm at 1:500, which the standard's table leaves to be guessed). All fifteen digits when they fit into the grid, before
 * that the last three, before that the outline alone. Forty thousand outlines are numbers in one array, found by an index of boxes.
 */
export interface GridShape {
  readonly code: string
  readonly ring: Ring
  readonly areaM2: number
}

/** OGC 05-077r4: a pixel is 0.28 mm. */
const mmPerPx = 0.28
const lineWidthPx = 0.3 / mmPerPx
/** Map units a pixel from which a screen shows districts, not grids. */
const overviewFrom = 5
/** Below this many pixels a grid would be a blot. */
export const leastGridPx = 12
const serialFromPx = 40
/** A digit of the map's font is a little over half as wide as it is high. */
const codeWidth = (heightPx: number) => 15 * 0.56 * heightPx + 8
/** A label reaches this far over the box of its grid. */
const labelReachPx = 80
/** A corner nearer than this to the one before is not seen. */
const leastStepPx = 0.75

export function gridPainterOf(grids: readonly GridShape[], colours: () => MapColours): TilePainter {
  const shapes = flatShapes(grids)
  const { codes, starts, xy, middles, sides, index } = shapes
  const longestSide = sides.reduce((most, side) => Math.max(most, side), 0)
  // Most of what a piece finds would be its neighbours' grids, looked at for the sake of labels that this scale does not show.
  const boxFor = (piece: TilePiece) => boxOf(piece, longestSide / piece.resolution >= serialFromPx ? labelReachPx : lineWidthPx)
  return {
    isEmpty: (piece) => index?.collides(...boxFor(piece)) !== true,
    paint(context, piece) {
      const { resolution } = piece
      const colour = colours()
      const found = index?.search(...boxFor(piece)) ?? []
      context.beginPath()
      for (const at of found) outline(context, piece, xy, starts[at] ?? 0, starts[at + 1] ?? 0)
      context.strokeStyle = colour.gridCode
      // 0.3 mm where codes are read; in the view of a whole district that much would hide the streets.
      context.lineWidth = resolution > overviewFrom ? lineWidthPx / 2 : lineWidthPx
      context.lineJoin = 'round'
      context.stroke()
      if (longestSide / resolution < serialFromPx) return
      const stretch = mercatorStretch(piece.north)
      const heightPx = codeHeightPx((resolution / stretch / mmPerPx) * 1000)
      prepareText(context, colour, heightPx)
      for (const at of found) {
        const sidePx = (sides[at] ?? 0) / resolution
        const code = codes[at] ?? ''
        const words = sidePx >= codeWidth(heightPx) ? code : sidePx >= serialFromPx ? code.slice(12) : ''
        if (words === '') continue
        const [x, y] = [((middles[at * 2] ?? 0) - piece.west) / resolution, (piece.north - (middles[at * 2 + 1] ?? 0)) / resolution]
        context.strokeText(words, x, y)
        context.fillText(words, x, y)
      }
    },
  }
}

/** Metres a pixel from which grids of this city are drawn: by their usual size. */
export function gridsFromResolution(grids: readonly GridShape[]): number {
  const sides = grids.map(({ areaM2 }) => Math.sqrt(areaM2)).sort((a, b) => a - b)
  const [lng = 0, lat = 45] = grids[0]?.ring[0] ?? []
  const stretch = 1 / Math.cos((lat * Math.PI) / 180)
  return lng === 0 && sides.length === 0 ? 10 : ((sides[Math.floor(sides.length / 2)] ?? 100) * stretch) / leastGridPx
}

/** Heights of the codes on paper, by what stands behind `1:`. */
function codeHeightPx(scale: number): number {
  const millimetres = scale <= 750 ? 5 : scale <= 1_500 ? 4 : 3
  return Math.round(millimetres / mmPerPx)
}

function flatShapes(grids: readonly GridShape[]) {
  const count = grids.reduce((sum, { ring }) => sum + ring.length, 0)
  const xy = new Float64Array(count * 2)
  const starts = new Uint32Array(grids.length + 1)
  const middles = new Float64Array(grids.length * 2)
  const sides = new Float32Array(grids.length)
  const index = grids.length > 0 ? new Flatbush(grids.length) : undefined
  let place = 0
  grids.forEach(({ ring, areaM2 }, at) => {
    starts[at] = place
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const [lng, lat] of ring) {
      const [x = 0, y = 0] = fromLonLat([lng, lat])
      xy[place * 2] = x
      xy[place * 2 + 1] = y
      place += 1
      west = Math.min(west, x)
      south = Math.min(south, y)
      east = Math.max(east, x)
      north = Math.max(north, y)
    }
    middles[at * 2] = (west + east) / 2
    middles[at * 2 + 1] = (south + north) / 2
    sides[at] = Math.min(Math.sqrt(areaM2) / Math.cos(((ring[0]?.[1] ?? 0) * Math.PI) / 180), east - west)
    index?.add(west, south, east, north)
  })
  starts[grids.length] = place
  index?.finish()
  return { codes: grids.map(({ code }) => code), xy, starts, middles, sides, index }
}

const boxOf = ({ west, north, side, resolution }: TilePiece, marginPx: number): [number, number, number, number] => {
  const margin = marginPx * resolution
  return [west - margin, north - side * resolution - margin, west + side * resolution + margin, north + margin]
}

function outline(
  context: CanvasRenderingContext2D,
  { west, north, resolution }: TilePiece,
  xy: Float64Array,
  from: number,
  until: number,
): void {
  let [lastX, lastY] = [0, 0]
  for (let place = from; place < until; place++) {
    const x = ((xy[place * 2] ?? 0) - west) / resolution
    const y = (north - (xy[place * 2 + 1] ?? 0)) / resolution
    if (place === from) context.moveTo(x, y)
    else if (Math.abs(x - lastX) + Math.abs(y - lastY) < leastStepPx) continue
    else context.lineTo(x, y)
    lastX = x
    lastY = y
  }
  context.closePath()
}

function prepareText(context: CanvasRenderingContext2D, { gridCode, pane, font }: MapColours, heightPx: number): void {
  context.font = `${heightPx}px ${font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillStyle = gridCode
  context.strokeStyle = pane
  context.lineWidth = 3
}

/** Mercator stretches the ground: at 45° a metre of it is 1.4 m of map. */
const mercatorStretch = (y: number): number => Math.cosh(y / 6_378_137)
