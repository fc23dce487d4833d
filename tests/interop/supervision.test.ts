import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTelephone } from '#server/demo/seed'
import { draftKeyOfCall } from '#shared/domain/case/registration'
import { lineOfSeat } from '../../scripts/start/telephone'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from '../integration/main/harness'
import { type InteropSeat, startSeat } from './interop-seat'
import { until } from './peers/process'
import { openTalkingPage, type TalkingPage } from './talking-page'

const resourcesFolder = join(import.meta.dirname, '../../resources')
const [citizenHz, agentHz, leadHz] = [400, 1_000, 2_200]

/** Two whole seats and a citizen's telephone at the demonstration exchange: who hears whom is measured by the tone of each. */
describe('a shift lead in the call of a colleague', () => {
  const filesFolder = mkdtempSync(join(tmpdir(), 'supervision-'))
  let centre: TestCentre
  let telephone: NonNullable<Awaited<ReturnType<typeof startTelephone>>>
  let places: SeatPlace[] = []
  let pages: TalkingPage[] = []
  let agent: TestSeat
  let lead: TestSeat
  let citizen: InteropSeat

  async function person(seatNo: string, accountNo: string, toneHz: number): Promise<readonly [TestSeat, TalkingPage]> {
    const place = createSeatPlace(centre.url, seatNo)
    const seat = await place.start({ telephone: lineOfSeat(telephone.line, seatNo) })
    const page = await openTalkingPage(seat.call, toneHz)
    places = [...places, place]
    pages = [...pages, page]
    await seat.must('session.signIn', { accountNo, password })
    await seat.until('telephone.changed', ({ registration, faults }) => registration?.state === 'registered' && faults.length === 0)
    return [seat, page]
  }
  let agentPage: TalkingPage
  let leadPage: TalkingPage

  beforeAll(async () => {
    centre = await startCentre()
    const started = await startTelephone(centre.services, { filesFolder, resourcesFolder, port: 0, speed: 0, url: centre.url })
    if (!started) throw new Error('no exchange')
    telephone = started
    centre.attachCti(telephone.cti)
    ;[agent, agentPage] = await person('02', '0201', agentHz)
    ;[lead, leadPage] = await person('12', '0101', leadHz)
    citizen = startSeat({
      ...{ account: '8013', exchangePort: telephone.line.port, toneHz: citizenHz, password: telephone.line.password },
    })
    citizen.agent.register()
    await citizen.registered()
  }, 60_000)
  afterAll(async () => {
    await citizen?.stop()
    for (const page of pages) page.close()
    for (const place of places) await place.remove()
    await telephone?.stop()
    await centre?.stop()
    rmSync(filesFolder, { recursive: true, force: true })
  })

  const citizenHears = (hz: number) => until(`the citizen hears ${hz} Hz`, () => citizen.media.hears(hz) > 0.8)

  it('listens, whispers, barges in and takes over; the colleague sees who is there', { timeout: 90_000 }, async () => {
    const called = await citizen.agent.call('8002')
    if (!called.ok) throw new Error(called.error.code)
    const ringing = await agent.until('telephone.changed', ({ calls }) => calls[0]?.phase === 'ringing')
    await agent.must('telephone.answer', { callId: ringing.calls[0]?.callId ?? '' })
    await citizenHears(agentHz)
    await agentPage.hears(citizenHz)

    // Somebody asks for help, and the lead reads why.
    await agent.must('agent.raiseHand', { reason: '来电人情绪激动' })
    await lead.until('notices.changed', ({ notices }) => notices.some(({ title, text }) => title.includes('举手') && text.includes('激动')))
    await lead.until('agents.changed', ({ agents }) =>
      agents.some(({ accountNo, phase, hand }) => accountNo === '0201' && phase === 'talking' && hand?.reason === '来电人情绪激动'),
    )

    // By hand nobody gets in: it would have no line in the audit.
    expect(await lead.call('telephone.dial', { number: '*918002' })).toMatchObject({ ok: false, error: { code: 'phone/badTarget' } })
    expect(await agent.call('telephone.supervise', { accountNo: '0101', mode: 'listen' })).toMatchObject({ ok: false })

    const begin = async (mode: 'listen' | 'whisper' | 'bargeIn' | 'takeOver') => {
      const { callId } = await lead.must('telephone.supervise', { accountNo: '0201', mode })
      await lead.until(
        'telephone.changed',
        ({ calls }) => calls.length === 1 && calls[0]?.callId === callId && calls[0].phase === 'talking',
      )
      return callId
    }
    const heardBy = (mode: string) =>
      agent.until(
        'telephone.changed',
        ({ listeners }) => listeners.length === 1 && listeners[0]?.mode === mode && listeners[0].accountNo === '0101',
      )

    const listening = await begin('listen')
    const shown = await heardBy('listen')
    // Somebody came.
    expect(shown.hand).toBeNull()
    expect((await lead.state('telephone.changed'))?.calls[0]).toMatchObject({
      ...{ isMuted: true, purpose: 'supervision', recording: 'off', supervision: { mode: 'listen', accountNo: '0201', seatNo: '02' } },
    })
    await leadPage.hearsSome(citizenHz)
    await leadPage.hearsSome(agentHz)
    await citizenHears(agentHz)
    await agentPage.hears(citizenHz)

    await begin('whisper')
    await heardBy('whisper')
    await agentPage.hearsSome(leadHz)
    await agentPage.hearsSome(citizenHz)
    await citizenHears(agentHz)
    expect(citizen.media.hears(leadHz)).toBeLessThan(0.02)

    await begin('bargeIn')
    await heardBy('bargeIn')
    await until('the citizen hears both', () => citizen.media.hears(leadHz) > 0.3 && citizen.media.hears(agentHz) > 0.3)

    // The report is half written: it goes along, with who calls.
    const key = draftKeyOfCall(ringing.calls[0]?.callId ?? '')
    await agent.must('drafts.save', { key, body: JSON.stringify({ course: '路面塌了一个坑' }) })
    const taken = await begin('takeOver')
    await lead.until('telephone.changed', ({ calls }) => calls[0]?.handedBy !== null && calls[0]?.number === '8013')
    expect((await lead.must('drafts.get', { key: draftKeyOfCall(taken) })).body).toContain('路面塌了一个坑')
    await agent.until('telephone.changed', ({ calls, listeners }) => calls.length === 0 && listeners.length === 0)
    await agent.until('notices.changed', ({ notices }) => notices.some(({ title }) => title.includes('接管了这通电话')))
    await citizenHears(leadHz)
    await leadPage.hears(citizenHz)
    expect((await lead.state('telephone.changed'))?.calls[0]).toMatchObject({ callId: taken, purpose: 'hotline', supervision: null })
    called.value.hangUp()
    await lead.until('telephone.changed', ({ calls }) => calls.length === 0)
    expect(await lead.must('callLog.get', { callId: listening })).toMatchObject({ purpose: 'supervision', recordingId: null })

    await until('the audit has every step', async () => {
      const rows = await centre.services.db.selectFrom('audit_entry').select(['action', 'subject']).where('subject', '=', '0201').execute()
      const actions = rows.map(({ action }) => action).sort()
      return (
        actions.filter((action) => action === 'agent.supervisionEnded').length === 4 &&
        ['agent.listen', 'agent.whisper', 'agent.bargeIn', 'agent.takeOver'].every((action) => actions.includes(action))
      )
    })
  })

  it('is told in words when nobody talks there', async () => {
    await agent.until('telephone.changed', ({ calls }) => calls.length === 0)
    await lead.until('agents.changed', ({ agents }) => agents.some(({ accountNo, phase }) => accountNo === '0201' && phase !== 'talking'))
    expect(await lead.call('telephone.supervise', { accountNo: '0201', mode: 'listen' })).toMatchObject({
      ...{ ok: false, error: { code: 'agent/notTalking' } },
    })
  })

  it('sees how many wait at the hotline, and since when', async () => {
    await agent.until('queue.changed', ({ state, waiting }) => state === 'known' && waiting === 0)
    const waiting = await citizen.agent.call('12319')
    if (!waiting.ok) throw new Error(waiting.error.code)
    const shown = await agent.until('queue.changed', (view) => view.waiting === 1)
    expect(shown.longestSince).toBeGreaterThan(Date.now() - 30_000)
    waiting.value.hangUp()
    await agent.until('queue.changed', (view) => view.waiting === 0 && view.longestSince === null)
  })
})
