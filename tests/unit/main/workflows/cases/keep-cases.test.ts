import { describe, expect, it } from 'vitest'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import { type CaseBench, caseId, createCaseBench, me, row, startMs } from './case-bench'

const numbers = (rows: readonly CaseRowSchema[]) => rows.map((one) => Number(one.caseId.slice(-4)))
const read = (bench: CaseBench, queue: 'toAccept' | 'verifiedBack' | 'overdue' = 'toAccept') => bench.cases.readQueue({ queue })
const counts = (bench: CaseBench, id: string) => bench.last('queues.changed')?.queues.find(({ queue }) => queue === id)

function reading(bench: CaseBench, ...rows: CaseRowSchema[]): void {
  const begun = bench.cases.beginReading()
  begun.keep(rows)
  begun.finish()
}

describe('the cases that a seat holds', () => {
  it('are read by deadline and then by id, page by page, without repeating or leaving out when rows change between pages', () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    const noClock = row(9, { clock: null })
    reading(bench, row(3), row(1), noClock, row(2), row(4, { clock: row(2).clock }))
    const first = bench.cases.readQueue({ queue: 'toAccept', limit: 3 })
    expect(numbers(first.rows)).toEqual([1, 2, 4])
    bench.event(row(1, { version: 2, state: 'preFiled' }))
    bench.event(row(5))
    const rest = bench.cases.readQueue({ queue: 'toAccept', limit: 3, after: first.next ?? '' })
    expect({ rest: numbers(rest.rows), next: rest.next }).toEqual({ rest: [3, 5, 9], next: null })
  })

  it('take an event in place, and never an older version over a newer one, whichever way it came', () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    reading(bench, row(1, { version: 3 }))
    bench.event(row(1, { version: 2, summary: '旧事件' }))
    bench.cases.take({ caseId: caseId(1), row: row(1, { version: 2, summary: '旧回答' }), byNo: '0201' })
    reading(bench, row(1, { version: 1, summary: '旧列表' }))
    expect(read(bench).rows).toMatchObject([{ version: 3, summary: '井盖丢失' }])
    bench.event(row(1, { version: 4, state: 'verified' }))
    expect([numbers(read(bench).rows), numbers(read(bench, 'verifiedBack').rows)]).toEqual([[], [1]])
    // Moved on to another post, then an answer that was overtaken by that event: it stays away.
    bench.event(row(1, { version: 6, state: 'preFiled' }))
    bench.cases.take({ caseId: caseId(1), row: row(1, { version: 5, state: 'verified' }), byNo: '0201' })
    expect([read(bench, 'verifiedBack').rows, [...bench.disk.rows]]).toEqual([[], []])
  })

  it('what is hidden goes at once, an older page does not bring it back, and the event that shows it again does', () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    reading(bench, row(1))
    const slow = bench.cases.beginReading()
    bench.event(null, caseId(1))
    slow.keep([row(1)])
    slow.finish()
    expect([read(bench).rows, bench.disk.rows.size]).toEqual([[], 0])
    bench.event(row(1, { version: 2 }))
    expect(numbers(read(bench).rows)).toEqual([1])
    // A sensitive row must not be told to this post; should it be, it is not kept.
    bench.event(row(1, { version: 3, isSensitive: true }))
    expect([read(bench).rows, bench.disk.rows.size]).toEqual([[], 0])
  })

  it('after a whole reading, what vanished is gone and what came by event meanwhile stays', () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    reading(bench, row(1), row(2))
    const again = bench.cases.beginReading()
    bench.event(row(3))
    again.keep([row(2)])
    again.finish()
    expect([numbers(read(bench).rows), [...bench.disk.rows.keys()]]).toEqual([
      [2, 3],
      [caseId(2), caseId(3)],
    ])
    const changes = bench.last('cases.changed')
    expect(changes?.after, 'windows read their queues anew').toBe(changes?.upTo)
  })

  it('are told in batches whose numbers follow on, one change for each case', async () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    const before = bench.last('cases.changed')?.upTo ?? 0
    bench.event(row(1))
    bench.event(row(1, { version: 2 }))
    bench.event(row(2))
    expect(bench.cases.readQueue({ queue: 'toAccept' }).upTo).toBe(before + 3)
    await bench.clock.advance(50)
    expect(bench.last('cases.changed')).toMatchObject({
      after: before,
      upTo: before + 3,
      changes: [
        { row: { version: 2 }, byNo: '0101' },
        { caseId: caseId(2), row: { version: 1 } },
      ],
    })
    bench.event(null, caseId(2))
    await bench.clock.advance(50)
    expect(bench.last('cases.changed')).toMatchObject({ after: before + 3, upTo: before + 4, changes: [{ caseId: caseId(2), row: null }] })
  })

  it('that change by the hundred at once are not listed: windows read their queue anew', async () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    for (let number = 0; number < 501; number += 1) bench.event(row(number))
    await bench.clock.advance(50)
    const batch = bench.last('cases.changed')
    expect([batch?.changes, batch?.after]).toEqual([[], batch?.upTo])
  })

  it('are counted with their lamps, at most four times a second, and every 15 s because time passes', async () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    reading(bench, row(-5), row(1), row(9))
    await bench.clock.advance(250)
    expect(counts(bench, 'toAccept')).toEqual({
      queue: 'toAccept',
      count: 3,
      red: 1,
      amber: 1,
      oldestEnteredAt: row(1).enteredAt,
      isComplete: true,
    })
    const toldBefore = bench.told.filter(({ topic }) => topic === 'queues.changed').length
    for (let event = 0; event < 100; event += 1) {
      bench.event(row(20 + event))
      await bench.clock.advance(10)
    }
    expect(bench.told.filter(({ topic }) => topic === 'queues.changed').length - toldBefore).toBeLessThanOrEqual(4)
    await bench.clock.advance(8 * 60_000)
    expect(counts(bench, 'toAccept')).toMatchObject({ count: 103, red: 2, amber: 1 })
  })

  it('fill the queue of overdue cases by the clock alone', async () => {
    const bench = createCaseBench()
    bench.cases.begin(me({ accountNo: '0801', role: 'commander' }))
    reading(bench, row(2))
    expect(read(bench, 'overdue').rows).toEqual([])
    await bench.clock.advance(135_000)
    expect([numbers(read(bench, 'overdue').rows), counts(bench, 'overdue')?.count]).toEqual([[2], 1])
  })

  it('are there again for the same person after a restart, before the centre is asked', async () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    const many = Array.from({ length: 1_200 }, (_, index) => row(index + 1))
    const begun = bench.cases.beginReading()
    for (let from = 0; from < many.length; from += 500) begun.keep(many.slice(from, from + 500))
    begun.finish()
    const again = bench.restarted()
    again.cases.begin(me())
    await again.clock.advance(10)
    expect(counts(again, 'toAccept')).toMatchObject({ count: 1_200, isComplete: true })
    expect(again.last('queues.changed')?.readAt).toBe(startMs)
  })

  it.each([
    ['another account', me({ accountNo: '0202' })],
    ['another post of the same account', me({ role: 'shiftLead' })],
    ['another department', me({ departmentCode: 'D02' })],
  ])('are forgotten before %s sees anything', (_, next) => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    reading(bench, row(1, { summary: '秘密' }))
    bench.cases.end()
    expect(JSON.stringify(bench.last('cases.changed'))).not.toContain('秘密')
    expect(bench.last('queues.changed')?.queues).toEqual([])
    bench.cases.begin(next)
    expect([bench.disk.rows.size, bench.cases.readQueue({ queue: 'toAccept' }).rows, bench.last('queues.changed')?.readAt]).toEqual([
      0,
      [],
      null,
    ])
  })

  it('on a full disk are shown all the same, and nothing of another scope is mixed in once there is room', () => {
    const bench = createCaseBench()
    bench.cases.begin(me())
    reading(bench, row(1))
    bench.cases.end()
    bench.disk.isFull = true
    bench.cases.begin(me({ accountNo: '0202' }))
    bench.cases.take({ caseId: caseId(2), row: row(2), byNo: '0202' })
    expect([numbers(read(bench).rows), bench.cases.holdsForViewer(), bench.cases.detail(caseId(1))]).toEqual([[2], false, undefined])
    bench.disk.isFull = false
    bench.event(row(3))
    expect([...bench.disk.rows.keys()]).toEqual([caseId(3)])
  })

  it('in a storm of 200 events a second are told twenty times and counted four times a second', async () => {
    const bench = createCaseBench()
    bench.cases.begin(me({ accountNo: '0101', role: 'shiftLead' }))
    const begun = bench.cases.beginReading()
    const all = Array.from({ length: 5_000 }, (_, index) => row(index + 1, { state: index % 2 === 0 ? 'preFiled' : 'checked' }))
    for (let from = 0; from < all.length; from += 500) begun.keep(all.slice(from, from + 500))
    begun.finish()
    bench.told.length = 0
    for (let event = 0; event < 12_000; event += 1) {
      bench.event(row((event % 5_000) + 1, { version: 2 + Math.floor(event / 5_000), state: event % 3 === 0 ? 'filed' : 'preFiled' }))
      if (event % 10 === 9) await bench.clock.advance(50)
    }
    const batches = bench.told.filter(({ topic }) => topic === 'cases.changed')
    expect(batches).toHaveLength(1_200)
    expect(bench.told.filter(({ topic }) => topic === 'queues.changed').length).toBeLessThanOrEqual(245)
  }, 20_000)
})
