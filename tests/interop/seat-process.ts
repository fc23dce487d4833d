/**
 * The whole core of a seat in a process of its own, to be killed without warning; what a window would ask comes over the channel to the process that started it.
 * Started by killable-seat.ts, with the configuration as its only argument.
 */
import { join } from 'node:path'
import { composeSeat } from '#main/compose'
import { createFileSecrets } from '#main/platform/file-secrets'
import { createIds } from '#main/platform/ids'
import { createLog } from '#main/platform/log'
import type { SeatConfig } from '#main/platform/ports'
import { createSystemClock } from '#main/platform/system-clock'
import type { CommandName } from '#shared/contracts/seat-api/table'

export interface SeatRequest {
  readonly ask: number
  readonly name: CommandName | 'process.memory'
  readonly input: unknown
}

const config = JSON.parse(process.argv[2] ?? '') as SeatConfig
const clock = createSystemClock()
const log = createLog({ level: 'warn' })
const say = (message: object): void => void process.send?.(message)
// As the shells have it: what throws is logged there, and here it is what the test asks for.
process.on('uncaughtException', (cause) => say({ thrown: String(cause instanceof Error ? cause.stack : cause) }))
process.on('unhandledRejection', (cause) => say({ thrown: String(cause instanceof Error ? cause.stack : cause) }))

const composed = await composeSeat(
  config,
  { clock, ids: createIds(), log, secrets: createFileSecrets(join(config.dataFolder, 'secrets')) },
  { kind: 'browser', popOut: async (pane) => ({ ok: true, value: { address: `/?pane=${pane}` } }), announce: () => undefined },
)
if (!composed.ok) throw new Error(composed.error.code)
const { api } = composed.value

/** The longest time in which the thread could do nothing else, since it was last asked. */
let [lastMs, worstMs] = [performance.now(), 0]
setInterval(() => {
  worstMs = Math.max(worstMs, performance.now() - lastMs - 10)
  lastMs = performance.now()
}, 10)
const memory = () => {
  global.gc?.()
  const stallMs = Math.round(worstMs)
  worstMs = 0
  return { heapMb: process.memoryUsage().heapUsed / 2 ** 20, rssMb: process.memoryUsage().rss / 2 ** 20, stallMs }
}

process.on('message', async ({ ask, name, input }: SeatRequest) => {
  if (name === 'process.memory') return say({ ask, answer: memory() })
  say({ ask, answer: await api.handle(name, input, { windowId: 'main', isTrusted: true }) })
})
process.on('disconnect', () => process.exit(0))
say({ isUp: true })
