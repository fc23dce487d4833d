import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { serveMapTiles } from '#main/shell/serve-map-tiles'
import { createMapTileFiles } from '#main/store/map-tiles'
import { createMapTilesKeeper, type MapTilesParts } from '#main/workflows/map-tiles'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { createFakeClock } from '../../../fakes/fake-clock'
import { createKeptLog } from '../../../fakes/kept-log'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seat-tiles-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const archiveOf = (fill: number) => {
  const bytes = Buffer.alloc(1_300_000, fill)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const document = {
    kind: 'mapTiles',
    title: '地图切片',
    sha256,
    bytes: bytes.length,
    minZoom: 8,
    maxZoom: 16,
    bounds: [1, 2, 3, 4],
    layers: [],
  }
  return { bytes, sha256, document }
}
type Archive = ReturnType<typeof archiveOf>

/** A seat whose centre gives pieces until it is told not to. */
function seat(first: Archive) {
  const clock = createFakeClock(0)
  const settings = new Map<string, unknown>()
  const views: unknown[] = []
  const ranges: string[] = []
  const world = {
    archive: first,
    document: first.document as object,
    online: true,
    lineFree: true,
    breakAfter: Number.POSITIVE_INFINITY,
    damage: false,
  }
  const call = async (_name: string, { range }: { range: { from: number; until: number } }) => {
    if (ranges.length >= world.breakAfter) return err(appError('central/offline'))
    ranges.push(`${range.from}-${range.until}`)
    const bytes = new Uint8Array(world.archive.bytes.subarray(range.from, range.until))
    if (world.damage) bytes[0] = (bytes[0] ?? 0) + 1
    return ok({ bytes, mediaType: 'application/vnd.pmtiles' })
  }
  const files = createMapTileFiles(folder)
  const parts = {
    store: {
      reference: { get: () => ({ document: world.document }) },
      settings: { get: (name: string) => settings.get(name), set: (name: string, value: unknown) => settings.set(name, value) },
    },
    ...{ files, clock, log: createKeptLog(), central: { call } },
    publish: (_topic: string, state: unknown) => views.push(state),
    isOnline: () => world.online,
    isLineFree: () => world.lineFree,
  } as unknown as MapTilesParts
  const keeper = createMapTilesKeeper(parts)
  const looked = async () => {
    keeper.look()
    await keeper.idle()
  }
  return { keeper, world, ranges, views, clock, looked, files }
}

it('downloads an archive piece by piece and serves it by ranges', async () => {
  const archive = archiveOf(1)
  const { keeper, ranges, views, looked } = seat(archive)
  await looked()
  expect(ranges).toEqual(['0-524288', '524288-1048576', '1048576-1300000'])
  expect(views.at(-1)).toMatchObject({
    archive: { sha256: archive.sha256, address: `/map-tiles/${archive.sha256}.pmtiles` },
    download: null,
  })
  const served = serveMapTiles(keeper.archive, { path: `/map-tiles/${archive.sha256}.pmtiles`, method: 'GET', range: 'bytes=10-19' })
  expect(served).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 10-19/1300000', etag: `"${archive.sha256}"` } })
  const pieces: Uint8Array[] = []
  for await (const piece of served?.body ?? []) pieces.push(piece)
  expect(Buffer.concat(pieces)).toEqual(archive.bytes.subarray(10, 20))
  expect(serveMapTiles(keeper.archive, { path: '/map-tiles/../seat.db', method: 'GET', range: undefined })).toBeUndefined()
})

it('goes on where it stopped, also in another run of the program, and keeps the old archive in use meanwhile', async () => {
  const [old, newer] = [archiveOf(1), archiveOf(2)]
  const { keeper, world, ranges, views, looked, files } = seat(old)
  await looked()
  Object.assign(world, { archive: newer, document: newer.document, breakAfter: 4 })
  await looked()
  expect(ranges).toHaveLength(4)
  expect(views.at(-1)).toMatchObject({
    archive: { sha256: old.sha256 },
    download: { received: 524_288, bytes: 1_300_000 },
    problem: expect.any(String),
  })
  world.breakAfter = Number.POSITIVE_INFINITY
  await keeper.stop()
  expect(files.received(newer.sha256)).toBe(524_288)
  const again = seat(newer)
  await again.looked()
  expect(again.ranges).toEqual(['524288-1048576', '1048576-1300000'])
  expect(files.whole()).toEqual([newer.sha256])
})

it('throws away what is not what was announced, and tries again later', async () => {
  const { world, views, looked, files, clock } = seat(archiveOf(3))
  world.damage = true
  await looked()
  expect(files.whole()).toEqual([])
  expect(views.at(-1)).toMatchObject({ archive: null, problem: expect.stringContaining('核对不一致') })
  world.damage = false
  await clock.advance(30_000)
  await looked()
  expect(files.whole()).toHaveLength(1)
})

it('asks for nothing while somebody speaks, or without the centre', async () => {
  const { world, ranges, looked } = seat(archiveOf(4))
  world.lineFree = false
  await looked()
  world.lineFree = true
  world.online = false
  await looked()
  expect(ranges).toEqual([])
})
