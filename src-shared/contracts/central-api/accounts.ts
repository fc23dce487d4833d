import { type Static, Type } from 'typebox'
import {
  AccountNo,
  DepartmentCode,
  Empty,
  EpochMs,
  Name,
  PageQuery,
  Password,
  pageOf,
  plainText,
  Role,
  Uuid,
  Version,
  WorkPhone,
} from '../common'
import { route } from './route'

export const Account = Type.Object({
  accountId: Uuid,
  accountNo: AccountNo,
  name: Name,
  roles: Type.Array(Role, { minItems: 1, uniqueItems: true }),
  /** Whose terminal a `departmentOperator` works; absent for everybody else. */
  departmentCode: Type.Optional(DepartmentCode),
  workPhone: Type.Optional(WorkPhone),
  isEnabled: Type.Boolean(),
  lockedUntil: Type.Union([EpochMs, Type.Null()]),
  lastSignInAt: Type.Union([EpochMs, Type.Null()]),
  version: Version,
})
export type Account = Static<typeof Account>

/** One line of the audit log: who did what to what, when, from where. Never edited, never deleted before its retention ends. */
export const AuditEntry = Type.Object({
  auditId: Uuid,
  at: EpochMs,
  accountNo: Type.Union([Type.String(), Type.Null()]),
  accountName: Type.Union([Type.String(), Type.Null()]),
  seatNo: Type.Union([Type.String(), Type.Null()]),
  /** Field terms in dot form, e.g. `session.opened`, `account.updated`. */
  action: Type.String(),
  subject: Type.Union([Type.String(), Type.Null()]),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type AuditEntry = Static<typeof AuditEntry>

const accountFields = {
  accountNo: AccountNo,
  name: Name,
  roles: Type.Array(Role, { minItems: 1, uniqueItems: true }),
  departmentCode: Type.Optional(DepartmentCode),
  workPhone: Type.Optional(WorkPhone),
}

export const accountRoutes = {
  'accounts.list': route({
    method: 'GET',
    path: '/accounts',
    tag: 'accounts',
    roles: ['admin'],
    summary: '账号列表',
    query: Type.Object(
      { ...PageQuery, text: Type.Optional(Type.String({ maxLength: 40, pattern: plainText })) },
      { additionalProperties: false },
    ),
    response: pageOf(Account),
    errors: [],
  }),
  'accounts.create': route({
    method: 'POST',
    path: '/accounts',
    tag: 'accounts',
    roles: ['admin'],
    summary: '新建账号',
    status: 201,
    idempotent: true,
    body: Type.Object({ ...accountFields, password: Password }, { additionalProperties: false }),
    response: Account,
    errors: ['record/exists', 'auth/weakPassword'],
  }),
  'accounts.update': route({
    method: 'PATCH',
    path: '/accounts/{accountId}',
    tag: 'accounts',
    roles: ['admin'],
    summary: '修改姓名、岗位或停用',
    versioned: true,
    idempotent: true,
    params: Type.Object({ accountId: Uuid }),
    body: Type.Partial(
      Type.Object({
        ...{ name: Name, roles: accountFields.roles, departmentCode: DepartmentCode, isEnabled: Type.Boolean() },
        /** Null: no longer any. */
        workPhone: Type.Union([WorkPhone, Type.Null()]),
      }),
      { additionalProperties: false },
    ),
    response: Account,
    errors: ['record/notFound', 'record/stale', 'account/lastAdmin'],
  }),
  'accounts.resetPassword': route({
    method: 'PUT',
    path: '/accounts/{accountId}/password',
    tag: 'accounts',
    roles: ['admin'],
    summary: '重设口令并解锁，首次签入须修改',
    params: Type.Object({ accountId: Uuid }),
    body: Type.Object({ password: Password }, { additionalProperties: false }),
    response: Empty,
    errors: ['record/notFound', 'auth/weakPassword'],
  }),
  'roles.list': route({
    method: 'GET',
    path: '/roles',
    tag: 'accounts',
    roles: 'signedIn',
    summary: '岗位与各岗位可用的接口（由接口表得出）',
    response: Type.Object({ items: Type.Array(Type.Object({ role: Role, name: Type.String(), routes: Type.Array(Type.String()) })) }),
    errors: [],
  }),
  'audit.list': route({
    method: 'GET',
    path: '/audit',
    tag: 'audit',
    roles: ['admin', 'director'],
    summary: '审计日志',
    query: Type.Object(
      {
        ...PageQuery,
        action: Type.Optional(Type.String({ maxLength: 60, pattern: plainText })),
        accountNo: Type.Optional(AccountNo),
        from: Type.Optional(EpochMs),
        until: Type.Optional(EpochMs),
      },
      { additionalProperties: false },
    ),
    response: pageOf(AuditEntry),
    errors: [],
  }),
} as const
