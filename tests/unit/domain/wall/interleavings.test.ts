import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer } from '#shared/domain/wall/answer'
import { decide } from '#shared/domain/wall/decide'
import { focusLayout, gridLayout, layoutFaults } from '#shared/domain/wall/layout'
import { applyNews, newsOf } from '#shared/domain/wall/news'
import { tick } from '#shared/domain/wall/tick'
import { undo } from '#shared/domain/wall/undo'
import { type Change, type Content, type Entry, findCell, type Step, sameContent, type Wall } from '#shared/domain/wall/wall'
import { camera, confirmAll, connectedWall, darkCells, person, rule, scene, start, tour, urgent } from './walls'

/** Operators, rules, tours and a driver in any order: whatever happens, the wall stays one truth. */
const size = { columns: 4, rows: 3 }
const cell = fc.integer({ min: 1, max: 12 })
const who = fc.constantFrom('a', 'b')

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ type: fc.constant('assign' as const), cell, content: fc.integer({ min: 1, max: 30 }).map((n) => camera(String(n))) }),
  fc.record({ type: fc.constant('clear' as const), cell }),
  fc.record({ type: fc.constant('move' as const), from: cell, to: cell }),
  fc.record({ type: fc.constant('retry' as const), cell }),
  fc.record({
    type: fc.constant('setLayout' as const),
    layout: fc.constantFrom(gridLayout(size, 4, 3), gridLayout(size, 2, 2), focusLayout(size)),
  }),
  fc.record({ type: fc.constant('recallScene' as const), sceneId: fc.constantFrom('s1', 's2') }),
  fc.record({ type: fc.constant('power' as const), isOn: fc.boolean() }),
  fc.constant<Change>({ type: 'startTour', tourId: 't1' }),
  fc.constant<Change>({ type: 'yieldTours' }),
)

type Happening =
  | { readonly kind: 'change'; readonly by: string; readonly behind: number; readonly change: Change }
  | { readonly kind: 'undo'; readonly by: string; readonly back: number }
  | { readonly kind: 'confirm' | 'lost' | 'back' }
  | { readonly kind: 'fail'; readonly cell: number; readonly behind: number }
  | { readonly kind: 'time'; readonly ms: number; readonly isUrgent: boolean }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('change' as const), by: who, behind: fc.nat({ max: 3 }), change }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), by: who, back: fc.nat({ max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('confirm' as const, 'lost' as const, 'back' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fail' as const), cell, behind: fc.nat({ max: 2 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 40_000 }), isUrgent: fc.boolean() }),
  },
)

interface World {
  readonly wall: Wall
  readonly at: number
  readonly log: readonly Entry[]
}

function stepOf({ wall, at, log }: World, one: Happening): Step {
  const nothing = { wall, entries: [], outcomes: [] }
  switch (one.kind) {
    case 'change': {
      const asked = { change: one.change, by: person(one.by), seenRevision: Math.max(0, wall.revision - one.behind), why: null, at }
      const decided = decide(wall, asked)
      return decided.ok ? decided.value : nothing
    }
    case 'undo': {
      const entry = log.at(-1 - one.back)
      const undone = entry && undo(wall, entry, { by: person(one.by), at })
      return undone?.ok ? undone.value : nothing
    }
    case 'confirm':
      return confirmAll(wall, at)
    case 'lost':
      return answer(wall, { type: 'lost', product: '试验墙', message: '断' }, at)
    case 'back':
      return answer(wall, { type: 'observed', product: '试验墙', isOn: true, cells: darkCells(wall) }, at)
    case 'fail': {
      const revision = (findCell(wall, one.cell)?.revision ?? 0) - one.behind
      return answer(wall, { type: 'answered', cells: [{ cell: one.cell, revision, reason: '通道已满' }] }, at)
    }
    case 'time':
      return tick(wall, at + one.ms, one.isUrgent ? [urgent('c1'), urgent('c2')] : [])
  }
}

/** What the log says is wanted where. */
function wantedByLog(log: readonly Entry[]): Map<number, Content | null> {
  const wanted = new Map<number, Content | null>()
  for (const entry of log) for (const { cell: number, after } of entry.cells) wanted.set(number, after)
  return wanted
}

function check(before: World, after: World, one: Happening, step: Step): void {
  const { wall } = after
  expect(layoutFaults(wall.layout, wall.size)).toEqual([])
  expect(wall.cells.map((each) => each.cell)).toEqual(wall.layout.tiles.map((tile) => tile.cell).sort((a, b) => a - b))
  expect(wall.revision).toBeGreaterThanOrEqual(before.wall.revision)
  // Entries carry revisions of their own, one after the other.
  const revisions = after.log.map(({ revision }) => revision)
  expect([...new Set(revisions)].sort((a, b) => a - b)).toEqual(revisions)
  const byLog = wantedByLog(after.log)
  for (const each of wall.cells) {
    // No lost change: replaying the log gives what the wall wants.
    expect(sameContent(each.wanted, byLog.get(each.cell) ?? null), `格 ${each.cell}`).toBe(true)
    if (each.phase === 'confirmed') expect(sameContent(each.wanted, each.shown)).toBe(true)
    expect(each.reason !== null).toBe(each.phase === 'failed')
    const was = findCell(before.wall, each.cell)
    // Only the driver says what is on the wall.
    if (one.kind === 'change' || one.kind === 'undo') expect(sameContent(was?.shown ?? null, each.shown)).toBe(true)
    // A stale answer changes nothing.
    if (one.kind === 'fail' && one.behind > 0) expect(each).toEqual(was)
  }
  // What travels to the seats makes the same wall there.
  if (wall.revision > before.wall.revision) expect(applyNews(before.wall, newsOf(before.wall, step))).toEqual(wall)
  else expect(wall).toMatchObject({ cells: before.wall.cells, layout: before.wall.layout, driver: { status: before.wall.driver.status } })
  if (wall.driver.status !== 'connected') expect(wall.cells.filter(({ phase }) => phase === 'requested')).toEqual([])
  // What is still waiting in the log waits on the wall, and the other way round.
  for (const { revision, outcome } of step.outcomes) {
    expect(outcome).not.toBe('requested')
    expect(wall.cells.some((each) => each.revision === revision && each.phase === 'requested')).toBe(false)
  }
}

describe('operators, rules and a driver in any order', () => {
  it('leave one truth, no lost change, and a log that tells it', () => {
    const whole = scene({ sceneId: 's2', key: 'W', layout: focusLayout(size), cells: [{ cell: 1, content: camera('9') }] })
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const wall = connectedWall({ scenes: [scene(), whole], tours: [tour()], rules: [rule({ holdMs: 60_000 })] })
        let world: World = { wall, at: start, log: [] }
        for (const one of happenings) {
          const step = stepOf(world, one)
          const taken = (entry: Entry) => step.entries.some(({ undoes }) => undoes === entry.revision)
          const log = [...world.log.map((entry) => (taken(entry) ? { ...entry, undoneBy: 'x' } : entry)), ...step.entries]
          const next = { wall: step.wall, at: world.at + (one.kind === 'time' ? one.ms : 10), log }
          check(world, next, one, step)
          world = next
        }
      }),
      { numRuns: 300 },
    )
  })
})
