import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { citizens } from '#server/demo/exchange/parties/citizens'
import { startTelephone } from '#server/demo/seed'
import { satisfactionKeys } from '#shared/domain/call/satisfaction'
import { lineOfSeat } from '../../scripts/start/telephone'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from '../integration/main/harness'
import { isShort } from './extent'
import { type InteropSeat, startSeat } from './interop-seat'
import { hasBaresip, startBaresip } from './peers/baresip'
import { until } from './peers/process'
import { recordedShareAt } from './recorded-tone'
import { openTalkingPage, type TalkingPage } from './talking-page'

const resourcesFolder = join(import.meta.dirname, '../../resources')

/** What `npm start` brings up, without a window: a centre with its demonstration exchange, a whole seat, and a page that hears and speaks. */
describe('a seat at the demonstration exchange', () => {
  const filesFolder = mkdtempSync(join(tmpdir(), 'demo-exchange-'))
  let centre: TestCentre
  let telephone: NonNullable<Awaited<ReturnType<typeof startTelephone>>>
  let place: SeatPlace
  let seat: TestSeat
  let page: TalkingPage

  beforeAll(async () => {
    centre = await startCentre()
    const started = await startTelephone(centre.services, { filesFolder, resourcesFolder, port: 0, speed: 20, url: centre.url })
    if (!started) throw new Error('no exchange')
    telephone = started
    centre.attachCti(telephone.cti)
    place = createSeatPlace(centre.url)
    seat = await place.start({ telephone: lineOfSeat(telephone.line, '02') })
    page = await openTalkingPage(seat.call, 1_000)
    await seat.must('session.signIn', { accountNo: '0803', password })
    await shows(({ registration, faults }) => registration?.state === 'registered' && faults.length === 0)
  })
  afterAll(async () => {
    page?.close()
    await place?.remove()
    await telephone?.stop()
    await centre?.stop()
    rmSync(filesFolder, { recursive: true, force: true })
  })

  const shows: (
    isWanted: Parameters<typeof seat.until<'telephone.changed'>>[1],
    withinMs?: number,
  ) => ReturnType<typeof seat.until<'telephone.changed'>> = (isWanted, withinMs) => seat.until('telephone.changed', isWanted, withinMs)
  async function ringing(withinMs = 30_000) {
    const [call] = (await shows(({ calls }) => calls[0]?.phase === 'ringing', withinMs)).calls
    if (!call) throw new Error('no call')
    return call
  }
  /** Not ready, so that nobody calls in between. */
  async function rest() {
    await seat.must('agent.showNotReady', { reason: 'rest' })
    // Until the queue knows, it may still ring.
    await until('the queue leaves the seat alone', async () => {
      for (const { callId, phase } of (await seat.state('telephone.changed'))?.calls ?? [])
        if (phase === 'ringing') await seat.call('telephone.reject', { callId })
      const status = await telephone.cti.queueStatus()
      return status.ok && status.value.members.some(({ extension, state }) => extension === '8002' && state === 'paused')
    })
    const { agent } = await shows(({ calls }) => calls.length === 0)
    if (agent.phase === 'wrapUp') await seat.must('agent.finishWrapUp', { code: null, note: '' })
  }
  async function colleague(account: string, toneHz: number): Promise<InteropSeat> {
    const one = startSeat({ account, exchangePort: telephone.line.port, toneHz, password: telephone.line.password })
    onTestFinished(() => one.stop())
    one.agent.register()
    await one.registered()
    return one
  }

  it('is called by a citizen within seconds, talks, and the citizen hangs up first', { timeout: 90_000 }, async () => {
    page.speak(false)
    expect((await seat.state('telephone.changed'))?.isDemonstration).toBe(true)
    await seat.must('agent.showReady', {})
    const call = await ringing()
    expect(call).toMatchObject({ number: '+8613800001013', displayName: '演示 王先生', purpose: 'hotline' })
    await seat.must('telephone.answer', { callId: call.callId })
    await shows(({ calls }) => calls[0]?.phase === 'talking')
    // As a person does: a greeting, then an answer whenever the other is quiet.
    const answering = setInterval(() => page.speak(!page.isHearing() && Date.now() % 3_000 < 800), 100)
    onTestFinished(() => clearInterval(answering))
    await page.hearsSpeech(15_000)
    await shows(({ agent }) => agent.phase === 'wrapUp', 60_000)
    expect(await seat.must('callLog.get', { callId: call.callId })).toMatchObject({
      ...{ endedBy: 'caller', cause: 'answered', number: '+8613800001013', purpose: 'hotline', recordingId: expect.any(String) },
    })
  })

  it.skipIf(isShort)('refuses a call, which goes on to a colleague', { timeout: 60_000 }, async () => {
    await rest()
    await seat.must('agent.showReady', {})
    const call = await ringing()
    const other = await colleague('8003', 700)
    await seat.must('telephone.reject', { callId: call.callId })
    // Somebody else may have waited behind; the refused one keeps the place in the line.
    for (let taken = await other.offered(); ; taken = await other.offered()) {
      await taken.answer()
      if (taken.view().peer.number === call.number) break
      taken.hangUp()
    }
    await until('the citizen is there', () => other.media.packets() > 50)
  })

  it.skipIf(isShort)('passes a citizen on, with the case, and is free again', { timeout: 60_000 }, async () => {
    await rest()
    page.speak(true)
    await seat.must('agent.showReady', {})
    const call = await ringing()
    await seat.must('telephone.answer', { callId: call.callId })
    await shows(({ calls }) => calls[0]?.phase === 'talking')
    const other = await colleague('8013', 700)
    await seat.must('telephone.transferBlind', { callId: call.callId, target: '8013', caseNo: '2026-0007' })
    const taken = await other.offered()
    expect(taken.view()).toMatchObject({ peer: { number: call.number }, data: { caseNo: '2026-0007' } })
    taken.ring()
    await taken.answer()
    await shows(({ calls }) => calls.length === 0)
    expect(await seat.must('callLog.get', { callId: call.callId })).toMatchObject({ cause: 'transferred', endedBy: 'seat' })
    await until('the citizen is there', () => other.media.packets() > 50)
  })

  it.skipIf(isShort)(
    'passes a citizen to the announcement, and the key that is pressed stands in the log',
    { timeout: 90_000 },
    async () => {
      await rest()
      await seat.must('agent.showReady', {})
      const call = await ringing()
      await seat.must('telephone.answer', { callId: call.callId })
      await shows(({ calls }) => calls[0]?.phase === 'talking')
      await seat.must('telephone.askSatisfaction', { callId: call.callId })
      await shows(({ calls }) => calls.length === 0)
      const record = () => seat.must('callLog.get', { callId: call.callId })
      expect(await record()).toMatchObject({ cause: 'transferred', endedBy: 'seat' })
      const key = citizens.find(({ number }) => (number === null ? null : `+86${number}`) === call.number)?.key ?? ''
      await until('the answer is there', async () => (await record()).satisfaction === (satisfactionKeys[key] ?? 'none'), 40_000)
    },
  )

  it('hears itself at the echo number, and its keys as events', { timeout: 60_000 }, async () => {
    await rest()
    page.speak(true)
    const { callId } = await seat.must('telephone.dial', { number: '*43' })
    await page.hears(1_000, 15_000)
    await seat.must('telephone.sendDigits', { callId, digits: '#' })
    await shows(({ calls }) => calls.length === 0)
    expect(await seat.must('callLog.get', { callId })).toMatchObject({ direction: 'outgoing', endedBy: 'caller' })
  })

  it.skipIf(!hasBaresip)('is rung up by a telephone of another maker', { timeout: 60_000 }, async () => {
    await rest()
    page.speak(true)
    const citizen = await startBaresip({
      ...{ user: '8014', toneHz: 440, password: telephone.line.password },
      exchange: { port: telephone.line.port, contacts: (user) => telephone.registered().filter((one) => one === user) },
    })
    onTestFinished(() => citizen.stop())
    await citizen.command('dial', 'sip:8002@demo.invalid')
    const call = await ringing()
    expect(call).toMatchObject({ number: '8014' })
    await seat.must('telephone.answer', { callId: call.callId })
    await citizen.event('CALL_ESTABLISHED')
    await page.hears(440)
    await until(
      'baresip hears the seat',
      () => citizen.heard().some((file) => existsSync(file) && recordedShareAt(file, 1_000) > 0.8),
      15_000,
    )
    await citizen.command('hangup')
    await shows(({ calls }) => calls.length === 0)
  })
})
