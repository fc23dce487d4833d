import { type Static, Type } from 'typebox'
import { AccountNo, EpochMs, mobileSeatNo, Name, Role, SeatNo, ShiftSchema, Uuid, Version, WorkPhone } from '../common'
import { route } from './route'

/** What the sign-in screen needs before anybody is known. It holds no person's data. */
export const Centre = Type.Object({
  name: Name,
  /** True while simulated parts run; every screen then says 演示. */
  demonstration: Type.Boolean(),
  version: Type.String(),
  now: EpochMs,
  seats: Type.Array(Type.Object({ seatNo: SeatNo, name: Name, extension: Type.Union([Type.String(), Type.Null()]) })),
  shiftPatternId: Type.String(),
  /** Settings in force: id of a reference document `centreProfile`. */
  profileId: Type.Optional(Type.String()),
  /** Today's shifts of the pattern in force, for choosing one at sign-in; before them the one that began yesterday and is still on. */
  shifts: Type.Array(ShiftSchema),
})
export type Centre = Static<typeof Centre>

export const Seat = Type.Object({
  seatId: Uuid,
  seatNo: SeatNo,
  name: Name,
  extension: Type.Union([Type.String({ pattern: '^[0-9]{2,8}$' }), Type.Null()]),
  isEnabled: Type.Boolean(),
  version: Version,
})
export type Seat = Static<typeof Seat>

/** A person at a seat now, as colleagues see them. */
export const OnDuty = Type.Object({
  sessionId: Uuid,
  accountNo: AccountNo,
  name: Name,
  role: Role,
  seatNo: SeatNo,
  shift: Type.Union([ShiftSchema, Type.Null()]),
  since: EpochMs,
  /** Where somebody without a seat is reached. */
  workPhone: Type.Optional(WorkPhone),
})
export type OnDuty = Static<typeof OnDuty>

/** A seat of the hall; `mobileSeatNo` is none. */
const SeatOfHall = Type.String({ pattern: `^(?!${mobileSeatNo}$)[0-9]{1,4}$`, description: '坐席号，如 02' })
const seatFields = { seatNo: SeatOfHall, name: Name, extension: Type.Union([Type.String({ pattern: '^[0-9]{2,8}$' }), Type.Null()]) }

export const centreRoutes = {
  'centre.get': route({
    method: 'GET',
    path: '/centre',
    tag: 'centre',
    roles: 'public',
    summary: '中心名称、坐席与今日班次（签入前可读）',
    response: Centre,
    errors: [],
  }),
  'onDuty.list': route({
    method: 'GET',
    path: '/onDuty',
    tag: 'centre',
    roles: 'signedIn',
    summary: '此刻在岗人员',
    response: Type.Object({ items: Type.Array(OnDuty), seq: Type.Integer({ minimum: 0, description: '取数时的事件序号' }) }),
    errors: [],
  }),
  'seats.list': route({
    method: 'GET',
    path: '/seats',
    tag: 'seats',
    roles: ['admin', 'shiftLead', 'commander', 'director', 'assistant'],
    summary: '坐席列表',
    response: Type.Object({ items: Type.Array(Seat) }),
    errors: [],
  }),
  'seats.create': route({
    method: 'POST',
    path: '/seats',
    tag: 'seats',
    roles: ['admin'],
    summary: '登记坐席',
    status: 201,
    idempotent: true,
    body: Type.Object(seatFields, { additionalProperties: false }),
    response: Seat,
    errors: ['record/exists'],
  }),
  'seats.update': route({
    method: 'PATCH',
    path: '/seats/{seatId}',
    tag: 'seats',
    roles: ['admin'],
    summary: '修改或停用坐席',
    versioned: true,
    idempotent: true,
    params: Type.Object({ seatId: Uuid }),
    body: Type.Partial(Type.Object({ ...seatFields, isEnabled: Type.Boolean() }, { additionalProperties: false }), {
      additionalProperties: false,
    }),
    response: Seat,
    errors: ['record/notFound', 'record/stale', 'record/exists'],
  }),
} as const
