import { sequenceDistance, timestampDistance } from './rtp-packet'

/**
 * One received stream as RFC 3550 appendix A counts it: sequence numbers extended over their roll-over, loss and jitter for our reports. A new
 * SSRC, or numbers that jump and stay there, begin a new stream; the extended numbers go on growing, so that what follows needs no special case.
 */
export interface ReceiveTracker {
  /** Null: a packet of long ago or the first of a jump, which is not believed until a second follows it. */
  take(
    packet: { readonly ssrc: number; readonly sequence: number; readonly timestamp: number },
    arrivedMs: number,
    countsJitter: boolean,
  ): Taken | null
  ssrc(): number | null
  /** For a report block; the loss since the last call of this. */
  report(): { readonly lossRatio: number; readonly lost: number; readonly highest: number; readonly jitter: number }
  jitterMs(): number
}

export interface Taken {
  /** Grows by one for each packet that was sent. */
  readonly index: number
  /** The first of a new stream: what is waited for of the one before will not come. */
  readonly isNewStream: boolean
}

/** RFC 3550 A.1. */
const mostDropout = 3_000
const mostMisorder = 100
const clockRate = 8_000

export function createReceiveTracker(): ReceiveTracker {
  let ssrc: number | null = null
  /** Of the newest packet; `offset` makes its sequence number an index. */
  let newest = 0
  let offset = 0
  let firstIndex = 0
  let suspect: number | null = null
  let transit: number | null = null
  let lastTimestamp = 0
  let jitter = 0
  let received = 0
  let reported = { expected: 0, received: 0 }

  const begin = (source: number, sequence: number): Taken => {
    // Below 65536 there is no roll-over to confuse a far side's report with.
    offset = ssrc === null ? 0 : (Math.ceil((newest + mostDropout) / 65_536) + 1) * 65_536
    ssrc = source
    newest = offset + sequence
    firstIndex = newest
    suspect = null
    transit = null
    received = 0
    reported = { expected: 0, received: 0 }
    return { index: newest, isNewStream: true }
  }
  const place = (source: number, sequence: number): Taken | null => {
    if (source !== ssrc) return begin(source, sequence)
    const distance = sequenceDistance(sequence, newest & 0xffff)
    if (distance < mostDropout && distance >= -mostMisorder) {
      suspect = null
      const index = newest + distance
      if (index < firstIndex) return null
      if (distance > 0) newest = index
      return { index, isNewStream: false }
    }
    // Two in a row make a restart of the far side's stream believable.
    if (suspect === sequence) return begin(source, sequence)
    suspect = (sequence + 1) & 0xffff
    return null
  }
  const countJitter = (timestamp: number, arrivedMs: number): void => {
    const arrived = (arrivedMs * clockRate) / 1_000
    if (transit !== null) {
      // Differences only, so that the circle of timestamps does not matter.
      const step = arrived - transit - timestampDistance(timestamp, lastTimestamp)
      if (Math.abs(step) < clockRate) jitter += (Math.abs(step) - jitter) / 16
    }
    transit = arrived
    lastTimestamp = timestamp
  }
  return {
    take: (packet, arrivedMs, countsJitter) => {
      const taken = place(packet.ssrc, packet.sequence)
      if (!taken) return null
      received += 1
      if (taken.isNewStream) jitter = 0
      if (countsJitter) countJitter(packet.timestamp, arrivedMs)
      return taken
    },
    ssrc: () => ssrc,
    report: () => {
      const expected = ssrc === null ? 0 : newest - firstIndex + 1
      const [sinceExpected, sinceReceived] = [expected - reported.expected, received - reported.received]
      reported = { expected, received }
      const lossRatio = sinceExpected > 0 ? Math.max(0, sinceExpected - sinceReceived) / sinceExpected : 0
      return { lossRatio, lost: expected - received, highest: newest - offset, jitter }
    },
    jitterMs: () => (jitter * 1_000) / clockRate,
  }
}
