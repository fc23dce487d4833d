import { type Static, Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { Position, QueueIdSchema } from '../case-shapes'
import { Centre, OnDuty } from '../central-api/centre'
import { DutyLogKindSchema } from '../central-api/duty-log'
import { CollectorNow } from '../central-api/field'
import { AccountNo, DepartmentCode, EpochMs, Name, plainText, Role, SeatNo, ShiftSchema, Uuid } from '../common'
import { ReferenceManifestEntry } from '../reference'
import { DutyLogLinkSchema, OriginSchema } from '../shift-shapes'

/** Shapes on screen. They hold what a window shows and nothing it must not know (no tokens, no paths beyond the data folder for IT). */
export const AppView = Type.Object({
  version: Type.String(),
  shell: Type.Enum(['electron', 'browser']),
  seatNo: SeatNo,
  /** Offered in the sign-in form, from configuration or the last person here. */
  suggestedAccountNo: Type.Union([AccountNo, Type.Null()]),
  startedAt: EpochMs,
  autoLockMinutes: Type.Integer({ minimum: 0, description: '0 = 不自动锁定' }),
})
export type AppView = Static<typeof AppView>

export const SessionView = Type.Object({
  state: Type.Enum(['signedOut', 'signedIn', 'locked']),
  agent: Type.Union([
    Type.Object({
      accountNo: AccountNo,
      name: Name,
      role: Role,
      roles: Type.Array(Role),
      departmentCode: Type.Optional(DepartmentCode),
      mustChangePassword: Type.Boolean(),
    }),
    Type.Null(),
  ]),
  seatNo: SeatNo,
  shift: Type.Union([ShiftSchema, Type.Null()]),
  signedInAt: Type.Union([EpochMs, Type.Null()]),
  /** `offline`: admitted by this PC from an earlier sign-in, because the centre could not be asked. `resumed`: the same session after a restart. */
  admittedBy: Type.Union([Type.Enum(['central', 'offline', 'resumed']), Type.Null()]),
  /** The centre no longer honours the session: records keep queueing, live actions need a new sign-in. */
  needsSignIn: Type.Boolean(),
  lockedAt: Type.Union([EpochMs, Type.Null()]),
})
export type SessionView = Static<typeof SessionView>

export const ConnectionView = Type.Object({
  state: Type.Enum(['connecting', 'online', 'offline']),
  /** When the present state began. */
  since: EpochMs,
  /** Last moment the centre was heard; what is shown from cache is as old as this. */
  lastHeardAt: Type.Union([EpochMs, Type.Null()]),
  roundTripMs: Type.Union([Type.Integer(), Type.Null()]),
  /** Centre's clock minus this PC's, in milliseconds; added to this PC's time for everything that is recorded. */
  clockOffsetMs: Type.Union([Type.Integer(), Type.Null()]),
  serverVersion: Type.Union([Type.String(), Type.Null()]),
  /** One sentence for people, e.g. why it is offline. */
  reason: Type.Union([Type.String(), Type.Null()]),
})
export type ConnectionView = Static<typeof ConnectionView>

/** Null until the centre was reached once. `readAt` says how old it is. */
export const CentreView = Type.Object({ centre: Type.Union([Centre, Type.Null()]), readAt: Type.Union([EpochMs, Type.Null()]) })
export type CentreView = Static<typeof CentreView>

export const IntentView = Type.Object({
  intentId: Uuid,
  kind: Type.String(),
  /** What it is, in Chinese, e.g. 工作日志. */
  title: Type.String(),
  /** First words of the content. */
  summary: Type.String(),
  /** The text that may be corrected before sending; null when this kind cannot be edited. */
  editableText: Type.Union([Type.String(), Type.Null()]),
  accountNo: AccountNo,
  createdAt: EpochMs,
  /** `blocked`: waits behind a parked record of the same subject. */
  state: Type.Enum(['waiting', 'sending', 'parked', 'blocked']),
  attempts: Type.Integer(),
  nextAttemptAt: Type.Union([EpochMs, Type.Null()]),
  /** Why it was parked, or why the last try failed. */
  reason: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
})
export type IntentView = Static<typeof IntentView>

export const OutboxView = Type.Object({ waiting: Type.Integer(), parked: Type.Integer(), intents: Type.Array(IntentView) })
export type OutboxView = Static<typeof OutboxView>

export const DutyLogEntryView = Type.Object({
  entryId: Uuid,
  kind: DutyLogKindSchema,
  text: Type.String(),
  authorNo: AccountNo,
  authorName: Name,
  seatNo: SeatNo,
  writtenAt: EpochMs,
  receivedAt: Type.Union([EpochMs, Type.Null()]),
  sync: Type.Enum(['waiting', 'parked', 'sent']),
  /** Set when parked. */
  reason: Type.Union([Type.String(), Type.Null()]),
  /** Left out by entries without a seal. */
  origin: Type.Optional(OriginSchema),
  corrects: Type.Optional(Type.Union([Uuid, Type.Null()])),
  links: Type.Optional(Type.Array(DutyLogLinkSchema)),
  isSealed: Type.Optional(Type.Boolean()),
})
export type DutyLogEntryView = Static<typeof DutyLogEntryView>

/** The newest entries, newest first; older ones are asked for by page. `readAt` is the age of what came from the centre. */
export const DutyLogView = Type.Object({ entries: Type.Array(DutyLogEntryView), readAt: Type.Union([EpochMs, Type.Null()]) })
export type DutyLogView = Static<typeof DutyLogView>

export const OnDutyView = Type.Object({ people: Type.Array(OnDuty), readAt: Type.Union([EpochMs, Type.Null()]) })
export type OnDutyView = Static<typeof OnDutyView>

export const ReferenceView = Type.Object({
  entries: Type.Array(ReferenceManifestEntry),
  readAt: Type.Union([EpochMs, Type.Null()]),
})
export type ReferenceView = Static<typeof ReferenceView>

export const Notice = Type.Object({
  noticeId: Uuid,
  level: Type.Enum(['info', 'warning', 'error']),
  at: EpochMs,
  title: Type.String(),
  text: Type.String(),
  /** What a click opens. */
  opens: Type.Union([Type.Enum(['outbox', 'connection', 'diagnostics', 'dutyLog', 'quality']), Type.Object({ caseId: Uuid }), Type.Null()]),
})
export type Notice = Static<typeof Notice>
export const NoticesView = Type.Object({ notices: Type.Array(Notice) })
export type NoticesView = Static<typeof NoticesView>

export const Theme = Type.Enum(['light', 'dark', 'system'])

/** Panes that exist. A later pane adds its id here and its row in the renderer's pane registry. */
export const PaneId = Type.Enum([
  'home',
  'registration',
  'cases',
  'map',
  'wall',
  'dutyLog',
  'handover',
  'callLog',
  'reference',
  'administration',
  'knowledge',
  'followUps',
  'replies',
  'quality',
])
export type PaneId = Static<typeof PaneId>

/** How a role last arranged its window. `shares` are percentages of the splitter's panels. */
export const Layout = Type.Object({
  main: PaneId,
  side: Type.Union([PaneId, Type.Null()]),
  sideShare: Type.Number({ minimum: 15, maximum: 70 }),
})
export type Layout = Static<typeof Layout>

/**
 * How a post last arranged its worklists on this PC: which queue, columns with their order and width (px), sorting, grouping, preview. Filters are
 * not in it: what hides cases is never remembered unasked. Columns and groupings are names of the screen, which leaves out those it does not know.
 */
export const CaseList = Type.Object(
  {
    queue: Type.Union([QueueIdSchema, Type.Null()]),
    columns: Type.Array(
      Type.Object(
        { key: Type.String({ maxLength: 40 }), isShown: Type.Boolean(), width: Type.Optional(Type.Integer({ minimum: 40, maximum: 800 })) },
        { additionalProperties: false },
      ),
      { maxItems: 60 },
    ),
    sort: Type.Array(
      Type.Object(
        { column: Type.String({ maxLength: 40 }), direction: Type.Enum(['ascending', 'descending']) },
        { additionalProperties: false },
      ),
      { maxItems: 60 },
    ),
    grouping: Type.String({ maxLength: 20 }),
    isPreviewShown: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type CaseList = Static<typeof CaseList>

/** A place on the map that somebody comes back to. */
export const MapBookmark = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 30, pattern: plainText }),
    position: Position,
    /** Metres in view from left to right. */
    acrossM: Type.Number({ exclusiveMinimum: 0, maximum: 10_000_000 }),
  },
  { additionalProperties: false },
)
export type MapBookmark = Static<typeof MapBookmark>
export const mostBookmarks = 30

export const SettingsView = Type.Object({
  theme: Theme,
  // Typed by hand: a partial record over an enum comes out of the schema library as `{}`.
  layouts: Type.Unsafe<Partial<Record<RoleId, Layout>>>(Type.Partial(Type.Record(Role, Layout))),
  caseLists: Type.Unsafe<Partial<Record<RoleId, CaseList>>>(Type.Partial(Type.Record(Role, CaseList))),
  mapBookmarks: Type.Optional(Type.Array(MapBookmark)),
})
export type SettingsView = Static<typeof SettingsView>

/** What IT and the curious see: where things are and how they fare. No personal data. */
export const DiagnosticsView = Type.Object({
  dataFolder: Type.String(),
  secretsKeptIn: Type.Enum(['osKeyStore', 'file']),
  database: Type.Object({
    bytes: Type.Integer(),
    schemaVersion: Type.Integer(),
    isEncrypted: Type.Boolean(),
    lastBackupAt: Type.Union([EpochMs, Type.Null()]),
    slowStatements: Type.Integer(),
  }),
  runtime: Type.Object({ node: Type.String(), electron: Type.Union([Type.String(), Type.Null()]), platform: Type.String() }),
  centralUrl: Type.String(),
})
export type DiagnosticsView = Static<typeof DiagnosticsView>

/**
 * The archive of map tiles at this seat. `address` is where the page reads it by ranges (PMTiles 3), without the centre; an older archive stays in use
 * until the newer one is whole.
 */
export const MapTilesView = Type.Object({
  /** The one in use; null while there is none. */
  archive: Type.Union([
    Type.Object({
      sha256: Type.String(),
      /** Path on the page's own origin, `/map-tiles/<sha256>.pmtiles`. */
      address: Type.String(),
      bytes: Type.Integer(),
      minZoom: Type.Integer(),
      maxZoom: Type.Integer(),
      bounds: Type.Array(Type.Number()),
    }),
    Type.Null(),
  ]),
  /** The newer one that is on its way; null when there is none. */
  download: Type.Union([Type.Object({ received: Type.Integer(), bytes: Type.Integer() }), Type.Null()]),
  /** Why the last attempt ended, in words; it goes on by itself. */
  problem: Type.Union([Type.String(), Type.Null()]),
})
export type MapTilesView = Static<typeof MapTilesView>

/** Where collectors are, for those who send them somewhere; empty for others. `readAt`: when something of it was last heard. */
export const CollectorsView = Type.Object({ items: Type.Array(CollectorNow), readAt: Type.Union([EpochMs, Type.Null()]) })
export type CollectorsView = Static<typeof CollectorsView>
