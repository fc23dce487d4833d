import type { RtpPacket } from '../rtsp/rtp'

/**
 * Puts packets that came by UDP in their order again. What is missing is waited for as long as few others came meanwhile; then it is taken for lost.
 * Packets that come after that, and second copies, are dropped.
 */
export type PutInOrder = (packet: RtpPacket) => readonly RtpPacket[]

/** About a fifth of a second of a camera's stream: a resent packet of a near gateway is there long before. */
const mostHeld = 60

export function createPutInOrder(): PutInOrder {
  let expected: number | null = null
  const held = new Map<number, RtpPacket>()
  const ahead = (sequence: number) => (expected === null ? 0 : (sequence - expected) & 0xffff)
  const release = (): readonly RtpPacket[] => {
    const ready: RtpPacket[] = []
    while (expected !== null) {
      const next = held.get(expected)
      if (!next) break
      held.delete(expected)
      ready.push(next)
      expected = (expected + 1) & 0xffff
    }
    return ready
  }
  return (packet) => {
    expected ??= packet.sequence
    if (ahead(packet.sequence) >= 0x8000) return []
    held.set(packet.sequence, packet)
    const ready = release()
    if (held.size <= mostHeld) return ready
    expected = [...held.keys()].sort((a, b) => ahead(a) - ahead(b))[0] ?? expected
    return [...ready, ...release()]
  }
}
