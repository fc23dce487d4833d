import { Type } from 'typebox'
import { outageReaders } from '../../central-api/gb-devices'
import { Empty, EpochMs, Version } from '../../common'
import { CameraOutageSchema, changedGbDevice, GbChannel, GbDevice, GbDeviceCode, GbDevices, newGbDevice } from '../../gb-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Devices of GB/T 28181 and the ledger of outages: live, the centre decides. */
const device = Type.Object({ deviceId: GbDeviceCode }, closed)

export const gbDeviceCommands = {
  'gbDevices.list': command({
    summary: '国标设备的账号与状态',
    input: Empty,
    output: GbDevices,
    allowed: ['admin'],
    effect: 'live',
    errors: central,
  }),
  'gbDevices.create': command({
    summary: '登记一台国标设备',
    input: newGbDevice,
    output: GbDevice,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/exists', 'gb/off'],
  }),
  'gbDevices.update': command({
    summary: '修改或停用一台国标设备',
    input: Type.Object({ deviceId: GbDeviceCode, version: Version, ...changedGbDevice.properties }, closed),
    output: GbDevice,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/notFound', 'record/stale', 'gb/off'],
  }),
  'gbDevices.channels': command({
    summary: '一台国标设备报来的通道',
    input: device,
    output: Type.Object({ items: Type.Array(GbChannel) }),
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/notFound', 'gb/off'],
  }),
  'gbDevices.askCatalog': command({
    summary: '立即向设备查询目录',
    input: device,
    output: Empty,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/notFound', 'gb/off', 'gb/notAsked'],
  }),
  'cameras.outages': command({
    summary: '一段时间内的探头离线台账',
    input: Type.Object({ from: EpochMs, until: EpochMs }, closed),
    output: Type.Object({ items: Type.Array(CameraOutageSchema) }),
    allowed: outageReaders,
    effect: 'live',
    errors: central,
  }),
} as const
