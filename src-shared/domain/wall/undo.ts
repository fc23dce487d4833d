import type { EpochMs } from '../../base/clock'
import { err, ok, type Result } from '../../base/result'
import { changeCells } from './change-cells'
import { type Author, cellName, type Entry, findCell, type Step, sameContent, type Wall, type WallRefusal } from './wall'

/**
 * Taking a change back 撤销: every cell goes back to what it wanted before. Anybody who may change the wall may take back anybody's change, and the log
 * says who took back whose. What somebody changed afterwards is not touched: then nothing is taken back, and the refusal names them. Cells that were
 * lent come back as far as nobody changed them: the former scene is wanted then, and the rest is somebody's by now.
 */
const undoable: readonly Entry['action'][] = [
  'assign',
  'lend',
  'clear',
  'move',
  'setLayout',
  'recallScene',
  'take',
  'schedule',
  'undo',
  'giveBack',
]

export const isUndoable = ({ action, undoneBy }: Entry): boolean => undoneBy === null && undoable.includes(action)

/** The change that lent cells to a case and still stands; newest first. */
export function lentFor(entries: readonly Entry[], subject: string): Entry | undefined {
  return entries
    .filter((entry) => entry.action === 'lend' && entry.subject === subject && entry.undoneBy === null)
    .sort((a, b) => b.revision - a.revision)[0]
}

/** What Ctrl+Z takes back: this person's newest change that still stands. Taking back itself is not taken back by the same key. */
export function lastOf(entries: readonly Entry[], accountNo: string): Entry | undefined {
  const own = (entry: Entry) => entry.by.kind === 'person' && entry.by.id === accountNo && isUndoable(entry) && entry.action !== 'undo'
  return entries.filter(own).sort((a, b) => b.revision - a.revision)[0]
}

export function undo(wall: Wall, entry: Entry, { by, at }: { readonly by: Author; readonly at: EpochMs }): Result<Step, WallRefusal> {
  if (!isUndoable(entry)) return err({ code: 'wall/notUndoable', detail: { name: entry.undoneBy } })
  if (wall.driver.status !== 'connected') return err({ code: 'wall/noDriver', detail: { reason: wall.driver.message ?? '大屏没有连接' } })
  const overtaken = entry.cells
    .map((one) => ({ ...one, now: findCell(wall, one.cell) }))
    .filter(({ now, after }) => now && now.revision > entry.revision && !sameContent(now.wanted, after))
  const [overtaker] = overtaken
  const isRestLeft = entry.action === 'lend' && overtaken.length < entry.cells.length
  if (overtaker?.now && !isRestLeft)
    return err({ code: 'wall/undoOvertaken', detail: { cell: cellName(overtaker.cell), name: overtaker.now.by.name } })
  const newer = wall.cells.find(({ revision, by: who }) => entry.layoutBefore && revision > entry.revision && who.kind !== 'tour')
  if (newer) return err({ code: 'wall/undoOvertaken', detail: { cell: cellName(newer.cell), name: newer.by.name } })
  const layout = entry.layoutBefore ?? wall.layout
  const wishes = entry.cells
    .filter(({ cell }) => layout.tiles.some((tile) => tile.cell === cell) && !overtaken.some((one) => one.cell === cell))
    .map(({ cell, before }) => ({ cell, content: before }))
  const isMissing = entry.action !== 'lend' && wishes.length < entry.cells.filter(({ before }) => before !== null).length
  if (isMissing) return err({ code: 'wall/layoutChanged' })
  const subject = `${entry.by.name} 的更改`
  return ok(changeCells(wall, wishes, { action: 'undo', by, at, subject, undoes: entry.revision }, layout))
}
