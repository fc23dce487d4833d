import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { tortureMessages } from '../fixtures/sip-torture'
import { createRandom } from './random'

/** Right and wrong messages, most of them with one to four wounds: bytes changed, cut out, doubled, put in; lines swapped; the end missing. */
export function* mutations(count: number, seed: number): Generator<Buffer> {
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

/** `batch`: so many at once, then the receiver's turn; with `everyMs` a turn is so long. */
export interface Pace {
  readonly batch: number
  readonly everyMs: number
}

const turn = (everyMs: number): Promise<unknown> =>
  new Promise((resolve) => (everyMs === 0 ? setImmediate(resolve) : setTimeout(resolve, everyMs)))

export async function floodUdp(
  port: number,
  messages: Iterable<Buffer>,
  { batch, everyMs }: Pace = { batch: 32, everyMs: 0 },
): Promise<void> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  let sent = 0
  for (const bytes of messages) {
    socket.send(bytes, port, '127.0.0.1', () => {})
    sent += 1
    // As fast as the receiver can read: what the kernel throws away tests nothing.
    if (sent % batch === 0) await turn(everyMs)
  }
  await new Promise((resolve) => setTimeout(resolve, 100))
  socket.close()
}

export async function floodTcp(
  port: number,
  messages: Iterable<Buffer>,
  { batch, everyMs }: Pace = { batch: 16, everyMs: 0 },
): Promise<void> {
  let socket: Socket | null = null
  let sent = 0
  for (const bytes of messages) {
    socket = socket && !socket.destroyed ? socket : await dial(port)
    socket.write(bytes)
    sent += 1
    if (sent % batch === 0) await turn(everyMs)
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
