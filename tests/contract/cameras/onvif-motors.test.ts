import { afterEach, expect, it } from 'vitest'
import { createMotors } from '#server/cameras/motors'
import { passwordDigest } from '#server/cameras/onvif/soap'
import { type FakeOnvifCamera, onvifAccount, startFakeOnvifCamera } from '../../fakes/fake-onvif-camera'

let device: FakeOnvifCamera | undefined
afterEach(() => device?.stop())

async function motors(options: Parameters<typeof startFakeOnvifCamera>[0] = {}, account = onvifAccount) {
  device = await startFakeOnvifCamera(options)
  return createMotors(new Map([['008', { address: device.address, account }]]), { fetch, now: () => Date.now() })
}
const moved = { ok: true, value: undefined }

it('answers with the digest of the profile’s own example', () => {
  // OASIS WS-Security UsernameToken Profile, as ONVIF's Application Programmer's Guide works it out.
  const nonce = Buffer.from('LKqI6G/AikKCQrN0zqZFlg==', 'base64')
  expect(passwordDigest(nonce, '2010-09-16T07:50:45Z', 'userpassword')).toBe('tuOSpGlFlIXsozq4HFNeeGeFLEI=')
})

it('turns, stops, and keeps presets by our numbers though the device numbers them itself', async () => {
  const camera = await motors()
  expect(await camera.order('008', { kind: 'move', pan: -0.5, tilt: 0.25, zoom: 0 })).toEqual(moved)
  expect(await camera.order('008', { kind: 'stop' })).toEqual(moved)
  expect(await camera.order('008', { kind: 'store', number: 3, name: '路口' })).toEqual(moved)
  expect(await camera.order('008', { kind: 'store', number: 3, name: '路口东' })).toEqual(moved)
  expect(Object.fromEntries(device?.presets ?? [])).toEqual({ 100: 'seat-3' })
  expect(await camera.order('008', { kind: 'recall', number: 3 })).toEqual(moved)
  expect(device?.moves).toEqual(['Profile_1 move -0.5 0.25 0', 'stop', 'GotoPreset 100'])
  expect(await camera.order('008', { kind: 'remove', number: 3 })).toEqual(moved)
  expect(await camera.order('008', { kind: 'recall', number: 3 })).toEqual({ ok: false, error: '设备里没有预置位 3' })
})

it('speaks by the camera’s clock, which is often wrong', async () => {
  const camera = await motors({ clockOffsetMs: -8 * 3_600_000 })
  expect(await camera.order('008', { kind: 'stop' })).toEqual(moved)
})

it('says in words why it does not turn', async () => {
  expect(await (await motors({ hasMotors: false })).order('008', { kind: 'stop' })).toEqual({ ok: false, error: '这台探头没有云台' })
  await device?.stop()
  const wrong = await motors({}, { ...onvifAccount, password: 'falsch' })
  expect(await wrong.order('008', { kind: 'stop' })).toEqual({ ok: false, error: '账号或口令不对' })
  await device?.stop()
  const camera = await motors()
  device?.failWith('Preset full')
  expect(await camera.order('008', { kind: 'stop' })).toEqual({ ok: false, error: 'Preset full' })
  device?.failWith(null)
  await device?.stop()
  expect(await camera.order('008', { kind: 'stop' })).toEqual({ ok: false, error: '对方没有开放端口' })
  expect(await camera.order('999', { kind: 'stop' })).toEqual({ ok: false, error: '这台探头没有配置云台' })
})
