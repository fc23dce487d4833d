import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { isShort } from './extent'
import { type Baresip, hasBaresip, startBaresip } from './peers/baresip'
import { hasKamailio, type Kamailio, startKamailio } from './peers/kamailio'
import { until } from './peers/process'
import { readRecording, recordedShareAt, toneMs } from './recorded-tone'
import { seatToneHz, startTalkingSeat, type TalkingSeat } from './talking-seat'

/**
 * A seat's working day in small: one call after another of every kind, citizens and colleagues on telephones of their own, nothing restarted in between. After
 * each the log says what happened, and the recording holds both voices, told apart by their tones.
 */
const citizenHz = 440
const colleagueHz = 900
const talkMs = 1_200
const kinds = [
  'the citizen hangs up',
  'the seat hangs up with a reason',
  'is held and taken back',
  'is transferred blind',
  'is transferred after a consultation',
  'becomes a conference',
  'is given up before it is taken',
  'is refused',
  'is made to somebody who is busy',
] as const
const callCount = isShort ? kinds.length : 30

describe.skipIf(!hasKamailio || !hasBaresip)('one call after another at one seat', () => {
  let kamailio: Kamailio
  let citizen: Baresip
  let colleague: Baresip
  let desk: TalkingSeat
  let rows = 0

  beforeAll(async () => {
    kamailio = await startKamailio()
    citizen = await startBaresip({ user: '2001', toneHz: citizenHz, exchange: kamailio })
    colleague = await startBaresip({ user: '2004', toneHz: colleagueHz, exchange: kamailio })
    desk = await startTalkingSeat(kamailio)
  })
  afterAll(async () => {
    await desk?.stop()
    await colleague?.stop()
    await citizen?.stop()
    await kamailio?.stop()
  })

  /** The next event of that kind at a telephone, counted from now. */
  const next = (phone: Baresip, type: string): (() => Promise<void>) => {
    const before = phone.events(type).length
    return () => until(`${phone.user} reports ${type}`, () => phone.events(type).length > before)
  }
  const gone = (...callIds: string[]) => desk.shows(({ calls }) => calls.every(({ callId }) => !callIds.includes(callId)))

  async function rings(): Promise<string> {
    await citizen.command('dial', 'sip:1002@hotline.test')
    const { calls } = await desk.shows(({ calls: [call], agent }) => call?.phase === 'ringing' && agent.phase === 'ringing')
    return calls[0]?.callId ?? ''
  }
  async function answered(): Promise<{ callId: string; answeredAt: number }> {
    const callId = await rings()
    await desk.seat.must('telephone.answer', { callId })
    await desk.shows(({ calls: [call] }) => call?.phase === 'talking' && call.recording === 'on')
    const answeredAt = desk.seat.clock.now()
    await desk.page.hears(citizenHz)
    await delay(talkMs)
    return { callId, answeredAt }
  }
  /** Rings the colleague up while the citizen waits. */
  async function consulted(callId: string): Promise<string> {
    const incoming = next(colleague, 'CALL_INCOMING')
    const consult = await desk.seat.must('telephone.dial', { number: '2004', purpose: 'consult' })
    await incoming()
    await colleague.command('accept')
    await desk.shows(({ calls: [first, second] }) => second?.phase === 'talking' && first?.callId === callId && first.held === 'local')
    await desk.page.hears(colleagueHz)
    await delay(talkMs)
    return consult.callId
  }
  async function citizenHangsUp(): Promise<void> {
    const closed = next(citizen, 'CALL_CLOSED')
    await citizen.command('hangup')
    await closed()
  }

  const play: Record<(typeof kinds)[number], () => Promise<void>> = {
    async 'the citizen hangs up'() {
      const { callId, answeredAt } = await answered()
      await until('the citizen hears the seat', () => citizen.heard().some((file) => recordedShareAt(file, seatToneHz) > 0.8))
      await citizenHangsUp()
      await gone(callId)
      const row = await rowOf(callId, { purpose: 'hotline', endedBy: 'caller', cause: 'answered' })
      expect(Math.abs((row.answeredAt ?? 0) - answeredAt)).toBeLessThan(1_000)
      expect(row.quality?.lossRatio).toBeLessThan(0.02)
      expect(row.quality?.mosMean).toBeGreaterThan(4)
      await recorded(row, { left: [citizenHz, talkMs - 200], right: [seatToneHz, talkMs - 200] })
    },
    async 'the seat hangs up with a reason'() {
      const { callId } = await answered()
      const closed = next(citizen, 'CALL_CLOSED')
      await desk.seat.must('telephone.hangUp', { callId, pressedMs: 100, reason: '骚扰电话' })
      await closed()
      await gone(callId)
      const row = await rowOf(callId, { purpose: 'hotline', endedBy: 'seat', cause: 'answered', hangUpReason: '骚扰电话' })
      await recorded(row, { left: [citizenHz, talkMs - 200], right: [seatToneHz, talkMs - 200] })
    },
    async 'is held and taken back'() {
      const { callId } = await answered()
      await desk.seat.must('telephone.hold', { callId })
      await desk.shows(({ calls: [call] }) => call?.held === 'local' && !call.isHoldPending)
      await delay(800)
      await desk.seat.must('telephone.resume', { callId })
      await desk.page.hears(citizenHz)
      await delay(talkMs)
      await citizenHangsUp()
      await gone(callId)
      const row = await rowOf(callId, { purpose: 'hotline', endedBy: 'caller', cause: 'answered' })
      const sides = await recorded(row, { left: [citizenHz, 2 * talkMs - 400], right: [seatToneHz, 2 * talkMs - 400] })
      expect(sides.durationMs - toneMs(sides.right, seatToneHz), 'nothing of the seat is said to who is held').toBeGreaterThan(600)
    },
    async 'is transferred blind'() {
      const { callId } = await answered()
      const incoming = next(colleague, 'CALL_INCOMING')
      await desk.seat.must('telephone.transferBlind', { callId, target: '2004', caseNo: '2026-0001' })
      await incoming()
      const established = next(colleague, 'CALL_ESTABLISHED')
      await colleague.command('accept')
      await established()
      await gone(callId)
      const row = await rowOf(callId, { purpose: 'hotline', endedBy: 'seat', cause: 'transferred', caseNo: '2026-0001' })
      await recorded(row, { left: [citizenHz, talkMs - 200], right: [seatToneHz, talkMs - 200] })
      await citizenHangsUp()
    },
    async 'is transferred after a consultation'() {
      const { callId } = await answered()
      const consult = await consulted(callId)
      // This telephone rings also for a call that replaces one (RFC 3891 would let it answer by itself).
      const incoming = next(colleague, 'CALL_INCOMING')
      await desk.seat.must('telephone.completeTransfer', {})
      await incoming()
      await colleague.command('accept')
      await gone(callId, consult)
      const row = await rowOf(callId, { purpose: 'hotline', endedBy: 'seat', cause: 'transferred' })
      await recorded(row, { left: [citizenHz, talkMs - 200], right: [seatToneHz, talkMs - 200] })
      const asked = await rowOf(consult, { direction: 'outgoing', purpose: 'consult', number: '2004' })
      await recorded(asked, { left: [colleagueHz, talkMs - 200], right: [seatToneHz, talkMs - 200] })
      await citizenHangsUp()
    },
    async 'becomes a conference'() {
      const { callId } = await answered()
      const consult = await consulted(callId)
      await desk.seat.must('telephone.join', {})
      await desk.shows(({ isConference, calls }) => isConference && calls.every(({ held }) => held === 'none'))
      await delay(2 * talkMs)
      await desk.seat.must('telephone.hangUp', { callId: consult, pressedMs: 0 })
      await gone(consult)
      const asked = await rowOf(consult, { direction: 'outgoing', purpose: 'consult', number: '2004', endedBy: 'seat', cause: 'answered' })
      await citizenHangsUp()
      await gone(callId)
      const row = await rowOf(callId, { purpose: 'hotline', endedBy: 'caller', cause: 'answered' })
      const toCitizen = await recorded(row, { left: [citizenHz, 2 * talkMs], right: [seatToneHz, talkMs - 200] })
      const toColleague = await recorded(asked, { left: [colleagueHz, 2 * talkMs], right: [seatToneHz, talkMs - 200] })
      expect(toneMs(toCitizen.right, colleagueHz, 0.3), 'the citizen hears the colleague').toBeGreaterThan(talkMs)
      expect(toneMs(toColleague.right, citizenHz, 0.3), 'the colleague hears the citizen').toBeGreaterThan(talkMs)
      expect(toneMs(toColleague.right.slice(0, 8 * talkMs), citizenHz, 0.3), 'not before they were joined').toBe(0)
    },
    async 'is given up before it is taken'() {
      const callId = await rings()
      await citizenHangsUp()
      await gone(callId)
      await rowOf(callId, { purpose: 'hotline', endedBy: 'caller', cause: 'abandoned', answeredAt: null, recordingId: null })
      await desk.seat.until('callLog.changed', ({ missed }) => missed.some(({ lastCallId }) => lastCallId === callId))
    },
    async 'is refused'() {
      const callId = await rings()
      const closed = next(citizen, 'CALL_CLOSED')
      await desk.seat.must('telephone.reject', { callId })
      await closed()
      await gone(callId)
      await rowOf(callId, { purpose: 'hotline', endedBy: 'seat', cause: 'rejected', answeredAt: null, recordingId: null })
    },
    async 'is made to somebody who is busy'() {
      const incoming = next(colleague, 'CALL_INCOMING')
      const { callId } = await desk.seat.must('telephone.dial', { number: '2004' })
      await incoming()
      await colleague.command('hangup')
      await gone(callId)
      const busy = {
        direction: 'outgoing',
        purpose: 'outgoing',
        number: '2004',
        endedBy: 'exchange',
        cause: 'busy',
        sipStatus: 486,
      } as const
      await rowOf(callId, { ...busy, answeredAt: null, recordingId: null })
    },
  }

  async function rowOf(callId: string, wanted: Partial<CallRecord>): Promise<CallRecord> {
    rows += 1
    let row = await desk.seat.must('callLog.get', { callId })
    expect(row).toMatchObject({ direction: 'incoming', ...(wanted.direction === undefined && { number: '2001' }), ...wanted })
    if (row.answeredAt === null) return row
    expect(row.answeredAt).toBeGreaterThanOrEqual(row.startedAt)
    expect(row.answeredAt).toBeLessThanOrEqual(row.endedAt)
    await until('the quality of the call is known', async () => {
      row = await desk.seat.must('callLog.get', { callId })
      return row.quality
    })
    return row
  }

  /** Both voices, each on its side and not on the other, and as long as they talked. */
  async function recorded(row: CallRecord, wanted: { left: readonly [number, number]; right: readonly [number, number] }) {
    const [file, notes] = ['wav', 'json'].map((ending) => `${desk.place.dataFolder}/recordings/${row.recordingId}.${ending}`)
    await until('the recording is whole', () => JSON.parse(readFileSync(notes ?? '', 'utf8')).state === 'finished')
    const sides = readRecording(file ?? '')
    expect(Math.abs(sides.durationMs - (row.endedAt - (row.answeredAt ?? 0))), 'as long as the call').toBeLessThanOrEqual(300)
    for (const side of ['left', 'right'] as const)
      expect(toneMs(sides[side], wanted[side][0]), `${wanted[side][0]} Hz on the ${side}`).toBeGreaterThanOrEqual(wanted[side][1])
    expect(toneMs(sides.left, seatToneHz, 0.3), 'the seat is not on the far side').toBe(0)
    return sides
  }

  async function isReadyAgain(): Promise<void> {
    await desk.shows(({ calls }) => calls.length === 0)
    const { agent } = await desk.shows(() => true)
    if (agent.phase === 'wrapUp') await desk.seat.must('agent.finishWrapUp', { code: 'answered', note: '' })
    await desk.seat.must('agent.showReady', {})
    await desk.shows(({ agent: { phase } }) => phase === 'ready')
  }

  it.each(Array.from({ length: callCount }, (_, place) => ({ place: place + 1, kind: kinds[place % kinds.length] ?? kinds[0] })))(
    'call $place $kind',
    async ({ kind }) => {
      await play[kind]()
      await isReadyAgain()
    },
  )

  it('has one row for each, and has told the centre of all', async () => {
    const { items } = await desk.seat.must('callLog.list', { limit: 100 })
    expect(items).toHaveLength(rows)
    await desk.seat.until('outbox.changed', ({ waiting, parked }) => waiting === 0 && parked === 0)
  })
})
