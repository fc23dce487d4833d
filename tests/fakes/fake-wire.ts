import type { Endpoint, SipWire, WireEvents, WireProtocol } from '#main/telephony/sip/transport/wire'
import type { Clock } from '#shared/base/clock'
import { ok } from '#shared/base/result'

/**
 * A network in memory: every wire has an address, what is sent arrives a millisecond later by the test's clock, and the test decides what is lost.
 * It keeps to the contract of the real wires (tests/contract/telephony/wire.test.ts).
 */
export interface WireHub {
  /** As `createWire` of a user agent: the same address each time, so that a restarted one is found again. */
  wire(local: Endpoint, protocol?: WireProtocol): (events: WireEvents) => SipWire
  /** A peer that is played by the test. */
  peer(local: Endpoint): ScriptedPeer
  /** True loses the message. */
  loses: (text: string, from: Endpoint, to: Endpoint) => boolean
  /** Everything that was put on the network, lost or not. */
  readonly sent: readonly { readonly text: string; readonly from: Endpoint; readonly to: Endpoint }[]
  /** Cuts a stream: both ends hear of it. */
  cut(local: Endpoint): void
}

export interface ScriptedPeer {
  readonly received: string[]
  send(text: string | Buffer, to: Endpoint): void
}

export function createWireHub(clock: Clock): WireHub {
  const receivers = new Map<string, WireEvents>()
  const sent: { text: string; from: Endpoint; to: Endpoint }[] = []
  const keyOf = ({ address, port }: Endpoint) => `${address}:${port}`

  const carry = (bytes: Buffer, from: Endpoint, to: Endpoint): void => {
    const text = bytes.toString('utf8')
    sent.push({ text, from, to })
    if (hub.loses(text, from, to)) return
    clock.after(1, () => receivers.get(keyOf(to))?.onBytes(bytes, from))
  }
  const hub: WireHub = {
    sent,
    loses: () => false,
    wire:
      (local, protocol = 'UDP') =>
      (events) => {
        let isUp = false
        return {
          protocol,
          local: () => (isUp ? local : null),
          open: async () => {
            isUp = true
            receivers.set(keyOf(local), {
              ...events,
              onDown: (failure) => {
                isUp = false
                events.onDown(failure)
              },
            })
            return ok(local)
          },
          send: (bytes, to, onFailure) => {
            if (!isUp) return onFailure?.({ code: 'closed', message: 'closed' })
            if (protocol !== 'UDP' && !receivers.has(keyOf(to))) return onFailure?.({ code: 'ECONNREFUSED', message: 'nobody there' })
            carry(bytes, local, to)
          },
          keepAlive: () => {},
          close: () => {
            isUp = false
            receivers.delete(keyOf(local))
          },
        }
      },
    peer: (local) => {
      const received: string[] = []
      receivers.set(keyOf(local), { onBytes: (bytes) => received.push(bytes.toString('utf8')), onDown: () => {}, onGarbage: () => {} })
      return { received, send: (text, to) => carry(Buffer.from(text), local, to) }
    },
    cut: (local) => {
      const events = receivers.get(keyOf(local))
      receivers.delete(keyOf(local))
      events?.onDown({ code: 'closed', message: 'cut' })
    },
  }
  return hub
}
