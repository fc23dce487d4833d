import { altKeyOnly, singleClick } from 'ol/events/condition'
import Feature from 'ol/Feature'
import MultiPoint from 'ol/geom/MultiPoint'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import Modify from 'ol/interaction/Modify'
import Snap from 'ol/interaction/Snap'
import VectorLayer from 'ol/layer/Vector'
import type OlMap from 'ol/Map'
import { fromLonLat, toLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Circle, Fill, Stroke, Style } from 'ol/style'
import type { Ring } from '#shared/domain/geo/ring'
import type { Outline } from '#shared/domain/geodata/outlines'
import type { MapColours } from './colours'

/**
 * Outlines changed corner by corner: drag a corner, drag a side to get a new one, Alt and a click takes one away. A corner that several outlines have moves
 * for all of them; one that is dragged near another goes there. What nobody touched comes back as it was given, to the last digit.
 */
export interface OutlineEditing {
  end(): void
}

const snapPx = 8

export function editOutlines(
  map: OlMap,
  colours: () => MapColours,
  outlines: readonly Outline[],
  chosen: string,
  onChanged: (outlines: readonly Outline[]) => void,
): OutlineEditing {
  const given = new Map<string, Ring[number]>()
  const project = (corner: Ring[number]) => {
    const [x = 0, y = 0] = fromLonLat([...corner])
    given.set(`${x} ${y}`, corner)
    return [x, y]
  }
  const back = ([x = 0, y = 0]: readonly number[]): Ring[number] => {
    const known = given.get(`${x} ${y}`)
    if (known) return known
    const [lng = 0, lat = 0] = toLonLat([x, y])
    return [Number(lng.toFixed(7)), Number(lat.toFixed(7))]
  }
  const features = outlines.map(({ code, ring }) => new Feature({ geometry: new Polygon([ring.map(project)]), code }))
  const source = new VectorSource({ features })
  const layer = new VectorLayer({
    ...{ source, zIndex: 11, updateWhileInteracting: true },
    style: (feature) => outlineStyle(feature.get('code') === chosen, colours()),
  })
  const modify = new Modify({
    source,
    pixelTolerance: snapPx,
    deleteCondition: (event) => altKeyOnly(event) && singleClick(event),
    style: () => handleStyle(colours()),
  })
  const snap = new Snap({ source, pixelTolerance: snapPx })
  modify.on('modifyend', () =>
    onChanged(
      features.map((feature) => ({
        code: String(feature.get('code')),
        ring: (feature.getGeometry()?.getCoordinates()[0] ?? []).map(back),
      })),
    ),
  )
  map.addLayer(layer)
  map.addInteraction(modify)
  map.addInteraction(snap)
  return {
    end() {
      map.removeInteraction(snap)
      map.removeInteraction(modify)
      map.removeLayer(layer)
    },
  }
}

function outlineStyle(isChosen: boolean, { gridCode, pane }: MapColours): Style[] {
  const corners = new Style({
    image: new Circle({ radius: isChosen ? 4 : 3, fill: new Fill({ color: pane }), stroke: new Stroke({ color: gridCode, width: 1.5 }) }),
    geometry: (feature) => {
      const shape = feature.getGeometry()
      return shape instanceof Polygon ? new MultiPoint(shape.getCoordinates()[0] ?? []) : undefined
    },
  })
  const line = new Style({
    stroke: new Stroke({ color: gridCode, width: isChosen ? 3 : 1.5 }),
    ...(isChosen && { fill: new Fill({ color: `${gridCode}14` }) }),
    zIndex: isChosen ? 1 : 0,
  })
  return [line, corners]
}

const handleStyle = ({ primary, pane }: MapColours) =>
  new Style({
    image: new Circle({ radius: 6, fill: new Fill({ color: primary }), stroke: new Stroke({ color: pane, width: 2 }) }),
    geometry: (feature) => {
      const shape = feature.getGeometry()
      return shape instanceof Point ? shape : undefined
    },
  })
