import { describe, expect, it } from 'vitest'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type Bench, createBench, intent, startMs } from './outbox-bench'

const offline = err(appError('central/offline'))
const refused = err(appError('dutyLog/monthClosed'))
const first = (bench: Bench) => {
  const [flight] = bench.flights
  if (!flight) throw new Error('nothing is being sent')
  return flight
}

describe('sending', () => {
  it('completes the record and forgets the intent when the centre has it', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    expect(bench.texts('sending')).toEqual(['a'])
    await first(bench).answer(ok({ entryId: 'e' }))
    expect(bench.told).toEqual(['delivered a'])
    expect(bench.outbox.view()).toEqual({ waiting: 0, parked: 0, intents: [] })
    expect(bench.clock.pending()).toBe(0)
  })

  it('counts a send in the store before the request leaves', () => {
    const bench = createBench()
    bench.add(intent('a'))
    expect(first(bench).stored?.attempts).toBe(1)
  })

  it('sends one of a subject at a time and in order, and other subjects beside it, four at most', async () => {
    const bench = createBench()
    const of = (subject: string) => ['1', '2'].map((number) => intent(`${subject}${number}`, { subject }))
    bench.add(...['a', 'b', 'c', 'd', 'e'].flatMap(of))
    expect(bench.texts('sending')).toEqual(['a1', 'b1', 'c1', 'd1'])
    await first(bench).answer(ok({}))
    expect(bench.texts('sending')).toEqual(['a2', 'b1', 'c1', 'd1'])
    while (bench.flights.length > 0) await first(bench).answer(ok({}))
    expect(bench.told.filter((line) => line.includes('e'))).toContain('delivered e2')
    expect(bench.outbox.view().intents).toEqual([])
  })

  it('sends nothing while the centre is away and everything when woken after', () => {
    const bench = createBench()
    bench.setOnline(false)
    bench.add(intent('a'))
    expect(bench.flights).toEqual([])
    bench.setOnline(true)
    bench.outbox.wake()
    expect(bench.texts('sending')).toEqual(['a'])
  })
})

describe('a lost answer', () => {
  it('is asked for again under the same key after the back-off, with no timer but that one', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    await first(bench).answer(offline)
    expect(bench.outbox.view().intents[0]).toMatchObject({
      state: 'waiting',
      attempts: 1,
      nextAttemptAt: startMs + 1_000,
      reason: { code: 'central/offline' },
    })
    expect(bench.clock.pending()).toBe(1)
    await bench.clock.advance(999)
    expect(bench.flights).toEqual([])
    await bench.clock.advance(1)
    expect(first(bench).intent).toMatchObject({ intentId: 'id-a', attempts: 2 })
    await first(bench).answer(offline)
    await bench.clock.advance(1_999)
    expect(bench.flights).toEqual([])
    await bench.clock.advance(1)
    expect(first(bench).intent.intentId).toBe('id-a')
  })

  it('holds back later intents of the subject, and of no other', async () => {
    const bench = createBench()
    bench.add(intent('a1', { subject: 's' }), intent('a2', { subject: 's' }), intent('b'))
    await first(bench).answer(offline)
    await first(bench).answer(ok({}))
    expect(bench.flights).toEqual([])
    expect(bench.texts('waiting')).toEqual(['a1', 'a2'])
  })

  it('does not wait out the back-off when woken', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    await first(bench).answer(offline)
    bench.outbox.wake()
    expect(first(bench).intent.attempts).toBe(2)
  })

  it('is treated like one when the delivery throws', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    await first(bench).answer(ok('poison'))
    expect(bench.outbox.view().intents[0]).toMatchObject({ state: 'waiting', attempts: 1, reason: { code: 'internal/fault' } })
    expect(bench.log.lines.map(({ message }) => message)).toContain('answer not applied')
    expect(bench.flights).toEqual([])
  })

  it('makes the record one that can be neither edited nor withdrawn', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    expect(bench.outbox.edit('id-a', 'x')).toMatchObject({ error: { code: 'intent/sending' } })
    expect(bench.outbox.withdraw('id-a')).toMatchObject({ error: { code: 'intent/sending' } })
    expect(bench.outbox.retry('id-a')).toMatchObject({ error: { code: 'intent/sending' } })
    await first(bench).answer(offline)
    expect(bench.outbox.edit('id-a', 'x')).toMatchObject({ error: { code: 'intent/uncertain' } })
    expect(bench.outbox.withdraw('id-a')).toMatchObject({ error: { code: 'intent/uncertain' } })
    expect(bench.outbox.retry('id-a')).toEqual(ok(undefined))
    expect(first(bench).intent).toMatchObject({ intentId: 'id-a', attempts: 2 })
  })
})

describe('a refusal', () => {
  it('parks the intent with its reason and shows what waits behind it', async () => {
    const bench = createBench()
    bench.add(intent('a1', { subject: 's' }), intent('a2', { subject: 's' }))
    await first(bench).answer(refused)
    expect(bench.told).toEqual(['parked a1 dutyLog/monthClosed'])
    expect(bench.outbox.view()).toMatchObject({ waiting: 1, parked: 1, intents: [{ state: 'parked' }, { state: 'blocked' }] })
    expect(bench.outbox.view().intents[0]?.reason?.code).toBe('dutyLog/monthClosed')
    await bench.clock.advance(3_600_000)
    expect(bench.flights).toEqual([])
  })

  it('is not replayed by a retry: that one has a new key and a clean count', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    await first(bench).answer(refused)
    expect(bench.outbox.retry('id-a')).toEqual(ok(undefined))
    expect(first(bench).intent).toMatchObject({ intentId: 'new-1', attempts: 1, state: 'waiting' })
    expect(bench.told).toContain('requeued a')
    expect(bench.outbox.retry('id-a')).toMatchObject({ error: { code: 'intent/unknown' } })
  })

  it('can be answered by another text, under a new key', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    await first(bench).answer(refused)
    expect(bench.outbox.edit('id-a', '')).toMatchObject({ error: { code: 'dutyLog/empty' } })
    expect(bench.texts('parked')).toEqual(['a'])
    expect(bench.outbox.edit('id-a', 'better')).toEqual(ok(undefined))
    expect(first(bench).intent).toMatchObject({ intentId: 'new-1', body: { text: 'better' } })
    expect(bench.told).toContain('requeued better')
  })

  it('can be taken back, which lets the next of the subject go', async () => {
    const bench = createBench()
    bench.add(intent('a1', { subject: 's' }), intent('a2', { subject: 's' }))
    await first(bench).answer(refused)
    expect(bench.outbox.withdraw('id-a1')).toEqual(ok(undefined))
    expect(bench.told).toContain('withdrawn a1 A01')
    expect(bench.texts('sending')).toEqual(['a2'])
  })
})

describe('a sign-in that is needed', () => {
  const expired = err(appError('auth/tokenExpired'))

  it('pauses that account alone, says why, and ends on wake', async () => {
    const bench = createBench()
    bench.add(intent('a'), intent('a2'), intent('b', { accountNo: 'B02' }))
    for (const code of ['a', 'a2']) {
      const flight = bench.flights.find((one) => one.intent.intentId === `id-${code}`)
      await flight?.answer(expired)
    }
    await first(bench).answer(ok({}))
    bench.store.intents.append(intent('b2', { accountNo: 'B02' }))
    await bench.clock.advance(3_600_000)
    expect(bench.flights).toEqual([])
    expect(bench.outbox.view().intents[0]).toMatchObject({ state: 'waiting', nextAttemptAt: null, reason: { code: 'auth/tokenExpired' } })
    expect(bench.outbox.hasWaitingOf('A01')).toBe(true)
    bench.outbox.wake()
    expect(bench.texts('sending')).toEqual(['a', 'a2', 'b2'])
  })

  it('was no send: the text can still be changed', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    await first(bench).answer(expired)
    expect(bench.outbox.edit('id-a', 'changed')).toEqual(ok(undefined))
    expect(bench.outbox.view().intents[0]).toMatchObject({ intentId: 'id-a', summary: 'changed', attempts: 0 })
  })

  it('leaves the doubt of an earlier lost answer', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    await first(bench).answer(offline)
    bench.outbox.wake()
    await first(bench).answer(expired)
    expect(bench.outbox.withdraw('id-a')).toMatchObject({ error: { code: 'intent/uncertain' } })
  })
})

describe('what a person does', () => {
  it('is refused for a kind that cannot be edited, and for an intent that is gone', () => {
    const bench = createBench()
    bench.setOnline(false)
    bench.add(intent('fixed'))
    expect(bench.outbox.edit('id-fixed', 'x')).toMatchObject({ error: { code: 'intent/notEditable' } })
    for (const act of [() => bench.outbox.edit('x', 'y'), () => bench.outbox.withdraw('x'), () => bench.outbox.retry('x')]) {
      expect(act()).toMatchObject({ error: { code: 'intent/unknown' } })
    }
  })

  it('changes an unsent intent in place, keeping its key', () => {
    const bench = createBench()
    bench.setOnline(false)
    bench.add(intent('a'))
    expect(bench.outbox.edit('id-a', 'b')).toEqual(ok(undefined))
    expect(bench.store.intents.list()).toEqual([intent('a', { body: { text: 'b' } })])
  })

  it('tells listeners, until they stop listening', () => {
    const bench = createBench()
    bench.setOnline(false)
    let told = 0
    const stop = bench.outbox.onChanged(() => {
      told += 1
    })
    bench.add(intent('a'))
    const before = told
    expect(before).toBeGreaterThan(0)
    stop()
    bench.outbox.withdraw('id-a')
    expect(told).toBe(before)
  })
})

describe('a disk that is full', () => {
  const full = appError('store/full')

  it('keeps a send that could not be counted from leaving, and tries again', async () => {
    const bench = createBench()
    bench.store.intents.append(intent('a'))
    bench.store.failWith(full)
    bench.outbox.wake()
    expect(bench.flights).toEqual([])
    bench.store.failWith(null)
    await bench.clock.advance(5_000)
    expect(first(bench).intent.attempts).toBe(1)
  })

  it('asks again under the same key when the answer could not be stored, and not in a loop', async () => {
    const bench = createBench()
    bench.add(intent('a'))
    bench.store.failWith(full)
    await first(bench).answer(ok({}))
    expect(bench.flights).toEqual([])
    bench.store.failWith(null)
    await bench.clock.advance(5_000)
    expect(first(bench).intent).toMatchObject({ intentId: 'id-a', attempts: 2 })
  })
})

describe('stopping', () => {
  it('waits for the answers under way and leaves no timer', async () => {
    const bench = createBench()
    bench.add(intent('a'), intent('b'))
    await first(bench).answer(offline)
    let hasStopped = false
    const stopped = bench.outbox.stop().then(() => {
      hasStopped = true
    })
    await bench.clock.advance(0)
    expect(hasStopped).toBe(false)
    await first(bench).answer(ok({}))
    await stopped
    expect(bench.told).toEqual(['delivered b'])
    expect(bench.clock.pending()).toBe(0)
    bench.outbox.wake()
    expect(bench.flights).toEqual([])
  })
})
