import type { EpochMs } from '../../base/clock'
import { outcomesAfter } from './change-cells'
import {
  answerWithinMs,
  type Content,
  type DriverState,
  driverSilentMs,
  type Entry,
  type EntryOutcome,
  type Step,
  sameContent,
  unchanged,
  type Wall,
  type WallCell,
} from './wall'

/** What the seat at the wall tells: answers to requests, what is really on, and that the wall is gone or back. */
export type Report =
  | { readonly type: 'answered'; readonly cells: readonly CellAnswer[] }
  /** The whole wall as it was read from the device: after a start, after it was unplugged, and on demand. Cells not named could not be read. */
  | { readonly type: 'observed'; readonly product: string; readonly isOn: boolean | null; readonly cells: readonly Observed[] }
  | { readonly type: 'powered'; readonly revision: number; readonly reason: string | null }
  | { readonly type: 'lost'; readonly product: string; readonly message: string }
  | { readonly type: 'alive' }
  | { readonly type: 'left' }

export interface CellAnswer {
  readonly cell: number
  /** Of the cell when it was asked for. */
  readonly revision: number
  /** Null: it is on. */
  readonly reason: string | null
}

export interface Observed {
  readonly cell: number
  readonly content: Content | null
}

/** Answers to what is no longer asked for are dropped: the newer request has its own. */
export function answer(wall: Wall, report: Report, at: EpochMs): Step {
  switch (report.type) {
    case 'answered':
      return heard(answered(wall, report.cells), at)
    case 'observed':
      return observed(wall, report, at)
    case 'powered':
      return heard(powered(wall, report), at)
    case 'lost':
      return lose(wall, { status: 'lost', product: report.product, message: report.message }, at)
    case 'left':
      return lose(wall, { status: 'absent', product: wall.driver.product, message: null }, at)
    case 'alive':
      return heard(unchanged(wall), at)
  }
}

function heard(step: Step, at: EpochMs): Step {
  return { ...step, wall: { ...step.wall, driver: { ...step.wall.driver, heardAt: at } } }
}

function answered(wall: Wall, answers: readonly CellAnswer[]): Step {
  const cells = wall.cells.map((cell): WallCell => {
    const own = answers.find((one) => one.cell === cell.cell && one.revision === cell.revision)
    if (!own || cell.phase !== 'requested') return cell
    if (own.reason !== null) return { ...cell, phase: 'failed', reason: own.reason }
    return { ...cell, phase: 'confirmed', reason: null, shown: cell.wanted }
  })
  return withCells(wall, cells)
}

function powered(wall: Wall, { revision, reason }: Extract<Report, { type: 'powered' }>): Step {
  const { power } = wall
  if (power.revision !== revision || power.phase !== 'requested') return unchanged(wall)
  const phase = reason === null ? 'confirmed' : 'failed'
  const next = {
    ...wall,
    revision: wall.revision + 1,
    power: { ...power, phase, reason, isOn: reason === null ? power.isOn : !power.isOn } as const,
  }
  return { wall: next, entries: [], outcomes: [{ revision, outcome: phase, reason }] }
}

/**
 * What is really on, and nothing assumed: a cell that shows what is wanted is confirmed, whatever was thought before; one that shows something else has
 * failed, also one whose request was under way when the wall went. Nothing is sent by itself: a switch that lands minutes later is wrong.
 */
function observed(wall: Wall, report: Extract<Report, { type: 'observed' }>, at: EpochMs): Step {
  const isBack = wall.driver.status !== 'connected'
  const cells = wall.cells.map((cell): WallCell => {
    const seen = report.cells.find((one) => one.cell === cell.cell)
    if (!seen) return isBack ? { ...cell, phase: 'failed', reason: '读不到这一格现在的画面' } : cell
    if (sameContent(seen.content, cell.wanted)) return { ...cell, phase: 'confirmed', reason: null, shown: cell.wanted }
    // Asked for this moment, while the wall was being read: its answer is still to come.
    if (!isBack && cell.phase === 'requested') return cell
    return { ...cell, phase: 'failed', reason: `屏上实为${seen.content?.title ?? '空'}`, shown: seen.content }
  })
  const step = withCells(wall, cells)
  const driver: DriverState = {
    ...{ status: 'connected', product: report.product, message: null, heardAt: at },
    since: isBack ? at : wall.driver.since,
  }
  const isOn = report.isOn ?? step.wall.power.isOn
  const isNews = isOn !== step.wall.power.isOn
  const revision = step.wall.revision + (isNews ? 1 : 0)
  const told = { ...step, wall: { ...step.wall, revision, driver, power: { ...step.wall.power, isOn } } }
  return isBack ? noteDriver(told, report.product, `${report.product} 已连接，已重新读取`, at) : told
}

/** What was under way has failed: nobody knows whether it arrived, and it is not repeated by itself. */
function lose(wall: Wall, { status, product, message }: Pick<DriverState, 'status' | 'product' | 'message'>, at: EpochMs): Step {
  const driver: DriverState = { status, product, message, since: at, heardAt: at }
  if (wall.driver.status === status) return unchanged({ ...wall, driver: { ...driver, since: wall.driver.since } })
  const reason = status === 'absent' ? '驱动坐席已离开，没有得到确认' : '大屏没有回应，没有得到确认'
  const cells = wall.cells.map((cell): WallCell => (cell.phase === 'requested' ? { ...cell, phase: 'failed', reason } : cell))
  const step = withCells(wall, cells)
  const [power, dropped] = failedPower(wall, reason)
  const words = status === 'absent' ? '驱动坐席已离开' : (message ?? '大屏没有回应')
  return noteDriver({ ...step, wall: { ...step.wall, driver, power }, outcomes: [...step.outcomes, ...dropped] }, product, words, at)
}

function failedPower({ power }: Wall, reason: string): readonly [Wall['power'], readonly EntryOutcome[]] {
  if (power.phase !== 'requested') return [power, []]
  return [{ ...power, isOn: !power.isOn, phase: 'failed', reason }, [{ revision: power.revision, outcome: 'failed', reason }]]
}

/** Requests that nobody answered in time, and a driver that fell silent. */
export function expire(wall: Wall, at: EpochMs): Step {
  if (wall.driver.status !== 'absent' && at - wall.driver.heardAt > driverSilentMs) {
    return lose(wall, { status: 'absent', product: wall.driver.product, message: null }, at)
  }
  const reason = '大屏没有在时限内回应'
  const cells = wall.cells.map(
    (cell): WallCell => (cell.phase === 'requested' && at - cell.at > answerWithinMs ? { ...cell, phase: 'failed', reason } : cell),
  )
  return withCells(wall, cells)
}

/** The same cells give the same wall: nothing happened. */
function withCells(wall: Wall, cells: readonly WallCell[]): Step {
  const isSame = cells.every((cell, index) => {
    const before = wall.cells[index]
    return before && cell.phase === before.phase && cell.reason === before.reason && sameContent(cell.shown, before.shown)
  })
  if (isSame) return unchanged(wall)
  return { wall: { ...wall, revision: wall.revision + 1, cells }, entries: [], outcomes: outcomesAfter(wall.cells, cells) }
}

function noteDriver(step: Step, product: string, subject: string, at: EpochMs): Step {
  const revision = step.wall.revision + 1
  const entry: Entry = {
    ...{ revision, at, action: 'driver', subject, cells: [], layoutBefore: null, why: null },
    by: { kind: 'driver', id: step.wall.driverSeatNo ?? '', name: product === '' ? '驱动' : product },
    ...{ outcome: 'done', reason: null, undoes: null, undoneBy: null },
  }
  return { ...step, wall: { ...step.wall, revision }, entries: [...step.entries, entry] }
}
