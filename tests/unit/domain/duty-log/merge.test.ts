import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeLogs } from '#shared/domain/duty-log/merge'
import type { SealedEntry } from '#shared/domain/duty-log/seal'
import { verifyLog } from '#shared/domain/duty-log/verify'
import { createLogSeat, proving } from '../../../fakes/log-seat'

const monday = 1_763_683_200_000
const tenMinutes = 600_000

/** A few days at two seats: somebody writes, or the two hear of each other (or of nothing for days). */
const schedule = fc.record({
  skews: fc.tuple(fc.integer({ min: -tenMinutes, max: tenMinutes }), fc.integer({ min: -tenMinutes, max: tenMinutes })),
  steps: fc.array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 3 * 3_600_000 }),
      what: fc.oneof(
        { weight: 4, arbitrary: fc.constant('write' as const) },
        { weight: 1, arbitrary: fc.constantFrom('hear' as const, 'both' as const) },
      ),
      seat: fc.constantFrom(0, 1),
    }),
    { minLength: 1, maxLength: 24 },
  ),
  arrival: fc.infiniteStream(fc.nat()),
})

test('two seats that wrote alone for days with wrong clocks become one log: complete, ordered, verified', () => {
  fc.assert(
    fc.property(schedule, ({ skews, steps, arrival }) => {
      const seats = [createLogSeat('01', skews[0]), createLogSeat('02', skews[1])] as const
      const all: { readonly row: SealedEntry; readonly at: number; readonly after: ReadonlySet<string> }[] = []
      let at = monday
      for (const step of steps) {
        at += step.afterMs
        const [mine, other] = step.seat === 0 ? seats : ([seats[1], seats[0]] as const)
        if (step.what === 'write') {
          const after = new Set(mine.known.keys())
          all.push({ row: mine.write(at, `第 ${all.length + 1} 条`), at, after })
        } else {
          mine.hear(at, [...other.known.values()])
          if (step.what === 'both') other.hear(at, [...mine.known.values()])
        }
      }
      const shuffled = [...all.map(({ row }) => row), ...all.slice(0, 3).map(({ row }) => row)]
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = (arrival.next().value ?? 0) % (i + 1)
        ;[shuffled[i], shuffled[j]] = [shuffled[j] as SealedEntry, shuffled[i] as SealedEntry]
      }
      const merged = mergeLogs(shuffled)
      const hashes = merged.map(({ seal }) => seal.hash)
      // Complete, each once, and the same in whatever pieces it came.
      expect([...hashes].sort()).toEqual(all.map(({ row }) => row.seal.hash).sort())
      expect(mergeLogs(mergeLogs(seats[1].written), seats[0].written, merged)).toEqual(merged)
      // What somebody had read when they wrote stands before what they wrote.
      const placeOf = new Map(hashes.map((hash, place) => [hash, place]))
      for (const { row, after } of all)
        for (const earlier of after) expect(placeOf.get(earlier)).toBeLessThan(placeOf.get(row.seal.hash) ?? -1)
      // No two entries stand the wrong way round that lie further apart than the two clocks.
      for (const one of all) {
        for (const two of all) {
          if (two.at - one.at > Math.abs(skews[0] - skews[1])) {
            expect(placeOf.get(one.row.seal.hash)).toBeLessThan(placeOf.get(two.row.seal.hash) ?? -1)
          }
        }
      }
    }),
    { numRuns: 1000 },
  )
})

test('two seats offline for three days, their clocks ten minutes apart, both writing: the merged log is complete, ordered and verified', () => {
  const seats = [createLogSeat('01', 0), createLogSeat('02', tenMinutes)] as const
  const trueTime = new Map<string, number>()
  const threeDays = 3 * 86_400_000
  // 7 and 11 minutes: the two fall against each other in every way.
  for (const [index, every] of [7, 11].entries()) {
    for (let at = 0; at < threeDays; at += every * 60_000) {
      const row = (seats[index] as (typeof seats)[0]).write(monday + at, `坐席 ${index + 1} 第 ${at / 60_000} 分`)
      trueTime.set(row.seal.hash, monday + at)
    }
  }
  const merged = mergeLogs(seats[1].written, seats[0].written)
  expect(merged).toHaveLength(seats[0].written.length + seats[1].written.length)
  expect(new Set(merged.map(({ words }) => words.entryId)).size).toBe(merged.length)
  for (const { written } of seats) expect(merged.filter(({ words }) => words.seatNo === written[0]?.words.seatNo)).toEqual(written)
  let latest = 0
  for (const { seal } of merged) {
    const at = trueTime.get(seal.hash) ?? 0
    expect(latest - at).toBeLessThanOrEqual(tenMinutes)
    latest = Math.max(latest, at)
  }
  expect(mergeLogs(seats[0].written, seats[1].written)).toEqual(merged)
  const proofs = verifyLog(merged, [seats[0].key, seats[1].key], proving)
  expect(proofs.map(({ findings, last }) => [findings.length, last?.position])).toEqual(seats.map(({ written }) => [0, written.length]))
})

test('a merged log proves each chain', () => {
  const seats = [createLogSeat('01', tenMinutes), createLogSeat('02', -tenMinutes)] as const
  for (let i = 0; i < 20; i++) {
    seats[0].write(monday + i * 60_000, `甲 ${i}`)
    seats[1].write(monday + i * 60_000, `乙 ${i}`)
    if (i === 10) seats[1].hear(monday + i * 60_000, seats[0].written)
  }
  const merged = mergeLogs(seats[0].written, seats[1].written)
  const proofs = verifyLog(merged, [seats[0].key, seats[1].key], proving)
  const found = proofs.map(({ seatNo, entries, findings }) => ({ seatNo, entries, findings }))
  expect(found).toHaveLength(2)
  expect(found).toContainEqual({ seatNo: '01', entries: 20, findings: [] })
  expect(found).toContainEqual({ seatNo: '02', entries: 20, findings: [] })
})
