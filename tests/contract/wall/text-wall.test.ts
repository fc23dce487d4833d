import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { pjlinkDigest, readPower, setPower } from '#main/wall/pjlink'
import { readWallSetup } from '#main/wall/read-setup'
import { createTextWall } from '#main/wall/text-protocol'
import { gridLayout } from '#shared/domain/wall/layout'
import { type FakeTextWall, startFakeTextWall, textWallSetup } from '../../fakes/fake-text-wall'

const clock = createSystemClock()
const size = { columns: 4, rows: 3 }
const camera = (id: string) => ({ kind: 'camera', id, title: `${id} 号` }) as const

describe('a wall that is told in lines', () => {
  let device: FakeTextWall
  beforeEach(async () => {
    device = await startFakeTextWall()
  })
  afterEach(() => device.unplug())

  function driver() {
    const setup = readWallSetup(textWallSetup(device.port))
    if (!setup.ok) throw new Error(setup.error.message)
    return createTextWall(setup.value.protocol, clock)
  }

  it('shows, clears, keeps a scene, and says of itself what it shows', async () => {
    const wall = driver()
    expect(await wall.setLayout(gridLayout(size, 4, 3), size)).toEqual({ ok: true, value: undefined })
    expect((await wall.assign(3, camera('1008'))).ok).toBe(true)
    expect((await wall.saveScene(1)).ok).toBe(true)
    device.put(4, 'IN2')
    const state = await wall.getState()
    if (!state.ok) throw new Error(state.error.message)
    const lit = state.value.cells.filter(({ content }) => content !== null).map(({ cell, content }) => [cell, content?.id])
    expect(lit).toEqual([
      [3, '1008'],
      [4, '1011'],
    ])
    expect((await wall.clear(3)).ok).toBe(true)
    expect([...device.tiles.keys()]).toEqual([4])
    expect((await wall.recallScene(1)).ok).toBe(true)
    expect([...device.tiles.keys()]).toEqual([3])
  })

  it('says in words what the device refused, what is not configured, and that it does not answer', async () => {
    const wall = driver()
    await wall.setLayout(gridLayout(size, 4, 3), size)
    device.failWith('解码通道已满')
    expect(await wall.assign(1, camera('1008'))).toMatchObject({
      ok: false,
      error: { code: 'wall/refused', message: '大屏没有接受：解码通道已满。' },
    })
    device.failWith(null)
    expect(await wall.assign(1, camera('9999'))).toMatchObject({ ok: false, error: { code: 'wall/refused' } })
    device.mute(true)
    expect(await wall.getState()).toMatchObject({ ok: false, error: { code: 'wall/unreachable' } })
    device.mute(false)
    await device.unplug()
    expect(await wall.getState()).toMatchObject({ ok: false, error: { code: 'wall/unreachable', detail: { reason: '对方没有开放端口' } } })
    await device.plugIn()
    expect((await wall.getState()).ok).toBe(true)
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
