import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { sweep } from '#server/workflows/sweep'
import { playLifeMs, recordingPieceBytes } from '#shared/contracts/central-api/recordings'
import { usualRecordingDays } from '#shared/domain/call/recording'
import { callRecordOf } from '../../fixtures/calls'
import { person } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { aLawWave, appendRecording, beginRecording, play, readRecording, recordingOf, sendRecording } from '../../fixtures/recordings'
import { onEveryDatabase } from './databases'

const dayMs = 86_400_000
const wave = aLawWave(10)

const filesOf = ({ filesFolder }: TestCentral) =>
  readdirSync(filesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

async function people(central: TestCentral) {
  return {
    one: await person(central, '2001', 'intake'),
    other: await person(central, '2002', 'intake'),
    lead: await person(central, '3001', 'shiftLead'),
    admin: await person(central, '9001', 'admin'),
  }
}

async function playsIn(central: TestCentral, token: string) {
  const { body } = await central.call('audit.list', { token, query: { action: 'recording.played' } })
  return body.items as { accountNo: string; subject: string; detail: object }[]
}

onEveryDatabase('recordings of calls', (start) => {
  it('arrive in pieces, go on where they were cut, and arrive once', async () => {
    const central = await start()
    const { one } = await people(central)
    const announced = recordingOf(wave)
    const { recordingId } = announced
    const key = systemIds.uuid()
    expect((await beginRecording(central, one.token, announced, key)).body).toEqual({ recordingId, received: 0, isComplete: false })
    expect((await appendRecording(central, one.token, recordingId, 0, wave.subarray(0, 60_000))).body.received).toBe(60_000)
    // The answer was lost: the same piece again, and the same beginning under the same key.
    expect((await appendRecording(central, one.token, recordingId, 0, wave.subarray(0, 60_000))).body.received).toBe(60_000)
    expect((await beginRecording(central, one.token, announced, key)).body.received).toBe(60_000)
    const gap = await appendRecording(central, one.token, recordingId, 90_000, wave.subarray(90_000))
    expect(gap).toMatchObject({ status: 409, body: { code: 'recording/wrongOffset', detail: { expected: 60_000 } } })
    const last = await appendRecording(central, one.token, recordingId, 60_000, wave.subarray(60_000))
    expect(last.body).toEqual({ recordingId, received: wave.length, isComplete: true })
    expect((await appendRecording(central, one.token, recordingId, 60_000, wave.subarray(60_000))).body.isComplete).toBe(true)
    expect(filesOf(central)).toEqual([`${recordingId}.original`])
  })

  it('are refused when they are not what was announced, and start over', async () => {
    const central = await start()
    const { one } = await people(central)
    const announced = recordingOf(wave, { sha256: 'a'.repeat(64) })
    expect(await sendRecording(central, one.token, wave, announced)).toMatchObject({
      status: 422,
      body: { code: 'recording/hashMismatch' },
    })
    expect((await beginRecording(central, one.token, announced)).body.received).toBe(0)
    expect(filesOf(central)).toEqual([])
    const tooMuch = await appendRecording(central, one.token, announced.recordingId, 0, Buffer.concat([wave, Buffer.from('x')]))
    expect(tooMuch.body.code).toBe('recording/tooLong')
  })

  it('that are no recordings of calls are refused for good and leave nothing', async () => {
    const central = await start()
    const { one } = await people(central)
    const page = Buffer.from(`<script>alert(1)</script>${' '.repeat(100)}`)
    const announced = recordingOf(page, { durationMs: 1_000 })
    expect((await sendRecording(central, one.token, page, announced)).body.code).toBe('recording/wrongType')
    expect((await beginRecording(central, one.token, announced)).body.code).toBe('recording/wrongType')
    expect(filesOf(central)).toEqual([])
  })

  it('cannot be taken over, continued or replaced by another person', async () => {
    const central = await start()
    const { one, other, lead } = await people(central)
    const announced = recordingOf(wave)
    await beginRecording(central, one.token, announced)
    expect((await beginRecording(central, other.token, announced)).body.code).toBe('record/exists')
    expect((await beginRecording(central, one.token, { ...announced, bytes: 7 })).body.code).toBe('record/exists')
    for (const { token } of [other, lead])
      expect((await appendRecording(central, token, announced.recordingId, 0, wave)).body.code).toBe('recording/unknown')
  })

  it('are heard by who took the call and by who reviews calls, each time with a line in the audit', async () => {
    const central = await start()
    const { one, other, lead, admin } = await people(central)
    const announced = recordingOf(wave, { marks: [{ kind: 'pause', atMs: 1_000 }] })
    await sendRecording(central, one.token, wave, announced)
    for (const { token } of [one, lead]) {
      const playId = systemIds.uuid()
      const begun = await play(central, token, announced, { playId })
      expect(begun.body.recording).toMatchObject({ ...announced, accountNo: '2001', state: 'ready', purgedAt: null })
      // The answer was lost: it is one play, and one line.
      expect((await play(central, token, announced, { playId })).status).toBe(200)
      const piece = await readRecording(central, token, announced.recordingId, { playId, from: 100, length: 5_000 })
      expect(Buffer.compare(piece.body, wave.subarray(100, 5_100))).toBe(0)
      expect(piece.headers['cache-control']).toBe('no-store')
      const tail = await readRecording(central, token, announced.recordingId, { playId, from: wave.length - 10, length: 5_000 })
      expect(tail.body).toHaveLength(10)
    }
    expect(await play(central, other.token, announced)).toMatchObject({ status: 404, body: { code: 'recording/unknown' } })
    const plays = await playsIn(central, admin.token)
    expect(plays.map(({ accountNo }) => accountNo).toSorted()).toEqual(['2001', '3001'])
    expect(plays[0]).toMatchObject({
      subject: announced.recordingId,
      detail: { callId: announced.callId, ownerNo: '2001', source: 'centre' },
    })
  })

  it('give no octet without a play of that person, of that recording, begun a while ago at most', async () => {
    const central = await start()
    const { one, lead } = await people(central)
    const [announced, another] = [recordingOf(wave), recordingOf(wave)]
    for (const each of [announced, another]) await sendRecording(central, one.token, wave, each)
    const [mine, ofAnother, atSeat] = [systemIds.uuid(), systemIds.uuid(), systemIds.uuid()]
    await play(central, one.token, announced, { playId: mine })
    await play(central, lead.token, another, { playId: ofAnother })
    await play(central, lead.token, announced, { playId: atSeat, source: 'seat' })
    const status = async (token: string, playId: string) =>
      (await readRecording(central, token, announced.recordingId, { playId, from: 0, length: 10 })).status
    expect(await status(one.token, mine)).toBe(200)
    for (const playId of [systemIds.uuid(), mine, ofAnother, atSeat]) expect(await status(lead.token, playId)).toBe(404)
    expect(await status(one.token, systemIds.uuid())).toBe(404)
    await central.clock.advance(playLifeMs)
    expect(await status(one.token, mine)).toBe(404)
  })

  it('count what was heard at a seat from its own copy, before the centre has it, too', async () => {
    const central = await start()
    const { one, admin } = await people(central)
    const announced = recordingOf(wave)
    expect(await play(central, one.token, announced, { source: 'seat' })).toMatchObject({ status: 200, body: { recording: null } })
    expect(await playsIn(central, admin.token)).toMatchObject([{ subject: announced.recordingId, detail: { source: 'seat' } }])
    await beginRecording(central, one.token, announced)
    expect((await play(central, one.token, announced)).body.code).toBe('recording/notReady')
  })

  it('are purged when their time is over: the sound is gone, the row says so, and the audit too', async () => {
    const central = await start()
    const { one, admin } = await people(central)
    const old = recordingOf(wave, { startedAt: central.clock.now() - usualRecordingDays * dayMs + 60_000 })
    const young = recordingOf(wave, { startedAt: central.clock.now() })
    for (const each of [old, young]) await sendRecording(central, one.token, wave, each)
    const playId = systemIds.uuid()
    await play(central, one.token, old, { playId })
    await sweep(central.central.services)
    expect(filesOf(central)).toHaveLength(2)
    await central.clock.advance(60_001)
    await sweep(central.central.services)
    await sweep(central.central.services)
    expect(filesOf(central)).toEqual([`${young.recordingId}.original`])
    const { token } = one
    expect((await play(central, token, old)).body.code).toBe('recording/purged')
    expect((await beginRecording(central, token, old)).body.code).toBe('recording/purged')
    const { body } = await central.call('audit.list', {
      token: admin.token,
      query: { action: 'recording.purged' },
    })
    expect(body.items).toMatchObject([
      { subject: old.recordingId, accountNo: null, detail: { callId: old.callId, days: usualRecordingDays } },
    ])
  })

  it('are held for a dispute beyond their days, by who reviews calls, until somebody lets them go', async () => {
    const central = await start()
    const { one, lead, admin } = await people(central)
    const old = recordingOf(wave, { startedAt: central.clock.now() - usualRecordingDays * dayMs + 60_000 })
    const record = callRecordOf({ callId: old.callId, startedAt: old.startedAt, recordingId: old.recordingId })
    await sendRecording(central, one.token, wave, old)
    await central.call('calls.keep', { token: one.token, params: { callId: old.callId }, body: record, key: systemIds.uuid() })
    const { recordingId } = old
    const holdId = systemIds.uuid()
    const hold = (token: string, id = holdId, reason = '来电人投诉态度') =>
      central.call('recordings.hold', { token, params: { recordingId, holdId: id }, body: { reason } })
    const release = (reason: string) =>
      central.call('recordings.release', { token: lead.token, params: { recordingId, holdId }, body: { reason } })
    const held = async () =>
      (await central.call('calls.list', { token: lead.token, query: { which: 'held' } })).body.items.map(
        (call: { hold: unknown }) => call.hold,
      )

    expect((await hold(one.token)).status).toBe(403)
    expect((await hold(lead.token)).body).toMatchObject({ holdId, reason: '来电人投诉态度', byNo: '3001' })
    // The answer was lost, and the same is asked again: one hold, one line in the audit.
    expect((await hold(lead.token)).status).toBe(200)
    expect((await hold(lead.token, systemIds.uuid())).body.code).toBe('recording/held')
    expect(await held()).toMatchObject([{ holdId, byNo: '3001' }])
    await central.clock.advance(60_001)
    await sweep(central.central.services)
    expect(filesOf(central)).toEqual([`${recordingId}.original`])
    expect((await release('x')).status).toBe(422)
    expect((await release('已和解')).status).toBe(200)
    expect((await release('已和解')).status).toBe(200)
    expect(await held()).toEqual([])
    await sweep(central.central.services)
    expect(filesOf(central)).toEqual([])
    expect((await hold(lead.token, systemIds.uuid())).body.code).toBe('recording/purged')
    for (const [action, reason] of [
      ['recording.held', '来电人投诉态度'],
      ['recording.released', '已和解'],
    ] as const)
      expect((await central.call('audit.list', { token: admin.token, query: { action } })).body.items).toMatchObject([
        { accountNo: '3001', subject: recordingId, detail: { reason } },
      ])
  })

  it('stand with their calls in the list: not recorded, awaited, here', async () => {
    const central = await start()
    const { one, lead } = await people(central)
    const here = recordingOf(wave)
    await sendRecording(central, one.token, wave, here)
    for (const [minute, recordingId] of [null, systemIds.uuid(), here.recordingId].entries()) {
      const call = callRecordOf({ callId: systemIds.uuid(), recordingId, startedAt: 1_800_000_000_000 - minute })
      await central.call('calls.keep', { token: one.token, params: { callId: call.callId }, body: call, key: systemIds.uuid() })
    }
    const { items } = (await central.call('calls.list', { token: lead.token })).body
    expect(items.map(({ recordingState }: { recordingState: string | null }) => recordingState)).toEqual([null, 'awaited', 'ready'])
  })

  it('take no piece beyond their size', async () => {
    const central = await start()
    const { one } = await people(central)
    const announced = recordingOf(wave, { bytes: recordingPieceBytes * 2 })
    await beginRecording(central, one.token, announced)
    const answer = await appendRecording(central, one.token, announced.recordingId, 0, Buffer.alloc(recordingPieceBytes + 1))
    expect(answer.status).toBe(413)
  })
})
