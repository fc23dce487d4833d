import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createReceiveTracker } from '#main/telephony/media/rtp/receive-tracker'
import { createReorder } from '#main/telephony/media/rtp/reorder'
import { ntpMiddleOf, parseRtcp, roundTripOf, writeRtcp } from '#main/telephony/media/rtp/rtcp'
import { isRtcp, parseRtp, writeRtp } from '#main/telephony/media/rtp/rtp-packet'
import { createEventReceiver, eventPayloads } from '#main/telephony/media/rtp/telephone-events'

const packet = {
  payloadType: 8,
  marker: true,
  sequence: 65_535,
  timestamp: 4_294_967_295,
  ssrc: 0xdeadbeef,
  payload: Buffer.from('speech'),
}

describe('RTP packets', () => {
  it('read what they wrote, at the ends of every field', () => {
    expect(parseRtp(writeRtp(packet))).toEqual(packet)
  })

  it('pass over sources, an extension and padding (RFC 3550 §5.1, §5.3.1)', () => {
    const head = Buffer.from([0xb1, 0x08, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 9, 0xbe, 0xde, 0, 1, 1, 2, 3, 4])
    expect(parseRtp(Buffer.concat([head, Buffer.from('ab'), Buffer.from([0, 0, 3])]))?.payload.toString()).toBe('ab')
  })

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
        const bytes = Buffer.from(octets)
        const parsed = parseRtp(bytes)
        parseRtcp(bytes)
        return parsed === null || parsed.payload.length <= bytes.length - 12
      }),
      { numRuns: 5_000 },
    )
  })
})

describe('putting packets in order', () => {
  it('gives each packet once and in order, however they were shuffled within the window', () => {
    const shuffled = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 })
    fc.assert(
      fc.property(shuffled, (order) => {
        const reorder = createReorder<number>(60)
        reorder.take(-1, -1, 0)
        const out = order.flatMap((index) => reorder.take(index, index, 5))
        expect([...out, ...reorder.expire(100)].map(({ packet: one }) => one)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      }),
    )
  })

  it('waits 60 ms for a missing packet, tells how many never came, and drops what comes after that', () => {
    const reorder = createReorder<string>(60)
    expect(reorder.take(10, 'a', 0)).toEqual([{ packet: 'a', missed: 0 }])
    expect(reorder.take(13, 'd', 20)).toEqual([])
    expect(reorder.dueMs()).toBe(80)
    expect(reorder.expire(79)).toEqual([])
    expect(reorder.expire(80)).toEqual([{ packet: 'd', missed: 2 }])
    expect(reorder.take(12, 'c', 81)).toEqual([])
    expect(reorder.dropped()).toBe(1)
  })
})

describe('following a received stream', () => {
  const at = (sequence: number, ssrc = 1) => ({ ssrc, sequence, timestamp: sequence * 160 })

  it('counts on over the roll-over of sequence numbers, and tells the loss since the last report', () => {
    const tracker = createReceiveTracker()
    const indexes = [65_534, 65_535, 0, 2, 3].map((sequence, place) => tracker.take(at(sequence), place * 20, true)?.index)
    expect(indexes.map((index) => (index ?? 0) - (indexes[0] ?? 0))).toEqual([0, 1, 2, 4, 5])
    expect(tracker.report()).toMatchObject({ lost: 1, lossRatio: 1 / 6, highest: 65_534 + 5 })
    tracker.take(at(4), 100, true)
    expect(tracker.report()).toMatchObject({ lost: 1, lossRatio: 0 })
  })

  it('believes a jump of the numbers only when a second packet follows it', () => {
    const tracker = createReceiveTracker()
    tracker.take(at(100), 0, true)
    expect(tracker.take(at(40_000), 20, true)).toBeNull()
    expect(tracker.take(at(101), 40, true)).toMatchObject({ isNewStream: false })
    expect(tracker.take(at(50_000), 60, true)).toBeNull()
    expect(tracker.take(at(50_001), 80, true)).toMatchObject({ isNewStream: true })
  })

  it('takes another source as a new stream whose index goes on growing', () => {
    const tracker = createReceiveTracker()
    const before = tracker.take(at(500), 0, true)?.index ?? 0
    const after = tracker.take(at(3, 2), 20, true)
    expect(after?.isNewStream).toBe(true)
    expect(after?.index).toBeGreaterThan(before)
  })
})

describe('reports', () => {
  const block = { ssrc: 7, lossRatio: 0.25, lost: -3, highest: 70_000, jitter: 160, lastReport: 0x12345678, delaySinceReport: 65_536 }

  it('are read as they were written, with BYE', () => {
    const sender = { atMs: 1_700_000_000_500, timestamp: 123, packets: 9, octets: 1_440 }
    const bytes = writeRtcp({ ssrc: 5, sender, block, name: 'x', isBye: true })
    expect(isRtcp(bytes)).toBe(true)
    expect(bytes.length % 4).toBe(0)
    expect(parseRtcp(bytes)).toMatchObject({
      ssrc: 5,
      isBye: true,
      sender: { ntpMiddle: ntpMiddleOf(sender.atMs), packets: 9 },
      blocks: [block],
    })
    expect(parseRtcp(bytes.subarray(0, 40)), 'cut short').toBeNull()
  })

  it('give the round trip less the time the far side held them (RFC 3550 §6.4.1)', () => {
    const sentMs = 1_700_000_000_000
    const answered = { ...block, lastReport: ntpMiddleOf(sentMs), delaySinceReport: 65_536 }
    expect(roundTripOf(answered, sentMs + 1_040)).toBeCloseTo(40, 0)
    expect(roundTripOf({ ...answered, lastReport: 0 }, sentMs)).toBeNull()
  })
})

describe('keys as events (RFC 4733)', () => {
  it('are one press each, also when packets are lost, doubled or late', () => {
    const payloads = eventPayloads('5', 100).map(({ payload }) => payload)
    for (const lost of [[], [0], [1, 2], [payloads.length - 1, payloads.length - 2]]) {
      const receiver = createEventReceiver()
      const came = payloads.filter((_, index) => !lost.includes(index)).flatMap((one) => [one, one])
      const presses = came.flatMap((one, index) => receiver.take(one, 8_000, index * 20))
      expect(presses, `lost ${lost}`).toEqual([{ digit: '5', durationMs: 100 }])
      expect(receiver.expire(10_000)).toEqual([])
    }
  })

  it('end by silence when every end was lost', () => {
    const receiver = createEventReceiver()
    const [first] = eventPayloads('#', 100)
    expect(receiver.take(first?.payload ?? Buffer.alloc(0), 1, 0)).toEqual([])
    expect(receiver.expire(249)).toEqual([])
    expect(receiver.expire(250)).toEqual([{ digit: '#', durationMs: 20 }])
  })
})
