import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import { isRtcp, rtpHeaderLengthOf, sequenceDistance } from './rtp-packet'

/**
 * SRTP and SRTCP (RFC 3711) with AES-CM and HMAC-SHA1, keys by SDES (RFC 4568 §6.2). One context for each direction. What is not authentic, or comes a second time,
 * gives null. The index of the last packet can be read and set, because a continued stream must never use one twice (§3.3.1).
 */
export interface SrtpSender {
  protectRtp(packet: Buffer, index: number): Buffer
  protectRtcp(packet: Buffer): Buffer
  rtcpIndex(): number
}

export interface SrtpReceiver {
  unprotectRtp(packet: Buffer): Buffer | null
  unprotectRtcp(packet: Buffer): Buffer | null
  /** Highest authentic index of the stream; null: none yet. */
  newestIndex(): number | null
}

const tagLengths: Readonly<Record<string, number>> = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 }
/** §5.2: SRTCP keeps 80 bits whatever the suite says (RFC 4568 §6.2.2). */
const rtcpTagLength = 10
export const srtpSuites = Object.keys(tagLengths)
export const keySaltLength = 30
/** §3.3.2 */
const replayWindow = 64

interface Keys {
  readonly cipher: Buffer
  readonly auth: Buffer
  readonly salt: Buffer
}

/** §4.3.1, with a key derivation rate of 0; labels 0–2 for RTP, 3–5 for RTCP. */
function deriveKeys(keySalt: Buffer, firstLabel: number): Keys {
  const [masterKey, masterSalt] = [keySalt.subarray(0, 16), keySalt.subarray(16, keySaltLength)]
  const derive = (label: number, length: number): Buffer => {
    const counter = Buffer.alloc(16)
    masterSalt.copy(counter)
    counter[7] = (counter[7] as number) ^ label
    return createCipheriv('aes-128-ctr', masterKey, counter).update(Buffer.alloc(length))
  }
  return { cipher: derive(firstLabel, 16), auth: derive(firstLabel + 1, 20), salt: derive(firstLabel + 2, 14) }
}

/** §4.1.1: the counter block is made of salt, SSRC and index. Encrypting and decrypting are one. */
function crypt({ cipher, salt }: Keys, ssrc: number, index: number, body: Buffer): Buffer {
  const counter = Buffer.alloc(16)
  salt.copy(counter)
  counter.writeUInt32BE((counter.readUInt32BE(4) ^ ssrc) >>> 0, 4)
  // Two 24-bit halves: bit operations know 32 bits only.
  counter.writeUIntBE(counter.readUIntBE(8, 3) ^ Math.floor(index / 0x1000000), 8, 3)
  counter.writeUIntBE(counter.readUIntBE(11, 3) ^ (index % 0x1000000), 11, 3)
  return createCipheriv('aes-128-ctr', cipher, counter).update(body)
}

function tagOf({ auth }: Keys, parts: readonly Buffer[], length: number): Buffer {
  const hmac = createHmac('sha1', auth)
  for (const part of parts) hmac.update(part)
  return hmac.digest().subarray(0, length)
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

/** Null: not a suite or key that this end knows. */
export function createSrtpSender(suite: string, keySalt: string, lastRtcpIndex = 0): SrtpSender | null {
  const master = Buffer.from(keySalt, 'base64')
  const tagLength = tagLengths[suite]
  if (tagLength === undefined || master.length !== keySaltLength) return null
  const [rtp, rtcp] = [deriveKeys(master, 0), deriveKeys(master, 3)]
  let rtcpIndex = lastRtcpIndex
  return {
    protectRtp: (packet, index) => {
      const header = rtpHeaderLengthOf(packet) ?? packet.length
      const body = crypt(rtp, packet.readUInt32BE(8), index, packet.subarray(header))
      const plain = packet.subarray(0, header)
      return Buffer.concat([plain, body, tagOf(rtp, [plain, body, word(Math.floor(index / 65_536))], tagLength)])
    },
    protectRtcp: (packet) => {
      rtcpIndex = (rtcpIndex + 1) % 0x80000000
      const body = crypt(rtcp, packet.readUInt32BE(4), rtcpIndex, packet.subarray(8))
      const sent = Buffer.concat([packet.subarray(0, 8), body, word(0x80000000 + rtcpIndex)])
      return Buffer.concat([sent, tagOf(rtcp, [sent], rtcpTagLength)])
    },
    rtcpIndex: () => rtcpIndex,
  }
}

export function createSrtpReceiver(suite: string, keySalt: string, lastIndex: number | null = null): SrtpReceiver | null {
  const master = Buffer.from(keySalt, 'base64')
  const tagLength = tagLengths[suite]
  if (tagLength === undefined || master.length !== keySaltLength) return null
  const [rtp, rtcp] = [deriveKeys(master, 0), deriveKeys(master, 3)]
  const [rtpReplay, rtcpReplay] = [createReplay(lastIndex), createReplay(null)]
  let ssrc: number | null = null

  return {
    unprotectRtp: (packet) => {
      const header = rtpHeaderLengthOf(packet)
      if (header === null || packet.length < header + tagLength) return null
      const source = packet.readUInt32BE(8)
      // A new stream begins with roll-over counter 0 (§3.3.1); the one that was continued keeps its own.
      const isNew = ssrc !== null && source !== ssrc
      const index = isNew ? packet.readUInt16BE(2) : indexOf(packet.readUInt16BE(2), rtpReplay.newest())
      const signed = packet.subarray(0, packet.length - tagLength)
      const tag = tagOf(rtp, [signed, word(Math.floor(index / 65_536))], tagLength)
      if (!timingSafeEqual(tag, packet.subarray(packet.length - tagLength))) return null
      if (isNew) rtpReplay.restart()
      if (!rtpReplay.accept(index)) return null
      ssrc = source
      return Buffer.concat([packet.subarray(0, header), crypt(rtp, source, index, signed.subarray(header))])
    },
    unprotectRtcp: (packet) => {
      if (packet.length < 8 + 4 + rtcpTagLength || !isRtcp(packet)) return null
      const signed = packet.subarray(0, packet.length - rtcpTagLength)
      if (!timingSafeEqual(tagOf(rtcp, [signed], rtcpTagLength), packet.subarray(packet.length - rtcpTagLength))) return null
      const trailer = signed.readUInt32BE(signed.length - 4)
      const index = trailer & 0x7fffffff
      if (!rtcpReplay.accept(index)) return null
      const body = signed.subarray(8, signed.length - 4)
      const isEncrypted = trailer >= 0x80000000
      return Buffer.concat([signed.subarray(0, 8), isEncrypted ? crypt(rtcp, signed.readUInt32BE(4), index, body) : body])
    },
    newestIndex: rtpReplay.newest,
  }
}

/** §3.3.1: the roll-over counter that puts the number nearest to the newest. */
function indexOf(sequence: number, newest: number | null): number {
  if (newest === null) return sequence
  const index = newest + sequenceDistance(sequence, newest % 65_536)
  return index < 0 ? sequence : index
}

function createReplay(last: number | null) {
  let newest = last
  const seen = new Set<number>()
  return {
    newest: () => newest,
    restart: () => {
      newest = null
      seen.clear()
    },
    accept: (index: number): boolean => {
      if (newest !== null && (index <= newest - replayWindow || seen.has(index))) return false
      seen.add(index)
      seen.delete(index - replayWindow)
      if (newest === null || index > newest) newest = index
      if (seen.size > 4 * replayWindow) for (const one of seen) if (one <= (newest ?? 0) - replayWindow) seen.delete(one)
      return true
    },
  }
}
