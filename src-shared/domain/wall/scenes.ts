import { chinaDay, chinaOffsetMs, dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'
import { err, ok } from '../../base/result'
import { type ChangeAbout, changeCells } from './change-cells'
import { faultWords, layoutFaults, sameTiles } from './layout'
import { cellName, type Decided, findCell, type Scene, type Schedule, type Wall } from './wall'

/** Scenes: recalled by key, by a person, or at a time of the day. */

/**
 * Of the whole wall: its layout, and what it does not name is cleared. Of a part: only the cells that it names; all of them must be there.
 * `spared` cells stay with the rule that holds them, and come to the scene when it lets go.
 */
export function recallScene(wall: Wall, scene: Scene, about: ChangeAbout, spared: readonly number[] = []): Decided {
  const layout = scene.layout && !sameTiles(scene.layout, wall.layout) ? scene.layout : wall.layout
  const faults = layoutFaults(layout, wall.size)
  if (faults.length > 0) return err({ code: 'wall/layoutUnusable', detail: { faults: faultWords(faults) } })
  const missing = scene.cells.filter(({ cell }) => !layout.tiles.some((tile) => tile.cell === cell))
  if (missing.length > 0)
    return err({ code: 'wall/sceneUnfit', detail: { name: scene.name, cells: missing.map(({ cell }) => cellName(cell)).join('、') } })
  const named = new Map(scene.cells.map(({ cell, content }) => [cell, content]))
  const all = scene.layout ? layout.tiles.map(({ cell }) => ({ cell, content: named.get(cell) ?? null })) : scene.cells
  const wishes = all.filter(({ cell }) => !spared.includes(cell))
  const kept = wall.cells.map((one) => {
    const later = all.find(({ cell }) => cell === one.cell)
    return one.taken && later && spared.includes(one.cell) ? { ...one, taken: { ...one.taken, former: later.content } } : one
  })
  const step = changeCells({ ...wall, cells: kept }, wishes, { ...about, subject: scene.name }, layout)
  const scenes = step.wall.scenes.map((one) => (one.sceneId === scene.sceneId ? { ...one, recalledAt: about.at } : one))
  return ok({ ...step, wall: { ...step.wall, scenes } })
}

/** The scene as the wall stands now; `cells` null: the whole wall. */
export function sceneOf(wall: Wall, cells: readonly number[] | null): Pick<Scene, 'layout' | 'cells'> {
  const wanted = (cell: number) => ({ cell, content: findCell(wall, cell)?.wanted ?? null })
  if (cells === null) return { layout: wall.layout, cells: wall.layout.tiles.map(({ cell }) => wanted(cell)) }
  return { layout: null, cells: cells.filter((cell) => findCell(wall, cell)).map(wanted) }
}

/** When the schedule was last due at or before `at`; undefined within the last day: it was not. */
export function lastDue({ minuteOfDay, days }: Schedule, at: EpochMs): EpochMs | undefined {
  const today = chinaDay(at)
  const candidates = [today, today - 1].filter((day) => days.includes(weekday(day)))
  return candidates.map((day) => day * dayMs - chinaOffsetMs + minuteOfDay * 60_000).find((due) => due <= at)
}

/** Day 0, 1970-01-01, was a Thursday. */
const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** A scene that could not be recalled at its minute is not recalled much later: by then people rely on what is there. */
const lateMs = 120_000

/** Recalls the scenes whose time has come. Not while the wall does not answer. */
export function recallDue(wall: Wall, at: EpochMs): readonly Scene[] {
  if (wall.driver.status !== 'connected') return []
  return wall.scenes.filter(({ schedule, recalledAt }) => {
    const due = schedule ? lastDue(schedule, at) : undefined
    return due !== undefined && at - due <= lateMs && (recalledAt === null || recalledAt < due)
  })
}
