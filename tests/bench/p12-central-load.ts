/**
 * P12: the central server as a process of its own under the work of 300 seats, each with its event stream open, for a minute. The reference is
 * Fastify alone with the same SQL on a copy of the same records (`p12-load/bare-server.ts`), under the same arrivals without streams.
 *
 * How much work that is: a seat's full day is about 150 cases (a shift lead's day, measured work loads in the source documents) in eight hours, one in
 * three minutes; the busiest hour has three times as many, and a hotline seat then takes about a call a minute. So every seat takes up one piece of
 * work a minute, all seats together five a second, evenly and in an order of its own. A piece of work is what the seat program asks for
 * (`src-main/workflows/cases`): looking ahead, opening, locking, deciding or registering, and at a share of them a page of a list, a search, a look for
 * duplicates, the queues' figures, the duty log. Every step is told to all 300 streams.
 *
 * Times are taken in this process, which shares the machine's cores with the server: it keeps late timers apart (`lateMs`), and the server's own
 * histogram stands beside them (`server`), as the share of answers within the budget.
 */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { apiPrefix } from '../../src-shared/contracts/central-api/table'
import { facts } from '../fixtures/cases'
import { startServerProcess } from '../fixtures/server-process'
import { type Figure, quantile, rounded } from './figure'
import { copyDatabase, type Prepared, prepareCentre, type Seat } from './p12-load/prepare'
import { type Answered, createClient, openStreams, type Sending } from './p12-load/traffic'

const piecesPerSeatAndMinute = 1
/** Not counted: programs and caches that have just started are not at work yet. */
const warmUpSeconds = 5
const metricsToken = 'measured'
const budget = { read: 50, action: 100 } as const

export async function run({ isShort }: { isShort: boolean }): Promise<readonly Figure[]> {
  const seconds = warmUpSeconds + (isShort ? 5 : 60)
  const folder = mkdtempSync(join(tmpdir(), 'seat-p12-'))
  try {
    const pieces = Math.ceil((300 * piecesPerSeatAndMinute * seconds) / 60)
    const prepared = await prepareCentre(join(folder, 'central'), { cases: isShort ? 2_000 : 15_000, waiting: pieces })
    const copy = copyDatabase(join(folder, 'central'), join(folder, 'bare.db'))
    const ours = await measureOurs(join(folder, 'central'), prepared, seconds)
    const bare = await measureBare(copy, prepared, seconds)
    return (['read', 'action'] as const).map((kind) => figureOf(kind, ours, bare))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Measured {
  readonly answers: readonly Answered[]
  readonly lateMs: readonly number[]
}

interface MeasuredOurs extends Measured {
  readonly server: Readonly<Record<'read' | 'action', number>>
  readonly delaysMs: readonly number[]
  readonly streamBytes: number
  readonly brokenStreams: number
}

/** Begins a piece of work for every seat in turn, whether or not the ones before are done. */
async function atTheirTime(
  prepared: Prepared,
  seconds: number,
  work: (seat: Seat, piece: number) => Promise<readonly Answered[]>,
): Promise<Measured> {
  const everyMs = 60_000 / (prepared.seats.length * piecesPerSeatAndMinute)
  const count = Math.floor((seconds * 1_000) / everyMs)
  const began = performance.now()
  const lateMs: number[] = []
  const running: Promise<readonly Answered[]>[] = []
  for (let piece = 0; piece < count; piece += 1) {
    const due = began + piece * everyMs
    await delay(Math.max(0, due - performance.now()))
    lateMs.push(performance.now() - due)
    // 7 and 300 have no common part: neighbours in time are of different posts.
    const seat = prepared.seats[(piece * 7) % prepared.seats.length]
    if (seat) running.push(work(seat, piece))
  }
  const cold = Math.ceil((warmUpSeconds * 1_000) / everyMs)
  return { answers: (await Promise.all(running)).slice(cold).flat(), lateMs: lateMs.slice(cold) }
}

async function measureOurs(data: string, prepared: Prepared, seconds: number): Promise<MeasuredOurs> {
  const server = await startServerProcess(['--port', '0', '--data', data], { METRICS_TOKEN: metricsToken, LOG_LEVEL: 'error' })
  const { url } = server.ready
  const client = createClient(url)
  try {
    const tokens = prepared.seats.map(({ token }) => token)
    const streams = await openStreams(url, `${apiPrefix}/events`, tokens, 3)
    const turns = { preFiled: 0, filed: 0, dispatched: 0 }
    const work = async (seat: Seat, piece: number) => {
      const answers: Answered[] = []
      for (const sending of pieceOf(seat, piece, prepared, turns)) answers.push(await client.send(sending))
      return answers
    }
    const before = await histogram(client)
    const measured = await atTheirTime(prepared, seconds, work)
    await delay(500)
    const after = await histogram(client)
    const within = { read: share(before, after, 'read'), action: share(before, after, 'action') }
    const seen = { delaysMs: streams.delaysMs, streamBytes: streams.bytes(), brokenStreams: streams.broken() }
    streams.close()
    return { ...measured, server: within, ...seen }
  } finally {
    client.close()
    await server.end('SIGTERM')
  }
}

/** What a seat asks for one piece of work, in order. */
function pieceOf({ role, token }: Seat, piece: number, { waiting }: Prepared, turns: Record<keyof Prepared['waiting'], number>): Sending[] {
  const read = (what: string, path: string): Sending => ({
    kind: 'read',
    what,
    method: 'GET',
    path: `${apiPrefix}${path}`,
    headers: bearer(token),
  })
  const act = (what: string, method: string, path: string, body: unknown, more: Record<string, string> = {}): Sending => {
    return { kind: 'action', what, method, path: `${apiPrefix}${path}`, headers: { ...bearer(token), ...more }, body }
  }
  const keyed = (version?: number) => ({ 'idempotency-key': randomUUID(), ...(version !== undefined && { 'if-match': `"${version}"` }) })
  const take = (state: keyof Prepared['waiting']) => {
    const one = waiting[state][turns[state]++ % waiting[state].length]
    if (!one) throw new Error('no work was prepared')
    return one
  }
  const opening = (caseId: string) => [
    read('cases.get ahead', `/cases/${caseId}?peek=true`),
    read('cases.get', `/cases/${caseId}`),
    act('cases.lock', 'PUT', `/cases/${caseId}/lock`, {}),
  ]
  const step = (state: keyof Prepared['waiting'], action: string, input: unknown): Sending[] => {
    const { caseId, version } = take(state)
    return [...opening(caseId), act(action, 'POST', `/cases/${caseId}/actions/${action}`, input, keyed(version))]
  }
  const note = (): Sending[] => {
    const { caseId, version } = take('dispatched')
    const opened = opening(caseId).slice(0, 2)
    return [...opened, act('addOpinion', 'POST', `/cases/${caseId}/actions/addOpinion`, { opinion: '已电话核实。' }, keyed(version))]
  }
  const registering = (): Sending[] => {
    const body = { caseId: randomUUID(), facts: registered, citizen: null, photoIds: [], registeredAt: Date.now() }
    return [
      read('cases.duplicates', '/cases/duplicates?subclassCode=06001&lng=126.62&lat=45.6&text=%E8%B7%AF%E9%9D%A2%E7%A7%AF%E6%B0%B4'),
      act('cases.register', 'POST', '/cases', body, keyed()),
    ]
  }
  const own = {
    intake: () => (piece % 2 === 0 ? registering() : note()),
    shiftLead: () => step('preFiled', 'file', { opinion: '属实，予以立案。' }),
    dispatcher: () => step('filed', 'dispatch', dispatch),
  }
  const main = (own as Partial<Record<string, () => Sending[]>>)[role]?.() ?? note()
  const entry = { entryId: randomUUID(), kind: 'event', text: `第 ${piece} 条`, shiftId: null, writtenAt: Date.now() }
  return [
    ...(piece % 3 === 0 ? [read('cases.list', '/cases?states=dispatched,suspended&isOpen=true&limit=40')] : []),
    ...(piece % 4 === 1 ? [read('search.cases', `/search/cases?q=${encodeURIComponent('井盖 中山路')}`)] : []),
    ...main,
    ...(piece % 5 === 2 ? [read('queues.list', '/queues'), read('dutyLog.list', '/dutyLog?limit=50')] : []),
    ...(piece % 10 === 3 ? [act('dutyLog.append', 'POST', '/dutyLog', entry, keyed())] : []),
  ]
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const registered = facts({ source: 'camera', hasCitizen: false, wantsReply: false, cameraNo: '10001' })
const dispatch = { departmentCode: '101', limit: { value: 2, unit: 'workingDay' }, opinion: '请处置。', legalBasis: '《城市道路管理条例》' }

async function measureBare(file: string, prepared: Prepared, seconds: number): Promise<Measured> {
  const script = join(import.meta.dirname, 'p12-load/bare-server.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString()))
    child.once('exit', (code) => reject(new Error(`the reference ended with ${code}`)))
  })
  const client = createClient((JSON.parse(line) as { url: string }).url)
  try {
    const cases = prepared.waiting.dispatched
    return await atTheirTime(prepared, seconds, async (_seat, piece) => {
      const { caseId } = cases[piece % cases.length] ?? { caseId: '' }
      const get: Sending = { kind: 'read', what: 'get', method: 'GET', path: `/cases/${caseId}`, headers: {} }
      const list: Sending = { kind: 'read', what: 'list', method: 'GET', path: '/list', headers: {} }
      const act: Sending = {
        kind: 'action',
        what: 'act',
        method: 'POST',
        path: `/cases/${caseId}`,
        headers: {},
        body: { opinion: '已核实。' },
      }
      const answers: Answered[] = []
      for (const sending of [...(piece % 3 === 0 ? [list] : []), get, get, act, act]) answers.push(await client.send(sending))
      return answers
    })
  } finally {
    client.close()
    child.kill('SIGTERM')
  }
}

type Buckets = ReadonlyMap<string, number>

/** Answers by route, method and bucket, as the server itself counted them. */
async function histogram(client: ReturnType<typeof createClient>): Promise<Buckets> {
  const { body } = await client.send({ kind: 'read', what: 'metrics', method: 'GET', path: '/metrics', headers: bearer(metricsToken) })
  const lines = body.matchAll(/^central_request_seconds_bucket\{le="([^"]+)",route="([^"]+)",method="([^"]+)",status="\d+"\} (\d+)$/gm)
  const counts = new Map<string, number>()
  for (const [, le, route, method, count] of lines) {
    if (route === 'metrics.get') continue
    const key = `${method === 'GET' ? 'read' : 'action'} ${le}`
    counts.set(key, (counts.get(key) ?? 0) + Number(count))
  }
  return counts
}

/** The share of answers within the budget. */
function share(before: Buckets, after: Buckets, kind: 'read' | 'action'): number {
  const within = (le: string) => (after.get(`${kind} ${le}`) ?? 0) - (before.get(`${kind} ${le}`) ?? 0)
  const all = within('+Inf')
  if (all === 0) throw new Error(`the server counted no ${kind}`)
  return within(String(budget[kind] / 1_000)) / all
}

function figureOf(kind: 'read' | 'action', ours: MeasuredOurs, bare: Measured): Figure {
  const msOf = ({ answers }: Measured) => answers.filter((one) => one.kind === kind).map(({ ms }) => ms)
  const [values, base] = [msOf(ours), msOf(bare)]
  const refused = ours.answers.filter(({ status }) => status >= 400)
  const whats = [...new Set(ours.answers.filter((one) => one.kind === kind).map(({ what }) => what))]
  const p95Of = (what: string) =>
    rounded(
      quantile(
        ours.answers.filter((one) => one.what === what).map(({ ms }) => ms),
        0.95,
      ),
    )
  return {
    name: 'P12',
    value: rounded(quantile(values, 0.95)),
    unit: 'ms',
    reference: rounded(quantile(base, 0.95)),
    ratio: rounded(quantile(values, 0.95) / quantile(base, 0.95)),
    samples: values.length,
    detail: {
      what: `${kind}s of 300 seats with open streams`,
      measure: 'p95',
      budget: `≤ ${budget[kind]} ms, 0 errors`,
      errors: refused.length + ours.brokenStreams,
      ...(refused[0] && { firstError: `${refused[0].what} ${refused[0].status} ${refused[0].body.slice(0, 200)}` }),
      medianMs: rounded(quantile(values, 0.5)),
      referenceMedianMs: rounded(quantile(base, 0.5)),
      p99Ms: rounded(quantile(values, 0.99)),
      server: `${rounded(ours.server[kind] * 100)} % within ${budget[kind]} ms`,
      p95ByRoute: Object.fromEntries(whats.map((what) => [what, p95Of(what)])),
      eventP95Ms: quantile(ours.delaysMs, 0.95),
      streamMegabytes: rounded(ours.streamBytes / 1_048_576),
      lateMs: rounded(quantile(ours.lateMs, 0.95)),
    },
  }
}
