import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { createStreamWire } from '#main/telephony/sip/transport/stream-wire'
import { createUdpWire } from '#main/telephony/sip/transport/udp-wire'
import type { Endpoint, SipWire, WireEvents, WireProtocol } from '#main/telephony/sip/transport/wire'
import { createWireHub } from '../../fakes/fake-wire'
import { freePort } from '../../interop/peers/free-port'
import { until } from '../../interop/peers/process'

/** What every wire keeps to, in memory and on sockets alike. */
const clock = createSystemClock()
const message = (text: string) => Buffer.from(`OPTIONS sip:a@b SIP/2.0\r\nCall-ID: ${text}\r\nContent-Length: 0\r\n\r\n`)

interface Ends {
  /** The one that opens, and the one it opens towards. */
  make(events: WireEvents): Promise<SipWire>
  peer(events: WireEvents): Promise<{ readonly wire: SipWire; readonly at: Endpoint }>
}

const loopback = '127.0.0.1'
const kinds: Record<string, () => Promise<Ends>> = {
  'in memory': async () => {
    const hub = createWireHub(clock)
    const at = { address: '10.0.0.2', port: 5060 }
    return {
      make: async (events) => hub.wire({ address: '10.0.0.1', port: 5060 })(events),
      peer: async (events) => {
        const wire = hub.wire(at)(events)
        await wire.open(at)
        return { wire, at }
      },
    }
  },
  UDP: async () => ({
    make: async (events) => createUdpWire({ localAddress: null, localPort: 0 }, events),
    peer: async (events) => {
      const wire = createUdpWire({ localAddress: loopback, localPort: 0 }, events)
      const opened = await wire.open({ address: loopback, port: 9 })
      if (!opened.ok) throw new Error(opened.error.message)
      return { wire, at: opened.value }
    },
  }),
  TCP: async () => {
    const stream = (events: WireEvents, listenPort: number | null) =>
      createStreamWire({ protocol: 'TCP', localAddress: loopback, listenPort, trustedAuthorities: null, clock }, events)
    return {
      make: async (events) => stream(events, null),
      peer: async (events) => {
        // A listener opens with the first connection, here to a server that says nothing.
        const at = { address: loopback, port: await freePort() }
        const pit = createServer(() => {})
        await new Promise<void>((resolve) => pit.listen(0, loopback, resolve))
        const pitPort = (pit.address() as { port: number }).port
        const wire = stream(events, at.port)
        await wire.open({ address: loopback, port: pitPort })
        closers.push(() => pit.close())
        return { wire, at }
      },
    }
  },
}
const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

describe.each(Object.entries(kinds))('a wire %s', (name, ends) => {
  async function pair() {
    const heard: { text: string; from: Endpoint }[] = []
    const echoed: string[] = []
    const downs: string[] = []
    const { make, peer } = await ends()
    const other = await peer({
      onBytes: (bytes, from) => {
        heard.push({ text: bytes.toString(), from })
        other.wire.send(bytes, from)
      },
      onDown: () => {},
      onGarbage: () => {},
    })
    const wire = await make({
      onBytes: (bytes) => echoed.push(bytes.toString()),
      onDown: ({ code }) => downs.push(code),
      onGarbage: () => {},
    })
    closers.push(
      () => wire.close(),
      () => other.wire.close(),
    )
    return { wire, other, heard, echoed, downs }
  }

  it('has no address before it is open, the same one when asked twice, and none after', async () => {
    const { wire, other } = await pair()
    expect(wire.local()).toBeNull()
    const [first, second] = [await wire.open(other.at), await wire.open(other.at)]
    expect(first).toEqual(second)
    expect(first).toEqual({ ok: true, value: wire.local() })
    wire.close()
    expect(wire.local()).toBeNull()
  })

  it('carries whole messages there and, by the way they came, back', async () => {
    const { wire, other, heard, echoed } = await pair()
    await wire.open(other.at)
    for (const text of ['1', '2', '3']) wire.send(message(text), other.at)
    await until('three came back', () => echoed.length === 3)
    expect(heard.map(({ text }) => text)).toEqual(['1', '2', '3'].map((text) => message(text).toString()))
    expect(heard[0]?.from).toEqual(wire.local())
  })

  it('says that it failed when it is not open, or nobody is there', async () => {
    const { wire, other } = await pair()
    const failures: string[] = []
    if (name === 'TCP') wire.send(message('x'), { address: loopback, port: await freePort() }, ({ code }) => failures.push(code))
    else wire.send(message('x'), other.at, ({ code }) => failures.push(code))
    await until('the failure is reported', () => failures.length === 1)
  })
})

it('a stream says that it is down when the exchange closes it, and opens again with a new address', async () => {
  const sockets: { destroy(): void }[] = []
  const server = createServer((socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, loopback, resolve))
  closers.push(() => server.close())
  const at = { address: loopback, port: (server.address() as { port: number }).port }
  const downs: string[] = []
  const wire = createStreamWire(
    { protocol: 'TCP' satisfies WireProtocol, localAddress: null, listenPort: null, trustedAuthorities: null, clock },
    { onBytes: () => {}, onGarbage: () => {}, onDown: ({ code }) => downs.push(code) },
  )
  closers.push(() => wire.close())
  const before = await wire.open(at)
  await until('connected there', () => sockets.length === 1)
  sockets[0]?.destroy()
  await until('it is noticed', () => downs.length === 1)
  expect(wire.local()).toBeNull()
  const after = await wire.open(at)
  expect(after.ok && before.ok && after.value.port !== before.value.port).toBe(true)
})
