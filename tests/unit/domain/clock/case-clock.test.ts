/** Clocks of cases: due moments, lamps, pauses, and the words for what is left. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ClockInput,
  clockOf,
  describeRemaining,
  describeUsed,
  lampAt,
  provisionalYear,
  remainingAt,
  type Span,
  usedAt,
} from '#shared/domain/clock/case-clock'
import { describeLimit, type Limit, type LimitUnit, limitUnits } from '#shared/domain/clock/limit'
import { dueAfter, limitMs } from '#shared/domain/clock/limit-length'
import { at, calendar, chinaTime, hourMs, isWorkedMinute, minuteMs } from './calendars'

const limit = (value: number, unit: LimitUnit): Limit => ({ value, unit })

describe('a limit', () => {
  it.each<[Limit, string, string, number]>([
    [limit(10, 'minute'), '10 分', '2026-09-30T17:10', 10],
    [limit(2, 'urgentHour'), '2 紧急工作时', '2026-09-30T19:00', 120],
    [limit(4, 'workingHour'), '4 工作时', '2026-10-08T11:00', 240],
    [limit(2.5, 'workingDay'), '2.5 工作日', '2026-10-10T11:00', 1200],
    [limit(1, 'urgentDay'), '1 紧急工作日', '2026-10-01T17:00', 1440],
    [limit(5, 'naturalDay'), '5 自然日', '2026-10-05T17:00', 7200],
  ])('%o reads %s and, from the eve of National Day at 17:00, ends at %s', (given, words, due, minutes) => {
    expect([
      describeLimit(given),
      chinaTime(dueAfter(calendar, at('2026-09-30T17:00'), given)),
      limitMs(calendar, given) / minuteMs,
    ]).toEqual([words, due, minutes])
  })
})

describe('a lamp', () => {
  const clock = clockOf(calendar, { limit: limit(8, 'workingHour'), startedAt: at('2026-11-20T10:00') })
  it.each([
    ['2026-11-20T10:00', 'green', '剩 8 工作时', '0 工作时'],
    ['2026-11-20T17:59', 'green', '剩 2 工作时', '5.9 工作时'],
    ['2026-11-20T18:00', 'amber', '剩 2 工作时', '6 工作时'],
    ['2026-11-22T12:00', 'amber', '剩 2 工作时', '6 工作时'],
    ['2026-11-23T09:57', 'amber', '剩不足 0.1 工作时', '7.9 工作时'],
    ['2026-11-23T10:00', 'amber', '剩 0 工作时', '8 工作时'],
    ['2026-11-23T10:01', 'red', '刚超时', '8 工作时'],
    ['2026-11-23T15:30', 'red', '超 3.5 工作时', '11.5 工作时'],
  ])('of eight working hours from Friday 10:00 at %s: %s, %s', (now, tone, left, used) => {
    expect([lampAt(clock, at(now)), describeRemaining(calendar, clock, at(now)), describeUsed(calendar, clock, at(now))]).toEqual([
      tone,
      left,
      used,
    ])
  })

  it('turns red at closing time, though no working time is over yet', () => {
    const due18 = clockOf(calendar, { limit: limit(8, 'workingHour'), startedAt: at('2026-11-20T08:00') })
    const evening = at('2026-11-20T18:00') + 1
    expect([lampAt(due18, evening - 1), lampAt(due18, evening), describeRemaining(calendar, due18, evening)]).toEqual([
      'amber',
      'red',
      '刚超时',
    ])
  })

  it('stands still once the clock is stopped', () => {
    const stopped = clockOf(calendar, {
      limit: limit(30, 'minute'),
      startedAt: at('2026-11-20T10:00'),
      stoppedAt: at('2026-11-20T10:17'),
    })
    const later = at('2026-12-20T10:00')
    expect([lampAt(stopped, later), describeUsed(calendar, stopped, later), describeRemaining(calendar, stopped, later)]).toEqual([
      'green',
      '17 分',
      '剩 13 分',
    ])
  })
})

describe('the words for continuous time', () => {
  const clock = clockOf(calendar, { limit: limit(3, 'naturalDay'), startedAt: at('2026-11-20T10:00') })
  it.each([
    ['2026-11-20T10:00:00', '剩 3 天'],
    ['2026-11-20T10:30:00', '剩 2 天 23 小时'],
    ['2026-11-23T08:40:00', '剩 1 小时 20 分'],
    ['2026-11-23T09:00:00', '剩 1 小时'],
    ['2026-11-23T09:25:30', '剩 34 分'],
    ['2026-11-23T09:59:30', '剩不足 1 分'],
    ['2026-11-23T10:00:00', '剩 0 分'],
    ['2026-11-23T10:00:01', '刚超时'],
    ['2026-11-23T10:00:59', '刚超时'],
    ['2026-11-23T10:01:00', '超 1 分'],
    ['2026-11-23T10:35:00', '超 35 分'],
    ['2026-11-24T10:05:00', '超 1 天'],
  ])('at %s: %s', (now, words) => {
    expect(describeRemaining(calendar, clock, at(now))).toBe(words)
  })

  it('counts working days by their working hours', () => {
    const days = clockOf(calendar, { limit: limit(3, 'workingDay'), startedAt: at('2026-11-20T08:00') })
    expect([at('2026-11-20T12:00'), at('2026-11-25T18:00')].map((now) => describeRemaining(calendar, days, now))).toEqual([
      '剩 2.5 工作日',
      '超 1 工作日',
    ])
  })
})

describe('an extension', () => {
  it('counts in the unit’s own time, and amber is a quarter of the whole', () => {
    const clock = clockOf(calendar, { limit: limit(1, 'workingDay'), extraMs: 8 * hourMs, startedAt: at('2026-11-19T08:00') })
    expect([chinaTime(clock.amberAt), chinaTime(clock.dueAt), describeRemaining(calendar, clock, at('2026-11-20T08:00'))]).toEqual([
      '2026-11-20T12:00',
      '2026-11-20T18:00',
      '剩 1 工作日',
    ])
  })
})

describe('a pause', () => {
  const span = (from: string, until: string | null): Span => ({ from: at(from), until: until === null ? null : at(until) })
  const started = { limit: limit(8, 'workingHour'), startedAt: at('2026-11-20T08:00') }

  it('of a weekend and a morning moves a working limit by the morning', () => {
    const clock = clockOf(calendar, { ...started, pauses: [span('2026-11-20T10:00', '2026-11-23T10:00')] })
    expect([chinaTime(clock.dueAt), clock.pausedMs / hourMs, clock.pausedSince]).toEqual(['2026-11-23T18:00', 8, null])
  })

  it('that goes on stops the lamp and says so; afterwards the clock goes on where it stood', () => {
    const paused = clockOf(calendar, { ...started, pauses: [span('2026-11-20T15:30', null)] })
    const resumed = clockOf(calendar, { ...started, pauses: [span('2026-11-20T15:30', '2027-03-01T08:00')] })
    expect({
      words: describeRemaining(calendar, paused, at('2026-12-31T10:00')),
      lamp: lampAt(paused, at('2026-12-31T10:00')),
      left: remainingAt(calendar, paused, at('2026-12-31T10:00')),
      resumed: describeRemaining(calendar, resumed, at('2027-03-01T09:00')),
      due: chinaTime(resumed.dueAt),
    }).toEqual({
      words: '已停表',
      lamp: 'green',
      left: { ms: 2.5 * hourMs, measure: 'workingHours' },
      resumed: '剩 1.5 工作时',
      due: '2027-03-01T10:30',
    })
  })

  it('that began when the case was over already changes what it is over by, not when it was due', () => {
    const clock = clockOf(calendar, {
      limit: limit(1, 'urgentHour'),
      startedAt: at('2026-11-20T08:00'),
      pauses: [span('2026-11-20T10:00', '2026-11-20T14:00')],
    })
    const now = at('2026-11-20T14:30')
    expect([chinaTime(clock.dueAt), lampAt(clock, now), describeRemaining(calendar, clock, now)]).toEqual([
      '2026-11-20T09:00',
      'red',
      '超 1 小时 30 分',
    ])
  })

  it('that a slow clock on the wall has not reached yet takes nothing away', () => {
    const resumed = clockOf(calendar, { ...started, pauses: [span('2026-11-20T08:00', '2026-11-20T11:00')] })
    const paused = clockOf(calendar, { ...started, pauses: [span('2026-11-20T09:00', null)] })
    expect([usedAt(calendar, resumed, at('2026-11-20T10:00')).ms, describeRemaining(calendar, paused, at('2026-11-20T08:59'))]).toEqual([
      0,
      '已停表',
    ])
  })

  it('counts only between start and stop', () => {
    const clock = clockOf(calendar, {
      limit: limit(2, 'urgentHour'),
      startedAt: at('2026-11-20T08:00'),
      stoppedAt: at('2026-11-20T09:30'),
      pauses: [span('2026-11-20T07:00', '2026-11-20T08:10'), span('2026-11-20T09:00', null), span('2026-11-21T09:00', '2026-11-21T10:00')],
    })
    expect([clock.pausedMs / minuteMs, clock.pausedSince, usedAt(calendar, clock, at('2026-11-22T00:00')).ms / minuteMs]).toEqual([
      40,
      null,
      50,
    ])
  })
})

describe('any clock', () => {
  it('does not care about the order of its pauses, nor about one told twice or in two parts', () => {
    fc.assert(
      fc.property(input, fc.infiniteStream(fc.nat()), fc.nat({ max: 500 }), (given, order, cut) => {
        const pauses = given.pauses ?? []
        const halves = pauses.flatMap(({ from, until }) => [
          { from, until: from + cut * minuteMs < (until ?? Number.POSITIVE_INFINITY) ? from + cut * minuteMs : until },
          { from, until },
        ])
        const shuffled = halves.map((pause) => ({ pause, key: order.next().value })).sort((a, b) => a.key - b.key)
        expect(clockOf(calendar, { ...given, pauses: shuffled.map(({ pause }) => pause) })).toEqual(clockOf(calendar, given))
      }),
    )
  })

  it('is due later for a longer limit, a later start or one more pause', () => {
    fc.assert(
      fc.property(input, fc.nat({ max: 20_000 }), pauseOf, (given, minutes, pause) => {
        const { dueAt, amberAt } = clockOf(calendar, given)
        const more = { ...given.limit, value: given.limit.value + minutes / 100 }
        const pauses = given.pauses ?? []
        expect(amberAt).toBeLessThanOrEqual(dueAt)
        expect(clockOf(calendar, { ...given, limit: more }).dueAt).toBeGreaterThanOrEqual(dueAt)
        expect(clockOf(calendar, { ...given, startedAt: given.startedAt + minutes * minuteMs }).dueAt).toBeGreaterThanOrEqual(dueAt)
        expect(clockOf(calendar, { ...given, pauses: [...pauses, pause] }).dueAt).toBeGreaterThanOrEqual(dueAt)
      }),
    )
  })

  it('is due, amber and over where walking through the minutes says so', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 0, max: 4000 }), (given, laterMinutes) => {
        const clock = clockOf(calendar, given)
        const totalMinutes = limitMs(calendar, given.limit) / minuteMs
        expect([clock.amberAt, clock.dueAt]).toEqual([walk(given, totalMinutes * 0.75), walk(given, totalMinutes)])
        const lastPause = Math.max(given.startedAt, ...(given.pauses ?? []).map(({ until }) => until ?? 0))
        const now = lastPause + laterMinutes * minuteMs
        const { ms } = remainingAt(calendar, clock, now)
        expect(ms).toBe((totalMinutes - minutesUsed(given, now)) * minuteMs)
        expect(lampAt(clock, now) === 'red').toBe(now > clock.dueAt)
        if (ms < 0) expect(lampAt(clock, now)).toBe('red')
        if (ms > 0) expect(lampAt(clock, now)).not.toBe('red')
      }),
      { numRuns: 60 },
    )
  })

  it('never tells of time left and time over at once', () => {
    fc.assert(
      fc.property(input, fc.nat({ max: 40_000 }), (given, minutes) => {
        const clock = clockOf(calendar, given)
        const now = given.startedAt + minutes * minuteMs
        expect(describeRemaining(calendar, clock, now)).toMatch(lampAt(clock, now) === 'red' ? /^(超 \d|刚超时$)/ : /^剩/)
      }),
    )
  })
})

/** Whether the limit's own time runs in the minute that starts at `moment`. */
function runs({ limit: { unit }, pauses = [] }: ClockInput, moment: number): boolean {
  const isPaused = pauses.some(({ from, until }) => from <= moment && moment < (until ?? Number.POSITIVE_INFINITY))
  return !isPaused && (!limitUnits[unit].isWorking || isWorkedMinute(moment))
}

/** The end of the minute in which the last of `minutes` was used. */
function walk(given: ClockInput, minutes: number): number {
  let moment = given.startedAt
  for (let used = 0; used < minutes; moment += minuteMs) if (runs(given, moment)) used++
  return moment
}

function minutesUsed(given: ClockInput, now: number): number {
  let used = 0
  for (let moment = given.startedAt; moment < now; moment += minuteMs) if (runs(given, moment)) used++
  return used
}

const start = fc
  .integer({ min: at('2025-06-01T00:00') / minuteMs, max: at('2026-10-20T00:00') / minuteMs })
  .map((minute) => minute * minuteMs)
const pauseAfter = (startedAt: number) =>
  fc
    .tuple(fc.integer({ min: -500, max: 6000 }), fc.integer({ min: 0, max: 3000 }))
    .map(([from, length]) => ({ from: startedAt + from * minuteMs, until: startedAt + (from + length) * minuteMs }))
const pauseOf = start.chain(pauseAfter)
/** Values whose quarters are whole minutes, so that the walk ends on the same moments. */
const someLimit: fc.Arbitrary<Limit> = fc.oneof(
  fc.integer({ min: 1, max: 50 }).map((value) => limit(value * 4, 'minute')),
  fc.integer({ min: 1, max: 40 }).map((value) => limit(value, 'workingHour')),
  fc.integer({ min: 1, max: 12 }).map((value) => limit(value / 2, 'workingDay')),
  fc.integer({ min: 1, max: 48 }).map((value) => limit(value, 'urgentHour')),
  fc.integer({ min: 1, max: 5 }).map((value) => limit(value, 'urgentDay')),
  fc.integer({ min: 1, max: 5 }).map((value) => limit(value, 'naturalDay')),
)
const input: fc.Arbitrary<ClockInput> = start.chain((startedAt) =>
  fc.record({ limit: someLimit, startedAt: fc.constant(startedAt), pauses: fc.array(pauseAfter(startedAt), { maxLength: 4 }) }),
)

describe('a due moment', () => {
  const newYear = (unit: LimitUnit, more: Partial<ClockInput> = {}) =>
    provisionalYear(calendar, clockOf(calendar, { limit: limit(4, unit), startedAt: at('2026-12-30T10:00'), ...more }))

  it('is provisional where working time reaches into a year without a calendar', () => {
    expect([newYear('workingDay'), newYear('workingHour'), newYear('naturalDay')]).toEqual([2027, null, null])
  })

  it('stands once the clock was stopped before that year, and an extension can move it there', () => {
    expect(newYear('workingDay', { stoppedAt: at('2026-12-31T17:00') })).toBeNull()
    expect(newYear('workingHour', { extraMs: 16 * hourMs })).toBe(2027)
  })
})
