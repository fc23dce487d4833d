import { describe, expect, it } from 'vitest'
import type { CallMeasure } from '#main/telephony/media/media'
import { createQualityWatch } from '#main/workflows/telephone/quality-watch'

const at = 1_800_000_000_000
const good: CallMeasure = {
  ...{ at, isSending: true, isReceiving: true, roundTripMs: 20, delayMs: 60, rating: 90, score: 4.3, page: null },
  received: { packets: 50, lost: 0, lossRatio: 0, jitterMs: 2, levelDb: -20, lastAt: at, speechAt: at },
  sent: { packets: 50, levelDb: -20, speechAt: at, peerLossRatio: null, peerJitterMs: null },
}
const nobody: ReadonlySet<string> = new Set()

function warningsAfter(seconds: number, measure: CallMeasure, silenced = nobody, isDead = false) {
  const quality = createQualityWatch()
  for (let second = 0; second < seconds; second += 1) quality.measured('a', measure)
  return quality.view(silenced, isDead).calls[0]?.warnings
}

describe('warnings in a call', () => {
  it('are none while both hear each other', () => {
    expect(warningsAfter(30, good)).toEqual([])
  })
  it('say first that nothing comes at all, and then that packets are lost', () => {
    const stopped = { ...good, received: { ...good.received, packets: 0, lost: 50, lossRatio: 1, lastAt: at - 3_001 } }
    expect(warningsAfter(30, stopped)).toEqual(['farSilent', 'loss'])
  })
  it('say that the sound breaks at the seat while the line brings everything, and not what the line lost', () => {
    const page = { playoutDelayMs: 60, concealedRatio: 0.2, lossRatio: 0, jitterMs: 1 }
    expect(warningsAfter(2, { ...good, page })).toEqual([])
    expect(warningsAfter(3, { ...good, page })).toEqual(['seatSound'])
    expect(warningsAfter(9, { ...good, page, received: { ...good.received, lossRatio: 0.07 } })).toEqual(['loss'])
    expect(warningsAfter(9, { ...good, page, isReceiving: false })).toEqual([])
  })
  it('take three seconds of silence for manners, and a call that should be silent for one', () => {
    expect(warningsAfter(1, { ...good, received: { ...good.received, lastAt: at - 2_999 } })).toEqual([])
    expect(warningsAfter(1, { ...good, isReceiving: false, received: { ...good.received, lastAt: null } })).toEqual([])
  })
  it('say that nobody hears the seat, except where it chose so', () => {
    expect(warningsAfter(1, good, nobody, true)).toEqual(['microphoneSilent'])
    expect(warningsAfter(1, good, new Set(['a']), true)).toEqual([])
  })
})
