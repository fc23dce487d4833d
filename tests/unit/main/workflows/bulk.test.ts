import { beforeEach, describe, expect, it } from 'vitest'
import { type BulkRunner, createBulkRunner } from '#main/workflows/bulk'
import type { Central, KeptBulkItem, KeptBulkJob, Store } from '#main/workflows/ports'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { createFakeClock, type FakeClock, settle } from '../../../fakes/fake-clock'
import { createKeptLog } from '../../../fakes/kept-log'
import { caseId, me, row, startMs } from './cases/case-bench'

interface Sent {
  readonly caseId: string
  readonly key: string
  answer(result: Result<unknown, AppError>): Promise<void>
}

describe('a batch', () => {
  let clock: FakeClock
  let bulk: BulkRunner
  let sent: Sent[]
  let keys: string[]
  let shown: StateOfTopic<'bulk.changed'>[]
  let isOnline: boolean
  let isFull: boolean
  let jobs: Map<string, { job: KeptBulkJob; items: KeptBulkItem[] }>

  const start = (): BulkRunner => {
    let made = 0
    const bulkJobs: Store['bulkJobs'] = {
      insert: (job, items) => void jobs.set(job.bulkId, { job, items: [...items] }),
      jobsOf: (accountNo) => [...jobs.values()].map(({ job }) => job).filter((job) => job.accountNo === accountNo),
      items: (bulkId) => jobs.get(bulkId)?.items ?? [],
      setState(bulkId, state) {
        const kept = jobs.get(bulkId)
        if (kept) kept.job = { ...kept.job, state }
      },
      setItem(key, state, reason) {
        for (const kept of jobs.values()) kept.items = kept.items.map((item) => (item.key === key ? { ...item, state, reason } : item))
      },
      interruptAll() {
        for (const kept of jobs.values()) if (kept.job.state === 'running') kept.job = { ...kept.job, state: 'interrupted' }
      },
      remove: (bulkId) => void jobs.delete(bulkId),
    }
    const central = {
      call: (_name: string, input: { params: { caseId: string }; idempotencyKey: string }) =>
        new Promise((resolve) => {
          keys.push(input.idempotencyKey)
          const one: Sent = {
            caseId: input.params.caseId,
            key: input.idempotencyKey,
            async answer(result) {
              sent.splice(sent.indexOf(one), 1)
              resolve(result)
              await settle()
            },
          }
          sent.push(one)
        }),
    } as unknown as Central
    return createBulkRunner({
      store: { transaction: (work) => (isFull ? err(appError('store/full')) : ok(work())), bulkJobs },
      central,
      cases: { take: () => ok(undefined) },
      clock,
      ids: { uuid: () => `id-${jobs.size}-${++made}` },
      random: () => 0.5,
      now: clock.now,
      isOnline: () => isOnline,
      publish: (topic, state) => void (topic === 'bulk.changed' && shown.push(state as StateOfTopic<'bulk.changed'>)),
      log: createKeptLog(),
    })
  }
  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ caseId: caseId(index), caseNo: `2026-${index}`, version: 1 }))
  const begin = (count: number) =>
    bulk.start(me({ role: 'shiftLead' }), { action: 'file', items: items(count), input: { opinion: '同意' } })
  const last = () => shown.at(-1)?.jobs[0]
  const done = ok(row(1))

  beforeEach(() => {
    clock = createFakeClock(startMs)
    ;[sent, keys, shown, isOnline, isFull, jobs] = [[], [], [], true, false, new Map()]
    bulk = start()
    bulk.entered(me({ role: 'shiftLead' }), true)
  })

  it('sends four at a time, each under a key that was on disk before, and says how far it is', async () => {
    begin(6)
    expect(sent).toHaveLength(4)
    const kept = [...jobs.values()][0]?.items ?? []
    expect(kept.slice(0, 4).map(({ key, state }) => [key, state])).toEqual(sent.map(({ key }) => [key, 'sent']))
    for (let round = 0; round < 6; round += 1) await sent[0]?.answer(done)
    await clock.advance(100)
    expect(last()).toMatchObject({ state: 'done', total: 6, done: 6, refused: [] })
    expect(new Set(keys).size).toBe(6)
  })

  it('collects refusals with their sentence and goes on', async () => {
    begin(2)
    await sent[0]?.answer(err(appError('record/stale', { current: 3 })))
    await sent[0]?.answer(done)
    await clock.advance(100)
    expect(last()).toMatchObject({
      state: 'done',
      done: 1,
      refused: [{ caseId: caseId(0), caseNo: '2026-0', code: 'record/stale', message: expect.stringContaining('第 3 版') }],
    })
  })

  it.each(['central/offline', 'central/timeout', 'central/interrupted', 'central/fault', 'request/busy'] as const)(
    'after %s waits and repeats the same key',
    async (code) => {
      begin(1)
      const [key] = keys
      await sent[0]?.answer(err(appError(code)))
      await clock.advance(100)
      expect(last()).toMatchObject({ state: 'waiting', done: 0 })
      await clock.advance(1_000)
      expect(keys).toEqual([key, key])
      await sent[0]?.answer(done)
      await clock.advance(100)
      expect(last()).toMatchObject({ state: 'done', done: 1 })
    },
  )

  it('goes on at once when the centre is back, and when the person has signed in again', async () => {
    begin(1)
    await sent[0]?.answer(err(appError('central/offline')))
    bulk.wake()
    expect(keys).toHaveLength(2)
    await sent[0]?.answer(err(appError('auth/tokenExpired')))
    await clock.advance(60_000)
    expect(keys, 'nothing is sent without a session').toHaveLength(2)
    bulk.entered(me({ role: 'shiftLead' }), true)
    expect(new Set(keys).size).toBe(1)
    await sent[0]?.answer(done)
    await clock.advance(100)
    expect(last()).toMatchObject({ state: 'done' })
  })

  it('cancelled, sends nothing more, and what was under way still counts', async () => {
    const begun = begin(8)
    const bulkId = begun.ok ? begun.value.bulkId : ''
    expect(bulk.dismiss('0201', bulkId)).toMatchObject({ ok: false, error: { code: 'record/notFound' } })
    expect(bulk.cancel('0999', bulkId)).toMatchObject({ ok: false, error: { code: 'record/notFound' } })
    bulk.cancel('0201', bulkId)
    while (sent.length > 0) await sent[0]?.answer(done)
    await clock.advance(100)
    expect(last()).toMatchObject({ state: 'cancelled', done: 4, total: 8 })
    expect(bulk.dismiss('0201', bulkId)).toEqual(ok({}))
    expect(shown.at(-1)).toEqual({ jobs: [] })
  })

  it('ends as cancelled at sign-out and is not shown to the next person', async () => {
    begin(8)
    bulk.left()
    expect(shown.at(-1)).toEqual({ jobs: [] })
    bulk.entered(me({ accountNo: '0999' }), true)
    while (sent.length > 0) await sent[0]?.answer(done)
    await clock.advance(100)
    expect(shown.at(-1)).toEqual({ jobs: [] })
    expect([...jobs.values()][0]).toMatchObject({ job: { state: 'cancelled' } })
    expect(keys).toHaveLength(4)
  })

  it('after the program was closed asks once more about what was under way, under its old key, and leaves the rest undone', async () => {
    begin(8)
    await sent[0]?.answer(done)
    const underWay = [...jobs.values()][0]?.items.filter(({ state }) => state === 'sent').map(({ key }) => key)
    bulk.stop()
    ;[sent, keys] = [[], []]
    for (const kept of jobs.values()) kept.job = { ...kept.job, state: 'interrupted' }
    bulk = start()
    isOnline = false
    bulk.entered(me({ role: 'shiftLead' }), true)
    expect(last()).toMatchObject({ state: 'interrupted', done: 1, total: 8 })
    isOnline = true
    bulk.wake()
    while (sent.length > 0) await sent[0]?.answer(done)
    await clock.advance(100)
    expect(keys).toEqual(underWay)
    expect(last()).toMatchObject({ state: 'interrupted', done: 5, total: 8 })
  })

  it('says at most ten times a second how far it is', async () => {
    begin(100)
    shown.length = 0
    for (let answer = 0; answer < 100; answer += 1) {
      await sent[0]?.answer(done)
      await clock.advance(10)
    }
    await clock.advance(100)
    expect(shown.length).toBeLessThanOrEqual(11)
    expect(last()).toMatchObject({ done: 100, state: 'done' })
  })

  it('is not begun without the centre, without a session, without what every such decision needs, or on a full disk', () => {
    const without = bulk.start(me(), { action: 'file', items: items(1), input: {} })
    expect(without).toMatchObject({ ok: false, error: { code: 'case/inputMissing', message: '还缺：办理意见。没有提交，已填的都在。' } })
    isOnline = false
    expect(begin(1)).toMatchObject({ error: { code: 'central/offline' } })
    isOnline = true
    isFull = true
    expect(begin(1)).toMatchObject({ error: { code: 'store/full' } })
    isFull = false
    bulk.entered(me({ role: 'shiftLead' }), false)
    expect(begin(1)).toMatchObject({ error: { code: 'auth/signInRequired' } })
    expect(sent).toEqual([])
  })

  it('sends nothing that it could not write down as sent', async () => {
    begin(5)
    isOnline = false
    while (sent.length > 0) await sent[0]?.answer(done)
    ;[isOnline, isFull] = [true, true]
    bulk.wake()
    expect([keys.length, sent.length]).toEqual([4, 0])
    isFull = false
    await clock.advance(2_000)
    await sent[0]?.answer(done)
    await clock.advance(100)
    expect(last()).toMatchObject({ state: 'done', done: 5 })
  })

  it('asks again under the same key when an answer could not be written down', async () => {
    begin(1)
    isFull = true
    await sent[0]?.answer(done)
    isFull = false
    await clock.advance(2_000)
    await sent[0]?.answer(done)
    await clock.advance(100)
    expect([keys.length, new Set(keys).size, last()?.done]).toEqual([2, 1, 1])
  })
})
