import type { EpochMs } from '../../base/clock'
import { err, ok } from '../../base/result'
import { type CellWish, changeCells } from './change-cells'
import { faultWords, type Layout, layoutFaults, sameTiles } from './layout'
import { recallScene } from './scenes'
import { startTour, stopTour, yieldAll, yieldTours } from './tours'
import {
  type Author,
  andThen,
  type Change,
  cellName,
  type Decided,
  type Entry,
  findCell,
  type Step,
  type Wall,
  type WallCell,
  type WallRefusal,
} from './wall'

/**
 * What a person's change does. People work side by side from what they last saw (`seenRevision`): changes of different cells both stand, whoever
 * comes second. A change of a cell that another person or a rule changed unseen is refused with their name, and stands when it is asked for again
 * in sight of it. Steps of a tour refuse nobody: the person has the cell, and the tour yields.
 */
export interface Asked {
  readonly change: Change
  readonly seenRevision: number
  readonly by: Author
  readonly why: string | null
  readonly at: EpochMs
}

export function decide(wall: Wall, asked: Asked): Decided {
  const { change, at } = asked
  if (needsDriver(change) && (wall.driverSeatNo === null || wall.driver.status !== 'connected'))
    return err({ code: 'wall/noDriver', detail: { reason: noDriverWords(wall) } })
  const clash = clashOf(wall, asked)
  if (clash) return err(clash)
  const decided = act(wall, asked)
  if (!decided.ok) return decided
  const touched = decided.value.entries.flatMap((entry) => entry.cells.map(({ cell }) => cell))
  return ok(andThen(decided.value, (next) => yieldTours(next, touched, at)))
}

const needsDriver = ({ type }: Change): boolean => type !== 'stopTour' && type !== 'yieldTours' && type !== 'startTour'

/** The centre has not heard of a driver: it cannot tell an empty seat from one without the wall in its configuration. */
export const absentDriverWords = (seatNo: string): string => `坐席 ${seatNo} 没有在驱动大屏（没有签入，或那台电脑没有配置大屏）`

function noDriverWords({ driverSeatNo, driver }: Wall): string {
  if (driverSeatNo === null) return '没有指定由哪个坐席驱动'
  if (driver.status === 'absent') return absentDriverWords(driverSeatNo)
  return driver.message ?? '大屏没有回应'
}

/** Which cells a change is about; undefined: all of them. */
function cellsOf(wall: Wall, change: Change): readonly number[] | undefined {
  if (change.type === 'assign' || change.type === 'clear') return [change.cell]
  if (change.type === 'lend') return change.cells.map(({ cell }) => cell)
  if (change.type === 'move') return [change.from, change.to]
  if (change.type === 'setLayout') return undefined
  if (change.type !== 'recallScene') return []
  const scene = wall.scenes.find(({ sceneId }) => sceneId === change.sceneId)
  return scene?.layout ? undefined : scene?.cells.map(({ cell }) => cell)
}

function clashOf(wall: Wall, { change, seenRevision, by }: Asked): WallRefusal | undefined {
  const about = cellsOf(wall, change)
  const unseen = (cell: WallCell) =>
    cell.revision > seenRevision && (cell.by.kind === 'rule' || (cell.by.kind === 'person' && cell.by.id !== by.id))
  const spared = sparedCells(wall, change, seenRevision)
  const clashing = wall.cells.find(
    (cell) => unseen(cell) && (about === undefined || about.includes(cell.cell)) && !spared.includes(cell.cell),
  )
  if (!clashing) return undefined
  const what = clashing.wanted?.title ?? '空'
  return {
    code: 'wall/cellChanged',
    detail: { cell: cellName(clashing.cell), name: clashing.by.name, what, current: wall.revision, seen: seenRevision },
  }
}

/**
 * Cells that a rule took unseen by who recalls a scene: the urgent case keeps its cell, the scene has the others, and what it has for the cell comes
 * when the case is over. To refuse the whole scene for it left the hall with neither.
 */
function sparedCells(wall: Wall, change: Change, seenRevision: number): readonly number[] {
  const scene = change.type === 'recallScene' ? wall.scenes.find(({ sceneId }) => sceneId === change.sceneId) : undefined
  const layout = scene?.layout ?? wall.layout
  return wall.cells
    .filter(({ cell, taken, revision }) => scene && taken && revision > seenRevision && layout.tiles.some((tile) => tile.cell === cell))
    .map(({ cell }) => cell)
}

function act(wall: Wall, { change, by, at, why, seenRevision }: Asked): Decided {
  const about = { by, at, why }
  switch (change.type) {
    case 'assign':
      return wish(wall, [{ cell: change.cell, content: change.content }], { ...about, action: 'assign' })
    case 'lend':
      return wish(wall, change.cells, { ...about, action: 'lend', subject: change.subject })
    case 'clear':
      return wish(wall, [{ cell: change.cell, content: null }], { ...about, action: 'clear' })
    case 'move':
      return move(wall, change.from, change.to, about)
    case 'retry': {
      const cell = findCell(wall, change.cell)
      if (cell && cell.phase !== 'failed') return err({ code: 'wall/nothingToRetry', detail: { cell: cellName(cell.cell) } })
      return wish(wall, [{ cell: change.cell, content: cell?.wanted ?? null, taken: cell?.taken ?? null }], { ...about, action: 'retry' })
    }
    case 'setLayout':
      return setLayout(wall, change.layout, about)
    case 'recallScene': {
      const scene = wall.scenes.find(({ sceneId }) => sceneId === change.sceneId)
      const spared = sparedCells(wall, change, seenRevision)
      return scene ? recallScene(wall, scene, { ...about, action: 'recallScene' }, spared) : err({ code: 'wall/sceneUnknown' })
    }
    case 'power':
      return ok(setPower(wall, change.isOn, about))
    case 'startTour':
      return startTour(wall, change.tourId, about)
    case 'stopTour':
      return stopTour(wall, change.tourId, about)
    case 'yieldTours':
      return ok(yieldAll(wall, about))
  }
}

type About = { readonly by: Author; readonly at: EpochMs; readonly why: string | null }

function wish(wall: Wall, wishes: readonly CellWish[], about: Parameters<typeof changeCells>[2]): Decided {
  const unknown = wishes.find(({ cell }) => !findCell(wall, cell))
  if (unknown) return err({ code: 'wall/cellUnknown', detail: { cell: cellName(unknown.cell) } })
  return ok(changeCells(wall, wishes, about))
}

/** The two cells change places: nothing that was on the wall is lost by dragging. */
function move(wall: Wall, from: number, to: number, about: About): Decided {
  const [source, target] = [findCell(wall, from), findCell(wall, to)]
  const wishes = [
    { cell: from, content: target?.wanted ?? null },
    { cell: to, content: source?.wanted ?? null },
  ]
  return wish(wall, from === to ? wishes.slice(0, 1) : wishes, { ...about, action: 'move' })
}

function setLayout(wall: Wall, layout: Layout, about: About): Decided {
  const faults = layoutFaults(layout, wall.size)
  if (faults.length > 0) return err({ code: 'wall/layoutUnusable', detail: { faults: faultWords(faults) } })
  if (sameTiles(layout, wall.layout)) return ok({ wall, entries: [], outcomes: [] })
  return ok(changeCells(wall, [], { ...about, action: 'setLayout', subject: layout.name }, layout))
}

function setPower(wall: Wall, isOn: boolean, about: About): Step {
  const revision = wall.revision + 1
  const next = { ...wall, revision, power: { isOn, phase: 'requested', reason: null, revision } as const }
  const entry: Entry = {
    ...{ revision, action: 'power', subject: isOn ? '开屏' : '关屏', cells: [], layoutBefore: null, ...about },
    ...{ outcome: 'requested', reason: null, undoes: null, undoneBy: null },
  }
  const before = wall.power
  const overtaken = before.phase === 'requested' ? [{ revision: before.revision, outcome: 'overtaken', reason: null } as const] : []
  return { wall: next, entries: [entry], outcomes: overtaken }
}
