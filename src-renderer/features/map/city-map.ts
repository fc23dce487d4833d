import Attribution from 'ol/control/Attribution'
import ScaleLine from 'ol/control/ScaleLine'
import { focus } from 'ol/events/condition'
import { boundingExtent, type Extent } from 'ol/extent'
import Feature from 'ol/Feature'
import LineString from 'ol/geom/LineString'
import Polygon from 'ol/geom/Polygon'
import Draw from 'ol/interaction/Draw'
import { defaults } from 'ol/interaction/defaults'
import MouseWheelZoom from 'ol/interaction/MouseWheelZoom'
import OlMap from 'ol/Map'
import { fromLonLat, toLonLat } from 'ol/proj'
import { getArea, getLength } from 'ol/sphere'
import View from 'ol/View'
import type { TrackPoint } from '#shared/contracts/central-api/field'
import type { Position } from '#shared/domain/geo/position'
import type { Ring } from '#shared/domain/geo/ring'
import type { Outline } from '#shared/domain/geodata/outlines'
import type { PlaceMark } from '../../ui/place-map'
import { type BaseMap, baseLayerOf } from './base-layer'
import type { City } from './city'
import { type MapColours, paperColours, readColours, watchColours } from './colours'
import { groundLayers } from './ground-layers'
import { HeatLayer } from './heat-layer'
import { pictureOf } from './map-picture'
import { callKind, cameraKind, caseKind, collectorKind, componentKind } from './marks'
import { editOutlines, type OutlineEditing } from './outline-editing'
import { drawnStyle, overlayOf } from './overlay'
import { MovingPoints, StandingPoints } from './point-layer'
import type { LayerPoint } from './point-set'
import { sightPainterOf, sightsFromResolution } from './sight-painter'
import type { MapArchive } from './tile-ground'
import { TileLayer } from './tile-layer'

/** The map itself, without React: it draws a city, its cases, a pin and what is measured. It keeps no truth; whoever made it gives it all of that. */
export type LayerId = 'grids' | 'areas' | 'roads' | 'components' | 'cameras' | 'sights' | 'collectors' | 'cases' | 'calls' | 'heat'

export type Pick =
  | { readonly kind: 'place'; readonly position: Position }
  | { readonly kind: 'case'; readonly position: Position; readonly index: number }
  | { readonly kind: 'collector'; readonly position: Position; readonly index: number }
  | { readonly kind: 'call'; readonly position: Position; readonly index: number }
  | { readonly kind: 'mark'; readonly position: Position; readonly mark: PlaceMark }

export interface CityMap {
  setCases(points: readonly LayerPoint[]): void
  setCollectors(points: readonly LayerPoint[]): void
  setCalls(points: readonly LayerPoint[]): void
  setTrack(points: readonly TrackPoint[]): void
  setPin(position: Position | undefined): void
  /** Paints one grid over the others: the one that the pin lies in. */
  setGrid(ring: Ring | undefined): void
  setMarks(marks: readonly PlaceMark[]): void
  show(layer: LayerId, isShown: boolean): void
  /** Puts a base map from elsewhere below everything, or takes it away again. */
  setBase(base: BaseMap | undefined): void
  /** When everything that is on its way has been drawn. */
  drawn(): Promise<void>
  /** Moves to a position so that so many metres are in view. */
  goTo(position: Position, acrossM: number): void
  showAll(): void
  /** Moves so little that a position lies inside the frame and not at its edge; an unmoved map stays where it is. */
  keepInView(position: Position): void
  /** The position so many pixels right of and below another. */
  beside(position: Position, right: number, down: number): Position
  /** Steps in (positive) or out: each doubles the scale. */
  zoom(by: number): void
  centre(): Position
  /** Metres in view from left to right. */
  acrossM(): number
  /** West, south, east, north in map units. */
  extent(): Extent
  showExtent(extent: Extent): void
  /** One distance or one area drawn by hand; the answer comes with the double click. */
  measure(kind: 'distance' | 'area', onDone: (measured: Measured) => void): void
  stopMeasuring(): void
  /** Shows what was drawn, or worked out, without anybody drawing it. */
  drawRing(measured: Omit<Measured, 'value'>): void
  /**
   * Lets outlines be changed by hand, corner by corner, neighbours together; every change tells all of them. Until the returned function is called a click
   * on the map chooses nothing.
   */
  editOutlines(outlines: readonly Outline[], chosen: string, onChanged: (outlines: readonly Outline[]) => void): () => void
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

/** Metres a pixel: twenty thousand components are seen when one can be told from the next, and hide nothing before. */
export const componentsFrom = 1.6

const fallbackCentre = [104, 35] as const
/** The map jumps: nobody waits for it, and people who asked for less motion get none. */
const stillMs = 0
/** A pin nearer to the edge than this is moved to the middle. */
const edgePx = 32

export interface CityMapOptions {
  pick(pick: Pick): void
  moved(): void
  /** A small map leaves the arrow keys to its pin, and shows no counts of components. */
  readonly isSmall?: boolean
  /** Metres a pixel from which components are shown; absent: always, counted when the map is small. */
  readonly componentsFrom?: number
  /** Vector tiles for areas and roads; absent: from the documents. */
  readonly archive?: MapArchive
  /** For a sheet of paper: in its colours, and so many dots for a pixel. */
  readonly paper?: { readonly dots: number }
}

export function createCityMap(target: HTMLElement, city: City, on: CityMapOptions): CityMap {
  let colours: MapColours = on.paper ? paperColours : readColours()
  const current = () => colours
  const ground = groundLayers(city, current, on.archive)
  const layers = {
    ...ground.layers,
    components: new StandingPoints(componentKind(current), 5),
    cameras: new StandingPoints(cameraKind(current), 6),
    sights: new TileLayer(sightPainterOf(city, current), { zIndex: 4, maxResolution: sightsFromResolution }),
    collectors: new MovingPoints(collectorKind(current), 9),
    cases: new MovingPoints(caseKind(current), 8),
    calls: new MovingPoints(callKind(current), 10),
    heat: new HeatLayer(current, 6.5),
  } satisfies Record<LayerId, unknown>
  // The haze hides what lies below: a map has it only where somebody asks for it, a pin's map never.
  layers.heat.setVisible(false)
  layers.components.setPoints(city.components.map(({ position, state }) => ({ position, level: state })))
  layers.cameras.setPoints(city.cameras.map(({ position, state }) => ({ position, level: state })))
  if (on.componentsFrom !== undefined) layers.components.setMaxResolution(on.componentsFrom)
  const overlay = overlayOf(current)
  const extent = extentOf(city)
  const view = new View({ center: fromLonLat([...fallbackCentre]), zoom: 4, maxZoom: 21, enableRotation: false })
  const map = new OlMap({
    target,
    keyboardEventTarget: target,
    layers: [...Object.values(layers), ...overlay.layers],
    view,
    ...(on.paper && { pixelRatio: on.paper.dots }),
    controls: [new ScaleLine({ minWidth: 80 }), new Attribution({ collapsible: false })],
    // A wheel over a small map goes on scrolling the form around it, until somebody works in the map.
    interactions: on.isSmall
      ? defaults({ keyboard: false, mouseWheelZoom: false }).extend([new MouseWheelZoom({ condition: focus })])
      : defaults(),
  })
  const showAll = () => extent && view.fit(extent, { padding: [16, 16, 16, 16], duration: stillMs })
  showAll()
  let points: readonly LayerPoint[] = []
  let people: readonly LayerPoint[] = []
  let callers: readonly LayerPoint[] = []
  let draw: Draw | undefined
  let below: ReturnType<typeof baseLayerOf> | undefined
  let editing: OutlineEditing | undefined

  map.on('singleclick', ({ coordinate }) => {
    if (draw || editing) return
    const resolution = view.getResolution() ?? 1
    const mark = overlay.markAt(coordinate, resolution)
    if (mark) return on.pick({ kind: 'mark', position: mark.position, mark })
    const [lng = 0, lat = 0] = toLonLat(coordinate)
    const call = layers.calls.hitAt(coordinate, resolution)
    if (call) return on.pick({ kind: 'call', position: callers[call.index]?.position ?? { lng, lat }, index: call.index })
    const person = layers.collectors.hitAt(coordinate, resolution)
    if (person?.count === 1) {
      const position = people[person.index]?.position ?? { lng, lat }
      return on.pick({ kind: 'collector', position, index: person.index })
    }
    const hit = layers.cases.hitAt(coordinate, resolution)
    if (hit && hit.count > 1) view.animate({ center: coordinate, zoom: (view.getZoom() ?? 12) + 2, duration: stillMs })
    else if (hit && points[hit.index]) on.pick({ kind: 'case', position: points[hit.index]?.position ?? { lng, lat }, index: hit.index })
    else on.pick({ kind: 'place', position: { lng, lat } })
  })
  map.on('moveend', on.moved)
  const endColours = watchColours(() => {
    if (!on.paper) colours = readColours()
    for (const layer of map.getAllLayers()) {
      if (layer instanceof TileLayer || layer instanceof MovingPoints) layer.repaint()
      else layer.changed()
    }
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
      layers.heat.setPoints(next)
    },
    setCollectors(next) {
      people = next
      layers.collectors.setPoints(next)
    },
    setCalls(next) {
      callers = next
      layers.calls.setPoints(next)
    },
    setTrack: overlay.setTrack,
    setPin: overlay.setPin,
    setGrid: overlay.setGrid,
    setMarks: overlay.setMarks,
    show: (layer, isShown) => layers[layer].setVisible(isShown),
    setBase(base) {
      if (below) map.removeLayer(below)
      below = base && baseLayerOf(base, () => !on.paper && document.documentElement.dataset.scheme === 'dark')
      if (below) map.getLayers().insertAt(0, below)
      ground.setOverBase(below !== undefined)
    },
    drawn: () =>
      new Promise((resolve) => {
        map.once('rendercomplete', () => resolve())
        map.render()
      }),
    goTo(position, acrossM) {
      const [width = 800] = map.getSize() ?? []
      view.setCenter(fromLonLat([position.lng, position.lat]))
      view.setResolution(Math.max(acrossM, 60) / Math.cos((position.lat * Math.PI) / 180) / width)
    },
    showAll: () => void showAll(),
    keepInView(position) {
      const [x = 0, y = 0] = fromLonLat([position.lng, position.lat])
      const [west = 0, south = 0, east = 0, north = 0] = view.calculateExtent(map.getSize())
      const edge = edgePx * (view.getResolution() ?? 1)
      if (x < west + edge || x > east - edge || y < south + edge || y > north - edge) view.setCenter([x, y])
    },
    zoom: (by) => view.adjustZoom(by),
    beside(position, right, down) {
      const resolution = view.getResolution() ?? 1
      const [x = 0, y = 0] = fromLonLat([position.lng, position.lat])
      const [lng = 0, lat = 0] = toLonLat([x + right * resolution, y - down * resolution])
      return { lng, lat }
    },
    extent: () => view.calculateExtent(map.getSize()),
    showExtent: (shown) => view.fit(shown, { duration: stillMs }),
    acrossM() {
      const latitude = toLonLat(view.getCenter() ?? [0, 0])[1] ?? 0
      const [width = 800] = map.getSize() ?? []
      return (view.getResolution() ?? 1) * Math.cos((latitude * Math.PI) / 180) * width
    },
    centre() {
      const [lng = 0, lat = 0] = toLonLat(view.getCenter() ?? [0, 0])
      return { lng, lat }
    },
    measure(kind, onDone) {
      stopMeasuring()
      overlay.drawn.clear()
      draw = new Draw({ source: overlay.drawn, type: kind === 'distance' ? 'LineString' : 'Polygon', style: () => drawnStyle(colours) })
      draw.on('drawend', ({ feature }) => {
        // The double click that ends a drawing also counts as a click on the map; it must not become a pick.
        queueMicrotask(stopMeasuring)
        const measured = measuredOf(feature)
        if (measured) onDone(measured)
      })
      map.addInteraction(draw)
    },
    drawRing({ kind, ring }) {
      const line = ring.map(([lng, lat]) => fromLonLat([lng, lat]))
      overlay.drawn.clear()
      overlay.drawn.addFeature(new Feature(kind === 'area' ? new Polygon([line]) : new LineString(line)))
    },
    stopMeasuring() {
      stopMeasuring()
      overlay.drawn.clear()
    },
    editOutlines(outlines, chosen, onChanged) {
      editing?.end()
      const mine = editOutlines(map, current, outlines, chosen, onChanged)
      editing = mine
      return () => {
        mine.end()
        if (editing === mine) editing = undefined
      }
    },
    picture() {
      const tiled = map.getAllLayers().filter((layer) => layer instanceof TileLayer)
      for (const layer of tiled) layer.isWhole = true
      const picture = pictureOf(map, target, colours, on.paper?.dots ?? window.devicePixelRatio)
      for (const layer of tiled) layer.isWhole = false
      return picture
    },
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
