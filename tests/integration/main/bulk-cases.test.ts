import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import type { BulkJob } from '#shared/contracts/seat-api/case-views'
import { factsOf } from '../../fixtures/case-facts'
import { type ServerProcess, startServerProcess } from '../../fixtures/server-process'
import { createSeatPlace, password, type SeatPlace, type TestSeat } from './harness'

/** A batch of two hundred against a real server process that is killed in the middle: every case is decided exactly once, and nobody has to ask. */
const caseCount = 200

let folder: string
let server: ServerProcess
let pc: SeatPlace
let director: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulk-'))
  server = await startServerProcess(['--demo', '--port', '0', '--data', folder])
  pc = createSeatPlace(server.ready.url)
  const answer = await post('/sessions', '', { accountNo: '0803', password, seatNo: '12' })
  director = ((await answer.json()) as { tokens: { accessToken: string } }).tokens.accessToken
})
afterEach(async () => {
  await pc.remove()
  await server.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const post = (path: string, token: string, body: unknown) =>
  fetch(`${server.ready.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': systemIds.uuid(),
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })

async function registerMany(): Promise<readonly CaseRowSchema[]> {
  const told = { gridCode: null, streetCode: null, source: 'survey', subclassCode: '', subclassName: '', majorName: '' } as const
  const rows: CaseRowSchema[] = []
  for (let number = 0; number < caseCount; number += 1) {
    const facts = factsOf({ ...told, description: `批量 ${number}` })
    const body = { caseId: systemIds.uuid(), facts, citizen: null, photoIds: [], registeredAt: Date.now() }
    const answer = await post('/cases', director, body)
    if (answer.status !== 201) throw new Error(await answer.text())
    rows.push((await answer.json()) as CaseRowSchema)
  }
  return rows
}

async function overseen(rows: readonly CaseRowSchema[]): Promise<readonly CaseRowSchema[]> {
  const ids = new Set(rows.map(({ caseId }) => caseId))
  const answer = await fetch(`${server.ready.url}/api/v1/cases?isOpen=true&limit=1000`, {
    headers: { authorization: `Bearer ${director}` },
  })
  const { items } = (await answer.json()) as { items: CaseRowSchema[] }
  return items.filter(({ caseId, overseenUntil }) => ids.has(caseId) && overseenUntil !== null)
}

async function begun(seat: TestSeat, rows: readonly CaseRowSchema[]): Promise<void> {
  await seat.must('session.signIn', { accountNo: '0101', password })
  await seat.until('connection.changed', ({ state }) => state === 'online')
  const items = rows.map(({ caseId, caseNo, version }) => ({ caseId, caseNo, version }))
  await seat.must('bulk.start', { action: 'oversee', items, input: { reason: '集中整治', dueAt: Date.now() + 86_400_000 } })
}
const job = (seat: TestSeat, isWanted: (job: BulkJob) => boolean) =>
  seat.until('bulk.changed', ({ jobs }) => jobs.some(isWanted), 60_000).then(({ jobs }) => jobs[0])

it('goes on by itself when the server was killed in the middle and comes back', { timeout: 120_000 }, async () => {
  const rows = await registerMany()
  const seat = await pc.start()
  await begun(seat, rows)
  await job(seat, ({ done }) => done >= 30)
  await server.end('SIGKILL')
  const waiting = await job(seat, ({ state }) => state === 'waiting')
  expect(waiting?.done).toBeLessThan(caseCount)
  const { port } = new URL(server.ready.url)
  server = await startServerProcess(['--demo', '--port', port, '--data', folder])
  const ended = await job(seat, ({ state }) => state === 'done')
  expect(ended).toMatchObject({ total: caseCount, done: caseCount, refused: [] })
  const decided = await overseen(rows)
  expect({ count: decided.length, versions: [...new Set(decided.map(({ version }) => version))] }).toEqual({
    count: caseCount,
    versions: [2],
  })
  await seat.must('bulk.dismiss', { bulkId: ended?.bulkId ?? '' })
  expect((await seat.state('bulk.changed'))?.jobs).toEqual([])
})

it('tells the truth after the program itself was closed in the middle', { timeout: 120_000 }, async () => {
  const rows = await registerMany()
  const seat = await pc.start()
  await begun(seat, rows)
  await job(seat, ({ done }) => done >= 30)
  await seat.stop()
  const again = await pc.start()
  await again.until('connection.changed', ({ state }) => state === 'online')
  const shown = await job(again, ({ state }) => state === 'interrupted')
  expect(shown?.total).toBe(caseCount)
  // What was under way is asked about under its old key; afterwards seat and centre agree.
  await expect
    .poll(async () => (await overseen(rows)).length === (await again.state('bulk.changed'))?.jobs[0]?.done, { timeout: 15_000 })
    .toBe(true)
  const decided = await overseen(rows)
  expect(decided.length).toBeGreaterThanOrEqual(30)
  expect(decided.length).toBeLessThan(caseCount)
  expect(new Set(decided.map(({ version }) => version))).toEqual(new Set([2]))
})
