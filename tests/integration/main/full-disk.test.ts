/** A seat whose disk is full, or cannot be written, while a shift is handed over: on a real file system of a few megabytes, mounted for the test. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSeatPlace, password, startCentre, type TestCentre } from './harness'

const mount = (...args: string[]) => execFileSync('mount', args, { stdio: 'ignore' })
/** Only who may mount can have a disk of their own that is full. */
const canMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'seat-mount-'))
  try {
    mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder)
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})()

describe.runIf(canMount)('a seat on a small disk', () => {
  let centre: TestCentre
  let disk: string
  beforeEach(async () => {
    centre = await startCentre()
    disk = mkdtempSync(join(tmpdir(), 'seat-disk-'))
    mount('-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk)
  })
  afterEach(async () => {
    await centre.stop()
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })

  /** Writes until there is no room for another byte. */
  function fill(): () => void {
    const filler = join(disk, 'filler')
    const file = openSync(filler, 'w')
    for (const piece of [Buffer.alloc(65_536), Buffer.alloc(1)]) {
      try {
        for (;;) writeSync(file, piece)
      } catch {
        // No room for a piece of this size.
      }
    }
    closeSync(file)
    expect(statfsSync(disk).bavail).toBe(0)
    return () => unlinkSync(filler)
  }
  const now = Date.now()
  const shift = { shiftId: '2026-11-20/morning', name: '上午班', startsAt: now - 6 * 3_600_000, endsAt: now + 60_000 }
  const judgement = '友协大街井盖未复位前经办人不下班。'
  const words = { judgement, focus: '', reminder: '' }

  it('says in words that the disk is full, keeps nothing half, and keeps everything once there is room', async () => {
    const place = createSeatPlace(centre.proxy.url, '01', join(disk, 'seat'))
    const seat = await place.start()
    await seat.must('session.signIn', { accountNo: '0101', password, shift })
    const { handoverId } = await seat.must('handover.begin', { form: 'lead' })
    const key = `handover/${handoverId}`
    await seat.must('drafts.save', { key, body: JSON.stringify(words) })

    const makeRoom = fill()
    // What of the write-ahead log is free is used up first.
    let refused: unknown
    for (let more = 1; more <= 400 && refused === undefined; more++) {
      const saved = await seat.call('drafts.save', {
        key,
        body: JSON.stringify({ ...words, reminder: '盯'.repeat(1900), focus: String(more) }),
      })
      if (!saved.ok) refused = saved.error
    }
    expect(refused).toMatchObject({ code: 'store/full', message: expect.stringContaining('本机磁盘已满') })
    expect(await seat.call('handover.seal', { handoverId, ...words })).toMatchObject({ ok: false, error: { code: 'store/full' } })
    expect(await seat.call('dutyLog.append', { kind: 'event', text: '磁盘满时写下的' })).toMatchObject({ error: { code: 'store/full' } })
    const stands = await seat.until('handover.changed', ({ handovers }) => handovers.length === 1)
    expect(stands.handovers[0]).toMatchObject({ stage: 'drafting', sealed: null, conflicts: [] })

    makeRoom()
    await seat.must('drafts.save', { key, body: JSON.stringify(words) })
    await seat.must('dutyLog.append', { kind: 'event', text: '有了空间再记' })
    await seat.must('handover.seal', { handoverId, ...words })
    await seat.stop()
    const again = await place.start()
    const view = await again.until('handover.changed', ({ handovers }) => handovers.length === 1)
    expect(view.handovers[0]).toMatchObject({ stage: 'sealed', words, conflicts: [] })
    await again.until('outbox.changed', ({ waiting, parked }) => waiting + parked === 0)
    const { proofs } = await again.must('dutyLog.verify', {})
    expect(proofs.map(({ findings }) => findings)).toEqual([[]])
    await again.stop()
  })

  it('refuses to start on a folder that cannot be written, and has every word once it can', async () => {
    const place = createSeatPlace(centre.proxy.url, '01', join(disk, 'seat'))
    const seat = await place.start()
    await seat.must('session.signIn', { accountNo: '0101', password, shift })
    const { handoverId } = await seat.must('handover.begin', { form: 'lead' })
    const key = `handover/${handoverId}`
    await seat.must('drafts.save', { key, body: JSON.stringify(words) })
    await seat.stop()
    mount('-o', 'remount,ro', disk)
    await expect(place.start()).rejects.toThrow(/store\/readOnly/)
    mount('-o', 'remount,rw', disk)
    const again = await place.start()
    expect(await again.must('drafts.get', { key })).toMatchObject({ body: JSON.stringify(words) })
    await again.must('handover.seal', { handoverId, ...words })
    await again.stop()
  })
})
