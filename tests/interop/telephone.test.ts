import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createFakeSpeech, type FakeSpeech } from '../fakes/fake-speech'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from '../integration/main/harness'
import { type InteropSeat, startSeat } from './interop-seat'
import { hasBaresip, startBaresip } from './peers/baresip'
import { hasKamailio, type Kamailio, startKamailio } from './peers/kamailio'
import { until } from './peers/process'

/** The whole core of a seat at a real exchange, others on telephones of their own: from the first ring to the row in the log. */
describe.skipIf(!hasKamailio)('the telephone of a seat', () => {
  let kamailio: Kamailio
  let centre: TestCentre
  let place: SeatPlace
  let seat: TestSeat
  let speech: FakeSpeech
  let citizen: InteropSeat
  let stopReports: () => void

  const telephone = () => ({
    exchange: {
      ...{ name: '测试交换机', domain: 'hotline.test', account: '1002', proxy: `127.0.0.1:${kamailio.port}` },
      ...{ localAddress: '127.0.0.1', registerForS: 60, optionsEveryS: 2 },
    },
    password: 'pw1002',
  })
  const view = async () => {
    const state = await seat.state('telephone.changed')
    if (!state) throw new Error('no telephone shown')
    return state
  }
  const shows = (isWanted: (state: Awaited<ReturnType<typeof view>>) => boolean) => seat.until('telephone.changed', isWanted)

  function beginReports(): () => void {
    const report = () =>
      seat.call('sound.report', {
        ...{ microphone: 'present', microphoneLabel: '耳机', microphonePeak: 0.01, isSpeakerAlive: true, speakerLabel: '耳机' },
      } as const)
    void report()
    const timer = setInterval(() => void report(), 500)
    return () => clearInterval(timer)
  }

  async function startTheSeat(): Promise<void> {
    speech = createFakeSpeech(41_000)
    seat = await place.start({ telephone: telephone(), media: speech })
    stopReports = beginReports()
  }

  beforeAll(async () => {
    kamailio = await startKamailio()
    centre = await startCentre()
    place = createSeatPlace(centre.url)
    citizen = startSeat({ account: '2001', exchangePort: kamailio.port })
    citizen.agent.register()
    await citizen.registered()
    await startTheSeat()
    await seat.must('session.signIn', { accountNo: '0803', password })
  })
  afterAll(async () => {
    stopReports?.()
    await place?.remove()
    await citizen?.stop()
    await centre?.stop()
    await kamailio?.stop()
  })

  async function ringing() {
    const outgoing = await citizen.agent.call('1002')
    if (!outgoing.ok) throw new Error(outgoing.error.code)
    const shown = await shows(({ calls }) => calls[0]?.phase === 'ringing')
    const [call] = shown.calls
    if (!call) throw new Error('no call')
    return { theirs: outgoing.value, call, shown }
  }

  it('is not ready until everything is proved, and then is when its person says so', async () => {
    await shows(({ registration, faults }) => registration?.state === 'registered' && faults.length === 0)
    expect((await view()).agent).toMatchObject({ phase: 'notReady', forced: null })
    await seat.must('agent.showReady', {})
    expect((await view()).agent.phase).toBe('ready')

    speech.isPathUp = false
    speech.say({ type: 'pageChanged', page: { state: 'lost', since: 0 } })
    const forced = await shows(({ agent }) => agent.phase === 'notReady')
    expect(forced.agent.forced).toEqual({ by: 'fault', faults: ['soundPathDown'] })
    expect(await seat.call('agent.showReady', {})).toMatchObject({ ok: false, error: { code: 'agent/cannotAnswer' } })
    speech.isPathUp = true
    await shows(({ agent }) => agent.phase === 'ready')
  })

  it('rings, is answered, waits for the citizen to hang up first, wraps up and keeps the record', async () => {
    const { theirs, call, shown } = await ringing()
    expect(shown.agent).toMatchObject({ phase: 'ringing', callId: call.callId })
    expect(call).toMatchObject({ number: '2001', purpose: 'hotline', direction: 'incoming' })

    await seat.must('telephone.answer', { callId: call.callId })
    await citizen.state(theirs, 'established')
    await shows(({ calls, agent }) => calls[0]?.phase === 'talking' && calls[0].recording === 'on' && agent.phase === 'talking')
    expect(speech.joined.at(-1)).toEqual([call.callId])
    expect(await seat.call('telephone.hangUp', { callId: call.callId, pressedMs: 200 })).toMatchObject({
      ok: false,
      error: { code: 'call/citizenStillThere' },
    })
    expect(await seat.call('session.signOut', {})).toMatchObject({ ok: false, error: { code: 'agent/inCall' } })

    await seat.must('telephone.hold', { callId: call.callId })
    await until('the citizen is held', () => theirs.view().isHeldByPeer)
    expect((await view()).calls[0]?.held).toBe('local')
    expect(speech.joined.at(-1)).toEqual([])
    await seat.must('telephone.resume', { callId: call.callId })
    await until('the citizen is heard again', () => !theirs.view().isHeldByPeer)
    await seat.must('telephone.mute', { callId: call.callId, on: true })
    expect(speech.muted.at(-1)).toBe(true)
    await seat.must('telephone.pauseRecording', { callId: call.callId, reason: '报身份证号' })
    expect((await view()).calls[0]?.recording).toBe('paused')

    theirs.hangUp()
    const after = await shows(({ agent }) => agent.phase === 'wrapUp')
    expect(after.calls).toEqual([])
    await seat.must('agent.finishWrapUp', { code: 'registered', note: '路灯不亮' })
    expect((await view()).agent.phase).toBe('ready')
    expect(await seat.must('callLog.get', { callId: call.callId })).toMatchObject({
      ...{ direction: 'incoming', number: '2001', purpose: 'hotline', accountNo: '0803', seatNo: '02', answeredBy: 'key' },
      ...{ endedBy: 'caller', cause: 'answered', wrapUpCode: 'registered', wrapUpNote: '路灯不亮', wasResumed: false },
      recordingId: expect.any(String),
    })
  })

  it.skipIf(!hasBaresip)('consults a colleague while the citizen waits, and connects the two', async () => {
    // Independent telephones: ours refuse to be sent elsewhere, as a seat must.
    const resident = await startBaresip({ user: '2003', toneHz: 440, exchange: kamailio })
    onTestFinished(() => resident.stop())
    const office = await startBaresip({ user: '2004', toneHz: 900, exchange: kamailio, answers: 'auto' })
    onTestFinished(() => office.stop())
    await resident.command('dial', 'sip:1002@hotline.test')
    const [call] = (await shows(({ calls }) => calls[0]?.phase === 'ringing')).calls
    if (!call) throw new Error('no call')
    await seat.must('telephone.answer', { callId: call.callId })
    await resident.event('CALL_ESTABLISHED')
    const consult = await seat.must('telephone.dial', { number: '2004', purpose: 'consult' })
    await shows(({ calls }) => calls[1]?.phase === 'talking' && calls[0]?.held === 'local')
    expect(speech.joined.at(-1)).toEqual([consult.callId])
    await seat.must('telephone.swap', {})
    await shows(({ calls }) => calls[0]?.held === 'none' && calls[1]?.held === 'local')
    expect(speech.joined.at(-1)).toEqual([call.callId])
    await seat.must('telephone.completeTransfer', {})
    const after = await shows(({ calls }) => calls.length === 0)
    expect(after.agent.phase).toBe('wrapUp')
    expect(await seat.must('callLog.get', { callId: call.callId })).toMatchObject({ cause: 'transferred', endedBy: 'seat' })
    expect(await seat.must('callLog.get', { callId: consult.callId })).toMatchObject({ purpose: 'consult', direction: 'outgoing' })
    await seat.must('agent.finishWrapUp', { code: null, note: '' })
  })

  it('says that a transfer was refused, and keeps the citizen', async () => {
    const { theirs, call } = await ringing()
    await seat.must('telephone.answer', { callId: call.callId })
    await citizen.state(theirs, 'established')
    await seat.must('telephone.transferBlind', { callId: call.callId, target: '2002', caseNo: '2026-0001' })
    const told = await seat.until('notices.changed', ({ notices }) => notices.some(({ title }) => title === '转接没有成功'))
    expect(told.notices.at(-1)?.text).toContain('来电人还在线上')
    expect((await view()).calls[0]).toMatchObject({ phase: 'talking', transfer: null })
    theirs.hangUp()
    await shows(({ agent }) => agent.phase === 'wrapUp')
    await seat.must('agent.finishWrapUp', { code: null, note: '' })
    expect(await seat.must('callLog.get', { callId: call.callId })).toMatchObject({ cause: 'answered', caseNo: '2026-0001' })
  })

  it('lists a call that nobody took, until it was given back', async () => {
    const { theirs, call } = await ringing()
    theirs.hangUp()
    const log = await seat.until('callLog.changed', ({ missed }) => missed.length === 1)
    expect(log.missed[0]).toMatchObject({ number: '2001', lastCallId: call.callId, count: 1 })
    expect((await view()).agent).toMatchObject({ phase: 'notReady', forced: { by: 'unansweredRing' } })
    const dialling = seat.must('telephone.dial', { number: '2001', purpose: 'callback' })
    const back = await citizen.offered()
    await back.answer()
    const { callId } = await dialling
    await shows(({ calls }) => calls[0]?.phase === 'talking')
    await seat.must('telephone.hangUp', { callId, pressedMs: 1_200 })
    await seat.until('callLog.changed', ({ missed }) => missed.length === 0)
    expect(await seat.must('callLog.get', { callId })).toMatchObject({ endedBy: 'seat', purpose: 'callback', cause: 'answered' })
    await seat.must('agent.finishWrapUp', { code: 'followUp', note: '' })
    await seat.must('agent.showReady', {})
  })

  it('has told the centre of its calls, and what its person does now', async () => {
    await seat.until('outbox.changed', ({ waiting, parked }) => waiting === 0 && parked === 0)
    const lead = await centre.signInElsewhere('0101', '12')
    const read = async (path: string) => {
      const answer = await fetch(`${centre.url}/api/v1${path}`, { headers: { authorization: `Bearer ${lead}` } })
      return ((await answer.json()) as { items: Record<string, unknown>[] }).items
    }
    const { items: own } = await seat.must('callLog.list', {})
    const told = await read('/calls')
    expect(told.map(({ callId }) => callId)).toEqual(own.map(({ callId }) => callId))
    expect(told.find(({ wrapUpCode }) => wrapUpCode === 'registered')).toMatchObject({ accountNo: '0803', cause: 'answered' })
    expect(await read('/agents')).toMatchObject([{ accountNo: '0803', seatNo: '02', phase: 'ready' }])
    const [totals] = await read(`/agents/totals?from=${Date.now() - 3_600_000}&until=${Date.now() + 60_000}`)
    expect(totals).toMatchObject({ accountNo: '0803', missed: 1 })
    expect(Number(totals?.talkMs)).toBeGreaterThan(0)
    expect(Number(totals?.faultMs)).toBeGreaterThan(0)
  })

  it('goes on with the call after its process died', async () => {
    const { theirs, call } = await ringing()
    await seat.must('telephone.answer', { callId: call.callId })
    await citizen.state(theirs, 'established')
    await shows(({ calls }) => calls[0]?.phase === 'talking')
    stopReports()
    // The harness ends as a killed program does: nothing is said to the far side.
    await seat.stop()
    expect(theirs.view().state).toBe('established')
    await startTheSeat()
    const again = await shows(({ calls }) => calls[0]?.isResuming === false)
    expect(again.calls[0]).toMatchObject({ callId: call.callId, phase: 'talking', wasResumed: true, startedAt: call.startedAt })
    expect(again.agent).toMatchObject({ phase: 'talking', callId: call.callId })
    theirs.hangUp()
    await shows(({ agent, calls }) => calls.length === 0 && agent.phase === 'wrapUp')
    expect(await seat.must('callLog.get', { callId: call.callId })).toMatchObject({
      wasResumed: true,
      endedBy: 'caller',
      cause: 'answered',
    })
  })
})
