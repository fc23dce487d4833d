/** The map alone over an invented city: ours, or with `?map=reference` what OpenLayers' own canvas layers make of the same. `p9-map.ts` drives it. */
import Feature from 'ol/Feature'
import Point from 'ol/geom/Point'
import Polygon from 'ol/geom/Polygon'
import VectorLayer from 'ol/layer/Vector'
import OlMap from 'ol/Map'
import { fromLonLat } from 'ol/proj'
import VectorSource from 'ol/source/Vector'
import { Fill, RegularShape, Stroke, Style } from 'ol/style'
import View from 'ol/View'
import type { City } from '../../../src-renderer/features/map/city'
import { createCityMap } from '../../../src-renderer/features/map/city-map'
import { madeUpCity, scattered } from './city'
import 'ol/ol.css'
import '@fontsource-variable/noto-sans-sc/index.css'
import '../../../src-renderer/app/theme/tokens.css'

export interface P9Measures {
  /** What it took to make the map, in ms. */
  readonly madeMs: number
  /** Lengths of the frames in ms while the map is dragged, `stepPx` a frame; metres a pixel are given by `acrossM` over the width. */
  pan(acrossM: number, frames: number): Promise<readonly number[]>
  /** Lengths of the frames while cases and collectors change `perMinute` times, in the batches that a seat is told. */
  live(acrossM: number, perMinute: number, seconds: number): Promise<readonly number[]>
}

const stepPx = 12
const strokeFrames = 50
const restFrames = 5
const goldenTurn = 2.4
const middle = { lng: 126.628, lat: 45.59 }
const wanted = new URLSearchParams(location.search)
const host = document.getElementById('map') as HTMLElement
const city = madeUpCity(100_000)
const startedMs = performance.now()
const shown = wanted.get('map') === 'reference' ? referenceMap(city) : ours(city)
const madeMs = performance.now() - startedMs

interface Shown {
  goTo(position: { readonly lng: number; readonly lat: number }, acrossM: number): void
  change(count: number): void
}

function ours(of: City): Shown {
  const map = createCityMap(host, of, { pick: () => undefined, moved: () => undefined })
  const cases = scattered(2_000).map((position, at) => ({ position, level: at % 5 }))
  map.setCases(cases)
  let turn = 0
  return {
    goTo: (position, acrossM) => map.goTo(position, acrossM),
    change(count) {
      for (let each = 0; each < count; each++) {
        turn += 1
        const at = (turn * 7) % cases.length
        const old = cases[at]
        if (old) cases[at] = { position: { lng: old.position.lng + 0.00005, lat: old.position.lat }, level: (old.level + 1) % 5 }
      }
      map.setCases([...cases])
    },
  }
}

function referenceMap(of: City): Shown {
  const grids = (of.documents.grids?.grids ?? []).map(({ ring }) => new Feature(new Polygon([ring.map((each) => fromLonLat([...each]))])))
  const points = of.components.map(({ position }) => new Feature(new Point(fromLonLat([position.lng, position.lat]))))
  const line = new Style({ stroke: new Stroke({ color: '#c4006c', width: 1 }) })
  const square = new Style({ image: new RegularShape({ points: 4, radius: 4, fill: new Fill({ color: '#56616f' }) }) })
  const view = new View({ center: fromLonLat([middle.lng, middle.lat]), zoom: 14 })
  const map = new OlMap({
    target: host,
    view,
    layers: [
      new VectorLayer({ source: new VectorSource({ features: grids }), style: line }),
      new VectorLayer({ source: new VectorSource({ features: points }), style: square }),
    ],
  })
  return {
    goTo(position, acrossM) {
      const [width = 800] = map.getSize() ?? []
      view.setCenter(fromLonLat([position.lng, position.lat]))
      view.setResolution(acrossM / Math.cos((position.lat * Math.PI) / 180) / width)
    },
    change: () => undefined,
  }
}

const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done))

async function frames(count: number, move: (at: number) => void): Promise<readonly number[]> {
  const took: number[] = []
  let before = await frame()
  for (let at = 0; at < count; at += 1) {
    move(at)
    const now = await frame()
    took.push(now - before)
    before = now
  }
  return took
}

/** A mouse on the map: both maps are panned by what they make of a drag, OpenLayers' own interaction. */
function handOn(target: HTMLElement) {
  const surface = target.querySelector('.ol-viewport') ?? target
  let [x, y] = [0, 0]
  const tell = (type: string, to: EventTarget, buttons: number) =>
    to.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        isPrimary: true,
        pointerId: 1,
        pointerType: 'mouse',
        clientX: x,
        clientY: y,
        buttons,
      }),
    )
  return {
    take() {
      x = innerWidth / 2
      y = innerHeight / 2
      tell('pointerdown', surface, 1)
    },
    move(right: number, down: number) {
      x += right
      y += down
      tell('pointermove', surface, 1)
    },
    letGo: () => tell('pointerup', surface, 0),
  }
}

const p9: P9Measures = {
  madeMs,
  async pan(acrossM, count) {
    shown.goTo(middle, acrossM)
    for (let each = 0; each < 60; each += 1) await frame()
    const hand = handOn(host)
    const took: number[] = []
    // Drags of half a screen, one way and the next, with a moment to take hold again: nobody drags a map for minutes without letting go.
    for (let stroke = 0; took.length < count; stroke += 1) {
      const turn = stroke * goldenTurn
      const [stepX, stepY] = [Math.cos(turn) * stepPx, Math.sin(turn) * stepPx]
      hand.take()
      took.push(...(await frames(strokeFrames, () => hand.move(stepX, stepY))))
      hand.letGo()
      took.push(...(await frames(restFrames, () => undefined)))
    }
    return took
  },
  async live(acrossM, perMinute, seconds) {
    shown.goTo(middle, acrossM)
    for (let each = 0; each < 30; each += 1) await frame()
    const until = performance.now() + seconds * 1000
    const batchMs = 200
    let next = performance.now()
    const took: number[] = []
    let before = await frame()
    while (performance.now() < until) {
      if (performance.now() >= next) {
        shown.change(Math.round((perMinute * batchMs) / 60_000))
        next += batchMs
      }
      const now = await frame()
      took.push(now - before)
      before = now
    }
    return took
  },
}
Object.assign(window, { p9 })
