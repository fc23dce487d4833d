import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { GbChannel, GbDevice } from '#shared/contracts/gb-shapes'
import type { FakeHandlers, FakeWorld } from './fake-world'

type Names = 'gbDevices.list' | 'gbDevices.create' | 'gbDevices.update' | 'gbDevices.channels' | 'gbDevices.askCatalog' | 'cameras.outages'

const code = (kind: number, serial: number) => `3402000000${kind}${String(serial).padStart(7, '0')}`

/** A platform with a recorder that is there, one that is not, and a stranger at the door. */
export function fakeGbDevices(world: FakeWorld): Pick<FakeHandlers, Names> {
  const now = world.options.now()
  const seen = { make: '某厂 N8', catalogAt: now - 300_000, isCatalogWhole: true, isEnabled: true, needsPassword: false, version: 1 }
  let devices: GbDevice[] = [
    {
      deviceId: code(118, 1),
      name: '解放路录像机',
      ...seen,
      isOnline: true,
      seenAt: now - 20_000,
      address: 'UDP 10.20.3.8:5060',
      channels: 3,
      channelsOnline: 2,
    },
    {
      deviceId: code(118, 2),
      name: '城东派出所平台',
      ...seen,
      isOnline: false,
      seenAt: now - 7_200_000,
      address: null,
      channels: 40,
      channelsOnline: 0,
      isCatalogWhole: false,
    },
  ]
  const channels: GbChannel[] = [
    { channelId: code(132, 1), name: 'CAM-01', isOnline: true, cameraNo: '001', cameraName: '解放路与人民路口', missing: 'none' },
    { channelId: code(132, 2), name: '模范街口', isOnline: true, cameraNo: null, cameraName: null, missing: 'noPlace' },
    { channelId: code(134, 3), name: '报警输入 1', isOnline: false, cameraNo: null, cameraName: null, missing: 'noCamera' },
  ]
  const find = (deviceId: string) => devices.find((one) => one.deviceId === deviceId)
  return {
    'gbDevices.list': () =>
      ok({
        platform: { serverId: '34020000002000000001', domain: '3402000000', address: '10.20.0.5', port: 5060, hasGateway: true },
        items: devices,
        refused: [{ deviceId: code(118, 9), address: '10.20.7.3', why: 'unknown', at: now - 60_000 }],
      }),
    'gbDevices.create'({ deviceId, name }) {
      if (find(deviceId)) return err(appError('record/exists', { key: deviceId }))
      const device: GbDevice = {
        ...{ deviceId, name, isEnabled: true, needsPassword: false, version: 1, isOnline: false, seenAt: null, address: null, make: null },
        ...{ channels: 0, channelsOnline: 0, catalogAt: null, isCatalogWhole: true },
      }
      devices = [...devices, device]
      return ok(device)
    },
    'gbDevices.update'({ deviceId, version, name, isEnabled }) {
      const before = find(deviceId)
      if (!before) return err(appError('record/notFound'))
      if (before.version !== version) return err(appError('record/stale', { current: before.version, seen: version }))
      const after = { ...before, version: version + 1, name: name ?? before.name, isEnabled: isEnabled ?? before.isEnabled }
      devices = devices.map((one) => (one === before ? after : one))
      return ok(after)
    },
    'gbDevices.channels': ({ deviceId }) => (find(deviceId) ? ok({ items: channels }) : err(appError('record/notFound'))),
    'gbDevices.askCatalog': ({ deviceId }) =>
      find(deviceId)?.isOnline ? ok({}) : err(appError('gb/notAsked', { reason: '设备没有注册上来' })),
    'cameras.outages': ({ from, until }) =>
      ok({
        items: [
          {
            outageId: '00000000-0000-7000-8000-000000000001',
            cameraNo: '001',
            name: '解放路与人民路口',
            cause: 'device' as const,
            beganAt: now - 5_400_000,
            endedAt: now - 1_800_000,
          },
          {
            outageId: '00000000-0000-7000-8000-000000000002',
            cameraNo: '003',
            name: '模范街口',
            cause: 'channel' as const,
            beganAt: now - 900_000,
            endedAt: null,
          },
        ].filter(({ beganAt, endedAt }) => beganAt < until && (endedAt ?? now) >= from),
      }),
  }
}
