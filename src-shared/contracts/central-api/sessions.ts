import { type Static, Type } from 'typebox'
import { AccountNo, DepartmentCode, Empty, EpochMs, Name, Password, Role, SeatNo, ShiftSchema, Uuid } from '../common'
import { route } from './route'

/** The signed-in person, as the seat keeps them. */
export const Me = Type.Object({
  accountId: Uuid,
  accountNo: AccountNo,
  name: Name,
  /** All posts the account holds; permissions come from `role`, the one chosen at sign-in. */
  roles: Type.Array(Role, { minItems: 1 }),
  role: Role,
  departmentCode: Type.Optional(DepartmentCode),
  /** `mobileSeatNo` for a collector in the field. */
  seatNo: SeatNo,
  shift: Type.Union([ShiftSchema, Type.Null()]),
  sessionId: Uuid,
  signedInAt: EpochMs,
  mustChangePassword: Type.Boolean(),
})
export type Me = Static<typeof Me>

export const Tokens = Type.Object({
  accessToken: Type.String(),
  accessExpiresAt: EpochMs,
  /** Lives as long as the session (a shift with room for overtime); not rotated, so that a lost answer cannot sign a seat out. */
  refreshToken: Type.String(),
  refreshExpiresAt: EpochMs,
})
export type Tokens = Static<typeof Tokens>

export const sessionRoutes = {
  'sessions.open': route({
    method: 'POST',
    path: '/sessions',
    tag: 'sessions',
    roles: 'public',
    summary: '签入',
    status: 201,
    body: Type.Object(
      {
        accountNo: AccountNo,
        password: Password,
        role: Type.Optional(Role),
        /** Left out by collectors, who sign in from the field; everybody else takes a seat. */
        seatNo: Type.Optional(SeatNo),
        shift: Type.Optional(Type.Union([ShiftSchema, Type.Null()])),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ me: Me, tokens: Tokens }),
    errors: [
      'auth/wrongPassword',
      'auth/lockedOut',
      'auth/accountDisabled',
      'auth/roleNotHeld',
      'seat/unknown',
      'seat/taken',
      'shift/notOnDuty',
      'request/busy',
    ],
  }),
  'sessions.refresh': route({
    method: 'POST',
    path: '/sessions/refresh',
    tag: 'sessions',
    roles: 'public',
    summary: '换取新的访问令牌',
    body: Type.Object({ refreshToken: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
    response: Type.Object({ tokens: Tokens }),
    errors: ['auth/tokenExpired', 'auth/accountDisabled'],
  }),
  'sessions.close': route({
    method: 'DELETE',
    path: '/sessions/current',
    tag: 'sessions',
    roles: 'signedIn',
    beforePasswordChange: true,
    summary: '签出',
    response: Empty,
    errors: [],
  }),
  'me.get': route({
    method: 'GET',
    path: '/me',
    tag: 'sessions',
    roles: 'signedIn',
    beforePasswordChange: true,
    summary: '当前签入人',
    response: Me,
    errors: [],
  }),
  'me.checkPassword': route({
    method: 'POST',
    path: '/me/passwordCheck',
    tag: 'sessions',
    roles: 'signedIn',
    beforePasswordChange: true,
    summary: '核对口令（解锁坐席）',
    body: Type.Object({ password: Password }, { additionalProperties: false }),
    response: Empty,
    errors: ['auth/wrongPassword', 'auth/lockedOut'],
  }),
  'me.changePassword': route({
    method: 'PUT',
    path: '/me/password',
    tag: 'sessions',
    roles: 'signedIn',
    beforePasswordChange: true,
    summary: '修改自己的口令',
    body: Type.Object({ oldPassword: Password, newPassword: Password }, { additionalProperties: false }),
    response: Empty,
    errors: ['auth/wrongPassword', 'auth/lockedOut', 'auth/weakPassword'],
  }),
} as const
