import { createSocket, type Socket } from 'node:dgram'
import type { LocalMedia, MediaPort, NegotiatedMedia } from '#main/telephony/sip/media-session'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'

/**
 * The least that a call needs to be heard: plain RTP with A-law, a tone out, and the strength of a tone in what comes. It stands for the relay in
 * tests of signalling only.
 */
export interface ToneMedia extends MediaPort {
  /** Share of the energy of the last half second that lies at `hz`; 0 when nothing came. */
  hears(hz: number): number
  /** Root mean square of the last half second, of 32768. */
  loudness(): number
  /** Packets received so far, all calls. */
  packets(): number
  direction(): string
  stop(): void
}

const packetSamples = 160
const keptSamples = 4_000

/** 0 Hz is silence. */
export function createToneMedia(toneHz: number): ToneMedia {
  const ends = new Set<{ readonly socket: Socket; stop(): void }>()
  let samples: number[] = []
  let packets = 0
  let lastDirection = 'none'

  return {
    open: async (_callId, resumed) => {
      const socket = createSocket('udp4')
      const port = await bind(socket, resumed?.local.port ?? 0)
      if (port === null) return err(appError('phone/noMedia'))
      let peer: NegotiatedMedia | null = null
      let sequence = Math.floor(Math.random() * 30_000)
      let sent = 0
      socket.on('message', (bytes) => {
        if (bytes.length < 12 || (bytes[0] ?? 0) >> 6 !== 2 || ((bytes[1] ?? 0) & 127) > 18) return
        packets += 1
        samples = [...samples, ...bytes.subarray(12)]
          .slice(-keptSamples)
          .map((one, at, all) => (at < all.length - (bytes.length - 12) ? one : fromALaw(one)))
      })
      const timer = setInterval(() => {
        if (!peer?.remote || (peer.direction !== 'sendrecv' && peer.direction !== 'sendonly')) return
        const packet = Buffer.alloc(12 + packetSamples)
        packet[0] = 0x80
        packet[1] = peer.codec.payloadType
        sequence += 1
        packet.writeUInt16BE(sequence & 65_535, 2)
        packet.writeUInt32BE(sent >>> 0, 4)
        packet.writeUInt32BE(0x5e47, 8)
        for (let at = 0; at < packetSamples; at += 1)
          packet[12 + at] = toALaw(Math.round(9_000 * Math.sin((2 * Math.PI * toneHz * (sent + at)) / 8_000)))
        sent += packetSamples
        socket.send(packet, peer.remote.port, peer.remote.address, () => {})
      }, 20)
      const local: LocalMedia = {
        address: '127.0.0.1',
        port,
        codecs: [
          { name: 'PCMA', clockRate: 8_000, payloadType: 8 },
          { name: 'PCMU', clockRate: 8_000, payloadType: 0 },
        ],
        telephoneEvent: 101,
        packetMs: 20,
        srtp: { use: 'off', keys: [] },
      }
      const end = {
        socket,
        stop: () => {
          clearInterval(timer)
          if (ends.delete(end)) socket.close()
        },
      }
      ends.add(end)
      return ok({
        local: () => local,
        apply: (media) => {
          peer = media
          lastDirection = media.direction
        },
        close: end.stop,
      })
    },
    hears: (hz) => shareAt(samples, hz),
    loudness: () => Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / Math.max(1, samples.length)),
    packets: () => packets,
    direction: () => lastDirection,
    stop: () => {
      for (const end of [...ends]) end.stop()
    },
  }
}

function bind(socket: Socket, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    socket.once('error', () => resolve(null))
    socket.bind(port, '127.0.0.1', () => resolve(socket.address().port))
  })
}

/** Goertzel: the energy at one frequency over the whole energy. */
export function shareAt(samples: readonly number[], hz: number, rate = 8_000): number {
  const total = samples.reduce((sum, one) => sum + one * one, 0)
  if (samples.length < 400 || total === 0) return 0
  const step = (2 * Math.PI * hz) / rate
  let real = 0
  let imaginary = 0
  samples.forEach((one, at) => {
    real += one * Math.cos(step * at)
    imaginary += one * Math.sin(step * at)
  })
  return (2 * (real * real + imaginary * imaginary)) / (samples.length * total)
}

/** ITU-T G.711 §3. */
function toALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0
  const size = Math.min(Math.abs(sample) >> 4, 2_047)
  if (size < 16) return ((sign | size) ^ 0x55) & 0xff
  const exponent = Math.floor(Math.log2(size)) - 3
  return ((sign | (exponent << 4) | ((size >> (exponent - 1)) & 15)) ^ 0x55) & 0xff
}

export function fromALaw(byte: number): number {
  const value = byte ^ 0x55
  const exponent = (value >> 4) & 7
  const mantissa = value & 15
  const size = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return value & 0x80 ? size : -size
}
