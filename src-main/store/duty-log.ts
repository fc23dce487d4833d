import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { DutyLogEntryView } from '#shared/contracts/seat-api/views'
import type { Database } from './database'

/** The duty log as this seat knows it: its own entries from the moment they are written, everybody's as the centre tells of them. */
export interface DutyLog {
  insert(entry: DutyLogEntryView & { readonly shiftId: string | null }): void
  /** From an event or a list. The centre's words win; an entry of ours is completed with `receivedAt` and `sync: 'sent'`. */
  applyFromCentral(entry: DutyLogEntry): void
  setSync(entryId: string, sync: DutyLogEntryView['sync'], reason: string | null): void
  setText(entryId: string, text: string): void
  remove(entryId: string): void
  /** Newest first. */
  newest(limit: number): readonly DutyLogEntryView[]
}

const columns = 'entry_id, kind, text, author_no, author_name, seat_no, shift_id, written_at, received_at, sync, reason'

export function createDutyLog(database: Database): DutyLog {
  const insert = database.prepare(`INSERT INTO duty_log_entry (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const apply = database.prepare(
    `INSERT INTO duty_log_entry (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent', NULL)
     ON CONFLICT (entry_id) DO UPDATE SET kind = excluded.kind, text = excluded.text, author_no = excluded.author_no,
       author_name = excluded.author_name, seat_no = excluded.seat_no, shift_id = excluded.shift_id, written_at = excluded.written_at,
       received_at = excluded.received_at, sync = 'sent', reason = NULL`,
  )
  const setSync = database.prepare('UPDATE duty_log_entry SET sync = ?, reason = ? WHERE entry_id = ?')
  const setText = database.prepare('UPDATE duty_log_entry SET text = ? WHERE entry_id = ?')
  const remove = database.prepare('DELETE FROM duty_log_entry WHERE entry_id = ?')
  const newest = database.prepare(
    `SELECT entry_id AS entryId, kind, text, author_no AS authorNo, author_name AS authorName, seat_no AS seatNo,
       written_at AS writtenAt, received_at AS receivedAt, sync, reason
     FROM duty_log_entry ORDER BY written_at DESC, entry_id DESC LIMIT ?`,
  )
  return {
    insert: (e) =>
      void insert.run(
        e.entryId,
        e.kind,
        e.text,
        e.authorNo,
        e.authorName,
        e.seatNo,
        e.shiftId,
        e.writtenAt,
        e.receivedAt,
        e.sync,
        e.reason,
      ),
    applyFromCentral: (e) =>
      void apply.run(e.entryId, e.kind, e.text, e.authorNo, e.authorName, e.seatNo, e.shiftId, e.writtenAt, e.receivedAt),
    setSync: (entryId, sync, reason) => void setSync.run(sync, reason, entryId),
    setText: (entryId, text) => void setText.run(text, entryId),
    remove: (entryId) => void remove.run(entryId),
    newest: (limit) => newest.all(limit) as DutyLogEntryView[],
  }
}
