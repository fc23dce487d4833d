import type { EpochMs } from '#shared/base/clock'
import type { RecordingHold } from '#shared/contracts/central-api/recordings'
import type { Database, Statements } from './open-database'
import type { RecordingHoldRow } from './schema'

/** Holds on recordings: at most one stands on each, and those that were released stay to be read. Who changes one holds the lock `recordings`. */
type Reader = Database | Statements

const holdOf = ({ hold_id, reason, by_no, by_name, held_at }: RecordingHoldRow): RecordingHold => ({
  ...{ holdId: hold_id, reason, byNo: by_no, byName: by_name, at: held_at },
})

/** The holds that stand, by recording. */
export async function holdsOn(db: Reader, recordingIds: readonly string[]): Promise<ReadonlyMap<string, RecordingHold>> {
  if (recordingIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('recording_hold')
    .selectAll()
    .where('recording_id', 'in', recordingIds)
    .where('released_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.recording_id, holdOf(row)]))
}

export async function insertHold(
  trx: Statements,
  { recordingId, callId }: { readonly recordingId: string; readonly callId: string },
  hold: RecordingHold,
): Promise<void> {
  await trx
    .insertInto('recording_hold')
    .values({
      ...{ hold_id: hold.holdId, recording_id: recordingId, call_id: callId, reason: hold.reason },
      ...{ by_no: hold.byNo, by_name: hold.byName, held_at: hold.at },
    })
    .execute()
}

/** Undefined: there is no such hold on this recording. `isStanding` false: it was released before. */
export async function findHold(
  trx: Statements,
  recordingId: string,
  holdId: string,
): Promise<{ readonly hold: RecordingHold; readonly isStanding: boolean } | undefined> {
  const row = await trx
    .selectFrom('recording_hold')
    .selectAll()
    .where('hold_id', '=', holdId)
    .where('recording_id', '=', recordingId)
    .executeTakeFirst()
  return row && { hold: holdOf(row), isStanding: row.released_at === null }
}

export async function releaseHold(trx: Statements, holdId: string, byNo: string, reason: string, at: EpochMs): Promise<void> {
  await trx
    .updateTable('recording_hold')
    .set({ released_at: at, released_by_no: byNo, release_reason: reason })
    .where('hold_id', '=', holdId)
    .execute()
}
