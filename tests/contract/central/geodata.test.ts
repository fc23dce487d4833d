import { PMTiles } from 'pmtiles'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { stepGeoImport } from '#server/store/geo-import-store'
import { writeVersions } from '#server/store/geo-store'
import { beginWriting } from '#server/store/geo-writing'
import { failLostImports } from '#server/workflows/geo/manage-imports'
import { ok } from '#shared/base/result'
import { fromCgcs2000 } from '#shared/domain/geo/coordinate-system'
import { boundsOf } from '#shared/domain/geo/ring'
import { changeOf, changesOfDivision, nextGridCodes, type Versioned } from '#shared/domain/geodata/divide-grid'
import { contentOf } from '#shared/domain/geodata/layers'
import { divided } from '#shared/domain/geodata/outlines'
import type { TestCentral } from '../../fixtures/central'
import { applied, type GridFeature, geoJsonOf, groundFiles, groundGrids, imported, withGround } from '../../fixtures/ground'
import { movedBy } from '../../fixtures/mesh-of-grids'
import { onEveryDatabase } from './databases'

const first = groundGrids[0] as GridFeature
const middle = groundGrids[7] as GridFeature

const shifted = ({ code, ring }: GridFeature, east: number, north: number): GridFeature => ({
  code,
  ring: ring.map((corner) => movedBy(corner, east, north)),
})

async function keeper(start: (options?: object) => Promise<TestCentral>) {
  const central = await withGround(await start({ referenceFiles: groundFiles }))
  const token = await central.tokenFor('assistant')
  return { central, token }
}

const boxOf = (ring: GridFeature['ring']) => {
  const { west, south, east, north } = boundsOf(ring)
  return [west, south, east, north] as const
}

const layersOf = async (central: TestCentral, token: string) => (await central.call('geo.layers', { token })).body
const gridOf = async (central: TestCentral, token: string, code: string) =>
  (await central.call('geo.get', { token, params: { layer: 'grid', code } })).body

onEveryDatabase('geodata', (start) => {
  it('takes over the ground of the reference documents, once', async () => {
    const { central, token } = await keeper(start)
    await withGround(central)
    const { items } = await layersOf(central, token)
    expect(items.filter(({ active }: { active: number }) => active > 0)).toMatchObject([
      { layer: 'district', active: 1 },
      { layer: 'street', active: 1 },
      { layer: 'community', active: 1 },
      { layer: 'grid', active: 20 },
    ])
    expect(await gridOf(central, token, first.code)).toMatchObject({ version: 1, parentCode: '230108001001', changedBy: null })
  })

  it('refuses a file with faults, names each with row and reason, and changes nothing', async () => {
    const { central, token } = await keeper(start)
    const before = await layersOf(central, token)
    const cases: readonly (readonly [Buffer, object])[] = [
      [geoJsonOf([first, shifted(middle, 12, 0)]), { kind: 'overlap', row: 2, code: middle.code, reason: expect.stringContaining('重叠') }],
      [
        geoJsonOf([{ code: first.code, ring: first.ring.slice(0, -1) }]),
        { kind: 'openRing', row: 1, code: first.code, reason: expect.stringMatching(/边界没有闭合，首尾相距 \d+/) },
      ],
      [
        geoJsonOf([{ ...first, code: '23010800100100' }]),
        { kind: 'wrongCode', row: 1, reason: expect.stringContaining('应为 15 位数字，这里是 14 位') },
      ],
      [
        geoJsonOf([{ ...first, code: '230108009001001' }]),
        { kind: 'wrongCode', row: 1, reason: expect.stringContaining('社区 230108009001 不存在') },
      ],
      [geoJsonOf([first, first]), { kind: 'duplicateCode', row: 2, reason: expect.stringContaining('与第 1 行重复') }],
      [
        Buffer.from('{"type":"FeatureCollection","features":[{"type":"Fea'),
        { kind: 'unreadable', reason: expect.stringContaining('不完整') },
      ],
    ]
    for (const [bytes, problem] of cases) {
      const { body } = await imported(central, token, bytes)
      expect(body).toMatchObject({ state: 'refused', hasReport: true })
      expect(body.problems).toContainEqual(expect.objectContaining({ severity: 'error', ...problem }))
      expect(await applied(central, token, body.importId)).toMatchObject({ status: 409, body: { code: 'geo/notReady' } })
      const report = await central.call('geo.importReport', { token, params: { importId: body.importId } })
      expect(report.body.subarray(0, 2).toString()).toBe('PK')
    }
    expect(await layersOf(central, token)).toEqual(before)
  })

  it('tells a file in GCJ-02 that says CGCS2000, and takes it when it says the truth', async () => {
    const { central, token } = await keeper(start)
    const inGcj = groundGrids.map(({ code, ring }) => ({
      code,
      ring: ring.map(([lng, lat]) => fromCgcs2000({ lng, lat }, { system: 'GCJ-02' })),
    }))
    const lied = await imported(central, token, geoJsonOf(inGcj))
    expect(lied.body).toMatchObject({ state: 'refused', counts: { errors: 1 } })
    expect(lied.body.problems).toMatchObject([{ kind: 'shiftedCoordinates', reason: expect.stringContaining('100% 的抽样符合 GCJ-02') }])
    const honest = await imported(central, token, geoJsonOf(inGcj), { coordinates: { system: 'GCJ-02' } })
    expect(honest.body).toMatchObject({ state: 'ready', counts: { errors: 0 } })
  })

  it('refuses 200 MB before a byte is sent, and says how much it takes', async () => {
    const { central, token } = await keeper(start)
    const answer = await imported(central, token, Buffer.from('x'), { bytes: 200 * 1_048_576 })
    expect(answer).toMatchObject({ status: 413, body: { code: 'geo/fileTooLarge' } })
    expect(answer.body.title).toBe('文件有 200 MB，超过一次导入的上限 64 MB，没有收下；请按街道分成几个文件导入。')
    const other = await imported(central, token, geoJsonOf([first]))
    expect(other.body).toMatchObject({ state: 'ready', counts: { rows: 1, added: 0, changed: 0, unchanged: 1 } })
  })

  it('writes what is sound in one go, keeps the history, and gives up what a whole file leaves out', async () => {
    const { central, token } = await keeper(start)
    const left = groundGrids.filter(({ code }) => code !== groundGrids[19]?.code)
    const { body } = await imported(central, token, geoJsonOf(left, { NAME: '新名' }), { mode: 'replace' })
    expect(body).toMatchObject({ state: 'ready', counts: { rows: 19, added: 0, changed: 19, retired: 1, errors: 0 } })
    expect((await gridOf(central, token, first.code)).version).toBe(1)
    await central.clock.advance(60_000)
    expect((await applied(central, token, body.importId)).body).toMatchObject({ state: 'applied' })
    expect(await gridOf(central, token, first.code)).toMatchObject({ version: 2, name: '新名', note: '年度普查', importId: body.importId })
    expect(await gridOf(central, token, '230108001001020')).toMatchObject({ version: 2, state: 'retired', validTo: '2026-11-21' })
    const { items } = (await central.call('geo.history', { token, params: { layer: 'grid', code: first.code } })).body
    expect(items.map(({ version, name }: { version: number; name: string }) => [version, name])).toEqual([
      [2, '新名'],
      [1, null],
    ])
    const then = String(central.clock.now() - 30_000)
    const past = await central.call('geo.get', { token, params: { layer: 'grid', code: first.code }, query: { at: then } })
    expect(past.body).toMatchObject({ version: 1, name: null })
    const again = await imported(central, token, geoJsonOf([groundGrids[19] as GridFeature], { STATE: '在用' }))
    expect(again.body.problems).toContainEqual(expect.objectContaining({ kind: 'reusedCode', row: 1 }))
  })

  it('shows nothing of an import before all of it is written, and takes back one that died half-way', async () => {
    const { central, token } = await keeper(start)
    const { services } = central.central
    const { body } = await imported(central, token, geoJsonOf([first, middle], { NAME: '半途' }))
    const params = { layer: 'grid', code: first.code }
    const before = {
      grid: await gridOf(central, token, first.code),
      layers: await layersOf(central, token),
      history: (await central.call('geo.history', { token, params })).body,
    }
    // As the process that died left it: begun, and one of two pieces written.
    await stepGeoImport(services.db, body.importId, ['ready'], { state: 'applying' }, central.clock.now())
    await services.transactor.inTransaction(async (unit) => {
      const at = await beginWriting(unit.trx, body.importId, central.clock.now())
      const { layer, code, version, ...content } = before.grid
      await writeVersions(unit.trx, [{ ...content, layer, code, version: version + 1, name: '半途' }], {
        ...{ at, by: null, note: '', importId: body.importId },
      })
      return ok(undefined)
    })
    const now = async () => ({
      grid: await gridOf(central, token, first.code),
      layers: await layersOf(central, token),
      history: (await central.call('geo.history', { token, params })).body,
    })
    expect(await now()).toEqual(before)
    const change = { layer: 'grid', code: middle.code, version: 1, content: contentOf(await gridOf(central, token, middle.code)) }
    const save = () => central.call('geo.save', { token, key: systemIds.uuid(), body: { changes: [change], note: '改' } })
    expect(await save()).toMatchObject({ status: 409, body: { code: 'geo/importRunning' } })
    await failLostImports(services)
    expect(await now()).toEqual(before)
    expect(await save()).toMatchObject({ status: 200 })
    const ended = await central.call('geo.import', { token, params: { importId: body.importId } })
    expect(ended.body).toMatchObject({ state: 'failed' })
    const again = await imported(central, token, geoJsonOf([first], { NAME: '再来' }))
    expect((await applied(central, token, again.body.importId)).body).toMatchObject({ state: 'applied' })
    expect(await gridOf(central, token, first.code)).toMatchObject({ version: 2, name: '再来' })
  })

  it('lets one import in at a time, and cancels it without a trace', async () => {
    const { central, token } = await keeper(start)
    const { body } = await imported(central, token, geoJsonOf([first], { NAME: '改' }))
    expect(await imported(central, token, geoJsonOf([middle]))).toMatchObject({ status: 409, body: { code: 'geo/importRunning' } })
    const params = { importId: body.importId }
    const cancelled = await central.call('geo.cancelImport', { token, key: systemIds.uuid(), params, body: {} })
    expect(cancelled.body).toMatchObject({ state: 'cancelled' })
    expect(await applied(central, token, body.importId)).toMatchObject({ status: 409 })
    expect((await gridOf(central, token, first.code)).version).toBe(1)
    expect((await imported(central, token, geoJsonOf([middle]))).body.state).toBe('ready')
  })

  it('changes single grids together with their neighbours, by the version that was seen', async () => {
    const { central, token } = await keeper(start)
    const [left, right] = [groundGrids[6] as GridFeature, middle]
    const content = async (code: string, ring: GridFeature['ring']) => {
      const found = await gridOf(central, token, code)
      const { name, state, parentCode, departmentCode, ownerCode, validFrom, validTo, attributes } = found
      const geometry = { type: 'Polygon', coordinates: [ring] }
      return {
        ...{ layer: 'grid', code, version: found.version },
        content: { name, state, parentCode, departmentCode, ownerCode, validFrom, validTo, geometry, attributes },
      }
    }
    // The corner between the two on their shared side, five metres to the east.
    const shared = left.ring.find((corner) => right.ring.some((other) => String(other) === String(corner))) as [number, number]
    const isShared = (corner: readonly [number, number]) => String(corner) === String(shared)
    const bent = (grid: GridFeature) => grid.ring.map((corner) => (isShared(corner) ? movedBy(corner, 5, 0) : corner))
    const touching = groundGrids.filter(({ ring }) => ring.some(isShared))
    const save = (changes: readonly object[]) =>
      central.call('geo.save', { token, key: systemIds.uuid(), body: { changes, note: '道路改建' } })
    const alone = await save([await content(left.code, bent(left))])
    expect(alone).toMatchObject({ status: 422, body: { code: 'geo/refused' } })
    expect(alone.body.title).toMatch(/重叠|空隙/)
    const changes = await Promise.all(touching.map((grid) => content(grid.code, bent(grid))))
    const together = await save(changes)
    expect(together).toMatchObject({ status: 200, body: { warnings: [] } })
    expect(together.body.items).toHaveLength(touching.length)
    expect(await save(changes)).toMatchObject({ status: 412, body: { code: 'record/stale' } })
    const audit = await central.call('audit.list', { token: await central.tokenFor('admin'), query: { action: 'geo.changed' } })
    expect(audit.body.items).toHaveLength(touching.length)
  })

  it('divides a grid in one change: what stands in it moves into grids that the same change adds', async () => {
    const { central, token } = await keeper(start)
    const save = (changes: readonly object[]) =>
      central.call('geo.save', { token, key: systemIds.uuid(), body: { changes, note: '网格拆分' } })
    const featureOf = async (layer: string, code: string): Promise<Versioned> =>
      (await central.call('geo.get', { token, params: { layer, code } })).body
    const grid = await featureOf('grid', middle.code)
    const [west, south, east, north] = boxOf(middle.ring)
    const parts = divided(middle.ring, [
      [(west + east) / 2, south - 0.001],
      [(west + east) / 2, north + 0.001],
    ])
    if (typeof parts === 'string') throw new Error(parts)
    const patrol = { name: '王采集', state: 'active', parentCode: null, departmentCode: null, ownerCode: null, validFrom: '2025-01-01' }
    const attributes = { substituteNo: '6002', gridCodes: [middle.code] }
    const added = { layer: 'patrolArea', code: '6001', version: null, content: { ...patrol, validTo: null, geometry: null, attributes } }
    expect(await save([added])).toMatchObject({ status: 200 })
    const codes = nextGridCodes('230108001001', [...groundGrids.map(({ code }) => code)], 2) as [string, string]
    const naming = [await featureOf('patrolArea', '6001')]
    const changes = changesOfDivision({ grid, parts, codes, within: [], naming, today: '2026-11-28' })
    // The patrol area first: the centre orders a set by what others refer to.
    const answer = await save([...changes].reverse())
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
    expect(await featureOf('grid', middle.code)).toMatchObject({ state: 'retired' })
    expect((await featureOf('patrolArea', '6001')).attributes.gridCodes).toEqual(codes)
    // A set that fails in its last layer leaves nothing of the first behind.
    const other = await featureOf('grid', first.code)
    const wrong = changeOf(await featureOf('patrolArea', '6001'), { attributes: { substituteNo: '6002', gridCodes: ['230108001001999'] } })
    expect(await save([changeOf(other, { name: '改名' }), wrong])).toMatchObject({ status: 422, body: { code: 'geo/refused' } })
    expect(await featureOf('grid', first.code)).toMatchObject({ version: other.version, name: other.name })
  })

  it('gives a layer out in every format so that it comes in again unchanged', async () => {
    const { central, token } = await keeper(start)
    const systems = [
      { system: 'CGCS2000' },
      { system: 'BD-09' },
      { system: 'gaussKruger', centralMeridian: 126, falseEasting: 500_000, falseNorthing: 0, scale: 1 },
    ]
    for (const [at, format] of (['geojson', 'shapefile', 'xlsx'] as const).entries()) {
      const exportId = systemIds.uuid()
      const coordinates = systems[at] as { readonly system: 'CGCS2000' }
      const wish = { exportId, layer: 'grid', format, coordinates, includeRetired: false }
      const made = await central.call('geo.export', { token, key: exportId, body: wish })
      expect(made).toMatchObject({ status: 201, body: { features: 20 } })
      const file = await central.call('geo.exportFile', { token, params: { exportId } })
      expect(file.body).toHaveLength(made.body.bytes)
      const { body } = await imported(central, token, file.body, { format, coordinates, mode: 'replace', fileName: made.body.fileName })
      expect(body).toMatchObject({ state: 'ready', problems: [], counts: { rows: 20, retired: 0, added: 0, errors: 0 } })
      const params = { importId: body.importId }
      await central.call('geo.cancelImport', { token, key: systemIds.uuid(), params, body: {} })
    }
  })

  it('makes documents and tiles of it for seats, and reads the archive by ranges', async () => {
    const { central, token } = await keeper(start)
    const { services } = central.central
    const { body } = await imported(central, token, geoJsonOf([first], { NAME: '新名' }))
    await applied(central, token, body.importId)
    await services.geoPublisher.publishDue()
    const { items } = (await central.call('reference.manifest', { token })).body
    expect(items).toContainEqual(expect.objectContaining({ kind: 'grids', entries: 20, origin: 'city' }))
    const tiles = await central.call('reference.get', { token, params: { kind: 'mapTiles', id: 'city' } })
    const { sha256, bytes, layers } = tiles.body.document
    expect(layers).toContainEqual({ id: 'grid', features: 20, minZoom: 12 })
    const params = { archiveId: sha256 }
    const part = await central.call('geo.tiles', { token, params, headers: { range: 'bytes=0-6' } })
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': `bytes 0-6/${bytes}`, etag: `"${sha256}"` } })
    expect(part.body.toString()).toBe('PMTiles')
    expect((await central.call('geo.tiles', { token, params, headers: { 'if-none-match': `"${sha256}"` } })).status).toBe(304)
    expect((await central.call('geo.tiles', { token, params, headers: { range: `bytes=${bytes}-` } })).status).toBe(416)
    const whole = await central.call('geo.tiles', { token, params })
    const archive = new PMTiles({
      getKey: () => sha256,
      getBytes: async (offset: number, length: number) => ({ data: new Uint8Array(whole.body.subarray(offset, offset + length)).buffer }),
    })
    expect(await archive.getHeader()).toMatchObject({ minZoom: 8, maxZoom: 16, tileType: 1, clustered: true })
    const [lng, lat] = middle.ring[0] as [number, number]
    const column = Math.floor(((lng + 180) / 360) * 2 ** 16)
    const sin = Math.sin((lat * Math.PI) / 180)
    const row = Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 2 ** 16)
    const tile = await archive.getZxy(16, column, row)
    expect(Buffer.from(tile?.data as ArrayBuffer).includes(Buffer.from(middle.code))).toBe(true)
  })

  it('is changed by its keepers alone', async () => {
    const { central } = await keeper(start)
    for (const role of ['intake', 'dispatcher', 'director'] as const) {
      const token = await central.tokenFor(role)
      expect((await imported(central, token, geoJsonOf([first]))).status).toBe(403)
      expect((await central.call('geo.layers', { token })).status).toBe(200)
    }
  })
})
