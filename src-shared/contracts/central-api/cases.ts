import { type Static, Type } from 'typebox'
import { classesPattern } from '../../domain/case/similarity'
import { registrars } from '../../domain/case/transitions'
import { caseReaders, mayReveal } from '../../domain/case/visibility'
import {
  ActionIdSchema,
  ActionInputSchema,
  CaseDetail,
  CaseFactsSchema,
  CaseLock,
  CaseRowSchema,
  Line,
  PersonInput,
  Position,
  QueueIdSchema,
  Words,
} from '../case-shapes'
import { DepartmentCode, Empty, EpochMs, PageQuery, plainText, Uuid } from '../common'
import type { ErrorCode } from '../errors'
import { SpotAnswerSchema } from '../knowledge-shapes'
import { octets, route } from './route'

/** Cases 案卷: registering, reading, acting, locking. Who may do what to a case in which state is in `domain/case/transitions`, not here. */
const closed = { additionalProperties: false }
const CaseParams = Type.Object({ caseId: Uuid })

/** What a registration brings. The id is made where the case is made; the number comes from central. */
export const CaseDraft = Type.Object(
  {
    caseId: Uuid,
    facts: CaseFactsSchema,
    citizen: Type.Union([PersonInput, Type.Null()]),
    photoIds: Type.Array(Uuid, { maxItems: 20, uniqueItems: true }),
    /** When it was written down, by the centre's clock; earlier than now when the seat was offline. */
    registeredAt: EpochMs,
    /** 当场答复: the caller was answered and no case goes on; it is registered and answered in one step. */
    answer: Type.Optional(SpotAnswerSchema),
  },
  closed,
)
export type CaseDraft = Static<typeof CaseDraft>

/** Filters that lists, search and exports share; all must hold. Lists of values are separated by commas. */
export const caseFilters = {
  queue: Type.Optional(QueueIdSchema),
  states: Type.Optional(Line(300)),
  sources: Type.Optional(Line(200)),
  subclassCode: Type.Optional(Type.String({ pattern: '^\\d{1,6}$' })),
  streetCode: Type.Optional(Type.String({ pattern: '^\\d{9}$' })),
  gridCode: Type.Optional(Type.String({ pattern: '^\\d{15}$' })),
  departmentCode: Type.Optional(DepartmentCode),
  from: Type.Optional(EpochMs),
  until: Type.Optional(EpochMs),
  isUrgent: Type.Optional(Type.Boolean()),
  isOpen: Type.Optional(Type.Boolean()),
}
export const CaseFilter = Type.Object(caseFilters, closed)
export type CaseFilter = Static<typeof CaseFilter>

/** Every refusal that the workflow itself can give. */
export const actionErrors = [
  'case/notInState',
  'case/wrongRole',
  'case/inputMissing',
  'case/threeElementsMissing',
  'case/notPlaced',
  'case/notClassified',
  'case/notVerified',
  'case/notUrgent',
  'case/sameAsOther',
  'case/notYourTask',
  'case/photosMissing',
  'case/ownFiling',
  'case/ownClosing',
  'case/checksDue',
  'case/onlySecrecyNow',
  'case/citizenNotTold',
  'case/limitNotPositive',
  'case/notYourDepartment',
  'case/handlingUnproven',
  'case/notSolved',
  'case/followUpDue',
  'case/citizenDissatisfied',
  'case/noCitizen',
  'case/reopenedBefore',
  'case/requestPending',
  'case/requestUnknown',
  'case/ownRequest',
  'case/notYourRequest',
  'case/extensionTooLong',
  'case/voidNotReviewed',
  'case/needsSecondPerson',
  'case/noSourceToAnswer',
  'case/replySent',
  'case/replyUnknown',
  'case/replyNotApproved',
  'case/ownReply',
  'case/replyUnderWay',
  'case/returnedTooEarly',
] as const satisfies readonly ErrorCode[]

const attachmentErrors = ['attachment/unknown', 'attachment/notReady', 'attachment/notYours'] as const

export const caseRoutes = {
  'cases.register': route({
    method: 'POST',
    path: '/cases',
    tag: 'cases',
    roles: registrars,
    summary: '登记案卷',
    status: 201,
    idempotent: true,
    bodyLimitBytes: 131_072,
    body: CaseDraft,
    response: CaseRowSchema,
    errors: [
      'record/exists',
      'case/codeUnknown',
      'case/placeUnknown',
      'case/citizenMissing',
      'case/photosMissing',
      'case/wrongRole',
      'case/inputMissing',
      'profile/unusable',
      ...attachmentErrors,
    ],
  }),
  'cases.list': route({
    method: 'GET',
    path: '/cases',
    tag: 'cases',
    roles: caseReaders,
    summary: '案卷列表：按队列或条件，按时限先后（已办结的新的在前）',
    query: Type.Object(
      { ...caseFilters, after: PageQuery.after, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })) },
      closed,
    ),
    response: Type.Object({
      items: Type.Array(CaseRowSchema),
      next: Type.Union([Type.String(), Type.Null()]),
      /** Event number when the first page was read. */
      seq: Type.Integer({ minimum: 0 }),
    }),
    errors: [],
  }),
  'cases.get': route({
    method: 'GET',
    path: '/cases/{caseId}',
    tag: 'cases',
    roles: caseReaders,
    summary: '案卷详情；打开即记为已看',
    params: CaseParams,
    query: Type.Object({ peek: Type.Optional(Type.Boolean({ description: '预取：不记为已看' })) }, closed),
    response: CaseDetail,
    errors: ['record/notFound'],
  }),
  'cases.act': route({
    method: 'POST',
    path: '/cases/{caseId}/actions/{action}',
    tag: 'cases',
    roles: caseReaders,
    summary: '办理一步',
    versioned: true,
    idempotent: true,
    bodyLimitBytes: 131_072,
    params: Type.Object({ caseId: Uuid, action: ActionIdSchema }),
    body: ActionInputSchema,
    response: CaseRowSchema,
    errors: [
      'record/notFound',
      'record/stale',
      'case/locked',
      'case/codeUnknown',
      'case/placeUnknown',
      'case/otherEnded',
      'profile/unusable',
      ...actionErrors,
      ...attachmentErrors,
    ],
  }),
  'cases.undo': route({
    method: 'POST',
    path: '/cases/{caseId}/undo',
    tag: 'cases',
    roles: caseReaders,
    summary: '撤销自己刚办的一步（下一人看到之前）',
    versioned: true,
    idempotent: true,
    params: CaseParams,
    body: Empty,
    response: CaseRowSchema,
    errors: [
      'record/notFound',
      'record/stale',
      'case/undoTooLate',
      'case/undoNotYours',
      'case/undoNotPossible',
      'case/undoSeen',
      'profile/unusable',
    ],
  }),
  'cases.lock': route({
    method: 'PUT',
    path: '/cases/{caseId}/lock',
    tag: 'cases',
    roles: caseReaders,
    summary: '锁定编辑或续期（5 分钟）；值班长可接管',
    params: CaseParams,
    body: Type.Object({ takeOver: Type.Optional(Type.Boolean()) }, closed),
    response: CaseLock,
    errors: ['record/notFound', 'case/locked'],
  }),
  'cases.unlock': route({
    method: 'DELETE',
    path: '/cases/{caseId}/lock',
    tag: 'cases',
    roles: caseReaders,
    summary: '放开编辑',
    params: CaseParams,
    response: Empty,
    errors: ['record/notFound'],
  }),
  'cases.reveal': route({
    method: 'POST',
    path: '/cases/{caseId}/reveal',
    tag: 'cases',
    roles: mayReveal,
    summary: '查看来电人或上报人（写明理由，记入审计）',
    params: CaseParams,
    body: Type.Object({ person: Type.Enum(['citizen', 'reporter']), reason: Type.String({ minLength: 2, maxLength: 200 }) }, closed),
    response: Type.Object({ name: Type.String(), number: Type.String() }),
    errors: ['record/notFound'],
  }),
  'queues.list': route({
    method: 'GET',
    path: '/queues',
    tag: 'queues',
    roles: caseReaders,
    summary: '本岗位各队列：件数、最早一件、最急的灯',
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          queue: QueueIdSchema,
          count: Type.Integer(),
          oldestEnteredAt: Type.Union([EpochMs, Type.Null()]),
          red: Type.Integer(),
          amber: Type.Integer(),
        }),
      ),
      seq: Type.Integer({ minimum: 0 }),
    }),
    errors: [],
  }),
} as const

/** A piece of an exported file holds this much; only the last one less. */
export const exportPieceBytes = 1_048_576

/** A filter with its columns, kept under a name for one account. */
export const SavedView = Type.Object(
  {
    viewId: Uuid,
    name: Type.String({ minLength: 1, maxLength: 30, pattern: plainText }),
    queue: Type.Union([QueueIdSchema, Type.Null()]),
    /** The renderer's own: columns, sorting, grouping, filter fields. */
    settings: Type.Record(Type.String({ maxLength: 40 }), Type.Unknown()),
  },
  closed,
)
export type SavedView = Static<typeof SavedView>

export const ExportJob = Type.Object({
  exportId: Uuid,
  state: Type.Enum(['running', 'done', 'failed', 'cancelled']),
  total: Type.Integer(),
  done: Type.Integer(),
  fileName: Type.String(),
  bytes: Type.Union([Type.Integer(), Type.Null()]),
  createdAt: EpochMs,
  /** The file is removed after this. */
  expiresAt: EpochMs,
  failure: Type.Union([Type.String(), Type.Null()]),
})
export type ExportJob = Static<typeof ExportJob>

const exporters = [
  'intake',
  'shiftLead',
  'dispatcher',
  'supervisor',
  'opinionMonitor',
  'commander',
  'assistant',
  'director',
  'departmentOperator',
] as const

export const caseListRoutes = {
  'cases.duplicates': route({
    method: 'GET',
    path: '/cases/duplicates',
    tag: 'cases',
    roles: caseReaders.filter((role) => role !== 'departmentOperator' && role !== 'collector'),
    summary: '疑似重复：同类、相近、近期、文字相似',
    query: Type.Object(
      {
        caseId: Type.Optional(Uuid),
        /** Several with their beliefs, the likeliest first, while none is chosen (`classesToWire`). */
        subclassCode: Type.Optional(Type.String({ pattern: classesPattern })),
        lng: Type.Optional(Position.properties.lng),
        lat: Type.Optional(Position.properties.lat),
        text: Type.Optional(Words(500)),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 8 })),
      },
      closed,
    ),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          row: CaseRowSchema,
          /** 0 to 1. */
          score: Type.Number(),
          distanceM: Type.Union([Type.Number(), Type.Null()]),
          /** Likely enough to be told unasked. */
          isHint: Type.Boolean(),
          /** Why, in words: `同小类`, `相距 12 m`, `2 小时前`, `文字相近`. */
          reasons: Type.Array(Type.String()),
        }),
      ),
    }),
    errors: ['record/notFound'],
  }),
  'search.cases': route({
    method: 'GET',
    path: '/search/cases',
    tag: 'search',
    roles: caseReaders.filter((role) => role !== 'collector'),
    summary: '搜案卷：文字、地点、案卷号、网格与部件编码',
    query: Type.Object(
      {
        q: Line(100),
        ...caseFilters,
        after: PageQuery.after,
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 30 })),
      },
      closed,
    ),
    response: Type.Object({ items: Type.Array(CaseRowSchema), next: Type.Union([Type.String(), Type.Null()]) }),
    errors: [],
  }),
  'views.list': route({
    method: 'GET',
    path: '/views',
    tag: 'views',
    roles: caseReaders,
    summary: '我的视图',
    response: Type.Object({ items: Type.Array(SavedView) }),
    errors: [],
  }),
  'views.save': route({
    method: 'PUT',
    path: '/views/{viewId}',
    tag: 'views',
    roles: caseReaders,
    summary: '保存视图',
    params: Type.Object({ viewId: Uuid }),
    bodyLimitBytes: 16_384,
    body: SavedView,
    response: SavedView,
    errors: ['view/tooMany', 'view/nameTaken'],
  }),
  'views.remove': route({
    method: 'DELETE',
    path: '/views/{viewId}',
    tag: 'views',
    roles: caseReaders,
    summary: '删除视图',
    params: Type.Object({ viewId: Uuid }),
    response: Empty,
    errors: ['record/notFound'],
  }),
  'exports.create': route({
    method: 'POST',
    path: '/exports',
    tag: 'exports',
    roles: exporters,
    summary: '导出案卷（带水印、个人信息脱敏）',
    status: 201,
    idempotent: true,
    body: Type.Object({ exportId: Uuid, format: Type.Enum(['xlsx', 'csv']), filter: CaseFilter }, closed),
    response: ExportJob,
    errors: ['export/tooMany', 'export/tooLarge', 'record/exists'],
  }),
  'exports.get': route({
    method: 'GET',
    path: '/exports/{exportId}',
    tag: 'exports',
    roles: exporters,
    summary: '导出进度',
    params: Type.Object({ exportId: Uuid }),
    response: ExportJob,
    errors: ['record/notFound'],
  }),
  'exports.cancel': route({
    method: 'DELETE',
    path: '/exports/{exportId}',
    tag: 'exports',
    roles: exporters,
    summary: '取消导出',
    params: Type.Object({ exportId: Uuid }),
    response: Empty,
    errors: ['record/notFound'],
  }),
  'exports.read': route({
    method: 'GET',
    path: '/exports/{exportId}/content',
    tag: 'exports',
    roles: exporters,
    summary: '导出文件的一段（每段 1 MB）；只给本人，取第一段时记入审计日志',
    produces: octets,
    params: Type.Object({ exportId: Uuid }),
    query: Type.Object(
      {
        offset: Type.Optional(
          Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0, description: '这一段在文件中的起点；到末尾为空' }),
        ),
      },
      closed,
    ),
    response: Type.String({ description: '文件的字节' }),
    errors: ['record/notFound', 'export/notReady'],
  }),
} as const

/** A collector as dispatchers of tasks see them: who is near, on duty, and how busy. */
export const Collector = Type.Object({
  accountNo: Type.String(),
  name: Type.String(),
  isOnDuty: Type.Boolean(),
  position: Type.Union([Position, Type.Null()]),
  positionAt: Type.Union([EpochMs, Type.Null()]),
  openTasks: Type.Integer(),
  /** Grids of their patrol area 责任网格; empty when none is assigned. */
  gridCodes: Type.Array(Type.String()),
})
export type Collector = Static<typeof Collector>

export const CollectorTask = Type.Object({
  row: CaseRowSchema,
  kind: Type.Enum(['verification', 'check']),
  requirement: Type.String(),
  orderedAt: EpochMs,
  description: Type.String(),
  /** Photos to compare with. */
  photoIds: Type.Array(Uuid),
})
export type CollectorTask = Static<typeof CollectorTask>

export const collectorRoutes = {
  'collectors.list': route({
    method: 'GET',
    path: '/collectors',
    tag: 'collectors',
    roles: ['intake', 'shiftLead', 'commander', 'supervisor', 'director', 'assistant'],
    summary: '监督员：在岗、位置、手上任务数',
    query: Type.Object({ gridCode: Type.Optional(Type.String({ pattern: '^\\d{15}$' })) }, closed),
    response: Type.Object({ items: Type.Array(Collector) }),
    errors: [],
  }),
  'collectors.reportDuty': route({
    method: 'PUT',
    path: '/collectors/me/duty',
    tag: 'collectors',
    roles: ['collector'],
    summary: '上报在岗与位置',
    body: Type.Object({ isOnDuty: Type.Boolean(), position: Type.Union([Position, Type.Null()]) }, closed),
    response: Empty,
    errors: [],
  }),
  'collectors.tasks': route({
    method: 'GET',
    path: '/collectors/me/tasks',
    tag: 'collectors',
    roles: ['collector'],
    summary: '我的核实与核查任务',
    response: Type.Object({ items: Type.Array(CollectorTask) }),
    errors: [],
  }),
} as const
