import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../chaos/random'
import { type BadLine, createBadLine } from '../fakes/bad-line'
import { isShort } from './extent'
import { type Baresip, hasBaresip, startBaresip } from './peers/baresip'
import { hasKamailio, type Kamailio, startKamailio } from './peers/kamailio'
import { until } from './peers/process'
import { recordedShareAt } from './recorded-tone'
import { seatToneHz, startTalkingSeat, type TalkingSeat } from './talking-seat'

/** The whole seat on a bad line: messages lost, speech lost and out of order, the exchange gone and back with an empty memory. */
// Whole turns in each packet: a packet that is lost leaves no jump that would be taken for another tone.
const citizenHz = 450
const callCount = 12

describe.skipIf(isShort || !hasKamailio || !hasBaresip)('a seat on a bad line', () => {
  let kamailio: Kamailio
  let citizen: Baresip
  let line: BadLine
  let desk: TalkingSeat

  beforeAll(async () => {
    kamailio = await startKamailio()
    citizen = await startBaresip({ user: '2001', toneHz: citizenHz, exchange: kamailio })
    line = await createBadLine(createRandom(12_319))
    desk = await startTalkingSeat(kamailio, { lineWire: line.wire })
  })
  afterAll(async () => {
    await desk?.stop()
    line?.stop()
    await citizen?.stop()
    await kamailio?.stop()
  })

  const patienceMs = 45_000
  async function answered(): Promise<string> {
    await citizen.command('dial', 'sip:1002@hotline.test')
    const { calls } = await desk.shows(({ calls: [call] }) => call?.phase === 'ringing', patienceMs)
    const callId = calls[0]?.callId ?? ''
    await desk.seat.must('telephone.answer', { callId })
    await desk.shows(({ calls: [call] }) => call?.phase === 'talking', patienceMs)
    await desk.page.hears(citizenHz)
    await citizenHears()
    return callId
  }
  const citizenHears = () =>
    until('the citizen hears the seat', () => citizen.heard().some((file) => recordedShareAt(file, seatToneHz) > 0.8), patienceMs)
  const closed = (before: number) => until('the citizen’s telephone ends', () => citizen.events('CALL_CLOSED').length > before, patienceMs)
  async function over(callId: string) {
    await desk.shows(({ calls }) => calls.length === 0, patienceMs)
    await desk.seat.must('agent.finishWrapUp', { code: null, note: '' })
    await desk.seat.must('agent.showReady', {})
    return desk.seat.must('callLog.get', { callId })
  }

  it('sets calls up and ends them while every fourth message is lost', { timeout: 180_000 }, async () => {
    line.loseMessages(0.25)
    for (let call = 0; call < callCount; call += 1) {
      const ends = call % 2 === 0 ? 'caller' : 'seat'
      const before = citizen.events('CALL_CLOSED').length
      const callId = await answered()
      await desk.seat.must('telephone.hold', { callId })
      await desk.seat.must('telephone.resume', { callId })
      await desk.page.hears(citizenHz)
      if (ends === 'caller') await citizen.command('hangup')
      else await desk.seat.must('telephone.hangUp', { callId, pressedMs: 1_200 })
      await closed(before)
      expect(await over(callId)).toMatchObject({ endedBy: ends, cause: 'answered' })
    }
    line.loseMessages(0)
    expect(line.lost().messages, 'it was a bad line').toBeGreaterThan(callCount)
    await until('nothing is left at the citizen’s', async () => (await citizen.command('listcalls')).includes('Active calls (0)'))
  })

  it('keeps a call whose speech is lost and out of order, says so, and says when it is good again', { timeout: 90_000 }, async () => {
    const callId = await answered()
    const good = await desk.seat.until(
      'callQuality.changed',
      ({ calls: [call] }) => call?.mos !== undefined && call.mos !== null && call.mos > 4.2,
    )
    line.hurtSpeech({ lost: 0.05, laterMs: 60 })
    const bad = await desk.seat.until('callQuality.changed', ({ calls: [call] }) => call?.warnings.includes('loss') ?? false, 30_000)
    expect(bad.calls[0]?.mos).toBeLessThan((good.calls[0]?.mos ?? 0) - 0.2)
    expect(bad.calls[0]?.jitterMs).toBeGreaterThan(10)
    const losses: number[] = []
    const stop = desk.seat.seat.api.subscribe((message) => {
      if (message.topic === 'callQuality.changed') losses.push((message.state as typeof bad).calls[0]?.lossRatio ?? 0)
    })
    await delay(8_000)
    stop()
    const mean = losses.reduce((sum, one) => sum + one, 0) / losses.length
    expect(mean, 'the loss that is shown is the loss that was done').toBeGreaterThan(0.02)
    expect(mean).toBeLessThan(0.1)
    await desk.page.hears(citizenHz)
    await citizenHears()
    line.hurtSpeech({ lost: 0, laterMs: 0 })
    await desk.seat.until('callQuality.changed', ({ calls: [call] }) => call?.warnings.length === 0, 30_000)
    await citizen.command('hangup')
    const row = await over(callId)
    expect(row).toMatchObject({ endedBy: 'caller', cause: 'answered' })
    await until('the record has its quality', async () => (await desk.seat.must('callLog.get', { callId })).quality)
    const { quality } = await desk.seat.must('callLog.get', { callId })
    expect(quality?.lossRatio).toBeGreaterThan(0.01)
    expect(quality?.mosWorst).toBeLessThan(quality?.mosMean ?? 0)
  })

  it('keeps the call while its exchange restarts, and is registered again', { timeout: 90_000 }, async () => {
    const callId = await answered()
    await kamailio.stop()
    await delay(2_500)
    await desk.page.hears(citizenHz)
    expect((await desk.shows(() => true)).calls).toMatchObject([{ callId, phase: 'talking' }])
    await kamailio.start()
    expect(kamailio.contacts('1002')).toEqual([])
    await until('the exchange knows the seat again', () => kamailio.contacts('1002').length === 1, patienceMs)
    await desk.shows(({ registration, calls: [call] }) => registration?.state === 'registered' && call?.callId === callId)
    await desk.page.hears(citizenHz)
    await citizenHears()
    const before = citizen.events('CALL_CLOSED').length
    await desk.seat.must('telephone.hangUp', { callId, pressedMs: 1_200 })
    await closed(before)
    expect(await over(callId)).toMatchObject({ endedBy: 'seat', cause: 'answered', wasResumed: false })
  })
})
