import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { CommandName, InputOfCommand, OutputOfCommand, StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import { firstJsonLine } from '../e2e/central-process'

/** The built program in the browser shell, with this process in the place of its page: the same door, cookie and frames, and no browser to start and wait for. */
export interface WindowlessSeat {
  readonly pid: number
  call<N extends CommandName>(name: N, input: InputOfCommand<N>): Promise<Result<OutputOfCommand<N>, AppError>>
  must<N extends CommandName>(name: N, input: InputOfCommand<N>): Promise<OutputOfCommand<N>>
  look<N extends TopicName>(topic: N): Promise<StateOfTopic<N> | undefined>
  until<N extends TopicName>(topic: N, isWanted: (state: StateOfTopic<N>) => boolean, what: string): Promise<StateOfTopic<N>>
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface WindowlessOptions {
  readonly centralUrl: string
  readonly dataFolder: string
  readonly seatNo: string
}

const root = join(import.meta.dirname, '../..')
const patienceMs = 20_000

/** What a call ends with when the process is gone under it. */
export class Gone extends Error {}

export async function startWindowlessSeat({ centralUrl, dataFolder, seatNo }: WindowlessOptions): Promise<WindowlessSeat> {
  const args = ['--headless', '--server', centralUrl, '--seat', seatNo, '--data', dataFolder]
  const child = spawn(process.execPath, [join(root, 'out/main/browser.cjs'), ...args], {
    stdio: ['ignore', 'pipe', process.env.SEAT_TEST_VERBOSE ? 'inherit' : 'ignore'],
  })
  const { address } = await firstJsonLine<{ address: string }>(child, 'seat')
  const socket = await openSocket(address)
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(why: Error): void }>()
  let asked = 0
  socket.on('message', (data) => {
    const { id, answer } = JSON.parse(String(data)) as { id?: number; answer?: unknown }
    if (typeof id !== 'number') return
    waiting.get(id)?.resolve(answer)
    waiting.delete(id)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Gone())
    waiting.clear()
  })
  const call: WindowlessSeat['call'] = (command, payload) =>
    new Promise((resolve, reject) => {
      if (socket.readyState !== socket.OPEN) return reject(new Gone())
      asked += 1
      waiting.set(asked, { resolve: resolve as (answer: unknown) => void, reject })
      socket.send(JSON.stringify({ id: asked, command, payload }))
    })
  const must: WindowlessSeat['must'] = async (name, input) => {
    const answer = await call(name, input)
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.message}`)
    return answer.value
  }
  const look: WindowlessSeat['look'] = async (topic) => {
    const { state } = (await must('topics.snapshot', { topic })) as { state: StateOfTopic<typeof topic> | null }
    return state ?? undefined
  }
  return {
    pid: child.pid ?? -1,
    call,
    must,
    look,
    async until(topic, isWanted, what) {
      for (const since = performance.now(); performance.now() - since < patienceMs; await setTimeout(25)) {
        const state = await look(topic)
        if (state && isWanted(state)) return state
      }
      throw new Error(`${what}: not within ${patienceMs / 1000} s`)
    },
    kill: () => end(child, socket, 'SIGKILL'),
    stop: () => end(child, socket, 'SIGTERM'),
  }
}

/** Buys the cookie with the token of the address, as a page does, and opens the socket with it. */
async function openSocket(address: string): Promise<WebSocket> {
  const { host, origin } = new URL(address)
  const admitted = await fetch(address, { redirect: 'manual' })
  const cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket = new WebSocket(`ws://${host}/seat`, { headers: { cookie, origin } })
  await once(socket, 'open')
  return socket
}

async function end(child: ChildProcess, socket: WebSocket, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  socket.terminate()
}
