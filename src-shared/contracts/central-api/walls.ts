import { Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { Empty, Name, plainText, SeatNo, Uuid } from '../common'
import {
  AlarmSchema,
  ChangeSchema,
  EntrySchema,
  ItemKindSchema,
  ReportSchema,
  WallId,
  WallItemSchema,
  WallSizeSchema,
  WallWithLog,
} from '../wall-shapes'
import { route } from './route'

/** Who sees the wall at their seats, who changes it, and at whose seats it may be driven. */
export const wallReaders: readonly RoleId[] = ['wallOperator', 'shiftLead', 'commander', 'presenter', 'director', 'admin']
export const wallWriters: readonly RoleId[] = ['wallOperator', 'shiftLead']
export const wallDrivers: readonly RoleId[] = ['wallOperator', 'shiftLead', 'commander', 'presenter']

const wallParams = Type.Object({ wallId: WallId })
const closed = { additionalProperties: false } as const
const Done = Type.Object({ revision: Type.Integer({ description: '大屏的版次' }) })
const Why = Type.Union([Type.String({ maxLength: 200, pattern: plainText }), Type.Null()])

export const wallRoutes = {
  'walls.list': route({
    method: 'GET',
    path: '/walls',
    tag: 'walls',
    roles: wallReaders,
    summary: '各大屏的现状与最近的变更记录',
    response: Type.Object({ items: Type.Array(WallWithLog) }),
    errors: [],
  }),
  'walls.log': route({
    method: 'GET',
    path: '/walls/{wallId}/log',
    tag: 'walls',
    roles: wallReaders,
    summary: '大屏变更记录，新的在前；before 为上一页最旧一条的版次',
    params: wallParams,
    query: Type.Object(
      {
        before: Type.Optional(Type.Integer({ minimum: 1 })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 100 })),
      },
      closed,
    ),
    response: Type.Object({ items: Type.Array(EntrySchema) }),
    errors: ['wall/unknown'],
  }),
  'walls.configure': route({
    method: 'PUT',
    path: '/walls/{wallId}',
    tag: 'walls',
    roles: ['admin', 'shiftLead'],
    summary: '登记或更改一面大屏：名称、几列几行、由哪个坐席驱动',
    params: wallParams,
    body: Type.Object({ name: Name, size: WallSizeSchema, driverSeatNo: Type.Union([SeatNo, Type.Null()]) }, closed),
    response: Done,
    errors: ['seat/unknown', 'wall/tooManyScreens'],
  }),
  'walls.change': route({
    method: 'POST',
    path: '/walls/{wallId}/changes',
    tag: 'walls',
    roles: wallWriters,
    summary: '更改大屏：上屏、清格、换位、布局、场景、开关屏、轮巡',
    params: wallParams,
    body: Type.Object({ change: ChangeSchema, seenRevision: Type.Integer({ minimum: 0 }), why: Why }, closed),
    response: Done,
    idempotent: true,
    errors: [
      'wall/unknown',
      'wall/noDriver',
      'wall/cellUnknown',
      'wall/cellChanged',
      'wall/layoutUnusable',
      'wall/sceneUnknown',
      'wall/sceneUnfit',
      'wall/tourUnknown',
      'wall/tourBlocked',
      'wall/nothingToRetry',
    ],
  }),
  'walls.undo': route({
    method: 'POST',
    path: '/walls/{wallId}/undo',
    tag: 'walls',
    roles: wallWriters,
    summary: '撤销一次更改；不指明版次时撤销本人最近的一次',
    params: wallParams,
    body: Type.Object({ revision: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]) }, closed),
    response: Done,
    idempotent: true,
    errors: ['wall/unknown', 'wall/noDriver', 'wall/entryUnknown', 'wall/notUndoable', 'wall/undoOvertaken', 'wall/layoutChanged'],
  }),
  'walls.save': route({
    method: 'PUT',
    path: '/walls/{wallId}/items/{itemId}',
    tag: 'walls',
    roles: wallWriters,
    summary: '保存场景、轮巡或上屏规则',
    params: Type.Object({ wallId: WallId, itemId: Uuid }),
    body: Type.Object({ item: WallItemSchema }, closed),
    response: Done,
    errors: ['wall/unknown', 'wall/layoutUnusable'],
  }),
  'walls.remove': route({
    method: 'DELETE',
    path: '/walls/{wallId}/items/{kind}/{itemId}',
    tag: 'walls',
    roles: wallWriters,
    summary: '删除场景、轮巡或上屏规则',
    params: Type.Object({ wallId: WallId, kind: ItemKindSchema, itemId: Uuid }),
    response: Done,
    errors: ['wall/unknown', 'record/notFound'],
  }),
  'walls.alarm': route({
    method: 'POST',
    path: '/walls/{wallId}/alarms',
    tag: 'walls',
    roles: wallWriters,
    summary: '设备告警或告警解除；按规则上屏',
    params: wallParams,
    body: Type.Object({ alarm: AlarmSchema, isOver: Type.Boolean() }, closed),
    response: Done,
    errors: ['wall/unknown'],
  }),
  'walls.report': route({
    method: 'POST',
    path: '/walls/{wallId}/report',
    tag: 'walls',
    roles: wallDrivers,
    summary: '驱动坐席报告：执行结果、屏上实况、断开',
    params: wallParams,
    body: Type.Object({ report: ReportSchema }, closed),
    response: Empty,
    errors: ['wall/unknown', 'wall/notDriver'],
  }),
} as const
