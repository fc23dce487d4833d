import { describe, expect, it } from 'vitest'
import { lensMoveCommand, presetCommand, ptzMoveCommand, ptzStopCommand } from '#shared/domain/camera/gb28181-ptz'
import {
  freeCamera,
  movePtz,
  type PtzHand,
  type PtzSession,
  passTime,
  ptzPolicy,
  ptzPriorities,
  releasePtz,
  takePtz,
  timeLeft,
} from '#shared/domain/camera/ptz-session'

describe('steering octets of GB/T 28181', () => {
  it('are those of the standard’s own examples', () => {
    expect(ptzMoveCommand({ pan: 0, tilt: 0x64 / 0xff, zoom: 0 })).toBe('A50F010800640021')
    expect(ptzStopCommand()).toBe('A50F0100000000B5')
  })

  it('carry two directions and zoom at once, each with its speed', () => {
    expect(ptzMoveCommand({ pan: -1, tilt: -0.5, zoom: 1 })).toBe('A50F0116FF80F03A')
    // A move too small to see is rest; a slow one is at least one step.
    expect(ptzMoveCommand({ pan: 0.004, tilt: 0, zoom: -0.02 })).toBe('A50F0120000010E5')
  })

  it('move the lens in the second table', () => {
    expect(lensMoveCommand({ focus: -1, iris: 0 })).toBe('A50F0142FF0000F6')
    expect(lensMoveCommand({ focus: 0, iris: 1 })).toBe('A50F014400FF00F8')
    expect(lensMoveCommand({ focus: 0, iris: 0 })).toBe('A50F0140000000F5')
  })

  it('put a preset’s number where the device reads it, and an address of twelve bits into its two places', () => {
    expect(presetCommand('recall', 5)).toBe('A50F01820005003C')
    expect(presetCommand('store', 255, { presetOctet: 5 })).toBe('A50F0181FF000035')
    expect(presetCommand('remove', 1, { address: 0x123 })).toBe('A50F2383000101' + '5C')
    expect(() => presetCommand('recall', 0)).toThrow(RangeError)
    expect(() => presetCommand('recall', 256)).toThrow(RangeError)
  })

  it('always end with the sum of the seven before', () => {
    for (const text of [
      ptzMoveCommand({ pan: 1, tilt: 1, zoom: 1 }),
      presetCommand('recall', 200),
      lensMoveCommand({ focus: 1, iris: -1 }),
    ]) {
      const octets = text.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? []
      expect(octets).toHaveLength(8)
      expect(octets[7]).toBe(octets.slice(0, 7).reduce((sum, octet) => sum + octet, 0) % 256)
    }
  })
})

const hand = (accountNo: string, priority: number, seatNo = '11'): PtzHand => ({ accountNo, name: `丁${accountNo}`, seatNo, priority })
const operator = hand('0301', ptzPriorities.operator)
const other = hand('0302', ptzPriorities.operator, '12')
const lead = hand('0101', ptzPriorities.shiftLead, '01')

function taken(session: PtzSession, by: PtzHand, now: number): PtzSession {
  const result = takePtz(session, by, now, ptzPolicy)
  if (!result.ok) throw new Error(result.error.kind)
  return result.value.session
}

describe('the hand on a camera', () => {
  it('has it alone: another of the same rank is told who and how long', () => {
    const session = taken(freeCamera, operator, 1_000)
    expect(takePtz(session, other, 6_000, ptzPolicy)).toEqual({ ok: false, error: { kind: 'held', by: operator, leftMs: 10_000 } })
    expect(movePtz(session, other, 6_000, ptzPolicy)).toEqual({ ok: false, error: { kind: 'notHeld', by: operator } })
  })

  it('keeps it as long as it moves, and yields after fifteen idle seconds', () => {
    let session = taken(freeCamera, operator, 0)
    for (let now = 10_000; now <= 60_000; now += 10_000) {
      const moved = movePtz(session, operator, now, ptzPolicy)
      if (!moved.ok) throw new Error('lost while moving')
      session = moved.value
    }
    expect(timeLeft(session, 70_000, ptzPolicy)).toBe(5_000)
    expect(movePtz(session, operator, 75_000, ptzPolicy).ok).toBe(false)
    expect(takePtz(session, other, 75_000, ptzPolicy)).toMatchObject({ ok: true, value: { displaced: null } })
  })

  it('loses it to a higher rank, who learns whom they displaced', () => {
    const session = taken(freeCamera, operator, 0)
    const result = takePtz(session, lead, 2_000, ptzPolicy)
    expect(result).toMatchObject({ ok: true, value: { displaced: operator, session: { hand: lead, takenAt: 2_000 } } })
    expect(takePtz(taken(session, lead, 2_000), operator, 3_000, ptzPolicy).ok).toBe(false)
  })

  it('takes it again without losing the time since when', () => {
    expect(taken(taken(freeCamera, operator, 1_000), operator, 9_000)).toMatchObject({ takenAt: 1_000, movedAt: 9_000 })
    // The same person at another seat is another hand.
    expect(takePtz(taken(freeCamera, operator, 1_000), { ...operator, seatNo: '13' }, 2_000, ptzPolicy).ok).toBe(false)
  })

  it('lets the camera go back two minutes after it was left, once', () => {
    const session = taken(freeCamera, operator, 0)
    expect(passTime(session, 14_000, ptzPolicy)).toEqual({ session, returnsTo: null })
    const left = passTime(session, 20_000, ptzPolicy)
    expect(left).toMatchObject({ session: { hand: null, freeSince: 15_000 }, returnsTo: null })
    const back = passTime(left.session, 135_000, ptzPolicy)
    expect(back).toMatchObject({ session: { freeSince: null }, returnsTo: 'home' })
    expect(passTime(back.session, 400_000, ptzPolicy).returnsTo).toBe(null)
    expect(passTime(taken(left.session, other, 100_000), 110_000, ptzPolicy).returnsTo).toBe(null)
  })

  it('gives it back early only by the one who has it', () => {
    const session = taken(freeCamera, operator, 0)
    expect(releasePtz(session, other, 1_000)).toBe(session)
    expect(releasePtz(session, operator, 1_000)).toMatchObject({ hand: null, freeSince: 1_000 })
  })
})
