import { connect, createServer, type Server, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Clock } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { createStreamFramer } from './frame-stream'
import { type Endpoint, plainAddress, type SipWire, type WireEvents, type WireFailure, wireFailure } from './wire'

/**
 * SIP over TCP and TLS (RFC 3261 §18, RFC 5923): one connection per peer, kept and used both ways. Without a fixed local port the Contact is the
 * connection's own end, so that the exchange reaches us over it, through firewalls too; with one (TCP only) peers may also connect to us.
 */
export interface StreamOptions {
  readonly protocol: 'TCP' | 'TLS'
  readonly localAddress: string | null
  /** TCP only; null: no listener. 0: any free port. */
  readonly listenPort: number | null
  /** An exchange: opening it is to listen at `localAddress`, and peers come by themselves. */
  readonly isServer?: boolean
  /** Peers at a time, of those that come by themselves. Unless given, what a seat needs. */
  readonly mostConnections?: number
  /** PEM of the authorities to trust instead of the machine's own. */
  readonly trustedAuthorities: string | null
  readonly clock: Clock
}

/** A peer that does not answer a SYN is not there: the caller has other targets to try (RFC 3263 §4.3). */
const connectMs = 8_000
/** A seat talks to a handful of peers. */
const usualConnections = 64

export function createStreamWire(options: StreamOptions, events: WireEvents): SipWire {
  const { mostConnections = usualConnections } = options
  const connections = new Map<string, Socket>()
  const connecting = new Map<string, Promise<Result<Socket, WireFailure>>>()
  let server: Server | null = null
  let main: Socket | null = null
  let local: Endpoint | null = null
  let isClosed = false

  const adopt = (socket: Socket, peer: Endpoint): void => {
    const framer = createStreamFramer()
    connections.set(keyOf(peer), socket)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 30_000)
    socket.on('data', (bytes) => {
      const { messages, pings, garbage } = framer.feed(bytes)
      // RFC 5626 §3.5.1: a double CRLF asks for a single one.
      if (pings > 0) socket.write('\r\n')
      for (const message of messages) events.onBytes(message, peer)
      if (garbage) {
        events.onGarbage(garbage)
        socket.destroy()
      }
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      if (connections.get(keyOf(peer)) === socket) connections.delete(keyOf(peer))
      if (socket !== main || isClosed) return
      main = null
      if (!server) local = null
      events.onDown({ code: 'closed', message: 'the connection to the exchange closed' })
    })
  }
  const dial = (to: Endpoint): Promise<Result<Socket, WireFailure>> => {
    const key = keyOf(to)
    const open = connections.get(key)
    if (open && !open.destroyed) return Promise.resolve(ok(open))
    const running =
      connecting.get(key) ??
      establish(to, options).then((made) => {
        connecting.delete(key)
        if (made.ok && isClosed) made.value.destroy()
        else if (made.ok) adopt(made.value, to)
        return made
      })
    connecting.set(key, running)
    return running
  }
  const listen = async (address: string): Promise<Result<Endpoint, WireFailure>> => {
    if (server && local) return ok(local)
    const made = createServer((socket) => {
      const peer = { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 }
      if (connections.size >= mostConnections || peer.port === 0) socket.destroy()
      else adopt(socket, peer)
    })
    return new Promise((resolve) => {
      made.once('error', (error) => resolve(err(wireFailure(error))))
      made.listen({ port: options.listenPort ?? 0, host: address, exclusive: true }, () => {
        server = made
        const bound = made.address()
        local = { address, port: typeof bound === 'object' && bound ? bound.port : 0 }
        resolve(ok(local))
      })
    })
  }
  return {
    protocol: options.protocol,
    local: () => local,
    open: async (towards) => {
      if (options.isServer) return listen(options.localAddress ?? towards.address)
      if (main && !main.destroyed && local) return ok(local)
      const made = await dial(towards)
      if (!made.ok) return made
      main = made.value
      const own = plainAddress(main.localAddress ?? '')
      if (options.protocol === 'TCP' && options.listenPort !== null) return listen(options.localAddress ?? own)
      local = { address: own, port: main.localPort ?? 0 }
      return ok(local)
    },
    send: (bytes, to, onFailure) => {
      void dial(to).then((made) => {
        if (!made.ok) return onFailure?.(made.error)
        made.value.write(bytes, (error) => error && onFailure?.(wireFailure(error)))
      })
    },
    keepAlive: (to) => connections.get(keyOf(to))?.write('\r\n\r\n'),
    close: () => {
      isClosed = true
      for (const socket of connections.values()) socket.destroy()
      server?.close()
      server = null
      local = null
    },
  }
}

function establish(
  to: Endpoint,
  { protocol, localAddress, trustedAuthorities, clock }: StreamOptions,
): Promise<Result<Socket, WireFailure>> {
  const target = { host: to.address, port: to.port, ...(localAddress && { localAddress }) }
  const name = to.name ?? to.address
  const socket: Socket | TLSSocket =
    protocol === 'TLS'
      ? // RFC 5922 §7: the certificate must carry the domain that was asked for, not the address that was found.
        connectTls({
          ...target,
          ...(trustedAuthorities && { ca: trustedAuthorities }),
          servername: /^[\d.]+$|:/.test(name) ? '' : name,
          minVersion: 'TLSv1.2',
        })
      : connect(target)
  return new Promise((resolve) => {
    const stop = clock.after(connectMs, () => {
      socket.destroy()
      resolve(err({ code: 'timeout', message: 'no connection in time' }))
    })
    socket.once(protocol === 'TLS' ? 'secureConnect' : 'connect', () => {
      stop()
      resolve(ok(socket))
    })
    socket.once('error', (error) => {
      stop()
      resolve(err(wireFailure(error)))
    })
  })
}

function keyOf({ address, port }: Endpoint): string {
  return `${address} ${port}`
}
