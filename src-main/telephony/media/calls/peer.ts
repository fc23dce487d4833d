import type { Endpoint } from '../rtp/rtp-socket'

/**
 * Where a call's packets may come from, and where they go. Only the address that was agreed counts. Its port may differ from the agreed one, behind
 * a translator of addresses (symmetric RTP, RFC 4961), and then packets go back to where they come from; but while the source that is heard now
 * goes on, no other can take its place.
 */
export interface Peer {
  /** The far side as agreed; null: nobody to send to. */
  agree(remote: (Endpoint & { readonly rtcpPort: number }) | null): void
  accepts(kind: 'rtp' | 'rtcp', from: Endpoint, nowMs: number): boolean
  target(kind: 'rtp' | 'rtcp'): Endpoint | null
}

/** A source that was silent for this long may be replaced by another port of the same address. */
const silenceBeforeMoveMs = 500

export function createPeer(): Peer {
  let agreed: (Endpoint & { readonly rtcpPort: number }) | null = null
  let heard: { readonly port: number; atMs: number } | null = null
  let rtcpPort: number | null = null
  return {
    agree: (remote) => {
      if (remote?.address !== agreed?.address || remote?.port !== agreed?.port) {
        heard = null
        rtcpPort = null
      }
      agreed = remote
    },
    accepts: (kind, from, nowMs) => {
      if (!agreed || from.address !== agreed.address) return false
      if (kind === 'rtcp') {
        rtcpPort = from.port
        return true
      }
      if (heard?.port === from.port) {
        heard.atMs = nowMs
        return true
      }
      if (heard && nowMs - heard.atMs < silenceBeforeMoveMs) return false
      heard = { port: from.port, atMs: nowMs }
      return true
    },
    target: (kind) => {
      if (!agreed) return null
      if (kind === 'rtp') return { address: agreed.address, port: heard?.port ?? agreed.port }
      // RFC 5761: reports on the port of speech when both were agreed to be one.
      const isShared = agreed.rtcpPort === agreed.port
      return { address: agreed.address, port: isShared ? (heard?.port ?? agreed.port) : (rtcpPort ?? agreed.rtcpPort) }
    },
  }
}
