import type { EpochMs } from '#shared/base/clock'
import type { RecordingAnnouncement, RecordingOnFile } from '#shared/contracts/central-api/recordings'
import type { Database, Statements } from './open-database'
import type { RecordingRow } from './schema'

/**
 * Recordings without their sound. Every change of an upload names the state that it was in, so that of two requests for the same one, in whatever
 * process, one wins and the other sees that it lost.
 */
type Reader = Database | Statements

export interface RecordingRecord extends RecordingOnFile {
  readonly accountId: string
  readonly received: number
}

const recordOf = (row: RecordingRow): RecordingRecord => ({
  recordingId: row.recording_id,
  callId: row.call_id,
  accountId: row.account_id,
  accountNo: row.account_no,
  seatNo: row.seat_no,
  startedAt: row.started_at,
  durationMs: row.duration_ms,
  bytes: row.bytes,
  sha256: row.sha256,
  marks: JSON.parse(row.marks) as RecordingOnFile['marks'],
  peaks: JSON.parse(row.peaks) as RecordingOnFile['peaks'],
  received: row.received,
  state: row.state,
  uploadedAt: row.uploaded_at,
  purgedAt: row.purged_at,
})

/** False when the id is taken. */
export async function insertRecording(
  trx: Statements,
  announced: RecordingAnnouncement,
  owner: { readonly accountId: string; readonly accountNo: string; readonly seatNo: string },
  at: EpochMs,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('recording')
    .values({
      recording_id: announced.recordingId,
      call_id: announced.callId,
      account_id: owner.accountId,
      account_no: owner.accountNo,
      seat_no: owner.seatNo,
      started_at: announced.startedAt,
      duration_ms: announced.durationMs,
      bytes: announced.bytes,
      sha256: announced.sha256,
      marks: JSON.stringify(announced.marks),
      peaks: JSON.stringify(announced.peaks),
      received: 0,
      state: 'receiving',
      touched_at: at,
    })
    .onConflict((conflict) => conflict.column('recording_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function findRecording(db: Reader, recordingId: string): Promise<RecordingRecord | undefined> {
  const row = await db.selectFrom('recording').selectAll().where('recording_id', '=', recordingId).executeTakeFirst()
  return row && recordOf(row)
}

/** States by recording, for a page of calls. */
export async function statesOf(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, RecordingOnFile['state']>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('recording').select(['recording_id', 'state']).where('recording_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.recording_id, row.state]))
}

/** False when the upload stands somewhere else by now. */
export async function moveRecording(db: Reader, recordingId: string, from: number, to: number, at: EpochMs): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recording')
    .set({ received: to, touched_at: at })
    .where('recording_id', '=', recordingId)
    .where('received', '=', from)
    .where('state', '=', 'receiving')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** True for whoever was first to decide. */
export async function settleRecording(trx: Statements, record: RecordingRecord, state: 'ready' | 'refused', at: EpochMs): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('recording')
    .set({ state, touched_at: at, ...(state === 'ready' && { uploaded_at: at }) })
    .where('recording_id', '=', record.recordingId)
    .where('state', '=', 'receiving')
    .where('received', '=', record.bytes)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Begun before `before`, whole or not, and held by nobody; the oldest first. */
export async function listRecordingsBefore(db: Reader, before: EpochMs, limit: number): Promise<readonly RecordingRecord[]> {
  const rows = await db
    .selectFrom('recording')
    .selectAll()
    .where('state', 'in', ['ready', 'receiving', 'refused'])
    .where('started_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('recording_hold')
            .select('hold_id')
            .whereRef('recording_hold.recording_id', '=', 'recording.recording_id')
            .where('released_at', 'is', null),
        ),
      ),
    )
    .orderBy('started_at')
    .limit(limit)
    .execute()
  return rows.map(recordOf)
}

/** True for whoever was first. */
export async function markPurged(trx: Statements, recordingId: string, at: EpochMs): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('recording')
    .set({ state: 'purged', purged_at: at })
    .where('recording_id', '=', recordingId)
    .where('state', '!=', 'purged')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export interface Play {
  readonly playId: string
  readonly recordingId: string
  readonly accountId: string
  readonly source: 'seat' | 'centre'
  readonly begunAt: EpochMs
}

/** False when there is one with this id. */
export async function insertPlay(trx: Statements, { playId, recordingId, accountId, source, begunAt }: Play): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('recording_play')
    .values({ play_id: playId, recording_id: recordingId, account_id: accountId, source, begun_at: begunAt })
    .onConflict((conflict) => conflict.column('play_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function findPlay(db: Reader, playId: string): Promise<Play | undefined> {
  const row = await db.selectFrom('recording_play').selectAll().where('play_id', '=', playId).executeTakeFirst()
  if (!row) return undefined
  const { recording_id: recordingId, account_id: accountId, source, begun_at: begunAt } = row
  return { playId, recordingId, accountId, source, begunAt }
}
