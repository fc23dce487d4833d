import { Type } from 'typebox'
import type { Report } from '../domain/wall/answer'
import type { Layout } from '../domain/wall/layout'
import type { WallItem } from '../domain/wall/new-wall'
import type { WallNews } from '../domain/wall/news'
import {
  type Change,
  type Content,
  type Entry,
  type Occurrence,
  type Rule,
  type Scene,
  sceneKeys,
  sourceKinds,
  type Tour,
  type Wall,
} from '../domain/wall/wall'
import { EpochMs, Name, orNull, plainText, SeatNo, Uuid } from './common'

/**
 * The wall as it travels. The types are the domain's; the schemas here only say what is checked at the edges. What a person may send is closed, what
 * the centre tells is open for fields to come.
 */
const closed = { additionalProperties: false } as const
export const WallId = Type.String({ pattern: '^[0-9a-z-]{1,40}$', description: '大屏编号，如 hall' })
const Cell = Type.Integer({ minimum: 1, maximum: 64, description: '格号' })
const Revision = Type.Integer({ minimum: 0 })
const Words = Type.String({ maxLength: 200, pattern: plainText })
const ItemId = Uuid
const Phase = Type.Enum(['requested', 'confirmed', 'failed'])

export const ContentSchema = Type.Unsafe<Content>(
  Type.Object(
    {
      kind: Type.Enum([...sourceKinds]),
      id: Type.String({ minLength: 1, maxLength: 400, pattern: plainText }),
      title: Type.String({ minLength: 1, maxLength: 80, pattern: plainText }),
    },
    closed,
  ),
)

const Unit = Type.Integer({ minimum: 0, maximum: 1_000 })
export const LayoutSchema = Type.Unsafe<Layout>(
  Type.Object(
    {
      kind: Type.Enum(['grid', 'focus', 'free']),
      name: Name,
      tiles: Type.Array(Type.Object({ cell: Cell, x: Unit, y: Unit, width: Unit, height: Unit }, closed), { minItems: 1, maxItems: 64 }),
    },
    closed,
  ),
)

export const WallSizeSchema = Type.Object(
  { columns: Type.Integer({ minimum: 1, maximum: 16 }), rows: Type.Integer({ minimum: 1, maximum: 16 }) },
  closed,
)

export const ChangeSchema = Type.Unsafe<Change>(
  Type.Union([
    Type.Object({ type: Type.Literal('assign'), cell: Cell, content: ContentSchema }, closed),
    Type.Object(
      {
        type: Type.Literal('lend'),
        subject: Type.String({ minLength: 1, maxLength: 80, pattern: plainText }),
        cells: Type.Array(Type.Object({ cell: Cell, content: orNull(ContentSchema) }, closed), { minItems: 1, maxItems: 16 }),
      },
      closed,
    ),
    Type.Object({ type: Type.Literal('clear'), cell: Cell }, closed),
    Type.Object({ type: Type.Literal('move'), from: Cell, to: Cell }, closed),
    Type.Object({ type: Type.Literal('retry'), cell: Cell }, closed),
    Type.Object({ type: Type.Literal('setLayout'), layout: LayoutSchema }, closed),
    Type.Object({ type: Type.Literal('recallScene'), sceneId: ItemId }, closed),
    Type.Object({ type: Type.Literal('power'), isOn: Type.Boolean() }, closed),
    Type.Object({ type: Type.Literal('startTour'), tourId: ItemId }, closed),
    Type.Object({ type: Type.Literal('stopTour'), tourId: ItemId }, closed),
    Type.Object({ type: Type.Literal('yieldTours') }, closed),
  ]),
)

const SceneSchema = Type.Unsafe<Scene>(
  Type.Object(
    {
      sceneId: ItemId,
      name: Name,
      key: orNull(Type.Enum([...sceneKeys])),
      layout: orNull(LayoutSchema),
      cells: Type.Array(Type.Object({ cell: Cell, content: orNull(ContentSchema) }, closed), { minItems: 1, maxItems: 64 }),
      schedule: orNull(
        Type.Object(
          {
            minuteOfDay: Type.Integer({ minimum: 0, maximum: 1_439 }),
            days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
          },
          closed,
        ),
      ),
      recalledAt: orNull(EpochMs),
    },
    closed,
  ),
)

const tourFields = {
  tourId: ItemId,
  name: Name,
  cell: Cell,
  dwellMs: Type.Integer({ minimum: 3_000, maximum: 3_600_000 }),
  yieldMs: Type.Integer({ minimum: 5_000, maximum: 3_600_000 }),
  stops: Type.Array(ContentSchema, { minItems: 1, maxItems: 200 }),
}

const RuleSchema = Type.Unsafe<Rule>(
  Type.Object(
    {
      ruleId: ItemId,
      name: Name,
      isEnabled: Type.Boolean(),
      trigger: Type.Union([
        Type.Object({ kind: Type.Literal('urgentCase') }, closed),
        Type.Object({ kind: Type.Literal('alarm'), alarmKind: orNull(Name) }, closed),
      ]),
      cells: Type.Array(Cell, { minItems: 1, maxItems: 64, uniqueItems: true }),
      holdMs: orNull(Type.Integer({ minimum: 5_000, maximum: 86_400_000 })),
    },
    closed,
  ),
)

export const ItemKindSchema = Type.Enum(['scene', 'tour', 'rule'])
export const WallItemSchema = Type.Unsafe<WallItem>(
  Type.Union([
    Type.Object({ kind: Type.Literal('scene'), scene: SceneSchema }, closed),
    Type.Object({ kind: Type.Literal('tour'), tour: Type.Object(tourFields, closed) }, closed),
    Type.Object({ kind: Type.Literal('rule'), rule: RuleSchema }, closed),
  ]),
)

export const AlarmSchema = Type.Unsafe<Occurrence>(
  Type.Object(
    {
      occurrenceId: Type.String({ minLength: 1, maxLength: 80, pattern: plainText }),
      kind: Type.Literal('alarm'),
      alarmKind: orNull(Name),
      content: ContentSchema,
      why: Words,
    },
    closed,
  ),
)

export const ReportSchema = Type.Unsafe<Report>(
  Type.Union([
    Type.Object(
      {
        type: Type.Literal('answered'),
        cells: Type.Array(Type.Object({ cell: Cell, revision: Revision, reason: orNull(Words) }, closed), { minItems: 1, maxItems: 64 }),
      },
      closed,
    ),
    Type.Object(
      {
        type: Type.Literal('observed'),
        product: Words,
        isOn: orNull(Type.Boolean()),
        cells: Type.Array(Type.Object({ cell: Cell, content: orNull(ContentSchema) }, closed), { maxItems: 64 }),
      },
      closed,
    ),
    Type.Object({ type: Type.Literal('powered'), revision: Revision, reason: orNull(Words) }, closed),
    Type.Object({ type: Type.Literal('lost'), product: Words, message: Words }, closed),
    Type.Object({ type: Type.Literal('alive') }, closed),
    Type.Object({ type: Type.Literal('left') }, closed),
  ]),
)

// ---- what the centre tells
const Author = Type.Object({ kind: Type.Enum(['person', 'rule', 'tour', 'schedule', 'driver']), id: Type.String(), name: Type.String() })
const Taken = Type.Object({ ruleId: Type.String(), occurrenceId: Type.String(), former: orNull(ContentSchema), until: orNull(EpochMs) })
const WallCellSchema = Type.Object({
  cell: Cell,
  wanted: orNull(ContentSchema),
  shown: orNull(ContentSchema),
  phase: Phase,
  reason: orNull(Type.String()),
  revision: Revision,
  at: EpochMs,
  by: Author,
  taken: orNull(Taken),
})
const TourRunSchema = orNull(Type.Object({ state: Type.Enum(['running', 'yielding']), index: Type.Integer(), dueAt: EpochMs }))
const head = {
  name: Name,
  size: WallSizeSchema,
  driverSeatNo: orNull(SeatNo),
  revision: Revision,
  power: Type.Object({ isOn: Type.Boolean(), phase: Phase, reason: orNull(Type.String()), revision: Revision }),
  driver: Type.Object({
    status: Type.Enum(['connected', 'lost', 'absent']),
    product: Type.String(),
    message: orNull(Type.String()),
    since: EpochMs,
    heardAt: EpochMs,
  }),
}
const parts = {
  layout: LayoutSchema,
  scenes: Type.Array(SceneSchema),
  tours: Type.Array(Type.Unsafe<Tour>(Type.Object({ ...tourFields, run: TourRunSchema }))),
  rules: Type.Array(RuleSchema),
  alarms: Type.Array(AlarmSchema),
  served: Type.Array(Type.String()),
}
export const WallSchema = Type.Unsafe<Wall>(Type.Object({ wallId: WallId, ...head, ...parts, cells: Type.Array(WallCellSchema) }))

const OutcomeName = Type.Enum(['requested', 'confirmed', 'failed', 'overtaken', 'done'])
export const EntrySchema = Type.Unsafe<Entry>(
  Type.Object({
    revision: Revision,
    at: EpochMs,
    by: Author,
    action: Type.String(),
    subject: orNull(Type.String()),
    cells: Type.Array(Type.Object({ cell: Cell, before: orNull(ContentSchema), after: orNull(ContentSchema) })),
    layoutBefore: orNull(LayoutSchema),
    why: orNull(Type.String()),
    outcome: OutcomeName,
    reason: orNull(Type.String()),
    undoes: orNull(Revision),
    undoneBy: orNull(Type.String()),
  }),
)

/** A wall with the newest lines of its log. */
export const WallWithLog = Type.Object({ wall: WallSchema, entries: Type.Array(EntrySchema) })

export const WallNewsSchema = Type.Unsafe<WallNews>(
  Type.Object({
    wallId: WallId,
    before: Revision,
    head: Type.Object(head),
    cells: Type.Array(WallCellSchema),
    runs: Type.Array(Type.Object({ tourId: ItemId, run: TourRunSchema })),
    parts: Type.Partial(Type.Object(parts)),
    entries: Type.Array(EntrySchema),
    outcomes: Type.Array(Type.Object({ revision: Revision, outcome: OutcomeName, reason: orNull(Type.String()) })),
  }),
)
