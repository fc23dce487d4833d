import { existsSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shareAt, toneFrame } from '../fixtures/far-side'
import { openPage } from '../fixtures/werift-page'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from '../integration/main/harness'
import { type Baresip, hasBaresip, startBaresip } from './peers/baresip'
import { hasKamailio, type Kamailio, startKamailio } from './peers/kamailio'
import { until } from './peers/process'
import { recordedShareAt } from './recorded-tone'

/** A citizen's own telephone, a real exchange, the whole core, and a page: what each hears, measured by the other's tone. */
describe.skipIf(!hasKamailio || !hasBaresip)('speech through a seat', () => {
  let kamailio: Kamailio
  let centre: TestCentre
  let place: SeatPlace
  let seat: TestSeat
  let citizen: Baresip
  let page: Awaited<ReturnType<typeof openPage>>
  const stops: (() => void)[] = []

  beforeAll(async () => {
    kamailio = await startKamailio()
    centre = await startCentre()
    place = createSeatPlace(centre.url)
    citizen = await startBaresip({ user: '2001', toneHz: 440, exchange: kamailio })
    seat = await place.start({
      telephone: {
        exchange: {
          ...{ name: '测试交换机', domain: 'hotline.test', account: '1002', proxy: `127.0.0.1:${kamailio.port}` },
          ...{ localAddress: '127.0.0.1', registerForS: 60, optionsEveryS: 2 },
        },
        password: 'pw1002',
      },
    })
    page = await openPage()
    stops.push(() => void page.close())
    const { answerSdp } = await seat.must('sound.connect', { offerSdp: page.offer })
    await page.take(answerSdp)
    await page.isConnected()
    let frame = 0
    const microphone = setInterval(() => void page.say(frame, toneFrame('PCMA', 1_000, frame++)), 20)
    const report = () =>
      seat.call('sound.report', {
        ...{ microphone: 'present', microphoneLabel: '耳机', microphonePeak: 0.2, isSpeakerAlive: true, speakerLabel: '耳机' },
      } as const)
    const reports = setInterval(() => void report(), 500)
    stops.push(
      () => clearInterval(microphone),
      () => clearInterval(reports),
    )
    await seat.must('session.signIn', { accountNo: '0803', password })
  })
  afterAll(async () => {
    for (const stop of stops) stop()
    await citizen?.stop()
    await place?.remove()
    await centre?.stop()
    await kamailio?.stop()
  })

  const hears = (hz: number) =>
    until(
      `the page hears ${hz} Hz`,
      () =>
        shareAt(
          hz,
          'PCMA',
          page.heard.slice(-25).map(({ payload }) => payload),
        ) > 0.8,
      10_000,
    )
  const citizenHears = (hz: number) =>
    until(`the citizen hears ${hz} Hz`, () => citizen.heard().some((file) => existsSync(file) && recordedShareAt(file, hz) > 0.8), 10_000)

  it('is ready with a real page, and both hear each other until the citizen hangs up', { timeout: 60_000 }, async () => {
    await seat.until('telephone.changed', ({ registration, faults }) => registration?.state === 'registered' && faults.length === 0)
    await seat.must('agent.showReady', {})
    await citizen.command('dial', 'sip:1002@hotline.test')
    const shown = await seat.until('telephone.changed', ({ calls }) => calls[0]?.phase === 'ringing')
    const callId = shown.calls[0]?.callId ?? ''
    await seat.must('telephone.answer', { callId })
    await seat.until('telephone.changed', ({ calls }) => calls[0]?.phase === 'talking' && calls[0].recording === 'on')
    await hears(440)
    await citizenHears(1_000)

    await seat.must('telephone.hold', { callId })
    page.heard.length = 0
    await delay(1_000)
    expect(
      page.heard.filter(({ payload }) => payload.some((octet) => octet !== 0xd5)).length,
      'nothing is heard of a held citizen',
    ).toBeLessThan(10)
    await seat.must('telephone.resume', { callId })
    await hears(440)

    await citizen.command('hangup')
    await seat.until('telephone.changed', ({ agent }) => agent.phase === 'wrapUp')
    const row = await seat.must('callLog.get', { callId })
    expect(row).toMatchObject({ endedBy: 'caller', cause: 'answered', recordingId: expect.any(String) })
  })
})
