import { describe, expect, it } from 'vitest'
import { copiesToRemove, isPurgeDue, isShortOfRoom, mayHear, type SeatCopy, seatCopyPolicy } from '#shared/domain/call/recording'

const now = 1_800_000_000_000
const dayMs = 86_400_000
const GiB = 1_024 ** 3
const copy = (recordingId: string, sentDaysAgo: number | null, given: Partial<SeatCopy> = {}): SeatCopy => ({
  ...{ recordingId, bytes: GiB, startedAt: now - 10 * dayMs, sentAt: sentDaysAgo === null ? null : now - sentDaysAgo * dayMs },
  ...given,
})
const roomy = { now, freeBytes: 100 * GiB }

describe('who may hear a recording', () => {
  it('is who took the call, and who reviews calls', () => {
    expect(mayHear({ accountNo: '2001', role: 'intake' }, '2001')).toBe(true)
    expect(mayHear({ accountNo: '2002', role: 'intake' }, '2001')).toBe(false)
    expect(mayHear({ accountNo: '2002', role: 'intake' }, null)).toBe(false)
    expect(mayHear({ accountNo: '3001', role: 'shiftLead' }, '2001')).toBe(true)
    expect(mayHear({ accountNo: '3001', role: 'shiftLead' }, null)).toBe(true)
    expect(mayHear({ accountNo: '9001', role: 'admin' }, '2001')).toBe(false)
  })
})

describe('the centre’s copy', () => {
  it('goes when its days are over, and not a millisecond before', () => {
    expect(isPurgeDue(now - 365 * dayMs, 365, now)).toBe(false)
    expect(isPurgeDue(now - 365 * dayMs - 1, 365, now)).toBe(true)
  })
})

describe('the copies of a seat', () => {
  it('stay some days after the centre has confirmed them, and for ever before', () => {
    const copies = [copy('old', 7), copy('young', 6.9), copy('waiting', null, { startedAt: 0 })]
    expect(copiesToRemove(copies, roomy)).toEqual(['old'])
    expect(copiesToRemove(copies, { now, freeBytes: null })).toEqual(['old'])
  })

  it('make room, the oldest first and no more than needed, but never one that the centre has not', () => {
    const copies = [
      copy('second', 1, { startedAt: 2 }),
      copy('first', 1, { startedAt: 1 }),
      copy('third', 1, { startedAt: 3 }),
      copy('waiting', null, { startedAt: 0 }),
    ]
    expect(copiesToRemove(copies, { now, freeBytes: seatCopyPolicy.leastFreeBytes })).toEqual([])
    expect(copiesToRemove(copies, { now, freeBytes: seatCopyPolicy.leastFreeBytes - 1 })).toEqual(['first'])
    expect(copiesToRemove(copies, { now, freeBytes: GiB / 2 })).toEqual(['first', 'second'])
    expect(copiesToRemove(copies, { now, freeBytes: 0 })).toEqual(['first', 'second'])
    expect(copiesToRemove([copy('waiting', null)], { now, freeBytes: 0 })).toEqual([])
  })

  it('count what goes anyway as room', () => {
    const copies = [copy('old', 8, { startedAt: 5 }), copy('young', 1, { startedAt: 1 })]
    expect(copiesToRemove(copies, { now, freeBytes: GiB })).toEqual(['old'])
  })

  it('are too many only when even that leaves no room for a shift', () => {
    expect([null, GiB, GiB / 2 - 1].map((free) => isShortOfRoom(free))).toEqual([false, false, true])
  })
})
