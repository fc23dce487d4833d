import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SeatConfig } from '#main/platform/ports'
import type { CommandName, InputOfCommand, OutputOfCommand, StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import { until } from './peers/process'
import type { CallSeat } from './talking-page'

/** A PC on which the whole core of a seat runs in a process of its own, one after another on the same data. */
export interface SeatPc {
  readonly dataFolder: string
  start(): Promise<KillableSeat>
  remove(): Promise<void>
}

export interface KillableSeat {
  readonly pid: number
  readonly call: CallSeat
  /** What was thrown past every handler. */
  readonly thrown: readonly string[]
  must<N extends CommandName>(name: N, input: InputOfCommand<N>): Promise<OutputOfCommand<N>>
  until<N extends TopicName>(topic: N, isWanted: (state: StateOfTopic<N>) => boolean, withinMs?: number): Promise<StateOfTopic<N>>
  condition(): Promise<SeatCondition>
  hasEnded(): boolean
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** Memory after collecting garbage, when the process may be told to; messages that came over the line. */
export interface SeatCondition {
  readonly heapMb: number
  readonly rssMb: number
  /** Since it was last asked: the longest time in which its thread could do nothing else, and the most that it worked in one piece. */
  readonly stallMs: number
  readonly busyMs: number
  readonly received: number
}

export interface SeatPcOptions {
  readonly centralUrl: string
  readonly telephone: unknown
  readonly nodeFlags?: readonly string[]
}

export function createSeatPc({ centralUrl, telephone, nodeFlags = [] }: SeatPcOptions): SeatPc {
  const dataFolder = mkdtempSync(join(tmpdir(), 'seat-pc-'))
  const started: KillableSeat[] = []
  const config: SeatConfig = {
    ...{ version: '0.0.0', seatNo: '02', centralUrl, dataFolder, suggestedAccountNo: null, autoLockMinutes: 0, databaseKey: null },
    telephone,
  }
  return {
    dataFolder,
    async start() {
      const seat = await startSeatProcess(config, nodeFlags)
      started.push(seat)
      return seat
    },
    async remove() {
      for (const seat of started) await seat.kill()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function startSeatProcess(config: SeatConfig, nodeFlags: readonly string[]): Promise<KillableSeat> {
  const child = fork(join(import.meta.dirname, 'seat-process.ts'), [JSON.stringify(config)], {
    execArgv: ['--import', 'tsx', ...nodeFlags],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (answer: unknown) => void>()
  const thrown: string[] = []
  let isUp = false
  let asked = 0
  child.on('message', (message: { ask?: number; answer?: unknown; thrown?: string; isUp?: boolean }) => {
    if (message.isUp) isUp = true
    if (message.thrown !== undefined) thrown.push(message.thrown)
    if (message.ask === undefined) return
    waiting.get(message.ask)?.(message.answer)
    waiting.delete(message.ask)
  })
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  const ask = (name: string, input: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      asked += 1
      waiting.set(asked, resolve)
      child.send({ ask: asked, name, input }, (failure) => failure && reject(failure))
    })
  const call: CallSeat = async (name, input) => (await ask(name, input)) as never
  const must: KillableSeat['must'] = async (name, input) => {
    const answer = await call(name, input)
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`)
    return answer.value
  }
  await until('the core is composed', () => isUp || hasEnded())
  if (hasEnded()) throw new Error(`the seat's process ended with ${child.exitCode}: ${thrown.join('\n')}`)
  return {
    ...{ pid: child.pid ?? 0, call, thrown, must, hasEnded },
    async until(topic, isWanted, withinMs = 15_000) {
      let state: StateOfTopic<typeof topic> | undefined
      await until(
        `${topic} as wanted`,
        async () => {
          state = (await must('topics.snapshot', { topic })).state as never
          return state !== undefined && isWanted(state)
        },
        withinMs,
      ).catch((late: Error) => {
        throw new Error(`${late.message}: ${JSON.stringify(state)}`)
      })
      return state as never
    },
    condition: async () => (await ask('process.condition', null)) as never,
    async kill(signal = 'SIGKILL') {
      if (hasEnded()) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill(signal)
      await gone
    },
  }
}
