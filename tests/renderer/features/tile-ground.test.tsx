import { afterEach, beforeEach, expect, it } from 'vitest'
import { cityOf } from '../../../src-renderer/features/map/city'
import { type CityMap, createCityMap } from '../../../src-renderer/features/map/city-map'
import { readColours } from '../../../src-renderer/features/map/colours'
import '../../../src-renderer/app/theme/tokens.css'
// A district around 126.60–126.63, 45.74–45.76 and one trunk road through its middle, as the centre's own cutter and writer made them.
import archiveUrl from '../../fixtures/small-city.pmtiles?url&inline'

/** Without any document: whatever is drawn came out of the archive's bytes. */
let host: HTMLDivElement
let map: CityMap | undefined
beforeEach(() => {
  host = document.createElement('div')
  host.style.cssText = 'width:400px;height:300px'
  document.body.append(host)
})
afterEach(() => {
  map?.dispose()
  host.remove()
})

function mapOf(address: string): CityMap {
  const archive = { address, minZoom: 8, maxZoom: 16 }
  map = createCityMap(host, cityOf({}), { pick: () => undefined, moved: () => undefined, archive })
  map.goTo({ lng: 126.615, lat: 45.75 }, 1_200)
  return map
}

/** What is drawn so many pixels below the middle. */
function pixelBelow(picture: HTMLCanvasElement, down: number): string {
  const ratio = picture.width / 400
  const [red = 0, green = 0, blue = 0] = picture.getContext('2d')?.getImageData(200 * ratio, (150 + down) * ratio, 1, 1).data ?? []
  return `#${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

async function blobOf(dataUrl: string, damage = false): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(dataUrl)).arrayBuffer())
  return URL.createObjectURL(new Blob([damage ? bytes.slice(0, 60) : bytes]))
}

it('draws the road and the district that the archive holds, from ranges of its bytes', async () => {
  const shown = mapOf(await blobOf(archiveUrl))
  const { pane, surface } = readColours()
  expect(pane).not.toBe(surface)
  // The road is forty metres wide, three metres a pixel: its surface in the middle, the district's plain ground beside it.
  await expect.poll(() => pixelBelow(shown.picture(), 60), { timeout: 15_000 }).toBe(pane)
  expect(pixelBelow(shown.picture(), 0)).toBe(surface)
})

it('leaves a map that still works when the archive cannot be read', async () => {
  const shown = mapOf(await blobOf(archiveUrl, true))
  await shown.drawn()
  const { surface } = readColours()
  expect(pixelBelow(shown.picture(), 60)).toBe(surface)
  expect(shown.acrossM()).toBeCloseTo(1_200, -1)
})
