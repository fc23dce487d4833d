import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock, systemIds } from '#server/platform/machine'
import { migrate } from '#server/store/migrate'
import { type Database, openDatabase } from '#server/store/open-database'
import { createKeptLog } from '../../fakes/kept-log'
import { addressOf, projectRoot, startCentral, type TestCentral } from '../../fixtures/central'
import { type EventReader, readEvents } from '../../fixtures/event-reader'
import { findPostgres, type PostgresCluster, startPostgres } from '../../fixtures/postgres'
import { startServerProcess } from '../../fixtures/server-process'

/** Every step of the schema, by file. */
const steps = readdirSync(join(projectRoot, 'src-server/store/migrations'))
  .map((file) => file.replace('.ts', ''))
  .sort()

const programs = findPostgres()
const title = 'several server processes on one PostgreSQL'

describe.skipIf(programs === undefined)(programs ? title : `${title}: not run, PostgreSQL is not installed`, () => {
  let cluster: PostgresCluster
  const running: TestCentral[] = []
  const readers: EventReader[] = []
  beforeAll(async () => {
    cluster = await startPostgres(programs ?? '')
  })
  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close()
    for (const central of running.splice(0)) await central.close()
  })
  afterAll(() => cluster.stop())

  const start = async (url: string, isPeopled: boolean) => {
    const real = { ...systemClock, advance: async () => undefined, sleep: async () => undefined, pending: () => 0 }
    const central = await startCentral({ kind: 'postgresql', url }, { clock: real, isPeopled })
    running.push(central)
    return central
  }
  const listenTo = async (central: TestCentral, token: string, lastEventId?: number) => {
    const reader = await readEvents(await central.listen(), token, lastEventId)
    readers.push(reader)
    return reader
  }

  it('bring the schema up once, though all start at the same moment', async () => {
    const url = await cluster.createDatabase()
    const databases = Array.from({ length: 4 }, () => openDatabase({ kind: 'postgresql', url }, createKeptLog()))
    const applied = await Promise.all(databases.map(({ db }) => migrate(db)))
    expect(applied.flat()).toEqual(steps)
    await Promise.all(databases.map(({ close }) => close()))
  })

  it('deliver each other’s events within 200 ms', async () => {
    const url = await cluster.createDatabase()
    const here = await start(url, true)
    const there = await start(url, false)
    const { token } = await here.signIn('intake')
    const reader = await listenTo(there, token)
    const delays: number[] = []
    for (let index = 0; index < 50; index += 1) {
      const text = await append(here, token, `第 ${index} 条`)
      const answeredAtMs = performance.now()
      const { readAtMs } = await reader.find(({ payload }) => payload.text === text)
      delays.push(readAtMs - answeredAtMs)
    }
    delays.sort((a, b) => a - b)
    expect(delays.at(-1), `slowest of 50, median ${delays[25]?.toFixed(1)} ms`).toBeLessThan(200)
  })

  it('number events in the order of their commits: nobody sees a gap, however many write at once', async () => {
    const url = await cluster.createDatabase()
    const [a, b] = [await start(url, true), await start(url, false)]
    const { token } = await a.signIn('intake')
    const watching = [await listenTo(a, token), await listenTo(b, token)]
    const texts = await Promise.all(Array.from({ length: 120 }, (_, index) => append(index % 2 === 0 ? a : b, token, `条目 ${index}`)))
    for (const reader of watching) {
      await reader.waitUntil(() => reader.events.length === texts.length)
      const first = reader.events[0]?.seq ?? 0
      expect(reader.events.map(({ seq }) => seq)).toEqual(texts.map((_, index) => first + index))
      expect(new Set(reader.events.map(({ payload }) => payload.text))).toEqual(new Set(texts))
    }
  })

  it('give one answer to a keyed request that reaches two of them at once', async () => {
    const url = await cluster.createDatabase()
    const [a, b] = [await start(url, true), await start(url, false)]
    const { token } = await a.signIn('intake')
    for (let round = 0; round < 20; round += 1) {
      const key = systemIds.uuid()
      const body = { entryId: systemIds.uuid(), kind: 'event', text: '一次', shiftId: null, writtenAt: Date.now() }
      const answers = await Promise.all([a, b, a, b].map((central) => central.call('dutyLog.append', { token, key, body })))
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
    }
    const { db } = a.central.services
    expect(await db.selectFrom('duty_log_entry').select('entry_id').execute()).toHaveLength(20)
  })

  it('end a session’s stream wherever it is open', async () => {
    const url = await cluster.createDatabase()
    const [a, b] = [await start(url, true), await start(url, false)]
    const { token } = await a.signIn('intake')
    const reader = await listenTo(b, token)
    await a.call('sessions.close', { token })
    await reader.ended
  })

  it('go on when the database comes back, and their listeners miss nothing', async () => {
    const own = await startPostgres(programs ?? '')
    try {
      const url = await own.createDatabase()
      const [a, b] = [await start(url, true), await start(url, false)]
      const { token } = await a.signIn('intake')
      const reader = await listenTo(b, token)
      const { db } = a.central.services
      const underWay = db.transaction().execute((trx) => sql`select pg_sleep(30)`.execute(trx))
      await expect.poll(() => connections(db, 'seat-central', 'active')).toBe(2)
      await Promise.all([own.restart(), expect(underWay).rejects.toThrow()])
      await expect.poll(() => append(a, token, '恢复后').catch(() => undefined), { timeout: 10_000 }).toBe('恢复后')
      await reader.find(({ payload }) => payload.text === '恢复后')
      await expect.poll(() => connections(db, 'seat-central-events', 'idle'), { timeout: 10_000 }).toBe(2)
      expect((await a.call('health.get')).status).toBe(200)
      for (const reader of readers.splice(0)) reader.close()
      for (const central of running.splice(0)) await central.close()
    } finally {
      await own.stop()
    }
  })

  it('are real processes, too', async () => {
    const url = await cluster.createDatabase()
    const environment = { DATABASE_URL: url }
    const [a, b] = await Promise.all([
      startServerProcess(['--demo', '--port', '0'], environment),
      startServerProcess(['--demo', '--port', '0'], environment),
    ])
    const account = a.ready.demonstration?.accounts.find(({ role }) => role === 'intake')
    const password = a.ready.demonstration?.password
    const signIn = await post(a.ready.url, 'sessions.open', { accountNo: account?.accountNo, password, seatNo: '01' })
    const token = signIn.tokens.accessToken
    const reader = await readEvents(b.ready.url, token)
    readers.push(reader)
    const body = { entryId: systemIds.uuid(), kind: 'event', text: '两个进程', shiftId: null, writtenAt: Date.now() }
    await post(a.ready.url, 'dutyLog.append', body, { authorization: `Bearer ${token}`, 'idempotency-key': systemIds.uuid() })
    const answeredAtMs = performance.now()
    const { readAtMs } = await reader.find(({ name }) => name === 'dutyLog.appended')
    expect(readAtMs - answeredAtMs).toBeLessThan(200)
    for (const process of [a, b]) expect((await process.end('SIGTERM')).code).toBe(0)
    await reader.ended
  })
})

/** How many connections PostgreSQL has under a name; the one that asks is active. */
async function connections(db: Database, name: string, state: string): Promise<number> {
  const { rows } = await sql`select 1 from pg_stat_activity where application_name = ${name} and state = ${state}`.execute(db)
  return rows.length
}

async function append(central: TestCentral, token: string, text: string): Promise<string> {
  const body = { entryId: systemIds.uuid(), kind: 'event', text, shiftId: null, writtenAt: Date.now() }
  const answer = await central.call('dutyLog.append', { token, key: systemIds.uuid(), body })
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
  return text
}

async function post(origin: string, name: 'sessions.open' | 'dutyLog.append', body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(origin + addressOf(name, {}), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(201)
  return await answer.json()
}
