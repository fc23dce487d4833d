import { Type } from 'typebox'
import { Account, AuditEntry } from '../../central-api/accounts'
import { AgentDirection } from '../../central-api/calls'
import { Seat } from '../../central-api/centre'
import { ExchangeEntry, ExchangeLogFilter } from '../../central-api/exchange'
import { AccountNo, DepartmentCode, Empty, Name, PageQuery, Password, pageOf, Role, Uuid, Version, WorkPhone } from '../../common'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Accounts, seats, the audit log and the log of exchange with other platforms: live, the centre decides. */
export const administrationCommands = {
  'agents.direct': command({
    summary: '置忙、解除或文字提示一名在席人员',
    input: Type.Object({ accountNo: AccountNo, direction: AgentDirection }, closed),
    output: Empty,
    allowed: ['shiftLead'],
    effect: 'live',
    errors: [...central, 'agent/notAtSeat'],
  }),
  'accounts.list': command({
    summary: '账号列表',
    input: Type.Object({ ...PageQuery, text: Type.Optional(Type.String({ maxLength: 40 })) }, closed),
    output: pageOf(Account),
    allowed: ['admin'],
    effect: 'live',
    errors: central,
  }),
  'accounts.create': command({
    summary: '新建账号',
    output: Account,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/exists', 'auth/weakPassword'],
    input: Type.Object(
      {
        accountNo: AccountNo,
        name: Name,
        roles: Type.Array(Role, { minItems: 1, uniqueItems: true }),
        departmentCode: Type.Optional(DepartmentCode),
        workPhone: Type.Optional(WorkPhone),
        password: Password,
      },
      closed,
    ),
  }),
  'accounts.update': command({
    summary: '修改账号',
    output: Account,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/notFound', 'record/stale', 'account/lastAdmin'],
    input: Type.Object(
      {
        accountId: Uuid,
        version: Version,
        name: Type.Optional(Name),
        isEnabled: Type.Optional(Type.Boolean()),
        roles: Type.Optional(Type.Array(Role, { minItems: 1, uniqueItems: true })),
        departmentCode: Type.Optional(DepartmentCode),
        workPhone: Type.Optional(Type.Union([WorkPhone, Type.Null()])),
      },
      closed,
    ),
  }),
  'accounts.resetPassword': command({
    summary: '重设口令',
    input: Type.Object({ accountId: Uuid, password: Password }, closed),
    output: Empty,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/notFound', 'auth/weakPassword'],
  }),
  'seats.list': command({
    summary: '坐席列表',
    input: Empty,
    output: Type.Object({ items: Type.Array(Seat) }),
    allowed: ['admin', 'shiftLead', 'commander', 'director', 'assistant'],
    effect: 'live',
    errors: central,
  }),
  'seats.create': command({
    summary: '登记坐席',
    output: Seat,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/exists'],
    input: Type.Object(
      {
        seatNo: Type.String({ pattern: '^[0-9]{1,4}$' }),
        name: Name,
        extension: Type.Union([Type.String({ pattern: '^[0-9]{2,8}$' }), Type.Null()]),
      },
      closed,
    ),
  }),
  'seats.update': command({
    summary: '修改坐席',
    output: Seat,
    allowed: ['admin'],
    effect: 'live',
    errors: [...central, 'record/notFound', 'record/stale', 'record/exists'],
    input: Type.Object(
      {
        seatId: Uuid,
        version: Version,
        name: Type.Optional(Name),
        isEnabled: Type.Optional(Type.Boolean()),
        extension: Type.Optional(Type.Union([Type.String({ pattern: '^[0-9]{2,8}$' }), Type.Null()])),
      },
      closed,
    ),
  }),
  'audit.list': command({
    summary: '审计日志',
    output: pageOf(AuditEntry),
    allowed: ['admin', 'director'],
    effect: 'live',
    errors: central,
    input: Type.Object(
      { ...PageQuery, action: Type.Optional(Type.String({ maxLength: 60 })), accountNo: Type.Optional(AccountNo) },
      closed,
    ),
  }),
  'exchangeLog.list': command({
    summary: '数据交换日志',
    output: pageOf(ExchangeEntry),
    allowed: ['admin', 'director'],
    effect: 'live',
    errors: central,
    input: Type.Object({ ...PageQuery, ...ExchangeLogFilter }, closed),
  }),
} as const
