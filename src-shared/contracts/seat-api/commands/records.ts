import { Type } from 'typebox'
import { DutyLogKindSchema } from '../../central-api/duty-log'
import { cityKinds, referenceRoutes } from '../../central-api/reference'
import { Empty, EpochMs, Uuid } from '../../common'
import { ReferenceManifestEntry } from '../../reference'
import { DutyLogLinkSchema } from '../../shift-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Long enough for any form of this program, short enough that nobody fills the disk through it. */
export const draftLimit = 200_000

/** What is written here: the connection it waits for, the outbox, drafts (the core owns what is being typed), the duty log. */
export const recordCommands = {
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
    errors: ['intent/unknown', 'intent/notYours', 'intent/sending', 'intent/uncertain', 'intent/notWithdrawable'],
  }),

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
  'drafts.list': command({
    summary: '列出以某段开头的草稿，后存的在前',
    input: Type.Object({ prefix: Type.String({ minLength: 1, maxLength: 100 }) }, closed),
    allowed: 'signedIn',
    effect: 'read',
    errors: [],
    output: Type.Object({
      /** One entry for each key, also where only returned words lie; both bodies as `drafts.get` gives them. */
      items: Type.Array(
        Type.Object({
          key: Type.String(),
          body: Type.Union([Type.String(), Type.Null()]),
          savedAt: EpochMs,
          returned: Type.Union([Type.Object({ body: Type.String(), returnedAt: EpochMs }), Type.Null()]),
        }),
      ),
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

  'dutyLog.append': command({
    summary: '记一条工作日志',
    effect: 'queued',
    allowed: ['intake', 'shiftLead', 'dispatcher', 'supervisor', 'opinionMonitor', 'wallOperator', 'commander', 'assistant', 'director'],
    input: Type.Object(
      {
        kind: DutyLogKindSchema,
        text: Type.String({ maxLength: 20_000 }),
        draftKey: Type.Optional(Type.String({ maxLength: 120 })),
        corrects: Type.Optional(Uuid),
        links: Type.Optional(Type.Array(DutyLogLinkSchema, { maxItems: 20 })),
      },
      closed,
    ),
    output: Type.Object({ entryId: Uuid }),
    errors: ['dutyLog/empty', 'dutyLog/tooLong', 'store/full', 'store/readOnly'],
  }),

  'reference.save': command({
    summary: '保存本市维护的基础数据（指挥手册、责任矩阵、中心配置、专业部门、工作日历）',
    effect: 'live',
    allowed: referenceRoutes['reference.save'].roles,
    input: Type.Object(
      {
        kind: Type.Enum([...cityKinds]),
        id: Type.String({ pattern: '^[a-z0-9._-]{1,60}$' }),
        seenHash: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
        document: Type.Unknown(),
      },
      closed,
    ),
    output: ReferenceManifestEntry,
    errors: [...central, ...referenceRoutes['reference.save'].errors, 'request/invalid'],
  }),
} as const
