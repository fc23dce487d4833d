import { createSocket, type Socket } from 'node:dgram'
import type { LineWire } from '#main/telephony/open-line'
import { createNodeWire } from '#main/telephony/sip/transport/create-node-wire'

/**
 * A line between a seat and its exchange on which messages get lost and speech arrives late, out of order or never. Signalling is thrown away at the wire;
 * speech is led through a relay of its own (both sides' SDP name it, as with the border controller of a carrier), so that real packets are hurt on real sockets.
 */
export interface BadLine {
  readonly wire: LineWire
  /** Share of messages lost in each direction, 0–1. */
  loseMessages(share: number): void
  /** `laterMs`: each packet comes up to so much later than it was sent, and therefore not in order. */
  hurtSpeech(hurt: { readonly lost: number; readonly laterMs: number }): void
  /** Thrown away so far. */
  lost(): { readonly messages: number; readonly packets: number }
  stop(): void
}

interface Side {
  readonly rtp: Socket
  readonly rtcp: Socket
  readonly port: number
  /** Where what comes from the other side goes. */
  target: number | null
}

export async function createBadLine(random: () => number): Promise<BadLine> {
  const lost = { messages: 0, packets: 0 }
  let messageLoss = 0
  let hurt = { lost: 0, laterMs: 0 }
  const [towardsSeat, towardsPeer] = [await openSide(), await openSide()]
  const timers = new Set<NodeJS.Timeout>()
  const isLost = (): boolean => {
    if (random() >= messageLoss) return false
    lost.messages += 1
    return true
  }
  const relay = (from: Socket, to: Socket, target: () => number | null, isRtp: boolean): void => {
    from.on('message', (bytes) => {
      if (isRtp && random() < hurt.lost) {
        lost.packets += 1
        return
      }
      const send = (): void => {
        const port = target()
        if (port !== null) to.send(bytes, port, '127.0.0.1', () => {})
      }
      if (!isRtp || hurt.laterMs === 0) return send()
      const timer = setTimeout(() => {
        timers.delete(timer)
        send()
      }, random() * hurt.laterMs)
      timers.add(timer)
    })
  }
  relay(towardsSeat.rtp, towardsPeer.rtp, () => towardsPeer.target, true)
  relay(towardsPeer.rtp, towardsSeat.rtp, () => towardsSeat.target, true)
  relay(towardsSeat.rtcp, towardsPeer.rtcp, () => towardsPeer.target && towardsPeer.target + 1, false)
  relay(towardsPeer.rtcp, towardsSeat.rtcp, () => towardsSeat.target && towardsSeat.target + 1, false)

  /** Ports of five digits take the place of ports of five digits: the length of the body stays. */
  const lead = (bytes: Buffer, of: Side, through: Side): Buffer => {
    const text = bytes.toString('latin1')
    const port = /^m=audio (\d{5}) /m.exec(text)?.[1]
    if (port === undefined) return bytes
    of.target = Number(port)
    return Buffer.from(
      text.replace(/^m=audio \d{5} /m, `m=audio ${through.port} `).replace(/^a=rtcp:\d{5}/m, `a=rtcp:${through.port + 1}`),
      'latin1',
    )
  }
  return {
    wire: (profile, clock) => (events) => {
      const onBytes: typeof events.onBytes = (bytes, from) => {
        if (!isLost()) events.onBytes(lead(bytes, towardsPeer, towardsSeat), from)
      }
      const wire = createNodeWire(profile, clock)({ ...events, onBytes })
      return {
        ...wire,
        send: (bytes, to, onFailure) => {
          if (!isLost()) wire.send(lead(bytes, towardsSeat, towardsPeer), to, onFailure)
        },
      }
    },
    loseMessages: (share) => {
      messageLoss = share
    },
    hurtSpeech: (next) => {
      hurt = next
    },
    lost: () => ({ ...lost }),
    stop() {
      for (const timer of timers) clearTimeout(timer)
      for (const { rtp, rtcp } of [towardsSeat, towardsPeer]) for (const socket of [rtp, rtcp]) socket.close()
    },
  }
}

/** An even port of five digits, and the one above it for RTCP. */
async function openSide(): Promise<Side> {
  for (;;) {
    const rtp = createSocket('udp4')
    await new Promise<void>((resolve) => rtp.bind(0, '127.0.0.1', resolve))
    const { port } = rtp.address()
    const rtcp = createSocket('udp4')
    const isFree = await new Promise<boolean>((resolve) => {
      rtcp.once('error', () => resolve(false))
      rtcp.bind(port + 1, '127.0.0.1', () => resolve(true))
    })
    if (isFree && port % 2 === 0 && port >= 10_000) return { rtp, rtcp, port, target: null }
    rtp.close()
    if (isFree) rtcp.close()
  }
}
