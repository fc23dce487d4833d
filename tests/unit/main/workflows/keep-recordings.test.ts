import { beforeEach, describe, expect, it } from 'vitest'
import type { Intent, KeptRecording } from '#main/workflows/ports'
import { createRecordingKeeper, type RecordingKeeperParts } from '#main/workflows/recordings/keep-recordings'
import { ok } from '#shared/base/result'
import { createFakeClock } from '../../../fakes/fake-clock'
import { createKeptLog } from '../../../fakes/kept-log'
import { callRecordOf } from '../../../fixtures/calls'

const dayMs = 86_400_000
const GiB = 1_024 ** 3
const start = Date.UTC(2026, 10, 21, 1)
const recording = (recordingId: string, given = {}) => ({
  ...{ recordingId, callId: `call-${recordingId}`, state: 'finished' as const, startedAt: start, durationMs: 1, bytes: GiB },
  ...{ sha256: 'a'.repeat(64), marks: [] },
  ...given,
})

/** A seat in memory: what it holds, what it queued, what it said. */
function bench() {
  const clock = createFakeClock(start)
  const copies = new Map<string, KeptRecording>()
  const intents: Intent[] = []
  const [removed, said]: [string[], string[]] = [[], []]
  const disk = { freeBytes: (100 * GiB) as number | null, files: [] as ReturnType<typeof recording>[] }
  const owners = new Map<string, string | null>()
  const live = new Map<string, { accountNo: string | null }>()
  let made = 0
  const parts = {
    store: {
      transaction: (work: () => unknown) => ok(work()),
      recordings: {
        insert: (copy: KeptRecording) => !copies.has(copy.recordingId) && Boolean(copies.set(copy.recordingId, copy)),
        list: () => [...copies.values()],
        setOwner: (id: string, accountNo: string) => void copies.set(id, { ...(copies.get(id) as KeptRecording), accountNo }),
        remove: (id: string) => void copies.delete(id),
      },
      calls: {
        get: (callId: string) => (owners.has(callId) ? callRecordOf({ callId, accountNo: owners.get(callId) ?? null }) : undefined),
        live: { get: (callId: string) => live.get(callId) },
      },
      intents: { append: (intent: Intent) => void intents.push(intent) },
    },
    recordings: {
      list: async () => disk.files,
      remove: async (id: string) => Boolean(removed.push(id)),
      freeBytes: async () => disk.freeBytes,
    },
    outbox: { lookAgain: () => undefined },
    notices: { raise: (key: string) => void said.push(`raise ${key}`), settle: (key: string) => void said.push(`settle ${key}`) },
    ids: { uuid: () => `id-${++made}` },
    ...{ clock, now: () => clock.now(), log: createKeptLog() },
  } as unknown as RecordingKeeperParts
  return { keeper: createRecordingKeeper(parts), clock, copies, intents, removed, said, disk, owners, live }
}

let seat: ReturnType<typeof bench>
beforeEach(() => {
  seat = bench()
})

describe('a finished recording', () => {
  it('is queued once, under who took the call, however often it is told of', async () => {
    seat.owners.set('call-a', '2001')
    seat.keeper.finished(recording('a'))
    seat.keeper.finished(recording('a'))
    seat.disk.files = [recording('a')]
    await seat.keeper.adopt()
    expect(seat.intents).toMatchObject([{ kind: 'recording.upload', accountNo: '2001', body: { recordingId: 'a', callId: 'call-a' } }])
  })

  it('of a call in which nobody was signed in goes with whoever comes next, once', () => {
    seat.keeper.finished(recording('a'))
    expect(seat.intents).toEqual([])
    expect(seat.keeper.claim('2002')).toEqual(['call-a'])
    expect(seat.keeper.claim('2003')).toEqual([])
    expect(seat.intents).toMatchObject([{ kind: 'recording.upload', accountNo: '2002', body: { recordingId: 'a' } }])
  })

  it('whose call is not over yet goes under who speaks in it', () => {
    seat.live.set('call-a', { accountNo: '2002' })
    seat.keeper.finished(recording('a'))
    expect(seat.intents).toMatchObject([{ accountNo: '2002' }])
  })

  it('of a call without a person stays here, and one that is not whole is nobody’s yet', () => {
    seat.owners.set('call-a', null)
    seat.keeper.finished(recording('a'))
    seat.keeper.finished(recording('b', { state: 'recording', sha256: null }))
    seat.keeper.finished(recording('c', { state: 'failed', sha256: null }))
    expect(seat.intents).toEqual([])
    expect([...seat.copies.keys()]).toEqual(['a'])
  })
})

describe('copies at the seat', () => {
  const hold = (recordingId: string, sentAt: number | null, startedAt = start) =>
    seat.copies.set(recordingId, { recordingId, callId: 'c', accountNo: '2001', bytes: GiB, startedAt, sentAt })

  it('are looked through every hour, and go when their days are over', async () => {
    hold('sent', start)
    hold('waiting', null)
    await seat.clock.advance(6 * dayMs)
    expect(seat.removed).toEqual([])
    await seat.clock.advance(dayMs)
    expect(seat.removed).toEqual(['sent'])
    expect([...seat.copies.keys()]).toEqual(['waiting'])
  })

  it('make room on a full disk, and what is still missing is said until it is there', async () => {
    hold('sent', start)
    hold('waiting', null)
    seat.disk.freeBytes = GiB / 4
    await seat.keeper.tidy()
    expect(seat.removed).toEqual(['sent'])
    expect(seat.said).toEqual(['raise recordings/room'])
    seat.disk.freeBytes = 3 * GiB
    await seat.keeper.tidy()
    expect(seat.said.at(-1)).toBe('settle recordings/room')
    expect([...seat.copies.keys()]).toEqual(['waiting'])
  })
})
