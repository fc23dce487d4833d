import { Type } from 'typebox'
import { AccountNo, Empty, Password, Role, ShiftSchema } from '../../common'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Who works at this seat, and whether it is locked. */
export const sessionCommands = {
  'session.signIn': command({
    summary: '签入；中心连不上时按本机近期记录签入',
    allowed: 'always',
    effect: 'live',
    input: Type.Object(
      { accountNo: AccountNo, password: Password, role: Type.Optional(Role), shift: Type.Optional(Type.Union([ShiftSchema, Type.Null()])) },
      closed,
    ),
    output: Empty,
    errors: [
      ...central,
      'auth/wrongPassword',
      'auth/lockedOut',
      'auth/accountDisabled',
      'auth/roleNotHeld',
      'auth/offlineUnknown',
      'seat/unknown',
      'seat/taken',
      'request/busy',
      'session/alreadySignedIn',
    ],
  }),
  'session.signOut': command({
    summary: '签出；待发送的记录由本机继续送达',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    beforePasswordChange: true,
    whileLocked: true,
    effect: 'local',
    errors: ['agent/inCall', 'handover/unrelieved'],
  }),
  'session.lock': command({
    summary: '锁定坐席',
    input: Empty,
    output: Empty,
    allowed: 'signedIn',
    beforePasswordChange: true,
    whileLocked: true,
    effect: 'local',
    errors: [],
  }),
  'session.unlock': command({
    summary: '输入口令解锁',
    allowed: 'signedIn',
    beforePasswordChange: true,
    whileLocked: true,
    effect: 'live',
    input: Type.Object({ password: Password }, closed),
    output: Empty,
    errors: [...central, 'auth/wrongPassword', 'auth/lockedOut', 'auth/offlineUnknown'],
  }),
  'session.touch': command({
    summary: '有人操作，重新计算自动锁定',
    input: Empty,
    output: Empty,
    allowed: 'always',
    whileLocked: true,
    effect: 'local',
    errors: [],
  }),
  'session.changePassword': command({
    summary: '修改口令',
    allowed: 'signedIn',
    beforePasswordChange: true,
    effect: 'live',
    input: Type.Object({ oldPassword: Password, newPassword: Password }, closed),
    output: Empty,
    errors: [...central, 'auth/wrongPassword', 'auth/lockedOut', 'auth/weakPassword'],
  }),
} as const
