import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeSeat } from '#main/compose'
import { createFileSecrets } from '#main/platform/file-secrets'
import { createIds } from '#main/platform/ids'
import type { SeatConfig, Shell } from '#main/platform/ports'
import type { Seat } from '#main/seat-api/seat-api'
import type { Media } from '#main/telephony/media/media'
import { createOpenLine, type LineWire } from '#main/telephony/open-line'
import { composeCentral } from '#server/compose'
import type { Cti } from '#server/cti/cti'
import { demonstrationPassword, seedDemonstration } from '#server/demo/seed'
import { systemIds } from '#server/platform/machine'
import { importReference, type ReferenceFile } from '#server/workflows/reference'
import type { Services } from '#server/workflows/services'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { CommandName, InputOfCommand, OutputOfCommand, StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import type { Notice } from '#shared/contracts/seat-api/views'
import { createFaultProxy, type FaultProxy } from '../../fakes/fault-proxy'
import { createKeptLog, type KeptLog } from '../../fakes/kept-log'

/**
 * A real core against a real central server over real sockets, with the fault proxy between them. Only the PC's edges are the test's: its data
 * folder, and clocks that run with the machine's but can be set forward.
 */
export interface ShiftedClock extends Clock {
  /** Sets this clock forward; timers run on as they were. */
  shift(ms: number): void
}

export function createShiftedClock(): ShiftedClock {
  let shiftMs = 0
  return {
    now: () => Date.now() + shiftMs,
    monotonicMs: () => performance.now(),
    after(delayMs, action) {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    every(periodMs, action) {
      const timer = setInterval(action, periodMs)
      return () => clearInterval(timer)
    },
    shift(ms) {
      shiftMs += ms
    },
  }
}

export interface TestCentre {
  readonly url: string
  readonly proxy: FaultProxy
  readonly clock: ShiftedClock
  readonly log: KeptLog
  /** For what runs beside the routes. */
  readonly services: Services
  attachCti(cti: Cti): void
  /** Where the centre keeps the files that seats bring. */
  readonly filesFolder: string
  /** What the centre holds, read past the proxy with a session of its own. */
  entries(): Promise<readonly DutyLogEntry[]>
  /** Takes part as another seat: signs in past the proxy and gives its token. */
  signInElsewhere(accountNo: string, seatNo: string): Promise<string>
  post(path: string, token: string, body: unknown): Promise<Response>
  /** The centre takes in another edition. */
  importReference(files: readonly ReferenceFile[]): Promise<unknown>
  stop(): Promise<void>
}

export const password = demonstrationPassword

export async function startCentre({
  referenceFiles = [],
}: {
  readonly referenceFiles?: readonly ReferenceFile[]
} = {}): Promise<TestCentre> {
  const folder = mkdtempSync(join(tmpdir(), 'centre-'))
  const clock = createShiftedClock()
  const log = createKeptLog()
  const central = await composeCentral({
    location: { kind: 'sqlite', file: join(folder, 'central.db') },
    filesFolder: join(folder, 'attachments'),
    clock,
    ids: systemIds,
    log,
    mayFetchLoopback: true,
    centre: { name: '测试中心', version: '0.0.0', demonstration: true, shiftPatternId: 'twoShift', profileId: 'standard' },
    referenceFiles,
    metricsToken: null,
    // A test proves rules, not the cost of guessing.
    passwordCost: { cost: 2, blockSize: 1, parallelization: 1 },
  })
  await seedDemonstration(central.services)
  const url = await central.app.listen({ host: '127.0.0.1', port: 0 })
  const proxy = await createFaultProxy(url)
  const post = (path: string, token: string, body: unknown) =>
    fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': systemIds.uuid(),
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
  async function signInElsewhere(accountNo: string, seatNo: string): Promise<string> {
    const answer = await post('/sessions', '', { accountNo, password, seatNo })
    const { tokens } = (await answer.json()) as { tokens: { accessToken: string } }
    return tokens.accessToken
  }
  return {
    url,
    proxy,
    clock,
    log,
    services: central.services,
    attachCti: central.attachCti,
    filesFolder: join(folder, 'attachments'),
    signInElsewhere,
    post,
    importReference: (files) => importReference(central.services, files),
    async entries() {
      const token = await signInElsewhere('0803', '12')
      const answer = await fetch(`${url}/api/v1/dutyLog?limit=200`, { headers: { authorization: `Bearer ${token}` } })
      return ((await answer.json()) as { items: DutyLogEntry[] }).items
    },
    async stop() {
      await proxy.stop()
      await central.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface TestSeat {
  readonly seat: Seat
  readonly clock: ShiftedClock
  readonly log: KeptLog
  readonly announced: readonly Notice[]
  /** As the window `main` of this seat. */
  call<N extends CommandName>(name: N, input: InputOfCommand<N>): Promise<Result<OutputOfCommand<N>, AppError>>
  /** The same, and a refusal fails the test. */
  must<N extends CommandName>(name: N, input: InputOfCommand<N>): Promise<OutputOfCommand<N>>
  state<N extends TopicName>(topic: N): Promise<StateOfTopic<N> | undefined>
  /** Waits until the topic's state is as wanted. */
  until<N extends TopicName>(topic: N, isWanted: (state: StateOfTopic<N>) => boolean, withinMs?: number): Promise<StateOfTopic<N>>
  /** Ends as a killed program does: nothing of the person's is closed or said to the centre. */
  stop(): Promise<void>
}

export interface StartOptions {
  readonly centralUrl?: string
  readonly autoLockMinutes?: number
  /** The line, as IT configures it, and the speech of the program. */
  readonly telephone?: unknown
  /** The wall that this seat drives. */
  readonly wall?: unknown
  readonly media?: Media
  /** The network between the seat and its exchange. */
  readonly lineWire?: LineWire | undefined
}

export interface SeatPlace {
  readonly dataFolder: string
  start(options?: StartOptions): Promise<TestSeat>
  /** Stops what still runs and removes the folder. */
  remove(): Promise<void>
}

/** A PC: what is started on it one after another finds the same data. */
export function createSeatPlace(centralUrl: string, seatNo = '02', dataFolder = mkdtempSync(join(tmpdir(), 'seat-'))): SeatPlace {
  const started: TestSeat[] = []
  return {
    dataFolder,
    async start(options = {}) {
      const config: SeatConfig = {
        version: '0.0.0',
        seatNo,
        centralUrl: options.centralUrl ?? centralUrl,
        dataFolder,
        suggestedAccountNo: null,
        autoLockMinutes: options.autoLockMinutes ?? 0,
        databaseKey: null,
        ...(options.telephone !== undefined && { telephone: options.telephone }),
        ...(options.wall !== undefined && { wall: options.wall }),
      }
      const seat = await startSeat(config, options)
      started.push(seat)
      return seat
    },
    async remove() {
      for (const seat of started) await seat.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function startSeat(config: SeatConfig, { media, lineWire }: StartOptions): Promise<TestSeat> {
  const clock = createShiftedClock()
  const log = createKeptLog()
  const announced: Notice[] = []
  const shell: Shell = {
    kind: 'browser',
    popOut: async (pane) => ({ ok: true, value: { address: `/?pane=${pane}` } }),
    announce: (notice) => void announced.push(notice),
  }
  const platform = { clock, ids: createIds(), log, secrets: createFileSecrets(join(config.dataFolder, 'secrets')) }
  const composed = await composeSeat(config, platform, shell, {
    checkOutputs: true,
    ...(media && { media }),
    ...(lineWire && {
      openLine: (speech) =>
        createOpenLine({ platform, ids: platform.ids, random: Math.random, media: speech, version: config.version, createWire: lineWire }),
    }),
  })
  if (!composed.ok) throw new Error(`The seat did not start: ${composed.error.code}`)
  const { api, stop } = composed.value
  const call: TestSeat['call'] = async (name, input) => (await api.handle(name, input, { windowId: 'main', isTrusted: true })) as never
  const state: TestSeat['state'] = async (topic) => {
    const answer = await call('topics.snapshot', { topic })
    return answer.ok ? (answer.value.state as never) : undefined
  }
  return {
    seat: composed.value,
    clock,
    log,
    announced,
    call,
    state,
    async must(name, input) {
      const answer = await call(name, input)
      if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`)
      return answer.value
    },
    until: (topic, isWanted, withinMs = 15_000) =>
      new Promise((resolve, reject) => {
        const stopListening = api.subscribe((message) => {
          if (message.topic === topic) look(message.state as never)
        })
        const timer = setTimeout(async () => {
          stopListening()
          reject(new Error(`${topic} did not become as wanted: ${JSON.stringify(await state(topic))}`))
        }, withinMs)
        function look(now: StateOfTopic<typeof topic>): void {
          if (!isWanted(now)) return
          clearTimeout(timer)
          stopListening()
          resolve(now)
        }
        void state(topic).then((now) => now !== undefined && look(now))
      }),
    stop,
  }
}

/** Waits for what no topic tells, looking again every few milliseconds. */
export async function eventually(isTrue: () => boolean | Promise<boolean>, what: string, withinMs = 10_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
