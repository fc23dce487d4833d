import { createSocket } from 'node:dgram'
import { connect, createServer, type Socket } from 'node:net'
import { tortureMessages } from '../fixtures/sip-torture'
import { type InteropSeat, startSeat } from '../interop/interop-seat'
import { freePort } from '../interop/peers/free-port'
import { until } from '../interop/peers/process'
import { createRandom } from './random'

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

/** Right and wrong messages, most of them with one to four wounds: bytes changed, cut out, doubled, put in; lines swapped; the end missing. */
function* mutations(count: number, seed: number): Generator<Buffer> {
  const random = createRandom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  for (let made = 0; made < count; made += 1) {
    const source = tortureMessages[below(tortureMessages.length)]?.text ?? ''
    let bytes: Buffer = Buffer.from(source.replace('z9hG4bK', `z9hG4bK${made}`).replace(/Call-ID: /, `Call-ID: ${made}`))
    for (let wounds = below(5); wounds > 0; wounds -= 1) bytes = wound(bytes, below)
    yield bytes
  }
}

function wound(bytes: Buffer, below: (limit: number) => number): Buffer {
  const [at, length] = [below(bytes.length + 1), below(24)]
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
  switch (below(6)) {
    case 0:
      return Buffer.concat([head, tail.subarray(length)])
    case 1:
      return Buffer.concat([head, tail.subarray(0, length), tail])
    case 2:
      return Buffer.concat([head, Buffer.from(Array.from({ length }, () => below(256))), tail])
    case 3:
      return head
    case 4: {
      const lines = bytes.toString('latin1').split('\r\n')
      lines.splice(below(lines.length), 0, ...lines.splice(below(lines.length), 1))
      return Buffer.from(lines.join('\r\n'), 'latin1')
    }
    default: {
      const changed = Buffer.from(bytes)
      if (changed.length > 0) changed[below(changed.length)] = below(256)
      return changed
    }
  }
}

async function floodUdp(port: number, messages: Iterable<Buffer>): Promise<void> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  let sent = 0
  for (const bytes of messages) {
    socket.send(bytes, port, '127.0.0.1', () => {})
    sent += 1
    // As fast as the receiver can read: what the kernel throws away tests nothing.
    if (sent % 32 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await new Promise((resolve) => setTimeout(resolve, 100))
  socket.close()
}

async function floodTcp(port: number, messages: Iterable<Buffer>): Promise<void> {
  let socket: Socket | null = null
  let sent = 0
  for (const bytes of messages) {
    socket = socket && !socket.destroyed ? socket : await dial(port)
    socket.write(bytes)
    sent += 1
    if (sent % 16 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  socket?.destroy()
}

function dial(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.off('error', reject)
      socket.on('error', () => {})
      socket.resume()
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

/** The longest time in which the thread could do nothing else. */
function watchStalls(): () => number {
  let last = performance.now()
  let worst = 0
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - last - 10)
    last = performance.now()
  }, 10)
  return () => {
    clearInterval(timer)
    return Math.round(worst)
  }
}
