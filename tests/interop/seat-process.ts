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
import { createOpenLine } from '#main/telephony/open-line'
import { createNodeWire } from '#main/telephony/sip/transport/create-node-wire'
import type { CommandName } from '#shared/contracts/seat-api/table'

export interface SeatRequest {
  readonly ask: number
  readonly name: CommandName | 'process.condition'
  readonly input: unknown
}

const config = JSON.parse(process.argv[2] ?? '') as SeatConfig
const clock = createSystemClock()
const log = createLog({ level: 'warn' })
const say = (message: object): void => void process.send?.(message)
// As the shells have it: what throws is logged there, and here it is what the test asks for.
process.on('uncaughtException', (cause) => say({ thrown: String(cause instanceof Error ? cause.stack : cause) }))
process.on('unhandledRejection', (cause) => say({ thrown: String(cause instanceof Error ? cause.stack : cause) }))

/** Messages and pieces of messages that came over the line. */
let received = 0
const platform = { clock, ids: createIds(), log, secrets: createFileSecrets(join(config.dataFolder, 'secrets')) }
const composed = await composeSeat(
  config,
  platform,
  { kind: 'browser', popOut: async (pane) => ({ ok: true, value: { address: `/?pane=${pane}` } }), announce: () => undefined },
  {
    openLine: (media) =>
      createOpenLine({
        ...{ platform, ids: platform.ids, random: Math.random, media, version: config.version },
        createWire: (profile, machineClock) => (events) =>
          createNodeWire(
            profile,
            machineClock,
          )({
            ...events,
            onBytes: (bytes, from) => {
              received += 1
              events.onBytes(bytes, from)
            },
            onGarbage: (reason) => {
              received += 1
              events.onGarbage(reason)
            },
          }),
      }),
  },
)
if (!composed.ok) throw new Error(composed.error.code)
const { api } = composed.value

/** Since it was last asked: the longest time in which the thread could do nothing else, and the most that it worked in one piece; the difference is the machine's. */
let [lastMs, worstMs, lastCpuUs, busyUs] = [performance.now(), 0, process.cpuUsage(), 0]
const look = (): void => {
  const worked = process.cpuUsage(lastCpuUs)
  worstMs = Math.max(worstMs, performance.now() - lastMs - 10)
  busyUs = Math.max(busyUs, worked.user + worked.system)
  lastMs = performance.now()
  lastCpuUs = process.cpuUsage()
}
// Only once somebody asks: who counts the processor's time must not count this.
let isWatching = false
const condition = () => {
  if (!isWatching) setInterval(look, 10)
  isWatching = true
  look()
  const [stallMs, busyMs] = [Math.round(worstMs), Math.round(busyUs / 1_000)]
  global.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  look()
  worstMs = 0
  busyUs = 0
  return { heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20, stallMs, busyMs, received }
}

process.on('message', async ({ ask, name, input }: SeatRequest) => {
  if (name === 'process.condition') return say({ ask, answer: condition() })
  say({ ask, answer: await api.handle(name, input, { windowId: 'main', isTrusted: true }) })
})
process.on('disconnect', () => process.exit(0))
say({ isUp: true })
