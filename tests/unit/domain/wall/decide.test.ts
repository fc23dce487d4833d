import { describe, expect, it } from 'vitest'
import { answer, expire } from '#shared/domain/wall/answer'
import { decide } from '#shared/domain/wall/decide'
import { focusLayout } from '#shared/domain/wall/layout'
import { occur, personHoldsMs, releaseDue, releaseOver } from '#shared/domain/wall/rules'
import { tick } from '#shared/domain/wall/tick'
import { lastOf, lentFor, undo } from '#shared/domain/wall/undo'
import { answerWithinMs, type Change, driverSilentMs, findCell, type Step, type Wall } from '#shared/domain/wall/wall'
import { camera, confirmAll, connectedWall, darkCells, person, rule, scene, start, tour, urgent } from './walls'

const asked = (wall: Wall, change: Change, parts: { by?: string; seen?: number; at?: number } = {}) =>
  decide(wall, { change, by: person(parts.by ?? 'a'), seenRevision: parts.seen ?? wall.revision, why: null, at: parts.at ?? start })

function done(result: ReturnType<typeof decide>): Step {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const assign = (cell: number, id: string) => ({ type: 'assign', cell, content: camera(id) }) as const
const cellOf = (wall: Wall, cell: number) => findCell(wall, cell)

describe('two people at one wall', () => {
  it('both keep their changes of different cells, although neither saw the other', () => {
    const wall = connectedWall()
    const first = done(asked(wall, assign(1, '10'), { by: 'a' })).wall
    const second = done(asked(first, assign(2, '20'), { by: 'b', seen: wall.revision })).wall
    expect([cellOf(second, 1)?.wanted?.id, cellOf(second, 2)?.wanted?.id]).toEqual(['10', '20'])
  })

  it('who changes a cell that another changed unseen is told whom and what, and may ask again', () => {
    const wall = connectedWall()
    const first = done(asked(wall, assign(1, '10'), { by: 'a' })).wall
    const late = asked(first, assign(1, '20'), { by: 'b', seen: wall.revision })
    expect(late).toMatchObject({ ok: false, error: { code: 'wall/cellChanged', detail: { cell: '01', name: '人a', what: '10 号' } } })
    expect(cellOf(done(asked(first, assign(1, '20'), { by: 'b' })).wall, 1)?.wanted?.id).toBe('20')
    expect(asked(first, assign(1, '20'), { by: 'a', seen: wall.revision }).ok).toBe(true)
    const layout = asked(first, { type: 'setLayout', layout: focusLayout(wall.size) }, { by: 'b', seen: wall.revision })
    expect(layout).toMatchObject({ ok: false, error: { code: 'wall/cellChanged' } })
  })

  it('an answer to an older request confirms nothing', () => {
    const wall = done(asked(connectedWall(), assign(1, '10'))).wall
    const old = cellOf(wall, 1)?.revision ?? 0
    const newer = done(asked(wall, assign(1, '20')))
    expect(newer.outcomes).toEqual([{ revision: old, outcome: 'overtaken', reason: null }])
    const answered = answer(newer.wall, { type: 'answered', cells: [{ cell: 1, revision: old, reason: null }] }, start).wall
    expect(cellOf(answered, 1)).toMatchObject({ phase: 'requested', shown: null })
  })

  it('nothing is taken while nobody drives the wall', () => {
    const lost = answer(connectedWall(), { type: 'lost', product: '试验墙', message: '网线断开' }, start).wall
    expect(asked(lost, assign(1, '10'))).toMatchObject({ ok: false, error: { code: 'wall/noDriver', detail: { reason: '网线断开' } } })
  })
})

describe('what the driver answers', () => {
  it('a failure keeps what is on the wall and says why; retrying asks again', () => {
    const on = confirmAll(done(asked(connectedWall(), assign(1, '10'))).wall, start).wall
    const next = done(asked(on, assign(1, '20'))).wall
    const failed = answer(next, { type: 'answered', cells: [{ cell: 1, revision: next.revision, reason: '解码通道已满' }] }, start)
    expect(cellOf(failed.wall, 1)).toMatchObject({ phase: 'failed', reason: '解码通道已满', shown: camera('10'), wanted: camera('20') })
    expect(failed.outcomes).toEqual([{ revision: next.revision, outcome: 'failed', reason: '解码通道已满' }])
    const again = confirmAll(done(asked(failed.wall, { type: 'retry', cell: 1 })).wall, start).wall
    expect(cellOf(again, 1)).toMatchObject({ phase: 'confirmed', shown: camera('20') })
    expect(asked(again, { type: 'retry', cell: 1 })).toMatchObject({ ok: false, error: { code: 'wall/nothingToRetry' } })
  })

  it('after it was away nothing is assumed and nothing is sent again by itself', () => {
    const wall = confirmAll(done(asked(connectedWall(), assign(2, '22'))).wall, start).wall
    const waiting = done(asked(wall, assign(1, '10'))).wall
    const lost = answer(waiting, { type: 'lost', product: '试验墙', message: '没有回应' }, start).wall
    expect(cellOf(lost, 1)).toMatchObject({ phase: 'failed', reason: '大屏没有回应，没有得到确认' })
    const cells = darkCells(lost).map((one) => (one.cell === 2 ? { cell: 2, content: camera('99') } : one))
    const back = answer(lost, { type: 'observed', product: '试验墙', isOn: true, cells }, start + 1_000).wall
    expect(back.driver).toMatchObject({ status: 'connected', since: start + 1_000 })
    expect(cellOf(back, 1)).toMatchObject({ phase: 'failed', reason: '屏上实为空' })
    expect(cellOf(back, 2)).toMatchObject({ phase: 'failed', reason: '屏上实为99 号', shown: camera('99'), wanted: camera('22') })
    expect(cellOf(back, 3)).toMatchObject({ phase: 'confirmed' })
  })

  it('no answer in time has failed, and a silent driver is gone', () => {
    const wall = done(asked(connectedWall(), assign(1, '10'))).wall
    expect(cellOf(expire(wall, start + answerWithinMs).wall, 1)?.phase).toBe('requested')
    expect(cellOf(expire(wall, start + answerWithinMs + 1).wall, 1)).toMatchObject({ phase: 'failed', reason: '大屏没有在时限内回应' })
    expect(expire(wall, start + driverSilentMs + 1).wall.driver.status).toBe('absent')
  })
})

describe('rules', () => {
  const wall = confirmAll(done(asked(connectedWall({ rules: [rule()] }), assign(1, '10'))).wall, start).wall
  const calm = start + personHoldsMs

  it('take a cell for an urgent case and give it back when the case is over', () => {
    const taken = occur(wall, urgent('c1'), calm).wall
    expect(cellOf(taken, 1)?.wanted?.id).toBe('c1')
    const over = releaseOver(taken, [], calm + 1_000).wall
    expect(cellOf(over, 1)).toMatchObject({ wanted: camera('10'), taken: null })
  })

  it('take the next cell while a person uses the first, and leave a cell that a person takes back', () => {
    expect(cellOf(occur(wall, urgent('c1'), start + 1_000).wall, 2)?.wanted?.id).toBe('c1')
    const taken = occur(wall, urgent('c1'), calm).wall
    const person = done(asked(taken, assign(1, '77'), { at: calm })).wall
    const later = tick(person, calm + 1_000, [urgent('c1')]).wall
    expect(later.cells.map(({ wanted }) => wanted?.id)).not.toContain('c1')
    expect(cellOf(releaseOver(person, [], calm).wall, 1)?.wanted?.id).toBe('77')
  })

  it('hold a cell no longer than they may, and do not take it again for the same case', () => {
    const short = { ...answer(wall, { type: 'alive' }, calm).wall, rules: [rule({ holdMs: 5_000 })] }
    const taken = tick(short, calm, [urgent('c1')]).wall
    expect(cellOf(taken, 1)?.wanted?.id).toBe('c1')
    const given = releaseDue(taken, calm + 5_000).wall
    expect(cellOf(given, 1)?.wanted?.id).toBe('10')
    expect(cellOf(tick(given, calm + 6_000, [urgent('c1')]).wall, 1)?.wanted?.id).toBe('10')
    const anew = tick(tick(given, calm + 7_000, []).wall, calm + 8_000, [urgent('c1')]).wall
    expect(cellOf(anew, 1)?.wanted?.id).toBe('c1')
  })
})

describe('tours', () => {
  const begun = done(asked(connectedWall({ tours: [tour()] }), { type: 'startTour', tourId: 't1' })).wall
  const at = (wall: Wall, ms: number) => tick(wall, start + ms, []).wall
  const alive = (wall: Wall, ms: number) => confirmAll(answer(wall, { type: 'alive' }, start + ms).wall, start + ms).wall

  it('dwell, go on, and begin again after the last stop', () => {
    let wall = begun
    const seen: (string | undefined)[] = []
    for (let ms = 0; ms <= 60_000; ms += 5_000) {
      wall = alive(at(wall, ms), ms)
      seen.push(cellOf(wall, 3)?.wanted?.id)
    }
    expect(seen).toEqual(['1', '1', '1', '2', '2', '2', '3', '3', '3', '1', '1', '1', '2'])
  })

  it('yield to a person and go on with the stop that was cut short', () => {
    const second = at(alive(at(begun, 0), 14_000), 15_000)
    const yielded = done(asked(second, assign(3, '77'), { at: start + 16_000 })).wall
    expect(yielded.tours[0]?.run).toEqual({ state: 'yielding', index: 0, dueAt: start + 76_000 })
    expect(cellOf(at(alive(yielded, 75_000), 75_000), 3)?.wanted?.id).toBe('77')
    expect(cellOf(at(alive(yielded, 76_000), 76_000), 3)?.wanted?.id).toBe('2')
  })

  it('stand still while the wall does not answer, and take one step when it is back', () => {
    const lost = answer(at(begun, 0), { type: 'lost', product: '试验墙', message: '断' }, start + 1_000).wall
    expect(cellOf(at(lost, 19_000), 3)?.wanted?.id).toBe('1')
    const back = answer(lost, { type: 'observed', product: '试验墙', isOn: true, cells: darkCells(lost) }, start + 600_000).wall
    const step = tick(back, start + 600_000, [])
    expect(cellOf(step.wall, 3)?.wanted?.id).toBe('2')
    expect(tick(step.wall, start + 601_000, []).entries).toEqual([])
  })
})

describe('scenes', () => {
  it('of a part leave the rest; of the whole bring their layout and clear what they do not name', () => {
    const whole = scene({ sceneId: 's2', layout: focusLayout({ columns: 4, rows: 3 }), cells: [{ cell: 1, content: camera('1') }] })
    const wall = confirmAll(done(asked(connectedWall({ scenes: [scene(), whole] }), assign(3, '33'))).wall, start).wall
    const part = done(asked(wall, { type: 'recallScene', sceneId: 's1' })).wall
    expect([cellOf(part, 3)?.wanted?.id, cellOf(part, 4)?.wanted?.id]).toEqual(['33', '4'])
    const all = done(asked(part, { type: 'recallScene', sceneId: 's2' })).wall
    expect(all.layout.name).toBe('大 1 小 8')
    expect(all.cells.filter(({ wanted }) => wanted !== null).map(({ cell }) => cell)).toEqual([1])
  })

  it('are recalled at their minute of the China day, once, and not much later', () => {
    // 2026-11-20 is a Friday; `start` is 10:00 in China.
    const schedule = { minuteOfDay: 10 * 60 + 1, days: [5] }
    const wall = connectedWall({ scenes: [scene({ schedule })] })
    const quiet = (ms: number, from = wall) => tick(answer(from, { type: 'alive' }, start + ms).wall, start + ms, [])
    expect(quiet(59_000).entries).toEqual([])
    const due = quiet(60_000)
    expect(due.entries.map(({ action, by }) => [action, by.name])).toEqual([['schedule', '定时']])
    expect(quiet(61_000, confirmAll(due.wall, start).wall).entries).toEqual([])
    expect(quiet(60_000 + 121_000).entries).toEqual([])
  })
})

describe('taking back', () => {
  it('brings back layout and contents, and says who took back whose', () => {
    const wall = done(asked(connectedWall(), assign(2, '22'))).wall
    const changed = done(asked(wall, { type: 'setLayout', layout: focusLayout(wall.size) }))
    expect(cellOf(changed.wall, 2)).toBeUndefined()
    const entry = changed.entries[0]
    if (!entry) throw new Error('no entry')
    const back = done(undo(changed.wall, entry, { by: person('b'), at: start }))
    expect(cellOf(back.wall, 2)?.wanted?.id).toBe('22')
    expect(back.entries[0]).toMatchObject({ action: 'undo', undoes: entry.revision, subject: '人a 的更改' })
  })

  it('touches nothing that somebody changed afterwards', () => {
    const first = done(asked(connectedWall(), assign(1, '10')))
    const second = done(asked(first.wall, assign(1, '20'), { by: 'b' }))
    const [mine, theirs] = [...first.entries, ...second.entries]
    if (!mine || !theirs) throw new Error('no entries')
    expect(undo(second.wall, mine, { by: person('a'), at: start })).toMatchObject({
      ...{ ok: false, error: { code: 'wall/undoOvertaken', detail: { cell: '01', name: '人b' } } },
    })
    expect(lastOf([mine, theirs], 'a')).toBe(mine)
    expect(lastOf([{ ...mine, undoneBy: '人b' }, theirs], 'a')).toBeUndefined()
  })
})

describe('cells lent to a case', () => {
  const lend = { type: 'lend', subject: '案卷 7', cells: [4, 5].map((cell) => ({ cell, content: camera(`9${cell}`) })) } as const
  const lit = () => done(asked(done(asked(connectedWall(), assign(4, '40'))).wall, assign(5, '50'))).wall

  it('change together, and come back together', () => {
    const step = done(asked(lit(), lend))
    expect(step.entries).toHaveLength(1)
    const [entry] = step.entries
    if (!entry) throw new Error('no entry')
    const back = undo(step.wall, entry, { by: person('b'), at: start })
    expect(back.ok && [4, 5].map((cell) => cellOf(back.value.wall, cell)?.wanted?.id)).toEqual(['40', '50'])
    expect(lentFor(step.entries, '案卷 7')).toBe(entry)
    expect(lentFor([{ ...entry, undoneBy: '人b' }], '案卷 7')).toBeUndefined()
  })

  it('come back as far as nobody changed them meanwhile', () => {
    const step = done(asked(lit(), lend))
    const [entry] = step.entries
    if (!entry) throw new Error('no entry')
    const changed = done(asked(step.wall, assign(5, '77'), { by: 'b' })).wall
    const back = undo(changed, entry, { by: person('a'), at: start })
    expect(back.ok && [4, 5].map((cell) => cellOf(back.value.wall, cell)?.wanted?.id)).toEqual(['40', '77'])
    const all = done(asked(changed, assign(4, '78'), { by: 'b' })).wall
    expect(undo(all, entry, { by: person('a'), at: start })).toMatchObject({ ok: false, error: { code: 'wall/undoOvertaken' } })
  })
})

describe('a scene recalled while a rule takes a cell', () => {
  const layout = connectedWall().layout
  const whole = scene({
    layout,
    cells: [
      { cell: 1, content: camera('11') },
      { cell: 4, content: camera('4') },
    ],
  })

  it('leaves the urgent case its cell unless the person saw it there, and has the cell when the case is over', () => {
    const before = connectedWall({ rules: [rule()], scenes: [whole] })
    const taken = occur(before, urgent('7'), start + personHoldsMs).wall
    const recalled = done(asked(taken, { type: 'recallScene', sceneId: 's1' }, { seen: before.revision })).wall
    expect([1, 4].map((cell) => cellOf(recalled, cell)?.wanted?.id)).toEqual(['7', '4'])
    const over = releaseOver(recalled, [], start + personHoldsMs).wall
    expect(cellOf(over, 1)?.wanted?.id).toBe('11')
    const seen = done(asked(taken, { type: 'recallScene', sceneId: 's1' })).wall
    expect(cellOf(seen, 1)?.wanted?.id).toBe('11')
  })
})
