import { createSocket, type Socket } from 'node:dgram'
import { plainLookup } from '../../plain-lookup'

/**
 * The pair of UDP ports of one call: an even one for RTP, the next for RTCP (RFC 3550 §11). Bound on every address of the PC, so that a changed
 * address needs no new port; who may be heard is decided above. It never throws, and takes no more packets than a call can have.
 */
export interface RtpSocket {
  readonly port: number
  send(kind: 'rtp' | 'rtcp', bytes: Uint8Array, to: Endpoint): void
  close(): void
}

export interface Endpoint {
  readonly address: string
  readonly port: number
}

export interface RtpSocketNeeds {
  readonly family: 4 | 6
  /** Only there; every address of the PC unless given. */
  readonly address?: string
  /** Pairs to try, in this order; the first that is free is taken. */
  readonly ports: readonly number[]
  readonly monotonicMs: () => number
  onPacket(kind: 'rtp' | 'rtcp', bytes: Buffer, from: Endpoint): void
  /** Beyond the limits, or longer than a packet of speech can be. */
  onDropped(): void
}

const longestPacket = 1_500
/** Fifty a second make a call; ten times as many are a flood. */
const mostPerSecond = 500

/** Null: no pair is free. */
export async function openRtpSocket(needs: RtpSocketNeeds): Promise<RtpSocket | null> {
  for (const port of needs.ports) {
    const rtp = await bind(needs, port)
    if (!rtp) continue
    const rtcp = await bind(needs, port + 1)
    if (rtcp) return join(needs, port, rtp, rtcp)
    rtp.close()
  }
  return null
}

function join(needs: RtpSocketNeeds, port: number, rtp: Socket, rtcp: Socket): RtpSocket {
  let isClosed = false
  let second = { startedMs: needs.monotonicMs(), count: 0 }
  const listen = (kind: 'rtp' | 'rtcp', socket: Socket): void => {
    socket.on('message', (bytes, { address, port: fromPort }) => {
      const nowMs = needs.monotonicMs()
      if (nowMs - second.startedMs >= 1_000) second = { startedMs: nowMs, count: 0 }
      second.count += 1
      if (bytes.length > longestPacket || second.count > mostPerSecond) return needs.onDropped()
      needs.onPacket(kind, bytes, { address: address.replace(/^::ffff:/, ''), port: fromPort })
    })
    // A network that is away for a moment is no reason to end a call; signalling says when it is over.
    socket.on('error', () => {})
  }
  listen('rtp', rtp)
  listen('rtcp', rtcp)
  return {
    port,
    send: (kind, bytes, to) => {
      if (isClosed || to.port < 1 || to.port > 65_535) return
      ;(kind === 'rtp' ? rtp : rtcp).send(bytes, to.port, to.address, () => {})
    },
    close: () => {
      if (isClosed) return
      isClosed = true
      rtp.close()
      rtcp.close()
    },
  }
}

function bind({ family, address }: Pick<RtpSocketNeeds, 'family' | 'address'>, port: number): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', reuseAddr: false, lookup: plainLookup })
    socket.once('error', () => {
      socket.close()
      resolve(null)
    })
    socket.bind({ port, ...(address !== undefined && { address }) }, () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

/** Every even port of a range once, from a random one on. */
export function portPairs({ from, to }: { readonly from: number; readonly to: number }, random: number): number[] {
  const first = from + (from & 1)
  const count = Math.max(0, Math.floor((to - first) / 2) + 1)
  const start = Math.floor(random * count)
  return Array.from({ length: count }, (_, at) => first + 2 * ((start + at) % count))
}
