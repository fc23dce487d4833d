import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { createWallDriver, isSoftwareWall } from '#main/wall/create-driver'
import type { WallDriver } from '#main/wall/driver'
import { pjlinkDigest, readPower, setPower } from '#main/wall/pjlink'
import { readWallSetup } from '#main/wall/read-setup'
import { gridLayout } from '#shared/domain/wall/layout'
import { isapiWallSetup, startFakeIsapiWall } from '../../fakes/fake-isapi-wall'
import { startFakeTextWall, textWallSetup } from '../../fakes/fake-text-wall'
import { createFakeWallWindows, type FakeWallWindows } from '../../fakes/fake-wall-windows'

const clock = createSystemClock()
const size = { columns: 4, rows: 3 }
const grid = gridLayout(size, 4, 3)
const camera = (id: string) => ({ kind: 'camera', id, title: `${id} 号` }) as const

/** One product with its simulator, as the suite needs it. */
interface Simulated {
  readonly wall: WallDriver
  /** Changed at the device itself, past the workstation; absent: nobody can. */
  putByHand?(cell: number, id: string): void
  failWith(words: string | null): void
  unplug(): Promise<void>
  plugIn(): Promise<void>
  end(): Promise<void>
}

function driverOf(setupValue: unknown, windows?: FakeWallWindows): WallDriver {
  const setup = readWallSetup(setupValue)
  if (!setup.ok) throw new Error(setup.error.message)
  let kept: unknown = null
  const memory = {
    read: () => kept,
    write(value: unknown) {
      kept = value
    },
  }
  const driver = createWallDriver(setup.value.driver, { clock, windows, memory, fetch })
  if (!driver) throw new Error('this configuration has no driver here')
  return driver
}

async function textWall(): Promise<Simulated> {
  const device = await startFakeTextWall()
  return {
    wall: driverOf(textWallSetup(device.port)),
    putByHand: (cell, id) => device.put(cell, id === '1008' ? 'IN1' : 'IN2'),
    failWith: device.failWith,
    unplug: device.unplug,
    plugIn: device.plugIn,
    end: device.unplug,
  }
}

async function softwareWall(): Promise<Simulated> {
  const windows = createFakeWallWindows()
  const wall = driverOf({ wallId: 'hall', driver: { kind: 'software' } }, windows)
  if (!isSoftwareWall(wall)) throw new Error('not the software wall')
  windows.follow(wall)
  wall.begin()
  return {
    wall,
    failWith: windows.failWith,
    unplug: async () => windows.unplugDisplay(),
    plugIn: async () => windows.plugInDisplay(),
    end: () => wall.stop(),
  }
}

async function isapiWall(): Promise<Simulated> {
  const device = await startFakeIsapiWall()
  return {
    wall: driverOf(isapiWallSetup(device.port)),
    putByHand: (cell, id) =>
      device.put(
        grid.tiles.find((tile) => tile.cell === cell),
        id === '1008' ? 'input:16842753' : 'stream:3',
      ),
    failWith: device.failWith,
    unplug: device.unplug,
    plugIn: device.plugIn,
    end: device.unplug,
  }
}

const litOf = async (wall: WallDriver, layout = grid) => {
  const state = await wall.getState(layout, size)
  if (!state.ok) throw new Error(state.error.message)
  return Object.fromEntries(state.value.cells.flatMap(({ cell, content }) => (content ? [[cell, content.id]] : [])))
}

describe.each([
  { name: 'lines of text', make: textWall },
  { name: 'software wall', make: softwareWall },
  { name: 'ISAPI decoder', make: isapiWall },
])('a wall driver: $name', ({ make }) => {
  let device: Simulated
  beforeEach(async () => {
    device = await make()
  })
  afterEach(() => device.end())

  it('says what it is', async () => {
    const { wall } = device
    expect(wall.product).not.toBe('')
    expect(wall.capabilities().mostTiles).toBeGreaterThanOrEqual(12)
    expect(wall.capabilities().kinds).toContain('camera')
    const outputs = await wall.listOutputs()
    expect(outputs.ok && outputs.value.length).toBeGreaterThan(0)
    expect((await wall.listSources()).ok).toBe(true)
  })

  it('shows, replaces and clears, and says of itself what it shows', async () => {
    const { wall } = device
    expect(await wall.setLayout(grid, size)).toEqual({ ok: true, value: undefined })
    expect(await wall.assign(3, camera('1008'))).toEqual({ ok: true, value: undefined })
    expect(await wall.assign(4, camera('1011'))).toEqual({ ok: true, value: undefined })
    expect(await litOf(wall)).toEqual({ 3: '1008', 4: '1011' })
    expect((await wall.assign(3, camera('1011'))).ok).toBe(true)
    expect((await wall.clear(4)).ok).toBe(true)
    expect(await litOf(wall)).toEqual({ 3: '1011' })
  })

  it('keeps a scene in its own memory', async () => {
    const { wall } = device
    if (!wall.capabilities().hasScenes) return
    await wall.setLayout(grid, size)
    await wall.assign(3, camera('1008'))
    expect((await wall.saveScene(1)).ok).toBe(true)
    await wall.clear(3)
    await wall.assign(5, camera('1011'))
    expect((await wall.recallScene(1)).ok).toBe(true)
    expect(await litOf(wall)).toEqual({ 3: '1008' })
  })

  it('shows another layout when its cells are asked for again', async () => {
    const { wall } = device
    await wall.setLayout(grid, size)
    await wall.assign(12, camera('1008'))
    await wall.setLayout(gridLayout(size, 2, 2), size)
    expect((await wall.assign(1, camera('1011'))).ok).toBe(true)
    expect(await litOf(wall, gridLayout(size, 2, 2))).toEqual({ 1: '1011' })
  })

  it('gives back in words what was refused, and leaves the rest as it was', async () => {
    const { wall } = device
    await wall.setLayout(grid, size)
    await wall.assign(1, camera('1008'))
    device.failWith('解码通道已满')
    expect(await wall.assign(2, camera('1011'))).toMatchObject({
      error: { code: 'wall/refused', message: expect.stringContaining('解码通道已满') },
    })
    device.failWith(null)
    expect((await litOf(wall))[1]).toBe('1008')
  })

  it('refuses a cell that the layout does not have', async () => {
    const { wall } = device
    await wall.setLayout(gridLayout(size, 2, 2), size)
    expect(await wall.assign(9, camera('1008'))).toMatchObject({ error: { code: 'wall/refused' } })
  })

  it('is unreachable while it is unplugged, and when it is back says what is really on, not what was asked meanwhile', async () => {
    const { wall } = device
    await wall.setLayout(grid, size)
    await wall.assign(1, camera('1008'))
    await device.unplug()
    expect(await wall.getState(grid, size)).toMatchObject({ ok: false, error: { code: 'wall/unreachable' } })
    expect(await wall.assign(2, camera('1011'))).toMatchObject({ ok: false, error: { code: 'wall/unreachable' } })
    device.putByHand?.(4, '1011')
    await device.plugIn()
    await expect.poll(async () => (await wall.getState(grid, size)).ok).toBe(true)
    expect(await litOf(wall)).toEqual(device.putByHand ? { 1: '1008', 4: '1011' } : { 1: '1008' })
  })
})

describe('a wall that is told in lines', () => {
  it('says what is not configured, and that the device does not answer', async () => {
    const device = await startFakeTextWall()
    const wall = driverOf(textWallSetup(device.port))
    await wall.setLayout(grid, size)
    expect(await wall.assign(1, camera('9999'))).toMatchObject({ ok: false, error: { code: 'wall/refused' } })
    device.mute(true)
    expect(await wall.getState(grid, size)).toMatchObject({ ok: false, error: { code: 'wall/unreachable' } })
    await device.unplug()
    expect(await wall.getState(grid, size)).toMatchObject({
      ok: false,
      error: { code: 'wall/unreachable', detail: { reason: '对方没有开放端口' } },
    })
  })
})

describe('PJLink', () => {
  it('answers the greeting with the digest of the specification', () => {
    expect(pjlinkDigest('498e4a67', 'JBMIAProjectorLink')).toBe('5d8409bc1c3fa39749434aa3a5c38682')
  })

  it('switches a display on and reads it, and says when the password is wrong', async () => {
    let isOn = false
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.write('PJLINK 1 498e4a67\r')
      socket.once('data', (data) => {
        const [, digest = '', command = ''] = /^([0-9a-f]{32})%1(.*)\r$/.exec(String(data)) ?? []
        if (digest !== pjlinkDigest('498e4a67', 'JBMIAProjectorLink')) return socket.write('PJLINK ERRA\r')
        if (command === 'POWR ?') return socket.write(`%1POWR=${isOn ? 1 : 0}\r`)
        isOn = command === 'POWR 1'
        return socket.write('%1POWR=OK\r')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const settings = { host: '127.0.0.1', port, password: 'JBMIAProjectorLink' }
    expect(await readPower(settings, clock)).toEqual({ ok: true, value: false })
    expect((await setPower(settings, clock, true)).ok).toBe(true)
    expect(await readPower(settings, clock)).toEqual({ ok: true, value: true })
    expect(await setPower({ ...settings, password: 'falsch' }, clock, false)).toMatchObject({
      error: { detail: { reason: '显示设备的口令不对' } },
    })
    expect(isOn).toBe(true)
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
})

describe('an ISAPI decoder', () => {
  it('says that the password is wrong without trying it again and again, and reads a refusal inside an answer of 200', async () => {
    const device = await startFakeIsapiWall()
    const setup = isapiWallSetup(device.port)
    const locked = driverOf({ ...setup, driver: { ...setup.driver, account: { user: 'admin', password: 'falsch' } } })
    expect(await locked.getState(grid, size)).toMatchObject({ error: { code: 'wall/refused', detail: { reason: '账号或口令不对' } } })
    expect(device.wrongTries()).toBe(1)
    const wall = driverOf(setup)
    await wall.setLayout(grid, size)
    device.failWith('maxWindowNumber')
    expect(await wall.assign(1, camera('1008'))).toMatchObject({ error: { detail: { reason: '窗口已到上限' } } })
    await device.unplug()
  })

  it("names a source that the configuration does not know by the device's own name", async () => {
    const device = await startFakeIsapiWall()
    const wall = driverOf(isapiWallSetup(device.port))
    device.put(grid.tiles[0], 'url:rtsp://10.1.1.1/live')
    expect(await litOf(wall)).toEqual({ 1: 'url:rtsp://10.1.1.1/live' })
    await device.unplug()
  })
})
