import { Type } from 'typebox'
import { wallReaders, wallWriters } from '../../central-api/walls'
import { Name, plainText, SeatNo, Uuid } from '../../common'
import { ChangeSchema, EntrySchema, ItemKindSchema, WallId, WallItemSchema, WallSizeSchema } from '../../wall-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** The wall: live, the centre decides, and the driving seat carries it out. Nothing is queued: a switch that lands minutes later is wrong. */
const Done = Type.Object({ revision: Type.Integer() })

export const wallCommands = {
  'wall.change': command({
    summary: '更改大屏：上屏、清格、换位、布局、场景、开关屏、轮巡',
    input: Type.Object(
      {
        wallId: WallId,
        change: ChangeSchema,
        seenRevision: Type.Integer({ minimum: 0 }),
        why: Type.Union([Type.String({ maxLength: 200, pattern: plainText }), Type.Null()]),
      },
      closed,
    ),
    output: Done,
    allowed: wallWriters,
    effect: 'live',
    errors: [
      ...central,
      'wall/unknown',
      'wall/noDriver',
      'wall/cellUnknown',
      'wall/cellChanged',
      'wall/layoutUnusable',
      'wall/sceneUnknown',
      'wall/sceneUnfit',
      'wall/tourUnknown',
      'wall/tourBlocked',
      'wall/nothingToRetry',
    ],
  }),
  'wall.undo': command({
    summary: '撤销大屏的一次更改；不指明时为本人最近的一次',
    input: Type.Object({ wallId: WallId, revision: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]) }, closed),
    output: Done,
    allowed: wallWriters,
    effect: 'live',
    errors: [
      ...central,
      'wall/unknown',
      'wall/noDriver',
      'wall/entryUnknown',
      'wall/notUndoable',
      'wall/undoOvertaken',
      'wall/layoutChanged',
    ],
  }),
  'wall.save': command({
    summary: '保存场景、轮巡或上屏规则',
    input: Type.Object({ wallId: WallId, itemId: Uuid, item: WallItemSchema }, closed),
    output: Done,
    allowed: wallWriters,
    effect: 'live',
    errors: [...central, 'wall/unknown', 'wall/layoutUnusable'],
  }),
  'wall.remove': command({
    summary: '删除场景、轮巡或上屏规则',
    input: Type.Object({ wallId: WallId, kind: ItemKindSchema, itemId: Uuid }, closed),
    output: Done,
    allowed: wallWriters,
    effect: 'live',
    errors: [...central, 'wall/unknown', 'record/notFound'],
  }),
  'wall.configure': command({
    summary: '登记或更改一面大屏',
    input: Type.Object({ wallId: WallId, name: Name, size: WallSizeSchema, driverSeatNo: Type.Union([SeatNo, Type.Null()]) }, closed),
    output: Done,
    allowed: ['admin', 'shiftLead'],
    effect: 'live',
    errors: [...central, 'seat/unknown', 'wall/tooManyScreens'],
  }),
  'wall.log': command({
    summary: '大屏变更记录的更早部分',
    input: Type.Object({ wallId: WallId, before: Type.Integer({ minimum: 1 }) }, closed),
    output: Type.Object({ items: Type.Array(EntrySchema) }),
    allowed: wallReaders,
    effect: 'live',
    errors: [...central, 'wall/unknown'],
  }),
} as const
