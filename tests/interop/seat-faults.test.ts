import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSystemClock } from '#main/platform/system-clock'
import { createMedia, usualPorts } from '#main/telephony/media/create-media'
import type { StreamState } from '#main/telephony/media/media'
import { openRecordingFile } from '#main/telephony/media/record/recording-file'
import type { Fault } from '#shared/domain/agent/answerability'
import { createKeptLog } from '../fakes/kept-log'
import { password } from '../integration/main/harness'
import { isShort } from './extent'
import { type Baresip, hasBaresip, startBaresip } from './peers/baresip'
import { hasKamailio, type Kamailio, startKamailio } from './peers/kamailio'
import { until } from './peers/process'
import { readRecording, recordedShareAt, toneMs } from './recorded-tone'
import { openTalkingPage, type TalkingPage } from './talking-page'
import { seatToneHz, startTalkingSeat, type TalkingSeat } from './talking-seat'

/**
 * A seat that cannot answer must say so by itself, with the true reason, before the queue sends it a citizen; and what breaks during a call must not end the call.
 */
const citizenHz = 450

describe.skipIf(!hasKamailio || !hasBaresip)('a seat whose equipment fails', () => {
  let kamailio: Kamailio
  let citizen: Baresip
  let desk: TalkingSeat
  let page: TalkingPage
  let isDiskFull = false
  const folder = join(mkdtempSync(join(tmpdir(), 'seat-faults-')), 'recordings')
  const kept = new Map<string, StreamState>()
  const media = createMedia({
    ...{ clock: createSystemClock(), log: createKeptLog(), randomBytes },
    journal: {
      read: (callId) => kept.get(callId) ?? null,
      write: (callId, state) => void kept.set(callId, state),
      remove: (callId) => void kept.delete(callId),
    },
    settings: { address: () => '127.0.0.1', ports: usualPorts, srtp: () => 'off', recordingFolder: folder },
    openFile: async (path) => {
      const file = await openRecordingFile(path)
      // As the disk says it, in the words of the system.
      const full = async (): Promise<void> => {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      }
      return { ...file, append: (octets) => (isDiskFull ? full() : file.append(octets)) }
    },
  })

  beforeAll(async () => {
    kamailio = await startKamailio()
    citizen = await startBaresip({ user: '2001', toneHz: citizenHz, exchange: kamailio })
    desk = await startTalkingSeat(kamailio, { media })
    page = desk.page
  })
  afterAll(async () => {
    page?.close()
    await desk?.stop()
    await citizen?.stop()
    await kamailio?.stop()
  })

  /** Breaks, waits for 示忙 with that reason, and says how long it took. */
  async function forcedBy(fault: Fault, breaks: () => unknown, withinMs: number): Promise<number> {
    await desk.shows(({ agent }) => agent.phase === 'ready')
    const beganMs = performance.now()
    await breaks()
    const { agent } = await desk.shows(({ agent: { phase } }) => phase === 'notReady', withinMs)
    expect(agent.forced).toEqual({ by: 'fault', faults: [fault] })
    expect(await desk.seat.call('agent.showReady', {})).toMatchObject({ ok: false, error: { code: 'agent/cannotAnswer' } })
    return performance.now() - beganMs
  }
  const readyAgain = (withinMs = 10_000) => desk.shows(({ agent }) => agent.phase === 'ready' && agent.forced === null, withinMs)

  it('shows 示忙 within five seconds without a headset, and is ready again when it is back', async () => {
    expect(await forcedBy('noHeadset', () => page.reports({ microphone: 'absent', microphonePeak: 0 }), 5_000)).toBeLessThan(5_000)
    page.reports({ microphone: 'present', microphonePeak: 0.2 })
    await readyAgain()
    expect(await forcedBy('microphoneDenied', () => page.reports({ microphone: 'denied', microphonePeak: 0 }), 5_000)).toBeLessThan(5_000)
    page.reports({ microphone: 'present', microphonePeak: 0.2 })
    await readyAgain()
    expect(await forcedBy('speakerLost', () => page.reports({ isSpeakerAlive: false }), 5_000)).toBeLessThan(5_000)
    page.reports({ isSpeakerAlive: true })
    await readyAgain()
  })

  it('shows 示忙 when the microphone gives nothing but zeros', async () => {
    const tookMs = await forcedBy('microphoneSilent', () => page.reports({ microphonePeak: 0 }), 15_000)
    // A silence of people, however long, is louder than this; and it is not told before it has lasted.
    expect(tookMs).toBeGreaterThan(8_000)
    page.reports({ microphonePeak: 0.0004 })
    await readyAgain()
  })

  it('shows 示忙 when the page hangs or is gone, and is ready again with the next', async () => {
    await forcedBy('soundPathDown', () => page.hang(), 10_000)
    page.goOn()
    await readyAgain()
    await forcedBy('soundPathDown', () => page.close(), 10_000)
    page = await openTalkingPage(desk.seat.call, seatToneHz)
    await readyAgain()
  })

  async function answered(): Promise<string> {
    await citizen.command('dial', 'sip:1002@hotline.test')
    const { calls } = await desk.shows(({ calls: [call] }) => call?.phase === 'ringing')
    const callId = calls[0]?.callId ?? ''
    await desk.seat.must('telephone.answer', { callId })
    await page.hears(citizenHz)
    return callId
  }
  async function over(callId: string) {
    await citizen.command('hangup')
    await desk.shows(({ calls, agent }) => calls.length === 0 && agent.phase === 'wrapUp')
    await desk.seat.must('agent.finishWrapUp', { code: null, note: '' })
    return desk.seat.must('callLog.get', { callId })
  }

  it('keeps a call whose headset is pulled out, says that nobody is heard, and shows the fault after it', async () => {
    const callId = await answered()
    const warned = (isWarned: boolean) =>
      desk.seat.until('callQuality.changed', ({ calls: [call] }) => call?.warnings.includes('microphoneSilent') === isWarned)
    page.reports({ microphone: 'absent', microphonePeak: 0 })
    await warned(true)
    page.reports({ microphone: 'present', microphonePeak: 0.2 })
    await warned(false)
    page.reports({ microphonePeak: 0 })
    await warned(true)
    const heard = page.heard.length
    await delay(1_000)
    expect(page.heard.length, 'the citizen is still carried to the page').toBeGreaterThan(heard + 40)
    expect((await desk.shows(() => true)).calls).toMatchObject([{ callId, phase: 'talking' }])
    page.reports({ microphone: 'absent' })
    await desk.shows(({ faults, agent }) => faults.includes('noHeadset') && agent.phase === 'talking')
    expect(await over(callId)).toMatchObject({ endedBy: 'caller', cause: 'answered' })
    const { agent } = await desk.shows(({ agent: { phase } }) => phase === 'notReady')
    expect(agent.forced).toEqual({ by: 'fault', faults: ['noHeadset'] })
    page.reports({ microphone: 'present', microphonePeak: 0.2 })
    await readyAgain()
  })

  it('goes on when the disk is full in the middle of a call, keeps what was recorded, and says so', async () => {
    const callId = await answered()
    await desk.shows(({ calls: [call] }) => call?.recording === 'on')
    await delay(2_500)
    isDiskFull = true
    const { notices } = await desk.seat.until('notices.changed', ({ notices: all }) => all.some(({ text }) => text.includes('磁盘')))
    expect(notices.at(-1)).toMatchObject({ level: 'error', title: '这通电话的录音停了' })
    await desk.shows(({ calls: [call] }) => call?.phase === 'talking' && call.recording === 'off')
    await page.hears(citizenHz)
    isDiskFull = false
    const row = await over(callId)
    expect(row).toMatchObject({ endedBy: 'caller', cause: 'answered', recordingId: expect.any(String) })
    const kept = () => media.recordings.find(row.recordingId ?? '')
    await until('the recording is closed', async () => (await kept())?.sha256)
    expect(await kept()).toMatchObject({ state: 'failed', callId })
    const { left, durationMs } = readRecording(`${folder}/${row.recordingId}.wav`)
    expect(durationMs).toBeGreaterThan(1_000)
    expect(durationMs).toBeLessThan(row.endedAt - (row.answeredAt ?? 0) - 300)
    expect(toneMs(left, citizenHz)).toBeGreaterThan(700)
  })

  it('talks without a recording when the folder cannot be written, and says so', async () => {
    rmSync(folder, { recursive: true, force: true })
    // A file in the place of the folder stops also a program that runs as root.
    writeFileSync(folder, '')
    const callId = await answered()
    const { notices } = await desk.seat.until('notices.changed', ({ notices: all }) =>
      all.some(({ title }) => title === '这通电话没有录音'),
    )
    expect(notices.at(-1)).toMatchObject({ level: 'error' })
    const { calls } = await desk.shows(({ calls: [call] }) => call?.phase === 'talking')
    expect(calls[0]).toMatchObject({ recording: 'off' })
    await page.hears(citizenHz)
    expect(citizen.heard().some((file) => existsSync(file) && recordedShareAt(file, seatToneHz) > 0.8)).toBe(true)
    expect(await over(callId)).toMatchObject({ endedBy: 'caller', cause: 'answered', recordingId: null })
    rmSync(folder)
    const next = await answered()
    await desk.shows(({ calls: [call] }) => call?.recording === 'on')
    expect((await over(next)).recordingId).not.toBeNull()
  })

  it('lists the call of a citizen whom it refused because nobody was there', async () => {
    await readyAgain()
    await desk.seat.must('session.lock', {})
    const before = citizen.events('CALL_CLOSED').length
    await citizen.command('dial', 'sip:1002@hotline.test')
    await until('the citizen is told', () => citizen.events('CALL_CLOSED').length > before)
    expect(citizen.events('CALL_CLOSED').at(-1)?.param).toContain('480')
    await desk.seat.must('session.unlock', { password })
    const { missed } = await desk.seat.until('callLog.changed', ({ missed: all }) => all.length > 0)
    expect(missed).toMatchObject([{ number: '2001', count: 1 }])
    expect(await desk.seat.must('callLog.get', { callId: missed[0]?.lastCallId ?? '' })).toMatchObject({
      ...{ cause: 'missed', endedBy: 'program', sipStatus: 480, answeredAt: null, accountNo: '0803', calledNumber: '1002' },
    })
    await readyAgain()
  })

  it.skipIf(isShort)('shows 示忙 when its exchange is gone, and is ready again when that is back', { timeout: 150_000 }, async () => {
    await desk.shows(({ agent }) => agent.phase === 'ready')
    const beganMs = performance.now()
    await kamailio.stop()
    const { agent } = await desk.shows(({ agent: { phase } }) => phase === 'notReady', 90_000)
    expect(['exchangeSilent', 'notRegistered']).toContain(agent.forced?.by === 'fault' ? agent.forced.faults[0] : agent.forced?.by)
    console.log(
      `示忙 ${Math.round((performance.now() - beganMs) / 100) / 10} s after the exchange was gone: ${JSON.stringify(agent.forced)}`,
    )
    await kamailio.start()
    await readyAgain(60_000)
  })
})
