import type { EpochMs } from '#shared/base/clock'
import type { Database } from './database'

/** Which recordings lie at this seat, and which of them the centre has. */
export interface RecordingStore {
  /** False: it is known already. */
  insert(copy: KeptRecording): boolean
  get(recordingId: string): KeptRecording | undefined
  /** Of one that had nobody. */
  setOwner(recordingId: string, accountNo: string): void
  /** The oldest first. */
  list(): readonly KeptRecording[]
  setSent(recordingId: string, at: EpochMs): void
  remove(recordingId: string): void
}

export interface KeptRecording {
  readonly recordingId: string
  readonly callId: string
  /** Who took the call; null: nobody was signed in. */
  readonly accountNo: string | null
  readonly bytes: number
  readonly startedAt: EpochMs
  /** When the centre confirmed that it has all of it. */
  readonly sentAt: EpochMs | null
}

const columns = 'recording_id AS recordingId, call_id AS callId, account_no AS accountNo, bytes, started_at AS startedAt, sent_at AS sentAt'

export function createRecordings(database: Database): RecordingStore {
  const get = database.prepare(`SELECT ${columns} FROM recording_copy WHERE recording_id = ?`)
  const insert = database.prepare(
    'INSERT INTO recording_copy (recording_id, call_id, account_no, bytes, started_at, sent_at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const list = database.prepare(`SELECT ${columns} FROM recording_copy ORDER BY started_at, recording_id`)
  const setSent = database.prepare('UPDATE recording_copy SET sent_at = ? WHERE recording_id = ?')
  const setOwner = database.prepare('UPDATE recording_copy SET account_no = ? WHERE recording_id = ? AND account_no IS NULL')
  const remove = database.prepare('DELETE FROM recording_copy WHERE recording_id = ?')
  const rowOf = (row: unknown): KeptRecording => ({ ...(row as KeptRecording) })
  return {
    insert(copy) {
      if (get.get(copy.recordingId) !== undefined) return false
      insert.run(copy.recordingId, copy.callId, copy.accountNo, copy.bytes, copy.startedAt, copy.sentAt)
      return true
    },
    get(recordingId) {
      const row = get.get(recordingId)
      return row === undefined ? undefined : rowOf(row)
    },
    list: () => list.all().map(rowOf),
    setOwner: (recordingId, accountNo) => void setOwner.run(accountNo, recordingId),
    setSent: (recordingId, at) => void setSent.run(at, recordingId),
    remove: (recordingId) => void remove.run(recordingId),
  }
}
