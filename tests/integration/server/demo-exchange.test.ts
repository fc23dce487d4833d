import { join } from 'node:path'
import { afterAll, beforeAll, describe, it, onTestFinished } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { type DemoExchange, startDemoExchange } from '#server/demo/exchange/exchange'
import type { Duty } from '#server/demo/exchange/hotline'
import { createKeptLog } from '../../fakes/kept-log'
import { type InteropSeat, startSeat } from '../../interop/interop-seat'
import { until } from '../../interop/peers/process'

const password = 'Yanshi'
const speechFolder = join(import.meta.dirname, '../../../resources/demo/speech')

/** Seats' telephones at the demonstration's exchange: signalling and speech on real sockets. */
describe('the demonstration exchange', () => {
  const log = createKeptLog()
  const duties = new Map<string, Duty>()
  let exchange: DemoExchange

  beforeAll(async () => {
    const started = await startDemoExchange({
      ...{ clock: createSystemClock(), log, port: 0, password, speed: 0, seed: 1, speechFolder },
      duties: async () => duties,
    })
    if (!started.ok) throw new Error(started.error)
    exchange = started.value
  })
  afterAll(() => exchange.stop())

  async function seat(account: string, toneHz = 600, transport: 'UDP' | 'TCP' = 'UDP'): Promise<InteropSeat> {
    const one = startSeat({ account, exchangePort: exchange.port, toneHz, password, profile: { transport } })
    onTestFinished(() => one.stop())
    one.agent.register()
    await one.registered()
    return one
  }
  async function dial(from: InteropSeat, number: string) {
    const call = await from.agent.call(number)
    if (!call.ok) throw new Error(call.error.code)
    return call.value
  }

  it.each(['UDP', 'TCP'] as const)('gives back over %s what was said, a second later', async (transport) => {
    const one = await seat('8001', 700, transport)
    const call = await dial(one, '*43')
    await one.state(call, 'established')
    await until('its own tone comes back', () => one.media.hears(700) > 0.8)
    call.hangUp()
    await one.state(call, 'ended')
  })
})
