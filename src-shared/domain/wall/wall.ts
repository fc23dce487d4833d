import type { EpochMs } from '../../base/clock'
import type { Result } from '../../base/result'
import type { Layout, WallSize } from './layout'

/**
 * The wall 大屏 as values: what is wanted in each cell, what the wall is known to show, and who wanted it why. The centre keeps one of these for each
 * wall; every change goes through `decide`, every answer of a driver through `answer`. Nothing here knows pictures or devices.
 */
export interface Wall {
  readonly wallId: string
  readonly name: string
  readonly size: WallSize
  /** The seat whose workstation speaks with the wall; null: nobody does, changes are refused. */
  readonly driverSeatNo: string | null
  /** Grows by one with everything that happens to the wall. */
  readonly revision: number
  readonly layout: Layout
  /** One for each tile of the layout, by number. */
  readonly cells: readonly WallCell[]
  readonly power: PowerState
  readonly driver: DriverState
  readonly scenes: readonly Scene[]
  readonly tours: readonly Tour[]
  readonly rules: readonly Rule[]
  /** Alarms of devices that are not over; urgent cases are found where cases are kept. */
  readonly alarms: readonly Occurrence[]
  /** Cases and alarms that have had their cell and are not over: each takes one once, also when a person has sent it away. */
  readonly served: readonly string[]
}

export const sourceKinds = ['camera', 'case', 'map', 'dashboard', 'web'] as const
export type SourceKind = (typeof sourceKinds)[number]

/** Something that a cell can show, by kind and id. The title is what people read on the miniature and in the log, as it was called then. */
export interface Content {
  readonly kind: SourceKind
  readonly id: string
  readonly title: string
}

/** `requested`: asked of the driver; `confirmed`: the driver says it is on; `failed`: it is not, `shown` is still there. */
export type CellPhase = 'requested' | 'confirmed' | 'failed'

export interface WallCell {
  readonly cell: number
  readonly wanted: Content | null
  /** What the driver last said is on the wall. */
  readonly shown: Content | null
  readonly phase: CellPhase
  /** Why it failed, in Chinese words; null otherwise. */
  readonly reason: string | null
  /** The wall's revision when `wanted` was last asked for: answers to an older one no longer count. */
  readonly revision: number
  readonly at: EpochMs
  readonly by: Author
  /** A rule took the cell and owes it back. */
  readonly taken: Taken | null
}

export interface Taken {
  readonly ruleId: string
  /** The case or alarm that called for it. */
  readonly occurrenceId: string
  readonly former: Content | null
  /** Given back then, even when the case goes on; null: only when it is over. */
  readonly until: EpochMs | null
}

export type Author =
  | { readonly kind: 'person'; readonly id: string; readonly name: string }
  | { readonly kind: 'rule'; readonly id: string; readonly name: string }
  | { readonly kind: 'tour'; readonly id: string; readonly name: string }
  | { readonly kind: 'schedule'; readonly id: string; readonly name: string }
  | { readonly kind: 'driver'; readonly id: string; readonly name: string }

export interface PowerState {
  readonly isOn: boolean
  readonly phase: CellPhase
  readonly reason: string | null
  readonly revision: number
}

/** `absent`: no seat drives it now; `lost`: the seat is there, the wall does not answer. */
export interface DriverState {
  readonly status: 'connected' | 'lost' | 'absent'
  /** Of the product, as its driver calls it; empty while none has reported. */
  readonly product: string
  readonly message: string | null
  readonly since: EpochMs
  /** The last report; a seat that falls silent is `absent` after `driverSilentMs`. */
  readonly heardAt: EpochMs
}

export const sceneKeys = ['Q', 'W', 'E', 'A', 'S', 'D', 'F', 'Z'] as const
export type SceneKey = (typeof sceneKeys)[number]

/** A saved picture of the wall or of a part of it 场景. Of the whole: with its layout, and what it does not name is cleared. */
export interface Scene {
  readonly sceneId: string
  readonly name: string
  readonly key: SceneKey | null
  readonly layout: Layout | null
  readonly cells: readonly SceneCell[]
  readonly schedule: Schedule | null
  readonly recalledAt: EpochMs | null
}

export interface SceneCell {
  readonly cell: number
  readonly content: Content | null
}

/** A minute of the China day, on days of the week (1 = Monday … 7 = Sunday). */
export interface Schedule {
  readonly minuteOfDay: number
  readonly days: readonly number[]
}

/** Stops shown one after the other in one cell 轮巡. */
export interface Tour {
  readonly tourId: string
  readonly name: string
  readonly cell: number
  readonly dwellMs: number
  /** How long it leaves the cell to a person who used it. */
  readonly yieldMs: number
  readonly stops: readonly Content[]
  readonly run: TourRun | null
}

export interface TourRun {
  readonly state: 'running' | 'yielding'
  /** Of the stop that is on, or that comes when the tour goes on. */
  readonly index: number
  /** When the next step is due. */
  readonly dueAt: EpochMs
}

/** What takes cells by itself 规则: an urgent case, or an alarm of a kind. */
export interface Rule {
  readonly ruleId: string
  readonly name: string
  readonly isEnabled: boolean
  readonly trigger: RuleTrigger
  /** Cells it may take, the first free one first. */
  readonly cells: readonly number[]
  /** How long it holds a cell at most; null: as long as the case or alarm lasts. */
  readonly holdMs: number | null
}

/** Something that calls for a cell: an urgent case or an alarm, by its id. */
export interface Occurrence {
  readonly occurrenceId: string
  readonly kind: 'urgentCase' | 'alarm'
  readonly alarmKind: string | null
  readonly content: Content
  readonly why: string
}

export type RuleTrigger = { readonly kind: 'urgentCase' } | { readonly kind: 'alarm'; readonly alarmKind: string | null }

/** What somebody asks of the wall. */
export type Change =
  | { readonly type: 'assign'; readonly cell: number; readonly content: Content }
  /** Cells lent to the cameras of a case, all in one change that is taken back in one. `subject`: the case, as people call it. */
  | { readonly type: 'lend'; readonly subject: string; readonly cells: readonly SceneCell[] }
  | { readonly type: 'clear'; readonly cell: number }
  | { readonly type: 'move'; readonly from: number; readonly to: number }
  | { readonly type: 'retry'; readonly cell: number }
  | { readonly type: 'setLayout'; readonly layout: Layout }
  | { readonly type: 'recallScene'; readonly sceneId: string }
  | { readonly type: 'power'; readonly isOn: boolean }
  | { readonly type: 'startTour'; readonly tourId: string }
  | { readonly type: 'stopTour'; readonly tourId: string }
  | { readonly type: 'yieldTours' }

export type EntryAction = Change['type'] | 'undo' | 'take' | 'giveBack' | 'tourStep' | 'schedule' | 'driver' | 'configure'

/** One line of the change log 变更记录: enough to tell who showed what and why, and to take it back. */
export interface Entry {
  readonly revision: number
  readonly at: EpochMs
  readonly by: Author
  readonly action: EntryAction
  /** What it was about besides cells: the scene's, tour's or layout's name, the driver's sentence. */
  readonly subject: string | null
  readonly cells: readonly EntryCell[]
  /** The layout before, when it changed. */
  readonly layoutBefore: Layout | null
  readonly why: string | null
  readonly outcome: Outcome
  readonly reason: string | null
  /** Revision of the entry that this one takes back. */
  readonly undoes: number | null
  readonly undoneBy: string | null
}

export interface EntryCell {
  readonly cell: number
  readonly before: Content | null
  readonly after: Content | null
}

/** `done`: needs no driver; `overtaken`: something newer was asked before the driver answered. */
export type Outcome = 'requested' | 'confirmed' | 'failed' | 'overtaken' | 'done'

/** How an earlier entry turned out. */
export interface EntryOutcome {
  readonly revision: number
  readonly outcome: Outcome
  readonly reason: string | null
}

/** The wall after something happened, with what to write down. `wall` with an unchanged revision: nothing happened. */
export interface Step {
  readonly wall: Wall
  readonly entries: readonly Entry[]
  readonly outcomes: readonly EntryOutcome[]
}

export type WallRefusalCode =
  | 'wall/noDriver'
  | 'wall/cellUnknown'
  | 'wall/cellChanged'
  | 'wall/layoutUnusable'
  | 'wall/layoutChanged'
  | 'wall/sceneUnknown'
  | 'wall/sceneUnfit'
  | 'wall/tourUnknown'
  | 'wall/tourBlocked'
  | 'wall/nothingToRetry'
  | 'wall/entryUnknown'
  | 'wall/notUndoable'
  | 'wall/undoOvertaken'

export interface WallRefusal {
  readonly code: WallRefusalCode
  readonly detail?: Readonly<Record<string, unknown>>
}

export type Decided = Result<Step, WallRefusal>

/** A driver that says nothing for this long is taken as gone. */
export const driverSilentMs = 20_000
/** A request that nobody answered has failed after this long. */
export const answerWithinMs = 15_000

export const sameContent = (a: Content | null, b: Content | null): boolean =>
  a === b || (a !== null && b !== null && a.kind === b.kind && a.id === b.id)

export const cellName = (cell: number): string => String(cell).padStart(2, '0')

export function findCell(wall: Wall, cell: number): WallCell | undefined {
  return wall.cells.find((one) => one.cell === cell)
}

export const unchanged = (wall: Wall): Step => ({ wall, entries: [], outcomes: [] })

/** One step after the other, as one. */
export function andThen(first: Step, next: (wall: Wall) => Step): Step {
  const second = next(first.wall)
  return {
    wall: second.wall,
    entries: [...first.entries, ...second.entries],
    outcomes: [...first.outcomes, ...second.outcomes],
  }
}
