import { createServer } from 'node:net'
import { type InteropSeat, startSeat } from '../interop/interop-seat'
import { freePort } from '../interop/peers/free-port'
import { until } from '../interop/peers/process'
import { floodTcp, floodUdp, mutations } from './flood'
import { watchStalls } from './stalls'

/**
 * A call goes on between two seats while a third party sends broken and mutated messages to one of them: nothing may be thrown, nothing may pile
 * up, and the two must go on hearing each other.
 */
export interface FloodResult {
  readonly failures: readonly string[]
  readonly figures: {
    readonly datagrams: number
    readonly malformed: number
    readonly grewMb: number
    readonly perSecond: number
    readonly worstStallMs: number
  }
}

export async function malformedDatagrams({
  datagrams,
  seed,
  transport,
}: {
  datagrams: number
  seed: number
  transport: 'UDP' | 'TCP'
}): Promise<FloodResult> {
  const failures: string[] = []
  const pit = createServer((socket) => socket.on('error', () => {}))
  const [pitPort, seatPort] = [await freePort(), await freePort()]
  await new Promise<void>((resolve) => pit.listen(pitPort, '127.0.0.1', resolve))
  const profile = { transport, optionsEveryS: 0, mostCalls: 3 }
  const seat = startSeat({ account: '1004', exchangePort: pitPort, toneHz: 700, profile: { ...profile, localPort: seatPort } })
  const citizen = startSeat({ account: '2001', exchangePort: seatPort, toneHz: 440, profile: { ...profile, localPort: 0 } })
  try {
    const call = await talk(seat, citizen)
    global.gc?.()
    const before = process.memoryUsage().heapUsed
    const stall = watchStalls()
    const began = performance.now()
    // A mutated INVITE can be a right one: then it rings, and is refused like any other call that nobody takes.
    const stopRefusing = seat.agent.onEvent((event) => event.type === 'callOffered' && event.call.reject(486))
    await (transport === 'UDP' ? floodUdp : floodTcp)(seatPort, mutations(datagrams, seed))
    const seconds = (performance.now() - began) / 1_000
    await until('everything that arrived was handled', async () => {
      const count = seat.agent.counters().received
      await new Promise((resolve) => setTimeout(resolve, 200))
      return seat.agent.counters().received === count
    })
    stopRefusing()
    const worstStallMs = stall()
    const heardBefore = citizen.media.packets()
    if (call.view().state !== 'established') failures.push(`the call is ${call.view().state}: ${JSON.stringify(call.view().end)}`)
    else {
      if (!(await call.hold()).ok || !(await call.resume()).ok) failures.push('the call could not be held and taken back')
      await until(
        'both are heard after it',
        () => seat.media.hears(440) > 0.7 && citizen.media.hears(700) > 0.7 && citizen.media.packets() > heardBefore,
      ).catch((cause) => failures.push(String(cause)))
    }
    const counters = seat.agent.counters()
    if (counters.faults > 0)
      failures.push(`${counters.faults} faults: ${JSON.stringify(seat.log.lines.find(({ message }) => message.includes('failed')))}`)
    if (counters.malformed === 0) failures.push('nothing malformed arrived')
    if (seat.agent.calls().length > 1) failures.push(`${seat.agent.calls().length - 1} calls left over`)
    global.gc?.()
    const grewMb = Math.round(((process.memoryUsage().heapUsed - before) / 2 ** 20) * 10) / 10
    if (global.gc && grewMb > 40) failures.push(`memory grew by ${grewMb} MB`)
    call.hangUp()
    return {
      failures,
      figures: { datagrams, malformed: counters.malformed, grewMb, perSecond: Math.round(datagrams / seconds), worstStallMs },
    }
  } finally {
    await Promise.all([seat.stop('abrupt'), citizen.stop('abrupt')])
    pit.close()
  }
}

async function talk(seat: InteropSeat, citizen: InteropSeat) {
  seat.agent.register()
  await until('the seat listens', () => seat.agent.registration().localAddress !== null)
  void citizen.agent.call('1004')
  const call = await seat.offered()
  const answered = await call.answer()
  if (!answered.ok) throw new Error(answered.error.code)
  await until('both are heard', () => seat.media.hears(440) > 0.7 && citizen.media.hears(700) > 0.7)
  return call
}
