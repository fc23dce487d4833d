import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, emptyQueue, type HotlineQueue, type QueueEffect, type QueueEvent, ringForMs, stepQueue } from '#server/demo/exchange/queue'

/** Plays events at moments, and lets time pass in between whenever the queue says that something is due. */
function play(events: readonly (readonly [at: number, event: QueueEvent])[], until: number) {
  let queue: HotlineQueue = emptyQueue
  const effects: (readonly [number, QueueEffect])[] = []
  const step = (event: QueueEvent, at: number) => {
    const next = stepQueue(queue, event, at)
    queue = next.queue
    for (const effect of next.effects) effects.push([at, effect])
  }
  for (const [at, event] of [...events, [until, { type: 'timePassed' }] as const]) {
    for (let due = dueAt(queue); due !== null && due < at; due = dueAt(queue)) step({ type: 'timePassed' }, due)
    step(event, at)
  }
  return {
    queue,
    effects,
    said: effects.map(([at, one]) => `${at} ${one.type} ${one.callerId}${'extension' in one ? ` ${one.extension}` : ''}`),
  }
}

const joined = (callerId: string, patienceMs: number | null = 90_000): QueueEvent => ({ type: 'joined', callerId, patienceMs })
const free = (...extensions: string[]): QueueEvent => ({ type: 'seatsFree', extensions })

describe('the queue of the demonstration hotline', () => {
  it('rings the longest free seat for the longest waiting caller', () => {
    const { said } = play(
      [
        [0, joined('a')],
        [1, joined('b')],
        [2, free('8002')],
        [3, free('8002', '8001')],
      ],
      4,
    )
    expect(said).toEqual(['2 ring a 8002', '3 ring b 8001'])
    const turns = play(
      [
        [0, free('8003')],
        [5, free('8003', '8001')],
        [9, joined('a')],
        [9, joined('b')],
      ],
      10,
    )
    expect(turns.said).toEqual(['9 ring a 8003', '9 ring b 8001'])
  })

  it('goes to the next seat after a refusal, and comes back to the first when it has rested', () => {
    const { said } = play(
      [
        [0, free('8001', '8002')],
        [1, joined('a', null)],
        [500, { type: 'refused', callerId: 'a', extension: '8001', restMs: 8_000 }],
        [900, { type: 'refused', callerId: 'a', extension: '8002', restMs: 8_000 }],
      ],
      9_000,
    )
    expect(said).toEqual(['1 ring a 8001', '500 ring a 8002', '8500 ring a 8001'])
  })

  it('lets a seat ring for twenty seconds, then tries the next', () => {
    const { said } = play(
      [
        [0, free('8001', '8002')],
        [0, joined('a', null)],
      ],
      20_001,
    )
    expect(said).toEqual(['0 ring a 8001', '20000 stopRinging a 8001', '20000 ring a 8002'])
  })

  it('loses who has waited too long, also while a seat rings', () => {
    const { said, queue } = play(
      [
        [0, joined('a', 5_000)],
        [1_000, joined('b', 9_000)],
        [4_000, free('8001')],
      ],
      30_000,
    )
    expect(said).toEqual([
      '4000 ring a 8001',
      '5000 stopRinging a 8001',
      '5000 giveUp a',
      '5000 ring b 8001',
      '10000 stopRinging b 8001',
      '10000 giveUp b',
    ])
    expect(queue.callers).toEqual([])
  })

  it('keeps the place in the line of a caller whom nobody took', () => {
    const { said } = play(
      [
        [0, joined('a', null)],
        [1, joined('b', null)],
        [2, free('8001')],
        [3, { type: 'refused', callerId: 'a', extension: '8001', restMs: 8_000 }],
        [4, free('8001', '8002')],
      ],
      5,
    )
    expect(said).toEqual(['2 ring a 8001', '4 ring a 8002'])
  })

  it('is deaf to the refusal of a seat that it had given up', () => {
    const late: QueueEvent = { type: 'refused', callerId: 'a', extension: '8001', restMs: 8_000 }
    const { queue } = play(
      [
        [0, free('8001', '8002')],
        [0, joined('a', null)],
        [20_001, late],
      ],
      20_002,
    )
    expect(queue.callers[0]?.ringing).toEqual({ extension: '8002', since: ringForMs })
  })
})

const callerIds = ['a', 'b', 'c', 'd']
const extensions = ['8001', '8002', '8003']
const anyEvent: fc.Arbitrary<QueueEvent> = fc.oneof(
  fc.record({
    type: fc.constant('joined' as const),
    callerId: fc.constantFrom(...callerIds),
    patienceMs: fc.option(fc.integer({ min: 1, max: 60_000 })),
  }),
  fc.record({ type: fc.constantFrom('left' as const, 'answered' as const), callerId: fc.constantFrom(...callerIds) }),
  fc.record({
    type: fc.constant('refused' as const),
    callerId: fc.constantFrom(...callerIds),
    extension: fc.constantFrom(...extensions),
    restMs: fc.integer({ min: 1, max: 60_000 }),
  }),
  fc.record({ type: fc.constant('seatsFree' as const), extensions: fc.subarray(extensions) }),
)
const anyCourse = fc.array(fc.tuple(fc.integer({ min: 0, max: 15_000 }), anyEvent), { maxLength: 40 }).map((steps) => {
  let at = 0
  return steps.map(([later, event]): [number, QueueEvent] => {
    at += later
    return [at, event]
  })
})

describe('whatever happens in the queue', () => {
  it('no telephone rings for two, nobody waits beside a free seat, and the line keeps its order', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        for (let count = 1; count <= course.length; count += 1) {
          const at = course[count - 1]?.[0] ?? 0
          const { queue } = play(course.slice(0, count), at)
          const rung = queue.callers.flatMap(({ ringing }) => ringing?.extension ?? [])
          expect(new Set(rung).size).toBe(rung.length)
          const idle = queue.seats.filter(({ extension, restsUntil }) => restsUntil <= at && !rung.includes(extension))
          const waits = queue.callers.filter(({ ringing }) => ringing === null)
          expect(Math.min(idle.length, waits.length)).toBe(0)
          expect(queue.callers.map(({ since }) => since)).toEqual(queue.callers.map(({ since }) => since).toSorted((a, b) => a - b))
          expect(new Set(queue.callers.map(({ callerId }) => callerId)).size).toBe(queue.callers.length)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('only what rings is stopped, for whom it rings, and nobody gives up twice', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const { effects } = play(course, (course.at(-1)?.[0] ?? 0) + 200_000)
        const ringing = new Map<string, string>()
        for (const [, effect] of effects) {
          if (effect.type === 'ring') ringing.set(effect.extension, effect.callerId)
          if (effect.type === 'stopRinging') {
            expect(ringing.get(effect.extension)).toBe(effect.callerId)
            ringing.delete(effect.extension)
          }
        }
        const gaveUp = effects.filter(([, { type }]) => type === 'giveUp').length
        expect(gaveUp).toBeLessThanOrEqual(course.filter(([, { type }]) => type === 'joined').length)
      }),
      { numRuns: 60 },
    )
  })

  it('looking more often than it asks for changes nothing', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const end = (course.at(-1)?.[0] ?? 0) + 100_000
        const looks = Array.from({ length: Math.floor(end / 700) }, (_, at): [number, QueueEvent] => [at * 700, { type: 'timePassed' }])
        const both = [...course, ...looks].toSorted(([a], [b]) => a - b)
        expect(play(both, end).said).toEqual(play(course, end).said)
      }),
      { numRuns: 30 },
    )
  })
})
