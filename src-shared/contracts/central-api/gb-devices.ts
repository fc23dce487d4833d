import { Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { Empty, EpochMs } from '../common'
import { CameraOutageSchema, CameraStates, changedGbDevice, GbChannel, GbDevice, GbDeviceCode, GbDevices, newGbDevice } from '../gb-shapes'
import { cameraViewers } from './cameras'
import { route } from './route'

/** Devices of GB/T 28181 that may register, what each has, and whether the city's cameras are there. */
const closed = { additionalProperties: false }
const params = Type.Object({ deviceId: GbDeviceCode }, closed)

/** Who answers for it that cameras are there. */
export const outageReaders: readonly RoleId[] = ['wallOperator', 'shiftLead', 'commander', 'supervisor', 'assistant', 'director', 'admin']

export const gbDeviceRoutes = {
  'gbDevices.list': route({
    method: 'GET',
    path: '/gbDevices',
    tag: 'cameras',
    roles: ['admin'],
    summary: '国标设备的账号与状态，最近被拒的注册，以及设备上要填的平台参数',
    response: GbDevices,
    errors: [],
  }),
  'gbDevices.create': route({
    method: 'POST',
    path: '/gbDevices',
    tag: 'cameras',
    roles: ['admin'],
    summary: '登记一台国标设备的账号',
    status: 201,
    idempotent: true,
    body: newGbDevice,
    response: GbDevice,
    errors: ['record/exists', 'gb/off'],
  }),
  'gbDevices.update': route({
    method: 'PATCH',
    path: '/gbDevices/{deviceId}',
    tag: 'cameras',
    roles: ['admin'],
    summary: '修改国标设备的名称、口令，或停用',
    versioned: true,
    idempotent: true,
    params,
    body: changedGbDevice,
    response: GbDevice,
    errors: ['record/notFound', 'record/stale', 'gb/off'],
  }),
  'gbDevices.channels': route({
    method: 'GET',
    path: '/gbDevices/{deviceId}/channels',
    tag: 'cameras',
    roles: ['admin'],
    summary: '一台国标设备报来的通道，与监控点目录的对应',
    params,
    response: Type.Object({ items: Type.Array(GbChannel) }),
    errors: ['record/notFound', 'gb/off'],
  }),
  'gbDevices.askCatalog': route({
    method: 'POST',
    path: '/gbDevices/{deviceId}/catalog',
    tag: 'cameras',
    roles: ['admin'],
    summary: '立即向设备查询目录',
    params,
    response: Empty,
    errors: ['record/notFound', 'gb/off', 'gb/notAsked'],
  }),
  'cameras.states': route({
    method: 'GET',
    path: '/cameraStates',
    tag: 'cameras',
    roles: cameraViewers,
    summary: '中心掌握在线情况的探头，各自在线还是离线、从何时起',
    response: CameraStates,
    errors: [],
  }),
  'cameras.outages': route({
    method: 'GET',
    path: '/cameraOutages',
    tag: 'cameras',
    roles: outageReaders,
    summary: '一段时间内的探头离线台账',
    query: Type.Object({ from: EpochMs, until: EpochMs }, closed),
    response: Type.Object({ items: Type.Array(CameraOutageSchema) }),
    errors: [],
  }),
} as const
