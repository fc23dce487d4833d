import OlMap from 'ol/Map'
import { fromLonLat } from 'ol/proj'
import View from 'ol/View'
import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import type { Outline } from '#shared/domain/geodata/outlines'
import { paperColours } from '../../../src-renderer/features/map/colours'
import { editOutlines } from '../../../src-renderer/features/map/outline-editing'

/** Two grids side by side, on a bare map. */
const side = 0.001
const square = (west: number): [number, number][] => [
  [west, 45.6],
  [west + side, 45.6],
  [west + side, 45.6 + side],
  [west, 45.6 + side],
  [west, 45.6],
]
const given: readonly Outline[] = [
  { code: 'left', ring: square(126.6) },
  { code: 'right', ring: square(126.6 + side) },
]

async function edit() {
  await page.viewport(800, 600)
  const target = document.createElement('div')
  target.style.cssText = 'position:fixed;inset:0'
  document.body.append(target)
  const view = new View({ center: fromLonLat([126.6 + side, 45.6 + side / 2]), resolution: 0.5 })
  const map = new OlMap({ target, view, controls: [] })
  const told: (readonly Outline[])[] = []
  const editing = editOutlines(
    map,
    () => paperColours,
    given,
    'left',
    (outlines) => told.push(outlines),
  )
  await new Promise((done) => map.once('rendercomplete', done))
  const surface = target.querySelector('.ol-viewport') as HTMLElement
  const point = (type: string, x: number, y: number, buttons: number) =>
    surface.dispatchEvent(
      new PointerEvent(type, {
        ...{ bubbles: true, cancelable: true, isPrimary: true, pointerId: 1, pointerType: 'mouse', button: 0 },
        ...{ clientX: x, clientY: y, buttons },
      }),
    )
  return {
    told,
    end() {
      editing.end()
      map.setTarget(undefined)
      target.remove()
    },
    drag(from: [number, number], right: number, down: number) {
      const [x = 0, y = 0] = map.getPixelFromCoordinate(fromLonLat(from))
      point('pointermove', x, y, 0)
      point('pointerdown', x, y, 1)
      for (const share of [0.3, 0.7, 1]) point('pointermove', x + right * share, y + down * share, 1)
      point('pointerup', x + right, y + down, 0)
    },
  }
}

it('moves a shared corner for both neighbours, and leaves the others as they were to the last digit', async () => {
  const { drag, told, end } = await edit()
  drag([126.6 + side, 45.6 + side], 30, 20)
  const [outlines] = told
  const [left, right] = [outlines?.[0]?.ring ?? [], outlines?.[1]?.ring ?? []]
  const moved = left[2]
  expect(moved?.[0]).toBeGreaterThan(126.6 + side + 0.00005)
  expect(right[3]).toEqual(moved)
  expect([left[0], left[1], left[3]]).toEqual([given[0]?.ring[0], given[0]?.ring[1], given[0]?.ring[3]])
  expect([right[0], right[1], right[2]]).toEqual([given[1]?.ring[0], given[1]?.ring[1], given[1]?.ring[2]])
  end()
})

it('gives both a corner where their shared side is dragged', async () => {
  const { drag, told, end } = await edit()
  drag([126.6 + side, 45.6 + side / 2], -40, 0)
  const [left, right] = [told[0]?.[0]?.ring ?? [], told[0]?.[1]?.ring ?? []]
  expect([left.length, right.length]).toEqual([6, 6])
  const added = left[2] as [number, number]
  expect(right).toContainEqual(added)
  expect(added[0]).toBeLessThan(126.6 + side)
  end()
})
