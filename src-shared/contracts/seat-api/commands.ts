import { Type } from 'typebox'
import { Account, AuditEntry } from '../central-api/accounts'
import { Seat } from '../central-api/centre'
import { DutyLogKindSchema } from '../central-api/duty-log'
import { AccountNo, Empty, EpochMs, Name, PageQuery, Password, pageOf, Role, ShiftSchema, Uuid, Version } from '../common'
import { AnyReferenceDocument, ReferenceKindSchema, ReferenceManifestEntry } from '../reference'
import { command } from './command'
import { AppView, DiagnosticsView, Layout, PaneId, Theme } from './views'

const closed = { additionalProperties: false }
const central = [
  'central/offline',
  'central/timeout',
  'central/interrupted',
  'central/fault',
  'central/unintelligible',
  'auth/signInRequired',
  'auth/tokenExpired',
  'auth/passwordMustChange',
] as const

/** Long enough for any form of this program, short enough that nobody fills the disk through it. */
export const draftLimit = 200_000

export const commands = {
  // ---- the program
  'app.describe': command({
    summary: '本机程序与坐席',
    input: Empty,
    output: AppView,
    allowed: 'always',
    whileLocked: true,
    effect: 'read',
    errors: [],
  }),
  'app.reportFault': command({
    summary: '界面出错时记入本机日志',
    allowed: 'always',
    whileLocked: true,
    effect: 'local',
    errors: [],
    input: Type.Object({ message: Type.String({ maxLength: 2000 }), stack: Type.Optional(Type.String({ maxLength: 10_000 })) }, closed),
    output: Empty,
  }),
  'topics.snapshot': command({
    summary: '某个主题的当前状态与修订号',
    allowed: 'always',
    whileLocked: true,
    effect: 'read',
    errors: ['auth/signInRequired', 'auth/passwordMustChange', 'session/locked'],
    input: Type.Object({ topic: Type.String({ maxLength: 60 }) }, closed),
    output: Type.Object({ revision: Type.Integer(), state: Type.Unknown() }),
  }),
  'diagnostics.get': command({
    summary: '本机状态',
    input: Empty,
    output: DiagnosticsView,
    allowed: 'signedIn',
    effect: 'read',
    errors: [],
  }),

  // ---- the session
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
    errors: [],
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

  // ---- the centre and what waits for it
  'connection.retry': command({ summary: '立即重试连接中心', input: Empty, output: Empty, allowed: 'always', effect: 'local', errors: [] }),
  'outbox.retry': command({
    summary: '立即重发一条',
    input: Type.Object({ intentId: Uuid }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: ['intent/unknown', 'intent/notYours', 'intent/sending'],
  }),
  'outbox.edit': command({
    summary: '改正文后重新排队',
    input: Type.Object({ intentId: Uuid, text: Type.String({ maxLength: 20_000 }) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: [
      'intent/unknown',
      'intent/notYours',
      'intent/sending',
      'intent/notEditable',
      'intent/uncertain',
      'dutyLog/empty',
      'dutyLog/tooLong',
    ],
  }),
  'outbox.withdraw': command({
    summary: '撤回一条，内容回到草稿',
    input: Type.Object({ intentId: Uuid }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: ['intent/unknown', 'intent/notYours', 'intent/sending', 'intent/uncertain'],
  }),

  // ---- drafts: the core owns what is being typed
  'drafts.get': command({
    summary: '取草稿',
    input: Type.Object({ key: Type.String({ maxLength: 120 }) }, closed),
    allowed: 'signedIn',
    effect: 'read',
    errors: [],
    output: Type.Object({
      body: Type.Union([Type.String(), Type.Null()]),
      savedAt: Type.Union([EpochMs, Type.Null()]),
      /** A withdrawn record that belongs below `body` and that no draft holds yet. Whoever shows it says so with the next save. */
      returned: Type.Union([Type.Object({ body: Type.String(), returnedAt: EpochMs }), Type.Null()]),
    }),
  }),
  'drafts.save': command({
    summary: '存草稿',
    allowed: 'signedIn',
    // Words typed before the change was asked for must not be lost with the box that goes away.
    beforePasswordChange: true,
    effect: 'local',
    errors: ['store/full', 'store/readOnly'],
    input: Type.Object(
      {
        key: Type.String({ minLength: 1, maxLength: 120 }),
        body: Type.String({ maxLength: draftLimit }),
        /** `body` holds the returned words of this moment: they need not be kept beside it any longer. */
        returnedAt: Type.Optional(EpochMs),
      },
      closed,
    ),
    output: Type.Object({ savedAt: EpochMs }),
  }),
  'drafts.discard': command({
    summary: '丢弃草稿',
    input: Type.Object({ key: Type.String({ maxLength: 120 }) }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: [],
  }),

  // ---- duty log
  'dutyLog.append': command({
    summary: '记一条工作日志',
    effect: 'queued',
    allowed: ['intake', 'shiftLead', 'dispatcher', 'supervisor', 'opinionMonitor', 'wallOperator', 'commander', 'assistant', 'director'],
    input: Type.Object(
      { kind: DutyLogKindSchema, text: Type.String({ maxLength: 20_000 }), draftKey: Type.Optional(Type.String({ maxLength: 120 })) },
      closed,
    ),
    output: Type.Object({ entryId: Uuid }),
    errors: ['dutyLog/empty', 'dutyLog/tooLong', 'store/full', 'store/readOnly'],
  }),

  // ---- reference data, from the seat's cache
  'reference.get': command({
    summary: '一份基础数据',
    allowed: 'signedIn',
    effect: 'read',
    errors: ['record/notFound'],
    input: Type.Object({ kind: ReferenceKindSchema, id: Type.String({ maxLength: 60 }) }, closed),
    output: Type.Object({ entry: ReferenceManifestEntry, document: AnyReferenceDocument, readAt: EpochMs }),
  }),

  // ---- the window
  'settings.setTheme': command({
    summary: '浅色、深色或随系统',
    input: Type.Object({ theme: Theme }, closed),
    output: Empty,
    allowed: 'always',
    whileLocked: true,
    effect: 'local',
    errors: [],
  }),
  'settings.saveLayout': command({
    summary: '记住本岗位的窗口布置',
    input: Type.Object({ role: Role, layout: Layout }, closed),
    output: Empty,
    allowed: 'signedIn',
    effect: 'local',
    errors: [],
  }),
  'windows.popOut': command({
    summary: '把一个窗格放到单独的窗口',
    input: Type.Object({ pane: PaneId }, closed),
    allowed: 'signedIn',
    effect: 'local',
    errors: ['window/blocked'],
    /** `address` is set when the shell cannot open a window itself and the page must. */
    output: Type.Object({ address: Type.Union([Type.String(), Type.Null()]) }),
  }),
  'notices.dismiss': command({
    summary: '收起一条通知',
    input: Type.Object({ noticeId: Uuid }, closed),
    output: Empty,
    allowed: 'always',
    effect: 'local',
    errors: [],
  }),

  // ---- administration: live, the centre decides
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
      { accountNo: AccountNo, name: Name, roles: Type.Array(Role, { minItems: 1, uniqueItems: true }), password: Password },
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
} as const
