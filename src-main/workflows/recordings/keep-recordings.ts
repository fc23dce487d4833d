import type { Clock, EpochMs, Ids, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { copiesToRemove, isShortOfRoom } from '#shared/domain/call/recording'
import type { Recording, Recordings } from '../../telephony/media/media'
import type { Notices } from '../notices'
import type { Outbox, Store } from '../ports'
import type { KeptCall } from '../telephone/call-facts'
import type { RecordingUploadBody } from './upload-recording'

/**
 * The recordings of this seat: each finished one is queued for the centre, exactly once, and its copy stays here until the centre has confirmed it and
 * some days more. What is found finished in the folder without being known, because the program died in between, is queued when the program starts.
 */
export interface RecordingKeeper {
  /** A call's file is closed and hashed. */
  finished(recording: Recording): void
  /** Recordings of calls in which nobody was signed in go with this person. The calls that they are of. */
  claim(accountNo: string): readonly string[]
  /** Looks through the folder. Never rejects. */
  adopt(): Promise<void>
  /** Removes the copies that have served, or that make room. Never rejects. */
  tidy(): Promise<void>
  stop: Stop
}

export interface RecordingKeeperParts {
  readonly store: Pick<Store, 'transaction' | 'recordings' | 'calls' | 'intents'>
  readonly recordings: Pick<Recordings, 'list' | 'remove' | 'freeBytes'>
  readonly outbox: Pick<Outbox, 'lookAgain'>
  readonly notices: Notices
  readonly ids: Ids
  readonly clock: Clock
  readonly now: () => EpochMs
  readonly log: Log
}

const tidyEveryMs = 3_600_000
const roomNotice = 'recordings/room'

export function createRecordingKeeper(parts: RecordingKeeperParts): RecordingKeeper {
  const { store, recordings, outbox, notices, ids, clock, now, log } = parts

  /** Who took the call: from its record, or from the live call when the file was closed before the call was. */
  function ownerOf(callId: string): string | null {
    const live = store.calls.live.get(callId, 'call') as KeptCall | undefined
    return store.calls.get(callId)?.accountNo ?? live?.accountNo ?? null
  }

  function finished({ recordingId, callId, state, sha256, bytes, startedAt }: Recording): void {
    if (state !== 'finished' || sha256 === null) return
    const accountNo = ownerOf(callId)
    const queued = store.transaction(() => {
      if (!store.recordings.insert({ recordingId, callId, accountNo, bytes, startedAt, sentAt: null })) return false
      // Nobody was signed in: it waits here for whoever comes next.
      if (accountNo === null) return false
      queue(recordingId, callId, accountNo)
      return true
    })
    if (!queued.ok) log.error('recording not queued', { recordingId, code: queued.error.code })
    else if (queued.value) outbox.lookAgain()
  }

  function queue(recordingId: string, callId: string, accountNo: string): void {
    store.intents.append({
      ...{ intentId: ids.uuid(), kind: 'recording.upload', subject: `recording/${recordingId}`, accountNo, createdAt: now() },
      body: { recordingId, callId } satisfies RecordingUploadBody,
      ...{ state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
    })
  }

  function claim(accountNo: string): readonly string[] {
    const nobodys = store.recordings.list().filter((copy) => copy.accountNo === null && copy.sentAt === null)
    if (nobodys.length === 0) return []
    const queued = store.transaction(() => {
      for (const { recordingId, callId } of nobodys) {
        store.recordings.setOwner(recordingId, accountNo)
        queue(recordingId, callId, accountNo)
      }
    })
    if (!queued.ok) {
      log.error('recordings not claimed', { code: queued.error.code })
      return []
    }
    outbox.lookAgain()
    return nobodys.map(({ callId }) => callId)
  }

  async function adopt(): Promise<void> {
    for (const recording of await recordings.list()) finished(recording)
  }

  async function tidy(): Promise<void> {
    const freeBytes = await recordings.freeBytes()
    for (const recordingId of copiesToRemove(store.recordings.list(), { now: now(), freeBytes })) {
      await recordings.remove(recordingId)
      store.transaction(() => store.recordings.remove(recordingId), 'processDeath')
      log.info('copy of a recording removed', { recordingId })
    }
    if (!isShortOfRoom(await recordings.freeBytes())) return notices.settle(roomNotice)
    notices.raise(roomNotice, {
      level: 'error',
      title: '本机磁盘快满，录音可能存不下',
      text: '已送到中心的录音都已清理；通话不受影响。请通知系统管理员清理磁盘。',
      opens: null,
    })
  }

  const failed = (cause: unknown): void => log.error('recordings not looked through', { cause })
  const stop = clock.every(tidyEveryMs, () => void tidy().catch(failed))
  return { finished, claim, adopt: () => adopt().catch(failed), tidy: () => tidy().catch(failed), stop }
}
