import ScaleLine from 'ol/control/ScaleLine'
import { boundingExtent } from 'ol/extent'
import Feature from 'ol/Feature'
import LineString from 'ol/geom/LineString'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import Draw from 'ol/interaction/Draw'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import { fromLonLat, toLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { getArea, getLength } from 'ol/sphere'
import { Circle, Fill, Stroke, Style } from 'ol/style'
import View from 'ol/View'
import type { Position } from '#shared/domain/geo/position'
import type { Ring } from '#shared/domain/geo/ring'
import type { City } from './city'
import { type MapColours, readColours, watchColours } from './colours'
import { groundLayers } from './ground-layers'
import { cameraKind, caseKind, componentKind } from './marks'
import { type LayerPoint, PointLayer } from './point-layer'

/** The map itself, without React: it draws a city, its cases, a pin and what is measured. It keeps no truth; whoever made it gives it all of that. */
export type LayerId = 'grids' | 'areas' | 'roads' | 'components' | 'cameras' | 'cases'

export type Pick =
  | { readonly kind: 'place'; readonly position: Position }
  | { readonly kind: 'case'; readonly position: Position; readonly index: number }

export interface CityMap {
  setCases(points: readonly LayerPoint[]): void
  setPin(position: Position | undefined): void
  show(layer: LayerId, isShown: boolean): void
  /** Moves to a position so that so many metres are in view. */
  goTo(position: Position, acrossM: number): void
  showAll(): void
  centre(): Position
  /** One distance or one area drawn by hand; the answer comes with the double click. */
  measure(kind: 'distance' | 'area', onDone: (measured: Measured) => void): void
  stopMeasuring(): void
  /** Everything on screen in one picture. */
  picture(): HTMLCanvasElement
  /** `1:n` on the ground at the middle, taking a pixel for 0.28 mm (OGC 05-077r4). */
  scale(): number
  dispose(): void
}

export interface Measured {
  readonly kind: 'distance' | 'area'
  /** Metres, or square metres. */
  readonly value: number
  readonly ring: Ring
}

const fallbackCentre = [104, 35] as const
/** The map jumps: nobody waits for it, and people who asked for less motion get none. */
const stillMs = 0

export function createCityMap(target: HTMLElement, city: City, on: { pick(pick: Pick): void; moved(): void }): CityMap {
  let colours: MapColours = readColours()
  const current = () => colours
  const ground = groundLayers(city, current)
  const layers = {
    ...ground,
    components: new PointLayer(componentKind(current), 4),
    cameras: new PointLayer(cameraKind(current), 5),
    cases: new PointLayer(caseKind(current), 6),
  } satisfies Record<LayerId, unknown>
  layers.components.setPoints(city.components.map(({ position, state }) => ({ position, level: state })))
  layers.cameras.setPoints(city.cameras.map(({ position, state }) => ({ position, level: state })))
  const drawn = new VectorSource()
  const pin = new VectorSource()
  const overlay = new VectorLayer({ zIndex: 7, source: drawn, style: () => drawnStyle(colours) })
  const pinLayer = new VectorLayer({ zIndex: 8, source: pin, style: () => pinStyle(colours) })
  const extent = extentOf(city)
  const view = new View({ center: fromLonLat([...fallbackCentre]), zoom: 4, maxZoom: 21, enableRotation: false })
  const map = new OlMap({
    target,
    keyboardEventTarget: target,
    layers: [...Object.values(layers), overlay, pinLayer],
    view,
    controls: [new ScaleLine({ minWidth: 80 })],
  })
  const showAll = () => extent && view.fit(extent, { padding: [16, 16, 16, 16], duration: stillMs })
  showAll()
  let points: readonly LayerPoint[] = []
  let draw: Draw | undefined

  map.on('singleclick', ({ coordinate }) => {
    if (draw) return
    const resolution = view.getResolution() ?? 1
    const hit = layers.cases.hitAt(coordinate, resolution)
    const [lng = 0, lat = 0] = toLonLat(coordinate)
    if (hit && hit.count > 1) view.animate({ center: coordinate, zoom: (view.getZoom() ?? 12) + 2, duration: stillMs })
    else if (hit && points[hit.index]) on.pick({ kind: 'case', position: points[hit.index]?.position ?? { lng, lat }, index: hit.index })
    else on.pick({ kind: 'place', position: { lng, lat } })
  })
  map.on('moveend', on.moved)
  const endColours = watchColours(() => {
    colours = readColours()
    for (const layer of map.getLayers().getArray()) layer.changed()
  })
  const resized = new ResizeObserver(() => map.updateSize())
  resized.observe(target)

  function stopMeasuring(): void {
    if (draw) map.removeInteraction(draw)
    draw = undefined
  }
  return {
    setCases(next) {
      points = next
      layers.cases.setPoints(next)
    },
    setPin(position) {
      pin.clear()
      if (position) pin.addFeature(new Feature(new Point(fromLonLat([position.lng, position.lat]))))
    },
    show: (layer, isShown) => layers[layer].setVisible(isShown),
    goTo(position, acrossM) {
      const [width = 800] = map.getSize() ?? []
      view.setCenter(fromLonLat([position.lng, position.lat]))
      view.setResolution(Math.max(acrossM, 60) / Math.cos((position.lat * Math.PI) / 180) / width)
    },
    showAll: () => void showAll(),
    centre() {
      const [lng = 0, lat = 0] = toLonLat(view.getCenter() ?? [0, 0])
      return { lng, lat }
    },
    measure(kind, onDone) {
      stopMeasuring()
      drawn.clear()
      draw = new Draw({ source: drawn, type: kind === 'distance' ? 'LineString' : 'Polygon', style: () => drawnStyle(colours) })
      draw.on('drawend', ({ feature }) => {
        // The double click that ends a drawing also counts as a click on the map; it must not become a pick.
        queueMicrotask(stopMeasuring)
        const measured = measuredOf(feature)
        if (measured) onDone(measured)
      })
      map.addInteraction(draw)
    },
    stopMeasuring() {
      stopMeasuring()
      drawn.clear()
    },
    picture: () => pictureOf(map, target, colours),
    scale() {
      const latitude = toLonLat(view.getCenter() ?? [0, 0])[1] ?? 0
      return ((view.getResolution() ?? 1) * Math.cos((latitude * Math.PI) / 180)) / 0.00028
    },
    dispose() {
      endColours()
      resized.disconnect()
      map.setTarget(undefined)
      map.dispose()
    },
  }
}

function extentOf({ documents }: City) {
  const rings =
    documents.grids?.outlines.find(({ areaCode }) => areaCode.length === 6)?.ring ?? documents.grids?.grids.flatMap(({ ring }) => ring)
  return rings && rings.length > 0 ? boundingExtent(rings.map(([lng, lat]) => fromLonLat([lng, lat]))) : undefined
}

function measuredOf(feature: Feature): Measured | undefined {
  const shape = feature.getGeometry()
  if (shape instanceof LineString) return { kind: 'distance', value: getLength(shape), ring: ringOf(shape.getCoordinates() as number[][]) }
  if (shape instanceof Polygon) return { kind: 'area', value: getArea(shape), ring: ringOf(shape.getCoordinates()[0] ?? []) }
  return undefined
}

const ringOf = (coordinates: readonly number[][]): Ring =>
  coordinates.map((each) => {
    const [lng = 0, lat = 0] = toLonLat(each)
    return [lng, lat] as const
  })

const drawnStyle = ({ primary }: MapColours) =>
  new Style({
    stroke: new Stroke({ color: primary, width: 2, lineDash: [6, 4] }),
    fill: new Fill({ color: `${primary}22` }),
    image: new Circle({ radius: 4, fill: new Fill({ color: primary }) }),
  })

const pinStyle = ({ primary, pane }: MapColours) => [
  new Style({ image: new Circle({ radius: 10, stroke: new Stroke({ color: pane, width: 5 }) }) }),
  new Style({ image: new Circle({ radius: 10, stroke: new Stroke({ color: primary, width: 2.5 }) }) }),
  new Style({ image: new Circle({ radius: 2, fill: new Fill({ color: primary }) }) }),
]

/** Layers lie on canvases of their own, some drawn at a transform: put together as the screen shows them. */
function pictureOf(map: OlMap, viewport: HTMLElement, { surface }: MapColours): HTMLCanvasElement {
  map.renderSync()
  const box = viewport.getBoundingClientRect()
  const ratio = window.devicePixelRatio
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(box.width * ratio)
  canvas.height = Math.round(box.height * ratio)
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.fillStyle = surface
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const layer of viewport.querySelectorAll<HTMLCanvasElement>('.ol-layers canvas')) {
    if (layer.width === 0) continue
    const at = layer.getBoundingClientRect()
    context.drawImage(layer, (at.left - box.left) * ratio, (at.top - box.top) * ratio, at.width * ratio, at.height * ratio)
  }
  return canvas
}
