import type { EpochMs } from '../../base/clock'
import type { Layout } from './layout'
import { sameTile } from './layout'
import {
  type Author,
  type Content,
  type Entry,
  type EntryAction,
  type EntryCell,
  type EntryOutcome,
  findCell,
  type Step,
  sameContent,
  type Taken,
  type Wall,
  type WallCell,
} from './wall'

/** The one way in which cells come to want something else; rules of who may do so stand in the files that call it. */
export interface CellWish {
  readonly cell: number
  readonly content: Content | null
  /** Set by a rule that takes the cell; whoever else changes it releases it from the rule. */
  readonly taken?: Taken | null
}

export interface ChangeAbout {
  readonly action: EntryAction
  readonly by: Author
  readonly at: EpochMs
  readonly subject?: string | null
  readonly why?: string | null
  readonly undoes?: number | null
}

/** Cells want what is wished, under the next revision, with one entry that can be taken back. */
export function changeCells(wall: Wall, wishes: readonly CellWish[], about: ChangeAbout, layout: Layout = wall.layout): Step {
  const revision = wall.revision + 1
  const isNewLayout = layout !== wall.layout
  const moved = (cell: number) => {
    const [before, after] = [wall.layout, layout].map(({ tiles }) => tiles.find((tile) => tile.cell === cell))
    return !before || !after || !sameTile(before, after)
  }
  const wishOf = new Map(wishes.map((wish) => [wish.cell, wish]))
  const ask = { phase: 'requested', reason: null, revision, at: about.at, by: about.by } as const
  const cells = layout.tiles
    .map(({ cell }): WallCell => {
      const before = findCell(wall, cell) ?? emptyCell(cell, about.by, about.at)
      const wish = wishOf.get(cell)
      if (!wish) return isNewLayout && moved(cell) ? { ...before, ...ask } : before
      return { ...before, ...ask, wanted: wish.content, taken: wish.taken ?? null }
    })
    .sort((a, b) => a.cell - b.cell)
  const entry: Entry = {
    revision,
    at: about.at,
    by: about.by,
    action: about.action,
    subject: about.subject ?? null,
    cells: entryCells(wall, cells, wishOf),
    layoutBefore: isNewLayout ? wall.layout : null,
    why: about.why ?? null,
    outcome: cells.some((cell) => cell.revision === revision) ? 'requested' : 'done',
    reason: null,
    undoes: about.undoes ?? null,
    undoneBy: null,
  }
  const next = { ...wall, revision, layout, cells }
  return { wall: next, entries: [entry], outcomes: outcomesAfter(wall.cells, next.cells) }
}

/** What was asked for and vanishes with the old layout is in the entry too: taking back brings it back. */
function entryCells(wall: Wall, after: readonly WallCell[], wishOf: ReadonlyMap<number, CellWish>): readonly EntryCell[] {
  const kept = after
    .filter(({ cell, wanted }) => wishOf.has(cell) || !sameContent(findCell(wall, cell)?.wanted ?? null, wanted))
    .map(({ cell, wanted }) => ({ cell, before: findCell(wall, cell)?.wanted ?? null, after: wanted }))
  const gone = wall.cells
    .filter(({ cell, wanted }) => wanted !== null && !after.some((other) => other.cell === cell))
    .map(({ cell, wanted }) => ({ cell, before: wanted, after: null }))
  return [...kept, ...gone].sort((a, b) => a.cell - b.cell)
}

export function emptyCell(cell: number, by: Author, at: EpochMs): WallCell {
  return { cell, wanted: null, shown: null, phase: 'confirmed', reason: null, revision: 0, at, by, taken: null }
}

/**
 * How earlier requests turned out, told from the cells that still carry their revision: as long as one of them waits, the request does. A request
 * whose last waiting cell was asked for something newer is `overtaken`.
 */
export function outcomesAfter(before: readonly WallCell[], after: readonly WallCell[]): readonly EntryOutcome[] {
  const waiting = new Set(before.filter(({ phase }) => phase === 'requested').map(({ revision }) => revision))
  return [...waiting]
    .filter((revision) => !after.some((cell) => cell.revision === revision && cell.phase === 'requested'))
    .map((revision) => {
      const own = after.filter((cell) => cell.revision === revision)
      const failed = own.find(({ phase }) => phase === 'failed')
      if (failed) return { revision, outcome: 'failed', reason: failed.reason } as const
      return { revision, outcome: own.length > 0 ? 'confirmed' : 'overtaken', reason: null } as const
    })
}
