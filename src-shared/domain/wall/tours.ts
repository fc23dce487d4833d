import type { EpochMs } from '../../base/clock'
import { err, ok } from '../../base/result'
import { changeCells } from './change-cells'
import { type Author, cellName, type Decided, type Entry, findCell, type Step, type Tour, type TourRun, unchanged, type Wall } from './wall'

/**
 * Tours 轮巡: a stop stays for `dwellMs`, then comes the next. A person who uses the cell has it: the tour yields for `yieldMs` and goes on with the stop
 * it had come to. It stands still while the wall does not answer, and while a rule holds the cell.
 */
type About = { readonly by: Author; readonly at: EpochMs; readonly why: string | null }

export function startTour(wall: Wall, tourId: string, about: About): Decided {
  const tour = wall.tours.find((one) => one.tourId === tourId)
  if (!tour || tour.stops.length === 0) return err({ code: 'wall/tourUnknown' })
  if (!findCell(wall, tour.cell)) return err({ code: 'wall/cellUnknown', detail: { cell: cellName(tour.cell) } })
  const other = wall.tours.find((one) => one.tourId !== tourId && one.cell === tour.cell && one.run !== null)
  if (other) return err({ code: 'wall/tourBlocked', detail: { cell: cellName(tour.cell), name: other.name } })
  // One before the first: the step that is due at once leads to it.
  const index = tour.run?.index ?? tour.stops.length - 1
  return ok(note(withRun(wall, tourId, { state: 'running', index, dueAt: about.at }), 'startTour', tour.name, about))
}

export function stopTour(wall: Wall, tourId: string, about: About): Decided {
  const tour = wall.tours.find((one) => one.tourId === tourId)
  if (!tour) return err({ code: 'wall/tourUnknown' })
  return ok(tour.run ? note(withRun(wall, tourId, null), 'stopTour', tour.name, about) : unchanged(wall))
}

/** All tours make way at once, as if their cells had been used. */
export function yieldAll(wall: Wall, about: About): Step {
  const running = wall.tours.filter(({ run }) => run?.state === 'running')
  if (running.length === 0) return unchanged(wall)
  const yielded = running.reduce((next, tour) => yieldOne(next, tour, about.at), wall)
  return note(yielded, 'yieldTours', running.map(({ name }) => name).join('、'), about)
}

/** A person changed these cells. No entry of its own: it belongs to that change. */
export function yieldTours(wall: Wall, cells: readonly number[], at: EpochMs): Step {
  const touched = wall.tours.filter(({ run, cell }) => run !== null && cells.includes(cell))
  return unchanged(touched.reduce((next, tour) => yieldOne(next, tour, at), wall))
}

function yieldOne(wall: Wall, { tourId, run, yieldMs, stops }: Tour, at: EpochMs): Wall {
  if (!run) return wall
  // Running: the stop that is on was cut short and comes again; yielding already: only the time begins anew.
  const index = run.state === 'running' ? (run.index + stops.length - 1) % stops.length : run.index
  return withRun(wall, tourId, { state: 'yielding', index, dueAt: at + yieldMs })
}

/** Takes the steps that are due. After a long standstill a tour takes one step, not all that it missed. */
export function stepTours(wall: Wall, at: EpochMs): Step {
  if (wall.driver.status !== 'connected') return unchanged(wall)
  return wall.tours.reduce<Step>((step, tour) => {
    if (!tour.run || tour.run.dueAt > at) return step
    const cell = findCell(step.wall, tour.cell)
    if (!cell || cell.taken) return step
    const index = (tour.run.index + 1) % tour.stops.length
    const content = tour.stops[index]
    if (!content) return step
    const by = { kind: 'tour', id: tour.tourId, name: tour.name } as const
    const about = { action: 'tourStep', by, at, subject: `${tour.name} ${index + 1}/${tour.stops.length}` } as const
    const shown = changeCells(step.wall, [{ cell: tour.cell, content }], about)
    const next = withRun(shown.wall, tour.tourId, { state: 'running', index, dueAt: at + tour.dwellMs })
    return { wall: next, entries: [...step.entries, ...shown.entries], outcomes: [...step.outcomes, ...shown.outcomes] }
  }, unchanged(wall))
}

/** What comes next, and when; for the screen. */
export function nextStop({ stops, run }: Tour): { readonly number: number; readonly at: EpochMs } | undefined {
  return run ? { number: ((run.index + 1) % stops.length) + 1, at: run.dueAt } : undefined
}

function withRun(wall: Wall, tourId: string, run: TourRun | null): Wall {
  return { ...wall, tours: wall.tours.map((tour) => (tour.tourId === tourId ? { ...tour, run } : tour)) }
}

function note(wall: Wall, action: Entry['action'], subject: string, about: About): Step {
  const revision = wall.revision + 1
  const entry: Entry = {
    ...{ revision, action, subject, cells: [], layoutBefore: null, ...about },
    ...{ outcome: 'done', reason: null, undoes: null, undoneBy: null },
  }
  return { wall: { ...wall, revision }, entries: [entry], outcomes: [] }
}
