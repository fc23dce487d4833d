import type { EpochMs } from '#shared/base/clock'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { DutyLogEntryView } from '#shared/contracts/seat-api/views'
import type { SealedEntry } from '#shared/domain/duty-log/seal'
import type { Database } from './database'

/** The duty log as this seat knows it: its own entries from the moment they are written, everybody's as the centre tells of them. */
export interface DutyLog {
  insert(entry: DutyLogEntryView & { readonly shiftId: string | null; readonly sealed?: SealedPart }): void
  /** From an event or a list. The centre's words win; an entry of ours is completed with `receivedAt` and `sync: 'sent'`. */
  applyFromCentral(entry: DutyLogEntry): void
  setSync(entryId: string, sync: DutyLogEntryView['sync'], reason: string | null): void
  setText(entryId: string, text: string): void
  remove(entryId: string): void
  /** Newest first. */
  newest(limit: number): readonly DutyLogEntryView[]
  /** Sealed entries of every chain known here that were written at or after `from`. */
  sealedSince(from: EpochMs): readonly SealedEntry[]
}

/** What an entry carries besides its words. */
export type SealedPart = Required<Pick<DutyLogEntry, 'origin' | 'corrects' | 'links' | 'seal'>>

const columns = 'entry_id, kind, text, author_no, author_name, seat_no, shift_id, written_at, received_at, sync, reason, sealed'

export function createDutyLog(database: Database): DutyLog {
  const insert = database.prepare(`INSERT INTO duty_log_entry (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const apply = database.prepare(
    `INSERT INTO duty_log_entry (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent', NULL, ?)
     ON CONFLICT (entry_id) DO UPDATE SET kind = excluded.kind, text = excluded.text, author_no = excluded.author_no,
       author_name = excluded.author_name, seat_no = excluded.seat_no, shift_id = excluded.shift_id, written_at = excluded.written_at,
       received_at = excluded.received_at, sync = 'sent', reason = NULL, sealed = excluded.sealed`,
  )
  const setSync = database.prepare('UPDATE duty_log_entry SET sync = ?, reason = ? WHERE entry_id = ?')
  const setText = database.prepare('UPDATE duty_log_entry SET text = ? WHERE entry_id = ?')
  const remove = database.prepare('DELETE FROM duty_log_entry WHERE entry_id = ?')
  const newest = database.prepare(
    `SELECT entry_id AS entryId, kind, text, author_no AS authorNo, author_name AS authorName, seat_no AS seatNo,
       written_at AS writtenAt, received_at AS receivedAt, sync, reason, sealed
     FROM duty_log_entry ORDER BY written_at DESC, entry_id DESC LIMIT ?`,
  )
  const sealedSince = database.prepare(
    `SELECT entry_id AS entryId, kind, text, shift_id AS shiftId, author_no AS authorNo, author_name AS authorName, seat_no AS seatNo,
       written_at AS writtenAt, sealed
     FROM duty_log_entry WHERE sealed IS NOT NULL AND written_at >= ? ORDER BY written_at, entry_id`,
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
        e.sealed ? JSON.stringify(e.sealed) : null,
      ),
    applyFromCentral: (e) =>
      void apply.run(e.entryId, e.kind, e.text, e.authorNo, e.authorName, e.seatNo, e.shiftId, e.writtenAt, e.receivedAt, partOf(e)),
    setSync: (entryId, sync, reason) => void setSync.run(sync, reason, entryId),
    setText: (entryId, text) => void setText.run(text, entryId),
    remove: (entryId) => void remove.run(entryId),
    newest: (limit) => (newest.all(limit) as StoredView[]).map(viewOf),
    sealedSince: (from) => (sealedSince.all(from) as StoredWords[]).map(sealedOf),
  }
}

type StoredView = Omit<DutyLogEntryView, 'origin' | 'corrects' | 'links' | 'isSealed'> & { readonly sealed: string | null }
type StoredWords = Omit<SealedEntry['words'], 'origin' | 'corrects' | 'links'> & { readonly sealed: string }

function viewOf({ sealed, ...view }: StoredView): DutyLogEntryView {
  if (sealed === null) return view
  const { origin, corrects, links } = JSON.parse(sealed) as SealedPart
  return { ...view, origin, corrects, links, isSealed: true }
}

function sealedOf({ sealed, ...words }: StoredWords): SealedEntry {
  const { seal, ...rest } = JSON.parse(sealed) as SealedPart
  return { words: { ...words, ...rest }, seal }
}

function partOf({ origin = 'person', corrects = null, links = [], seal }: DutyLogEntry): string | null {
  return seal ? JSON.stringify({ origin, corrects, links, seal }) : null
}
