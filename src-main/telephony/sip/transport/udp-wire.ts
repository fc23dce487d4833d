import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { err, ok, type Result } from '#shared/base/result'
import { plainLookup } from '../../plain-lookup'
import { type Endpoint, plainAddress, type SipWire, type WireEvents, type WireFailure, wireFailure } from './wire'

/** SIP over UDP (RFC 3261 §18): one bound socket for everything sent and received, so that peers answer to where requests come from. */
export interface UdpOptions {
  /** Null: the address that the machine uses towards the exchange. */
  readonly localAddress: string | null
  /** 0: any. */
  readonly localPort: number
}

export function createUdpWire({ localAddress, localPort }: UdpOptions, events: WireEvents): SipWire {
  let socket: Socket | null = null
  let local: Endpoint | null = null
  let opening: Promise<Result<Endpoint, WireFailure>> | null = null

  const down = (failure: WireFailure): void => {
    socket?.close()
    socket = null
    local = null
    events.onDown(failure)
  }
  const bind = async (towards: Endpoint): Promise<Result<Endpoint, WireFailure>> => {
    try {
      const address = localAddress ?? (await addressTowards(towards))
      const bound = await bindSocket(address, localPort)
      socket = bound
      local = { address, port: bound.address().port }
      bound.on('message', (bytes, from) => events.onBytes(bytes, { address: plainAddress(from.address), port: from.port }))
      bound.on('error', (error) => bound === socket && down(wireFailure(error)))
      return ok(local)
    } catch (error) {
      return err(wireFailure(error))
    }
  }
  return {
    protocol: 'UDP',
    local: () => local,
    open: async (towards) => {
      if (local) return ok(local)
      opening ??= bind(towards).finally(() => {
        opening = null
      })
      return opening
    },
    send: (bytes, to, onFailure) => {
      if (!socket) return onFailure?.({ code: 'closed', message: 'the socket is not open' })
      socket.send(bytes, to.port, to.address, (error) => error && onFailure?.(wireFailure(error)))
    },
    keepAlive: (to) => socket?.send('\r\n\r\n', to.port, to.address, () => {}),
    close: () => {
      socket?.close()
      socket = null
      local = null
    },
  }
}

function bindSocket(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: isIPv6(address) ? 'udp6' : 'udp4', recvBufferSize: 1 << 20, lookup: plainLookup })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

/** The own address that the routing table chooses towards a peer: connecting a UDP socket sends nothing. */
export function addressTowards({ address, port }: Endpoint): Promise<string> {
  const probe = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      probe.close()
      settle()
    }
    probe.once('error', (error) => end(() => reject(error)))
    probe.connect(port, address, () => {
      const own = probe.address().address
      end(() => resolve(own))
    })
  })
}
