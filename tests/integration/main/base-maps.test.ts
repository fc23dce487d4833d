import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serveBaseMap } from '#main/shell/serve-base-map'
import { createTileFetcher } from '#server/base-maps/fetch-tile'
import { type BaseMapSource, tianditu } from '#shared/domain/base-map/source'
import { spotOf } from '#shared/domain/base-map/tile-plane'
import { type FakeMapService, startFakeMapService } from '../../fakes/fake-map-service'
import { groundFiles } from '../../fixtures/ground'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre } from './harness'

const key = 'k-0123456789abcdef'
const here = { lng: 126.6424, lat: 45.7567 }
const street = { rank: 'main', lines: [[[126.63, 45.7567] as const, [126.66, 45.7567] as const]] } as const
const { z, x, y } = { z: 15, ...spotOf(tianditu('electronic', 'w'), here, 15) }

let centre: TestCentre
let place: SeatPlace
let service: FakeMapService
beforeEach(async () => {
  centre = await startCentre({ referenceFiles: groundFiles })
  place = createSeatPlace(centre.proxy.url)
  service = await startFakeMapService({ ...tianditu('electronic', 'w'), look: 'electronic' }, [street], key)
})
afterEach(async () => {
  await place.remove()
  await service.stop()
  await centre.stop()
})

const source = (): BaseMapSource => ({ ...tianditu('electronic', 'w'), layers: [service.template], subdomains: [] })

type Running = Awaited<ReturnType<SeatPlace['start']>>
async function configured(): Promise<Running> {
  const seat = await place.start()
  await seat.must('session.signIn', { accountNo: '0001', password })
  const wish = {
    seenHash: null,
    sources: [{ ...source(), layers: [...source().layers], subdomains: [] }],
    keys: { [source().sourceId]: key },
  }
  expect(await seat.must('baseMaps.save', wish as never)).toMatchObject({ keyed: ['tianditu-vec'] })
  await seat.until('baseMaps.changed', ({ sources }) => sources.length === 1)
  return seat
}

async function ask(seat: Running, at = { z, x, y }) {
  const [address] = (await seat.state('baseMaps.changed'))?.sources[0]?.addresses ?? []
  const path = `${address}${at.z}/${at.x}/${at.y}`
  return serveBaseMap(seat.seat.baseMapTile, { path, method: 'GET', range: undefined })
}

it('gives the page a square by way of the centre, keeps it, and shows it without the centre with its age', async () => {
  const seat = await configured()
  const served = await ask(seat)
  expect(served).toMatchObject({ status: 200, headers: { 'content-type': 'image/png' } })
  expect(service.asked).toHaveLength(1)
  await ask(seat)
  expect(service.asked).toHaveLength(1)
  // Far from every street: the service has nothing there, and that is no fault.
  expect(await ask(seat, { z, x: 3, y: 4 })).toBeUndefined()
  expect((await seat.state('baseMaps.changed'))?.sources[0]).toMatchObject({ state: 'live', problem: null })

  centre.proxy.set('cut')
  await seat.until('connection.changed', ({ state }) => state === 'offline')
  expect(await ask(seat)).toMatchObject({ status: 200 })
  const stale = (await seat.state('baseMaps.changed'))?.sources[0]
  expect(stale).toMatchObject({ state: 'stale', problem: '中心连不上' })
  expect(Math.abs((stale?.asOf ?? 0) - Date.now())).toBeLessThan(600_000)
  expect(await ask(seat, { z, x: x + 1, y })).toBeUndefined()
  expect((await seat.state('baseMaps.changed'))?.sources[0]?.state).toBe('missing')
})

it('tells key and host to nobody: no window, no document, no log, no audit', async () => {
  const seat = await configured()
  await ask(seat)
  service.behave('broken')
  await ask(seat, { z, x: x + 1, y })
  const document = await seat.must('reference.get', { kind: 'baseMaps', id: 'city' })
  const audit = await seat.must('audit.list', {})
  expect(audit.items).toContainEqual(expect.objectContaining({ action: 'baseMaps.keysChanged', detail: { sources: ['tianditu-vec'] } }))
  const settings = await seat.must('baseMaps.get', {})
  const shown = JSON.stringify([await seat.state('baseMaps.changed'), document, audit, settings])
  expect(shown).not.toContain(key)
  expect(JSON.stringify(await seat.state('baseMaps.changed'))).not.toContain('127.0.0.1')
  expect(JSON.stringify(centre.log)).not.toContain(key)
  expect(readFileSync(join(place.dataFolder, 'seat.db')).includes(key)).toBe(false)
})

it('says in words why a service gives no picture, and does not follow it elsewhere', async () => {
  const seat = await configured()
  for (const [how, words] of [
    ['notAPicture', '回答的不是图片'],
    ['redirecting', '不跟随'],
  ] as const) {
    service.behave(how)
    expect(await ask(seat)).toBeUndefined()
    expect((await seat.state('baseMaps.changed'))?.sources[0]?.problem).toContain(words)
  }
  expect(service.asked.every((path) => path.startsWith('/vec_w/'))).toBe(true)
})

it('takes a key nowhere but to the hosts it was entered for', async () => {
  const seat = await configured()
  const { hash } = await seat.must('baseMaps.get', {})
  const moved = { ...source(), layers: [service.template.replace('127.0.0.1', 'localhost')] }
  const refused = await seat.call('baseMaps.save', { seenHash: hash, sources: [moved], keys: {} } as never)
  expect(refused).toMatchObject({ ok: false, error: { code: 'baseMap/unfit', message: expect.stringContaining('换了主机') } })
})

it('answers only the addresses of what is configured', async () => {
  const seat = await configured()
  const [address = ''] = (await seat.state('baseMaps.changed'))?.sources[0]?.addresses ?? []
  for (const path of [
    `${address}19/${x}/${y}`,
    `${address.replace('/0/', '/1/')}${z}/${x}/${y}`,
    `/base-maps/tianditu-vec/0000000000000000/0/${z}/${x}/${y}`,
    `/base-maps/other/0000000000000000/0/${z}/${x}/${y}`,
    `${address}../../${z}`,
  ])
    expect(await serveBaseMap(seat.seat.baseMapTile, { path, method: 'GET', range: undefined })).toBeUndefined()
  expect(service.asked).toEqual([])
})

it('reaches neither this machine nor the addresses of clouds, by number or by name', async () => {
  const fetcher = createTileFetcher({ withinMs: 3_000, mayReachLoopback: false })
  for (const host of [`127.0.0.1:${service.port}`, `localhost:${service.port}`, '169.254.169.254', '[::1]', '0.0.0.0'])
    expect(await fetcher.fetch(`http://${host}/tile.png`)).toMatchObject({ ok: false, error: { kind: 'refused' } })
  fetcher.close()
  expect(service.asked).toEqual([])
})
