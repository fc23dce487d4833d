import Feature from 'ol/Feature'
import LineString from 'ol/geom/LineString'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Circle, Fill, RegularShape, Stroke, Style, Text } from 'ol/style'
import type { TrackPoint } from '#shared/contracts/central-api/field'
import type { Position } from '#shared/domain/geo/position'
import type { Ring } from '#shared/domain/geo/ring'
import type { PlaceMark } from '../../ui/place-map'
import type { MapColours } from './colours'

/** What lies over the ground and belongs to one question: the pin, the grid around it, a few named marks, and what is drawn by hand. */
export interface Overlay {
  readonly layers: readonly VectorLayer[]
  /** What `Draw` draws into. */
  readonly drawn: VectorSource
  setPin(position: Position | undefined): void
  setGrid(ring: Ring | undefined): void
  setMarks(marks: readonly PlaceMark[]): void
  /** The way somebody went; empty takes it away. */
  setTrack(points: readonly TrackPoint[]): void
  /** The mark at a place on the map (EPSG:3857), if one is within a finger's breadth. */
  markAt(coordinate: readonly number[], resolution: number): PlaceMark | undefined
}

export function overlayOf(colours: () => MapColours): Overlay {
  const [drawn, pin, grid, marks, track] = Array.from({ length: 5 }, () => new VectorSource()) as Five
  const at = (position: Position) => fromLonLat([position.lng, position.lat])
  let shown: readonly PlaceMark[] = []
  let pinned: Position | undefined
  function drawMarks(): void {
    marks.clear()
    for (const mark of shown) {
      const point = at(mark.position)
      // A thread to the pin: how far a photo was taken from where the case is.
      if (mark.kind === 'photo' && pinned) marks.addFeature(new Feature({ geometry: new LineString([at(pinned), point]) }))
      marks.addFeature(new Feature({ geometry: new Point(point), mark }))
    }
  }
  return {
    drawn,
    layers: [
      new VectorLayer({ zIndex: 4, source: grid, style: () => gridStyle(colours()) }),
      new VectorLayer({ zIndex: 7, source: track, style: (feature) => trackStyle(feature.get('isOutside') === true, colours()) }),
      new VectorLayer({ zIndex: 12, source: drawn, style: () => drawnStyle(colours()) }),
      new VectorLayer({ zIndex: 13, source: marks, declutter: 'marks', style: (feature) => markStyle(feature.get('mark'), colours()) }),
      new VectorLayer({ zIndex: 14, source: pin, style: () => pinStyle(colours()) }),
    ],
    setPin(position) {
      pinned = position
      pin.clear()
      if (position) pin.addFeature(new Feature(new Point(at(position))))
      drawMarks()
    },
    setGrid(ring) {
      grid.clear()
      if (ring) grid.addFeature(new Feature(new Polygon([ring.map(([lng, lat]) => fromLonLat([lng, lat]))])))
    },
    setMarks(next) {
      shown = next
      drawMarks()
    },
    setTrack(points) {
      track.clear()
      track.addFeatures([...trackLines(points.map(({ position, isOutside }) => ({ point: at(position), isOutside })))])
    },
    markAt: ([x = 0, y = 0], resolution) =>
      shown.find(({ position }) => {
        const [markX = 0, markY = 0] = at(position)
        return Math.hypot(markX - x, markY - y) < 10 * resolution
      }),
  }
}

type Five = [VectorSource, VectorSource, VectorSource, VectorSource, VectorSource]

/** One line for each stretch inside or outside; neighbours share the point where it changed. */
function trackLines(points: readonly { readonly point: readonly number[]; readonly isOutside: boolean }[]): readonly Feature[] {
  const lines: Feature[] = []
  let stretch: (readonly number[])[] = []
  points.forEach(({ point, isOutside }, at) => {
    stretch.push(point)
    const next = points[at + 1]
    if (next && next.isOutside === isOutside) return
    if (next) stretch.push(next.point)
    if (stretch.length > 1) lines.push(new Feature({ geometry: new LineString(stretch.map((each) => [...each])), isOutside }))
    stretch = []
  })
  return lines
}

const trackStyle = (isOutside: boolean, { red, primary, pane }: MapColours) => [
  new Style({ stroke: new Stroke({ color: pane, width: 6 }) }),
  new Style({ stroke: new Stroke({ color: isOutside ? red : primary, width: 3, ...(isOutside && { lineDash: [8, 5] }) }) }),
]

const gridStyle = ({ gridCode }: MapColours) =>
  new Style({ stroke: new Stroke({ color: gridCode, width: 2.5 }), fill: new Fill({ color: `${gridCode}1f` }) })

export const drawnStyle = ({ primary }: MapColours) =>
  new Style({
    stroke: new Stroke({ color: primary, width: 2, lineDash: [6, 4] }),
    fill: new Fill({ color: `${primary}22` }),
    image: new Circle({ radius: 4, fill: new Fill({ color: primary }) }),
  })

function markStyle(mark: PlaceMark | undefined, { primary, pane, text, amber, lineStrong, secondary, font }: MapColours): Style[] {
  if (!mark) return [new Style({ stroke: new Stroke({ color: secondary, width: 1, lineDash: [3, 3] }) })]
  const rim = new Stroke({ color: pane, width: 1.5 })
  const image =
    mark.kind === 'photo'
      ? new RegularShape({ points: 4, angle: Math.PI / 4, radius: 7, fill: new Fill({ color: secondary }), stroke: rim })
      : mark.kind === 'duplicate'
        ? new RegularShape({ points: 3, radius: 8, fill: new Fill({ color: amber }), stroke: rim })
        : new Circle({ radius: 6, fill: new Fill({ color: primary }), stroke: rim })
  return [
    new Style({ image }),
    new Style({
      text: new Text({
        text: mark.title,
        font: `12px ${font}`,
        textAlign: 'left',
        offsetX: 12,
        fill: new Fill({ color: text }),
        backgroundFill: new Fill({ color: pane }),
        backgroundStroke: new Stroke({ color: lineStrong, width: 1 }),
        padding: [1, 4, 1, 4],
      }),
    }),
  ]
}

const pinStyle = ({ primary, pane }: MapColours) => [
  new Style({ image: new Circle({ radius: 10, stroke: new Stroke({ color: pane, width: 5 }) }) }),
  new Style({ image: new Circle({ radius: 10, stroke: new Stroke({ color: primary, width: 2.5 }) }) }),
  new Style({ image: new Circle({ radius: 2, fill: new Fill({ color: primary }) }) }),
]
