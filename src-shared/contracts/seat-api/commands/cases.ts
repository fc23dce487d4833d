import { Type } from 'typebox'
import { classesPattern } from '../../../domain/case/similarity'
import { registrars } from '../../../domain/case/transitions'
import { caseReaders, mayReveal } from '../../../domain/case/visibility'
import {
  ActionIdSchema,
  ActionInputSchema,
  CaseFactsSchema,
  CaseLock,
  CaseRowSchema,
  Line,
  PersonInput,
  Position,
  QueueIdSchema,
  Words,
} from '../../case-shapes'
import { actionErrors, CaseFilter, Collector, caseFilters, caseListRoutes, caseRoutes, ExportJob, SavedView } from '../../central-api/cases'
import { citizenLinkRoutes } from '../../central-api/citizen-links'
import { TrackPoint, trackReaders } from '../../central-api/field'
import { FollowUpKind, followUpRoutes } from '../../central-api/follow-ups'
import { ReplyList, replyRoutes } from '../../central-api/replies'
import { AccountNo, Empty, EpochMs, PageQuery, Uuid, Version } from '../../common'
import { SpotAnswerSchema } from '../../knowledge-shapes'
import { CaseDetailView } from '../case-views'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Cases at a seat: reading works from what the seat holds; taking, deciding and locking are live; notes, photos and registrations are queued. */
const seatReaders = caseReaders.filter((role) => role !== 'collector')
const seatRegistrars = registrars.filter((role) => role !== 'collector')
const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' })

export const caseCommands = {
  'queues.read': command({
    summary: '本机持有的一个队列，按时限先后分页',
    input: Type.Object(
      { queue: QueueIdSchema, after: PageQuery.after, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })) },
      closed,
    ),
    output: Type.Object({
      rows: Type.Array(CaseRowSchema),
      next: Type.Union([Type.String(), Type.Null()]),
      /** Number of the last change that these rows contain (`cases.changed`). */
      upTo: Type.Integer({ minimum: 0 }),
      readAt: Type.Union([EpochMs, Type.Null()]),
      isComplete: Type.Boolean(),
    }),
    allowed: seatReaders,
    effect: 'read',
    errors: [],
  }),
  'cases.open': command({
    summary: '打开案卷：中心连得上取最新，连不上用本机存的',
    input: Type.Object({ caseId: Uuid, peek: Type.Optional(Type.Boolean()) }, closed),
    output: CaseDetailView,
    allowed: seatReaders,
    effect: 'read',
    errors: ['record/notFound', 'case/notCached', ...central],
  }),
  'cases.list': command({
    summary: '按条件查中心的案卷',
    input: Type.Object(
      { ...caseFilters, after: PageQuery.after, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })) },
      closed,
    ),
    output: Type.Object({ items: Type.Array(CaseRowSchema), next: Type.Union([Type.String(), Type.Null()]) }),
    allowed: seatReaders,
    effect: 'live',
    errors: central,
  }),
  'cases.search': command({
    summary: '搜案卷',
    input: Type.Object({ q: Line(100), after: PageQuery.after }, closed),
    output: Type.Object({ items: Type.Array(CaseRowSchema), next: Type.Union([Type.String(), Type.Null()]) }),
    allowed: seatReaders,
    effect: 'live',
    errors: central,
  }),
  'cases.act': command({
    summary: '办理一步',
    /** `actId` is made by the window for one press of the key: sent twice, done once. */
    input: Type.Object({ caseId: Uuid, version: Version, action: ActionIdSchema, input: ActionInputSchema, actId: Uuid }, closed),
    output: CaseRowSchema,
    allowed: seatReaders,
    effect: 'live',
    errors: [...central, ...caseRoutes['cases.act'].errors],
  }),
  'cases.undo': command({
    summary: '撤销自己刚办的一步',
    input: Type.Object({ caseId: Uuid, version: Version, actId: Uuid }, closed),
    output: CaseRowSchema,
    allowed: seatReaders,
    effect: 'live',
    errors: [...central, ...caseRoutes['cases.undo'].errors],
  }),
  'cases.note': command({
    summary: '记意见、附件、回访、标注、到场：离线时排队',
    input: Type.Object(
      {
        caseId: Uuid,
        caseNo: Type.String({ maxLength: 20 }),
        action: Type.Enum(['addOpinion', 'attach', 'annotatePhoto', 'followUp', 'reportArrival']),
        input: ActionInputSchema,
        draftKey: Type.Optional(Type.String({ maxLength: 120 })),
      },
      closed,
    ),
    output: Type.Object({ intentId: Uuid }),
    allowed: seatReaders,
    effect: 'queued',
    errors: ['case/inputMissing'],
  }),
  'cases.register': command({
    summary: '登记案卷：离线时排队，号码由中心给',
    input: Type.Object(
      {
        facts: CaseFactsSchema,
        citizen: Type.Union([PersonInput, Type.Null()]),
        photoIds: Type.Array(Uuid, { maxItems: 20, uniqueItems: true }),
        answer: Type.Optional(SpotAnswerSchema),
        draftKey: Type.Optional(Type.String({ maxLength: 120 })),
      },
      closed,
    ),
    /** `intentId`: what waits in the outbox until the centre has it. */
    output: Type.Object({ caseId: Uuid, intentId: Uuid }),
    allowed: seatRegistrars,
    effect: 'queued',
    errors: ['case/inputMissing', 'case/citizenMissing'],
  }),
  'citizenLinks.create': command({
    summary: '给来电人一次性的传照片链接',
    input: Type.Object({ caseId: Uuid }, closed),
    output: Type.Object({ url: Type.String(), expiresAt: EpochMs, most: Type.Integer() }),
    allowed: citizenLinkRoutes['citizenLinks.create'].roles,
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'followUps.list': command({
    summary: '抽样回访待办与回访不满意的',
    input: Type.Object({ which: FollowUpKind }, closed),
    output: followUpRoutes['followUps.list'].response,
    allowed: followUpRoutes['followUps.list'].roles,
    effect: 'live',
    errors: [...central],
  }),
  'replies.list': command({
    summary: '待回复来源的案卷，或近来已回传的',
    input: Type.Object({ which: ReplyList }, closed),
    output: replyRoutes['replies.list'].response,
    allowed: replyRoutes['replies.list'].roles,
    effect: 'live',
    errors: [...central],
  }),
  'cases.lock': command({
    summary: '锁定编辑、续期或接管',
    input: Type.Object({ caseId: Uuid, takeOver: Type.Optional(Type.Boolean()) }, closed),
    output: CaseLock,
    allowed: seatReaders,
    effect: 'live',
    errors: [...central, 'record/notFound', 'case/locked'],
  }),
  'cases.unlock': command({
    summary: '放开编辑',
    input: Type.Object({ caseId: Uuid }, closed),
    output: Empty,
    allowed: seatReaders,
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'cases.reveal': command({
    summary: '查看来电人或上报人（记入审计）',
    input: Type.Object(
      { caseId: Uuid, person: Type.Enum(['citizen', 'reporter']), reason: Type.String({ minLength: 2, maxLength: 200 }) },
      closed,
    ),
    output: Type.Object({ name: Type.String(), number: Type.String() }),
    allowed: mayReveal,
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'cases.duplicates': command({
    summary: '疑似重复；中心离线时从本机存的案卷里找',
    input: Type.Object(
      {
        caseId: Type.Optional(Uuid),
        /** Several with their beliefs, the likeliest first, while none is chosen (`classesToWire`). */
        subclassCode: Type.Optional(Type.String({ pattern: classesPattern })),
        position: Type.Optional(Position),
        text: Type.Optional(Words(500)),
      },
      closed,
    ),
    /** `isFromSeat`: the centre is away, and there may be more. */
    output: Type.Object({ items: caseListRoutes['cases.duplicates'].response.properties.items, isFromSeat: Type.Boolean() }),
    allowed: seatReaders.filter((role) => role !== 'departmentOperator'),
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'bulk.start': command({
    summary: '批量办理',
    input: Type.Object(
      {
        action: ActionIdSchema,
        items: Type.Array(Type.Object({ caseId: Uuid, caseNo: Type.String({ maxLength: 20 }), version: Version }, closed), {
          minItems: 1,
          maxItems: 500,
        }),
        input: ActionInputSchema,
      },
      closed,
    ),
    output: Type.Object({ bulkId: Uuid }),
    allowed: seatReaders,
    effect: 'live',
    errors: [...central, 'case/bulkTooMany', ...actionErrors],
  }),
  'bulk.cancel': command({
    summary: '停止批量办理，已办的不变',
    input: Type.Object({ bulkId: Uuid }, closed),
    output: Empty,
    allowed: seatReaders,
    effect: 'local',
    errors: ['record/notFound'],
  }),
  'bulk.dismiss': command({
    summary: '收起已结束的批量办理',
    input: Type.Object({ bulkId: Uuid }, closed),
    output: Empty,
    allowed: seatReaders,
    effect: 'local',
    errors: ['record/notFound'],
  }),
  'attachments.begin': command({
    summary: '在本机存一份附件，存好后自动上传',
    input: Type.Object(
      {
        purpose: Type.Enum(['report', 'verification', 'before', 'after', 'check', 'document', 'other']),
        fileName: Line(120),
        mediaType: Line(100),
        bytes: Type.Integer({ minimum: 1, maximum: 52_428_800 }),
      },
      closed,
    ),
    output: Type.Object({ attachmentId: Uuid }),
    allowed: seatReaders,
    effect: 'local',
    errors: ['attachment/tooLarge', 'store/full', 'store/readOnly'],
  }),
  'attachments.append': command({
    summary: '附件的一段；最后一段之后排队上传',
    input: Type.Object(
      { attachmentId: Uuid, offset: Type.Integer({ minimum: 0 }), base64: Type.Intersect([Base64, Type.String({ maxLength: 1_400_000 })]) },
      closed,
    ),
    output: Type.Object({ received: Type.Integer(), isComplete: Type.Boolean() }),
    allowed: seatReaders,
    effect: 'local',
    errors: ['attachment/unknown', 'attachment/wrongOffset', 'store/full', 'store/readOnly'],
  }),
  'attachments.read': command({
    summary: '照片或附件：本机有就用本机的',
    input: Type.Object({ attachmentId: Uuid, variant: Type.Enum(['display', 'thumb', 'original']) }, closed),
    output: Type.Object({ mediaType: Type.String(), fileName: Type.String(), base64: Type.String(), isCached: Type.Boolean() }),
    allowed: seatReaders,
    effect: 'read',
    errors: [...central, 'attachment/unknown', 'attachment/notReady', 'auth/forbidden'],
  }),
  'views.list': command({
    summary: '我的视图',
    input: Empty,
    output: Type.Object({ items: Type.Array(SavedView) }),
    allowed: seatReaders,
    effect: 'read',
    errors: central,
  }),
  'views.save': command({
    summary: '保存视图',
    input: SavedView,
    output: SavedView,
    allowed: seatReaders,
    effect: 'live',
    errors: [...central, 'view/tooMany', 'view/nameTaken'],
  }),
  'views.remove': command({
    summary: '删除视图',
    input: Type.Object({ viewId: Uuid }, closed),
    output: Empty,
    allowed: seatReaders,
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'exports.create': command({
    summary: '导出案卷',
    input: Type.Object({ format: Type.Enum(['xlsx', 'csv']), filter: CaseFilter }, closed),
    output: ExportJob,
    allowed: seatReaders.filter((role) => role !== 'wallOperator'),
    effect: 'live',
    errors: [...central, 'export/tooMany', 'export/tooLarge'],
  }),
  'exports.get': command({
    summary: '导出进度',
    input: Type.Object({ exportId: Uuid }, closed),
    output: ExportJob,
    allowed: seatReaders.filter((role) => role !== 'wallOperator'),
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'exports.cancel': command({
    summary: '取消导出',
    input: Type.Object({ exportId: Uuid }, closed),
    output: Empty,
    allowed: seatReaders.filter((role) => role !== 'wallOperator'),
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'exports.read': command({
    summary: '取导出文件的一段',
    input: Type.Object({ exportId: Uuid, offset: Type.Integer({ minimum: 0 }) }, closed),
    output: Type.Object({ base64: Type.String(), next: Type.Union([Type.Integer(), Type.Null()]) }),
    allowed: seatReaders.filter((role) => role !== 'wallOperator'),
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'collectors.track': command({
    summary: '一名监督员一段时间的轨迹（最长 24 小时）；查看记入审计日志',
    input: Type.Object({ accountNo: AccountNo, from: EpochMs, until: EpochMs }, closed),
    output: Type.Object({ items: Type.Array(TrackPoint) }),
    allowed: trackReaders,
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'collectors.list': command({
    summary: '监督员：在岗、任务数',
    input: Type.Object({ gridCode: Type.Optional(Type.String({ pattern: '^\\d{15}$' })) }, closed),
    output: Type.Object({ items: Type.Array(Collector) }),
    allowed: ['intake', 'shiftLead', 'commander', 'supervisor', 'director', 'assistant'],
    effect: 'live',
    errors: central,
  }),
} as const
