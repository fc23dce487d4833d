import { afterEach, expect, it } from 'vitest'
import type { GbSettings } from '#server/gb28181/settings'
import { systemIds } from '#server/platform/machine'
import { boundsOf } from '#shared/domain/geo/ring'
import { startFakeGbDevice } from '../../fakes/gb28181/fake-gb-device'
import { startFakeMediaGateway } from '../../fakes/gb28181/fake-media-gateway'
import { person } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { readEvents } from '../../fixtures/event-reader'
import { groundFiles, groundGrids, withGround } from '../../fixtures/ground'
import { onEveryDatabase } from './databases'

const serverId = '34020000002000000001'
const deviceId = '34020000001180000001'
const channel = (serial: number) => `3402000000132000000${serial}`
const password = 'Cam-12345'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

function middleOf(at: number): readonly [number, number] {
  const { west, south, east, north } = boundsOf(groundGrids[at]?.ring ?? [])
  return [(west + east) / 2, (south + north) / 2]
}

/** The city has entered one camera itself, under its own name. */
const cityCamera = {
  id: '230108',
  origin: 'demonstration' as const,
  document: {
    ...{ kind: 'cameras', title: '监控点' },
    cameras: [
      {
        cameraNo: '101',
        name: '市里起的名字',
        deviceId: channel(1),
        canTurn: true,
        position: middleOf(0),
        gridCodes: [groundGrids[0]?.code],
      },
    ],
  },
}

async function platform(start: (options?: object) => Promise<TestCentral>, more: Partial<GbSettings> = {}) {
  const central = await withGround(await start({ referenceFiles: [...groundFiles, cityCamera] }))
  const gateway = await startFakeMediaGateway()
  stops.push(() => gateway.stop())
  const { api, secret, play } = gateway
  const settings: GbSettings = {
    ...{ serverId, listen: { address: '127.0.0.1', port: 0 } },
    ...{ gateway: { kind: 'zlm', api, secret, play, rtpAddress: '127.0.0.1' }, ...more },
  }
  const opened = await central.central.attachGb(settings)
  if (!opened.ok) throw new Error(opened.error)
  const admin = await central.tokenFor('admin')
  const recorder = async (own: { password?: string } = {}) => {
    const made = await startFakeGbDevice({
      ...{ deviceId, password, serverId, port: opened.value.about.port, encoding: 'gb18030', declares: 'GB2312', ...own },
      channels: [
        { channelId: channel(1), name: '设备里的名字' },
        { channelId: channel(2), name: '模范街球机', position: middleOf(7), ptzType: 1 },
        { channelId: channel(3), name: '外县的', position: [90, 30] },
        { channelId: channel(4), name: '没有坐标', isOn: false },
      ],
    })
    stops.push(() => made.stop())
    return made
  }
  return { central, gateway, admin, recorder }
}

/** Time goes on, a second for every few looks, until it is so: datagrams take their own time on a busy machine. */
async function until<T>(central: TestCentral, read: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (let turn = 0; turn < 600; turn += 1) {
    const value = await read()
    if (isSo(value)) return value
    if (turn % 10 === 0) await central.clock.advance(1_000)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`not so after a minute: ${JSON.stringify(await read())}`)
}

const list = async (central: TestCentral, token: string) => (await central.call('gbDevices.list', { token })).body
const camerasOf = async (central: TestCentral, token: string) => {
  const { items } = (await central.call('reference.manifest', { token })).body
  const { id } = items.find(({ kind }: { kind: string }) => kind === 'cameras')
  return (await central.call('reference.get', { token, params: { kind: 'cameras', id } })).body.document.cameras
}

onEveryDatabase('devices of GB/T 28181', (start) => {
  it('are nobody’s where the centre is no platform', async () => {
    const central = await start()
    const token = await central.tokenFor('admin')
    expect(await list(central, token)).toEqual({ platform: null, items: [], refused: [] })
    const body = { deviceId, name: '录像机', password }
    expect((await central.call('gbDevices.create', { token, key: systemIds.uuid(), body })).body.code).toBe('gb/off')
  })

  it('become cameras of the directory, beside those of the city, and keep a ledger of their outages', async () => {
    const { central, admin, recorder } = await platform(start)
    const operator = await person(central, '2001', 'wallOperator')
    const reader = await readEvents(await central.listen(), operator.token)
    stops.push(async () => reader.close())
    const camera = await recorder()
    expect(await camera.register()).toBe(403)
    expect((await list(central, admin)).refused).toMatchObject([{ deviceId, why: 'unknown' }])
    const created = await central.call('gbDevices.create', {
      token: admin,
      key: systemIds.uuid(),
      body: { deviceId, name: '解放路录像机', password },
    })
    expect(created).toMatchObject({ status: 201, body: { deviceId, isOnline: false, version: 1 } })
    expect(await camera.register()).toBe(200)
    const cameras = await until(
      central,
      () => camerasOf(central, admin),
      (all) => all.length === 2,
    )
    expect([...cameras].sort((a, b) => Number(a.cameraNo) - Number(b.cameraNo))).toMatchObject([
      { cameraNo: '101', name: '市里起的名字', deviceId: channel(1), canTurn: true },
      { cameraNo: '1000', name: '模范街球机', deviceId: channel(2), canTurn: true, gridCodes: [groundGrids[7]?.code] },
    ])
    const channels = async () => (await central.call('gbDevices.channels', { token: admin, params: { deviceId } })).body.items
    const items = await until(central, channels, (all) => all[1]?.cameraNo === '1000')
    expect(items).toMatchObject([
      { cameraNo: '101', cameraName: '市里起的名字', name: '设备里的名字', missing: 'none', isOnline: true },
      { cameraNo: '1000', missing: 'none' },
      { cameraNo: null, missing: 'outside' },
      { cameraNo: null, missing: 'noPlace', isOnline: false },
    ])
    const states = async () => (await central.call('cameras.states', { token: operator.token })).body.items
    await until(central, states, (now) => now.length === 2)
    const leftAt = central.clock.now()
    expect(await camera.register({ expires: 0 })).toBe(200)
    expect(await until(central, states, ([one]) => !one.isOnline)).toMatchObject([
      { cameraNo: '1000', isOnline: false, cause: 'device' },
      { cameraNo: '101', isOnline: false, cause: 'device' },
    ])
    await reader.find(({ name, payload }) => name === 'cameras.stated' && payload.items.length === 2 && !payload.items[0].isOnline)
    await central.clock.advance(600_000)
    expect(await camera.register()).toBe(200)
    await until(central, states, ([one]) => one.isOnline)
    const query = { from: String(leftAt - 1), until: String(central.clock.now()) }
    const outages = (await central.call('cameras.outages', { token: operator.token, query })).body.items
    expect(outages).toHaveLength(2)
    for (const { beganAt, endedAt } of outages) expect(endedAt - beganAt).toBeGreaterThanOrEqual(600_000)
    expect(outages.map(({ name }: { name: string }) => name).sort()).toEqual(['市里起的名字', '模范街球机'])
  })

  it('give a picture and turn by the centre’s rules, in words when they do not', async () => {
    const { central, admin, recorder, gateway } = await platform(start)
    const operator = await person(central, '2001', 'wallOperator')
    await central.call('gbDevices.create', { token: admin, key: systemIds.uuid(), body: { deviceId, name: '录像机', password } })
    const camera = await recorder()
    const source = () => central.call('cameras.source', { token: operator.token, params: { cameraNo: '101' }, query: { quality: 'main' } })
    expect((await source()).body.code).toBe('camera/notInDirectory')
    await camera.register()
    await until(
      central,
      () => list(central, admin),
      ({ items }) => items[0].channels === 4,
    )
    const told = await source()
    expect(told.body).toMatchObject({
      kind: 'flv',
      address: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/rtp\/3402\d{16}-\w{12}\.live\.flv$/),
    })
    expect((await source()).body).toEqual(told.body)
    const ask = (body: object) => central.call('cameras.steer', { token: operator.token, params: { cameraNo: '101' }, body: { ask: body } })
    expect((await ask({ type: 'move', pan: 0, tilt: 0x64 / 0xff, zoom: 0 })).body).toMatchObject({ canTurn: true })
    expect((await ask({ type: 'stop' })).status).toBe(200)
    expect(camera.orders).toEqual([`${channel(1)} A50F010800640021`, `${channel(1)} A50F0100000000B5`])
    gateway.failWith('down')
    const other = central.call('cameras.source', { token: operator.token, params: { cameraNo: '101' }, query: { quality: 'sub' } })
    expect((await other).body).toMatchObject({ code: 'camera/noLivePicture', detail: { reason: '连不上流媒体网关' } })
    await camera.register({ expires: 0 })
    expect((await ask({ type: 'stop' })).body.code).toBe('camera/notSteered')
  })

  it('are changed by one hand after the other, and their password is nowhere to be read', async () => {
    const { central, admin, recorder } = await platform(start)
    const body = { deviceId, name: '录像机', password }
    await central.call('gbDevices.create', { token: admin, key: systemIds.uuid(), body })
    expect((await central.call('gbDevices.create', { token: admin, key: systemIds.uuid(), body })).body.code).toBe('record/exists')
    const change = (version: number, next: object) =>
      central.call('gbDevices.update', { token: admin, key: systemIds.uuid(), version, params: { deviceId }, body: next })
    const camera = await recorder()
    expect(await camera.register()).toBe(200)
    expect((await change(1, { password: 'New-98765', name: '换了口令' })).body).toMatchObject({ version: 2, name: '换了口令' })
    expect((await change(1, { name: 'x' })).body.code).toBe('record/stale')
    expect(await camera.register()).toBe(403)
    expect(await camera.register({ password: 'New-98765' })).toBe(200)
    expect((await change(2, { isEnabled: false })).body).toMatchObject({ isOnline: false, isEnabled: false })
    expect(await camera.keepAlive()).toBe(403)
    const audit = JSON.stringify((await central.call('audit.list', { token: admin })).body)
    expect(audit).toContain('gbDevice.updated')
    expect(`${audit}${JSON.stringify(await list(central, admin))}${JSON.stringify(central.log.lines)}`).not.toMatch(/Cam-12345|New-98765/)
  })
})
