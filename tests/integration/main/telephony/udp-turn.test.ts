import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished } from 'vitest'
import { openRtpSocket } from '#main/telephony/media/rtp/rtp-socket'
import { createUdpWire } from '#main/telephony/sip/transport/udp-wire'

/** Somebody on a thread of his own, who hears while this one is busy; tells the port first, and then when the first datagram came. */
const listener = `
const { parentPort } = require('node:worker_threads')
const socket = require('node:dgram').createSocket('udp4')
socket.once('message', () => { parentPort.postMessage(Date.now()); socket.close() })
socket.bind(0, '127.0.0.1', () => parentPort.postMessage(socket.address().port))
`
const busyMs = 400

/** What comes after sending, in the same turn: records are written, windows told. */
function work(): number {
  const end = Date.now() + busyMs
  while (Date.now() < end);
  return Date.now()
}

const kinds: Record<string, () => Promise<(to: { readonly address: string; readonly port: number }) => void>> = {
  'a message of the exchange': async () => {
    const wire = createUdpWire(
      { localAddress: '127.0.0.1', localPort: 0 },
      { onBytes: () => undefined, onDown: () => undefined, onGarbage: () => undefined },
    )
    onTestFinished(() => wire.close())
    await wire.open({ address: '127.0.0.1', port: 9 })
    return (to) => wire.send(Buffer.from('SIP/2.0 180 Ringing\r\n\r\n'), to)
  },
  speech: async () => {
    const ports = Array.from({ length: 50 }, (_, at) => 41_000 + 2 * at)
    const socket = await openRtpSocket({
      ...{ family: 4, address: '127.0.0.1', ports },
      ...{ monotonicMs: () => performance.now(), onPacket: () => undefined, onDropped: () => undefined },
    })
    if (!socket) throw new Error('no port')
    onTestFinished(() => socket.close())
    return (to) => socket.send('rtp', Buffer.alloc(172), to)
  },
}

it.each(Object.entries(kinds))('%s leaves in the turn in which it is sent, whatever its sender does after', async (_, make) => {
  const send = await make()
  const peer = new Worker(listener, { eval: true })
  onTestFinished(async () => void (await peer.terminate()))
  const [port] = (await once(peer, 'message')) as [number]
  const came = once(peer, 'message') as Promise<[number]>
  send({ address: '127.0.0.1', port })
  const doneAt = work()
  expect((await came)[0]).toBeLessThan(doneAt - busyMs / 4)
})
