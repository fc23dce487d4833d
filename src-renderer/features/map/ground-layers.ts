import Collection from 'ol/Collection'
import Feature, { type FeatureLike } from 'ol/Feature'
import MultiLineString from 'ol/geom/MultiLineString'
import Polygon from 'ol/geom/Polygon'
import type BaseLayer from 'ol/layer/Base'
import LayerGroup from 'ol/layer/Group'
import VectorLayer from 'ol/layer/Vector'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Fill, Stroke, Style, Text } from 'ol/style'
import type { City } from './city'
import type { MapColours } from './colours'
import { gridPainterOf, gridsFromResolution } from './grid-painter'
import { type MapArchive, type TileGround, tileGround, tileLayerOf } from './tile-ground'
import { TileLayer } from './tile-layer'

/** The ground: region, streets and communities, roads, unit grids. */
type LngLats = readonly (readonly [number, number])[]
const project = (line: LngLats) => line.map(([lng, lat]) => fromLonLat([lng, lat]))

const roadWidthM = { trunk: 40, main: 26, minor: 14, lane: 7 } as const
type Rank = keyof typeof roadWidthM

export function groundLayers(city: City, colours: () => MapColours, archive?: MapArchive) {
  /** The district is a plain surface, unless a base map lies below it. */
  let isOverBase = false
  const areas = new LayerGroup()
  const roads = new LayerGroup()
  const put = (tiles?: TileGround) => {
    areas.setLayers(new Collection(areaLayers(city, colours, tiles, () => isOverBase)))
    roads.setLayers(new Collection(roadLayers(city, colours, tiles)))
  }
  // An archive that cannot be read leaves a map of the documents, not an empty one.
  put(archive && tileGround(archive, () => put()))
  return {
    layers: { areas, roads, grids: gridLayer(city, colours) },
    setOverBase(isOver: boolean) {
      isOverBase = isOver
      for (const layer of areas.getLayers().getArray()) layer.changed()
    },
  }
}

function areaLayers(city: City, colours: () => MapColours, tiles: TileGround | undefined, isOverBase: () => boolean): BaseLayer[] {
  const features = (city.documents.grids?.outlines ?? []).map(
    ({ areaCode, ring }) => new Feature({ geometry: new Polygon([project(ring)]), areaCode, name: city.nameOf(areaCode) }),
  )
  const source = new VectorSource({ features })
  const codeOf = (feature: FeatureLike) => String(feature.get('areaCode'))
  return [
    tiles?.layerOf((feature) => {
      return tileLayerOf(feature) === 'road' ? undefined : areaStyle(String(feature.get('code')), colours(), isOverBase())
    }, 1) ?? new VectorLayer({ zIndex: 1, source, style: (feature) => areaStyle(codeOf(feature), colours(), isOverBase()) }),
    new VectorLayer({
      ...{ zIndex: namesAbove, declutter: 'names', source },
      style: (feature, resolution) => areaNameStyle(codeOf(feature), feature.get('name') as string | undefined, resolution, colours()),
    }),
  ]
}

function areaStyle(code: string, colours: MapColours, isOverBase: boolean): Style {
  const isStreet = code.length === 9
  return new Style({
    ...(code.length === 6 && !isOverBase && { fill: new Fill({ color: colours.pane }) }),
    zIndex: code.length === 6 ? 0 : 1,
    stroke: new Stroke({
      color: isStreet || code.length === 6 ? colours.secondary : colours.lineStrong,
      width: code.length === 6 ? 2 : isStreet ? 1.5 : 1,
      // 乡镇界 dash-dot, 村界 dashes.
      ...(isStreet && { lineDash: [10, 4, 2, 4] }),
      ...(code.length === 12 && { lineDash: [5, 4] }),
    }),
  })
}

function areaNameStyle(code: string, name: string | undefined, resolution: number, colours: MapColours): Style | undefined {
  const isStreet = code.length === 9
  const isShown = isStreet ? resolution > 3 && resolution < 40 : code.length === 12 && resolution <= 6 && resolution > 0.8
  if (!isShown || name === undefined) return undefined
  return new Style({
    text: new Text({
      text: name,
      font: `${isStreet ? '600 13px' : '12px'} ${colours.font}`,
      fill: new Fill({ color: isStreet ? colours.text : colours.secondary }),
      stroke: new Stroke({ color: colours.pane, width: 3 }),
      overflow: true,
    }),
  })
}

/** Names lie over the outlines of grids, which run along the middle of roads. */
const namesAbove = 4.5

function roadLayers({ documents }: City, colours: () => MapColours, tiles: TileGround | undefined): BaseLayer[] {
  const features = (documents.streetsNetwork?.streets ?? []).map(
    ({ name, rank, lines }) => new Feature({ geometry: new MultiLineString(lines.map(project)), name, rank }),
  )
  const source = new VectorSource({ features })
  const rankOf = (feature: FeatureLike) => feature.get('rank') as Rank
  return [
    tiles?.layerOf((feature, resolution) => {
      return tileLayerOf(feature) === 'road' ? roadStyle(rankOf(feature), resolution, colours()) : undefined
    }, 2) ?? new VectorLayer({ zIndex: 2, source, style: (feature, resolution) => roadStyle(rankOf(feature), resolution, colours()) }),
    new VectorLayer({
      ...{ zIndex: namesAbove, declutter: 'names', source },
      style: (feature, resolution) => roadNameStyle(rankOf(feature), String(feature.get('name')), resolution, colours()),
    }),
  ]
}

function roadStyle(rank: Rank, resolution: number, colours: MapColours): Style[] {
  if ((rank === 'lane' && resolution > 5) || (rank === 'minor' && resolution > 20)) return []
  const width = Math.max(rank === 'trunk' ? 2.5 : rank === 'main' ? 1.8 : 1, Math.min(roadWidthM[rank] / resolution, 22))
  const casing = new Style({ stroke: new Stroke({ color: colours.lineStrong, width: width + 2 }) })
  const surface = new Style({ stroke: new Stroke({ color: width > 4 ? colours.surface : colours.line, width }) })
  return width > 4 ? [casing, surface] : [surface]
}

function roadNameStyle(rank: Rank, name: string, resolution: number, colours: MapColours): Style | undefined {
  if (resolution >= { trunk: 14, main: 8, minor: 3.5, lane: 1.2 }[rank]) return undefined
  return new Style({
    text: new Text({
      text: name,
      placement: 'line',
      font: `12px ${colours.font}`,
      repeat: 480,
      fill: new Fill({ color: colours.secondary }),
      stroke: new Stroke({ color: colours.pane, width: 4 }),
    }),
  })
}

function gridLayer({ documents }: City, colours: () => MapColours) {
  const grids = documents.grids?.grids ?? []
  return new TileLayer(gridPainterOf(grids, colours), { zIndex: 3, maxResolution: gridsFromResolution(grids) })
}
