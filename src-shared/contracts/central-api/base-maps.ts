import { Type } from 'typebox'
import { BaseMapId, BaseMapSettings, BaseMapWish } from '../base-map-shapes'
import { octets, route } from './route'

/** Base maps from elsewhere: the centre alone knows their keys and fetches their squares, for seats that may have no way out. */
const no = Type.String({ pattern: '^\\d{1,8}$' })

export const baseMapRoutes = {
  'baseMaps.get': route({
    method: 'GET',
    path: '/base-maps',
    tag: 'geo',
    roles: ['admin'],
    summary: '外部底图的配置；密钥只说有没有',
    response: BaseMapSettings,
    errors: [],
  }),
  'baseMaps.save': route({
    method: 'PUT',
    path: '/base-maps',
    tag: 'geo',
    roles: ['admin'],
    summary: '保存外部底图的配置与密钥',
    idempotent: true,
    body: BaseMapWish,
    response: BaseMapSettings,
    errors: ['record/stale', 'baseMap/unfit'],
  }),
  'baseMaps.tile': route({
    method: 'GET',
    path: '/base-maps/{sourceId}/{layer}/{z}/{x}/{y}',
    tag: 'geo',
    roles: 'signedIn',
    summary: '外部底图的一块图；由中心代取，只取配置过的主机',
    produces: octets,
    params: Type.Object({
      sourceId: BaseMapId,
      layer: Type.String({ pattern: '^[0-3]$' }),
      z: Type.String({ pattern: '^\\d{1,2}$' }),
      x: no,
      y: no,
    }),
    response: Type.String({ description: '图片的字节' }),
    errors: ['record/notFound', 'baseMap/noTile', 'baseMap/refused', 'baseMap/unreachable'],
  }),
} as const
