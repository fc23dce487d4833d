import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#main/store/open-store'
import { recordingPieceBytes } from '#shared/contracts/central-api/recordings'
import { createKeptLog } from '../../fakes/kept-log'
import { callRecordOf } from '../../fixtures/calls'
import { aLawWave } from '../../fixtures/recordings'
import {
  createSeatPlace,
  createShiftedClock,
  eventually,
  password,
  type SeatPlace,
  startCentre,
  type TestCentre,
  type TestSeat,
} from './harness'

/** What a seat does with the recordings of its calls, against a real centre: a call's file lies in the folder as the recorder leaves it. */
let centre: TestCentre
let place: SeatPlace
beforeEach(async () => {
  centre = await startCentre()
  place = createSeatPlace(centre.proxy.url)
})
afterEach(async () => {
  await place.remove()
  await centre.stop()
})

const wave = aLawWave(80)
const ids = (index: number) => ({
  callId: `0191f5e0-0000-7000-8000-00000000a00${index}`,
  recordingId: `0191f5e0-0000-7000-8000-00000000b00${index}`,
})
/** 受理员 of the demonstration. */
const taker = '0201'

/** A call of `accountNo` is over and its file is whole; nothing is queued yet, as when the program died in between. */
function leave(
  index: number,
  { accountNo = taker, sha256 = createHash('sha256').update(wave).digest('hex') } = {},
): ReturnType<typeof ids> {
  const { callId, recordingId } = ids(index)
  const folder = join(place.dataFolder, 'recordings')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${recordingId}.wav`), wave)
  const notes = { recordingId, callId, state: 'finished', startedAt: Date.now(), durationMs: 80_000, bytes: wave.length, sha256, marks: [] }
  writeFileSync(join(folder, `${recordingId}.json`), JSON.stringify(notes))
  const [file, backupFolder] = [join(place.dataFolder, 'seat.db'), join(place.dataFolder, 'backups')]
  const opened = openStore({ file, backupFolder, key: null, clock: createShiftedClock(), log: createKeptLog() })
  if (!opened.ok) throw new Error(opened.error.code)
  opened.value.transaction(() => opened.value.calls.put(callRecordOf({ callId, recordingId, accountNo, startedAt: Date.now() })))
  opened.value.close()
  return { callId, recordingId }
}

async function signedIn(accountNo = taker): Promise<TestSeat> {
  const seat = await place.start()
  await seat.must('session.signIn', { accountNo, password })
  return seat
}
const waiting = async (seat: TestSeat) =>
  (await seat.state('outbox.changed'))?.intents.filter(({ kind }) => kind === 'recording.upload') ?? []
const appends = ({ recordingId }: { recordingId: string }) => centre.proxy.requests(`/api/v1/recordings/${recordingId}/content`, 'PUT')
const pieces = Math.ceil(wave.length / recordingPieceBytes)

async function filesAtCentre(): Promise<readonly string[]> {
  return readdirSync(centre.filesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
}

describe('the recording of a call', () => {
  it('that nobody queued is found, goes up once, and stays here until its days are over', async () => {
    const left = leave(1)
    const first = await signedIn()
    await eventually(async () => (await filesAtCentre()).includes(`${left.recordingId}.original`), 'the recording is at the centre')
    await eventually(async () => (await waiting(first)).length === 0, 'nothing waits')
    expect(appends(left)).toBe(pieces)
    expect(existsSync(join(place.dataFolder, 'recordings', `${left.recordingId}.wav`))).toBe(true)
    await first.stop()
    const second = await place.start()
    await second.until('connection.changed', ({ state }) => state === 'online')
    expect(await waiting(second)).toEqual([])
    expect(appends(left)).toBe(pieces)
  })

  it('goes on where the line was cut, and an answer that was lost sends nothing twice', async () => {
    const left = leave(2)
    const path = `/api/v1/recordings/${left.recordingId}/content`
    centre.proxy.set('resetAfterCommit', { path, times: 1 })
    const seat = await signedIn()
    await eventually(async () => (await waiting(seat)).length === 0, 'nothing waits', 20_000)
    expect(centre.proxy.faults()).toBe(1)
    expect(await filesAtCentre()).toEqual([`${left.recordingId}.original`])
    // The first piece was there: only the others followed.
    expect(appends(left)).toBe(pieces)
  })

  it('whose file is not what its notes say is refused, and waits for a person; nobody takes it back', async () => {
    leave(3, { sha256: 'b'.repeat(64) })
    const seat = await signedIn()
    await eventually(async () => (await waiting(seat))[0]?.state === 'parked', 'it is parked')
    const [parked] = await waiting(seat)
    expect(parked).toMatchObject({ title: '通话录音', reason: { code: 'recording/hashMismatch' }, editableText: null })
    expect(await seat.call('outbox.withdraw', { intentId: parked?.intentId ?? '' })).toMatchObject({
      ok: false,
      error: { code: 'intent/notWithdrawable' },
    })
    expect(await filesAtCentre()).toEqual([])
  })
})

describe('listening at a seat', () => {
  it('plays the copy of this PC to who took the call, without the centre too, and the audit hears of it later', async () => {
    const left = leave(4)
    const seat = await signedIn()
    await eventually(async () => (await waiting(seat)).length === 0, 'it is at the centre')
    centre.proxy.set('cut')
    const opened = await seat.must('recordings.open', left)
    expect(opened).toMatchObject({ source: 'seat', durationMs: 80_000 })
    expect(opened.peaks.left).toHaveLength(600)
    expect(await octetsOf(seat, opened.playId, 10, 200)).toEqual(wave.subarray(10, 200))
    centre.proxy.set('pass')
    await eventually(async () => (await plays()).length === 1, 'the centre knows of the play', 20_000)
    expect(await plays()).toMatchObject([{ accountNo: taker, subject: left.recordingId, detail: { source: 'seat', callId: left.callId } }])
  })

  it('is refused to another seat person, and allowed to the shift lead', async () => {
    const left = leave(5)
    const seat = await signedIn('0202')
    expect(await seat.call('recordings.open', left)).toMatchObject({ error: { code: 'recording/notYours' } })
    await seat.must('session.signOut', {})
    await seat.must('session.signIn', { accountNo: '0101', password })
    expect(await seat.must('recordings.open', left)).toMatchObject({ source: 'seat' })
  })

  it('ends when its person locks the seat or leaves', async () => {
    const left = leave(6)
    const seat = await signedIn()
    const { playId } = await seat.must('recordings.open', left)
    expect(seat.seat.playback(playId)).toMatchObject({ bytes: wave.length })
    await seat.must('session.lock', {})
    expect(seat.seat.playback(playId)).toBeUndefined()
    await seat.must('session.unlock', { password })
    expect(seat.seat.playback(playId)).toBeDefined()
    await seat.must('session.signOut', {})
    expect(seat.seat.playback(playId)).toBeUndefined()
    expect(seat.seat.playback('0191f5e0-0000-7000-8000-00000000ffff')).toBeUndefined()
  })

  it('of another seat’s call comes from the centre, audited before the first octet', async () => {
    const left = leave(7)
    const seat = await signedIn()
    await eventually(async () => (await waiting(seat)).length === 0, 'it is at the centre')
    const elsewhere = createSeatPlace(centre.proxy.url, '03')
    try {
      const lead = await elsewhere.start()
      await lead.must('session.signIn', { accountNo: '0101', password })
      const opened = await lead.must('recordings.open', left)
      expect(opened).toMatchObject({ source: 'centre', durationMs: 80_000 })
      expect(await plays()).toMatchObject([{ accountNo: '0101', detail: { source: 'centre', ownerNo: taker } }])
      expect(await octetsOf(lead, opened.playId, 0, wave.length)).toEqual(wave)
      expect(await octetsOf(lead, opened.playId, recordingPieceBytes - 5, recordingPieceBytes + 5)).toHaveLength(10)
    } finally {
      await elsewhere.remove()
    }
  })
})

async function octetsOf({ seat }: TestSeat, playId: string, from: number, until: number): Promise<Buffer> {
  const octets: Uint8Array[] = []
  for await (const piece of seat.playback(playId)?.read(from, until) ?? []) octets.push(piece)
  return Buffer.concat(octets)
}

async function plays() {
  const token = await centre.signInElsewhere('0001', '12')
  const answer = await fetch(`${centre.url}/api/v1/audit?action=recording.played`, { headers: { authorization: `Bearer ${token}` } })
  return ((await answer.json()) as { items: { accountNo: string; subject: string; detail: object }[] }).items
}
