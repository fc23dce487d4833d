import { copyFileSync, existsSync } from 'node:fs'
import type { Log } from '#shared/base/log'
import type { Database } from './database'
import { openConnection } from './database'
import { type Driver, failureOf, type SqlConnection, type SqlValue } from './driver'
import { removeDatabase } from './files'

/**
 * Takes what people wrote out of a damaged database, row by row, into one that was just made from a backup: intents, drafts, the duty log, attachments that wait, batches and the
 * log of calls.
 * Everything else comes again from the centre. It reads a copy, so the damaged file stays as it was found.
 *
 * The damaged file is newer than any backup. So a table that could be read to its end replaces the backup's: what is missing from it was
 * delivered or discarded since. A table with unreadable places is merged instead: then sending something twice under its old key (which the
 * centre recognises) is better than losing it.
 */
export interface Salvage {
  readonly damagedFile: string
  readonly into: Database
  readonly driver: Driver
  readonly key: string | null
  readonly log: Log
}

const salvagedTables = [
  { table: 'intent', key: 'intent_id', order: 'position', json: 'body' },
  { table: 'draft', key: 'key', order: null, json: null },
  { table: 'duty_log_entry', key: 'entry_id', order: null, json: null },
  { table: 'attachment', key: 'attachment_id', order: null, json: null },
  { table: 'bulk_job', key: 'bulk_id', order: null, json: 'input' },
  { table: 'recording_copy', key: 'recording_id', order: null, json: null },
  { table: 'call_record', key: 'call_id', order: null, json: 'record' },
  { table: 'bulk_item', key: 'item_key', order: null, json: null },
] as const

type SalvagedTable = (typeof salvagedTables)[number]
type Row = Readonly<Record<string, SqlValue>>

/** How many row numbers are tried one by one in a stretch that can be read from neither side. */
const longestGap = 10_000
/** How far past the last readable row to try, when the end of the table cannot be read. */
const pastTheEnd = 1_000

/** Returns how many rows were saved. Never fails: what cannot be read is lost and logged, and the damaged file is still there for experts. */
export function salvage({ damagedFile, into, driver, key, log }: Salvage): number {
  if (!existsSync(damagedFile)) return 0
  const copy = `${damagedFile}.salvage`
  removeDatabase(copy)
  let connection: SqlConnection | undefined
  try {
    copyFileSync(damagedFile, copy)
    if (existsSync(`${damagedFile}-wal`)) copyFileSync(`${damagedFile}-wal`, `${copy}-wal`)
    connection = openConnection(driver, copy, key)
    let saved = 0
    for (const spec of salvagedTables) saved += salvageTable(connection, into, spec, log)
    return saved
  } catch (cause) {
    log.warn('salvage stopped', { cause })
    return 0
  } finally {
    connection?.close()
    removeDatabase(copy)
  }
}

function salvageTable(from: SqlConnection, into: Database, spec: SalvagedTable, log: Log): number {
  const { rows, isComplete } = readableRows(from, spec.table)
  const usable = rows.filter((row) => spec.json === null || isJson(row[spec.json]))
  if (rows.length === 0 && !isComplete) {
    log.warn('nothing readable', { table: spec.table })
    return 0
  }
  let saved = 0
  const stored = into.transaction(() => {
    const present = into.prepare(`SELECT * FROM ${spec.table}`).all() as Row[]
    into.exec(`DELETE FROM ${spec.table}`)
    const damagedKeys = new Set(usable.map((row) => row[spec.key]))
    const kept = isComplete ? [] : present.filter((row) => !damagedKeys.has(row[spec.key] ?? null))
    const merged = [...kept, ...usable]
    if (spec.order !== null) merged.sort((a, b) => Number(a[spec.order] ?? 0) - Number(b[spec.order] ?? 0))
    const insert = inserter(into, spec)
    const ofDamaged = new Set(usable)
    for (const row of merged) if (insert(row, log) && ofDamaged.has(row)) saved += 1
  })
  log.info('salvaged', { table: spec.table, saved: stored.ok ? saved : 0, isComplete })
  return stored.ok ? saved : 0
}

/** A row that no longer fits (a garbled value, a column of another time) is left out and logged without its contents. */
function inserter(into: Database, { table, order }: SalvagedTable): (row: Row, log: Log) => boolean {
  const known = (into.prepare(`SELECT name FROM pragma_table_info('${table}')`).all() as { readonly name: string }[])
    .map(({ name }) => name)
    // A new number for every row: those of a backup and of the damaged file may collide when there was an earlier recovery.
    .filter((name) => name !== order)
  return (row, log) => {
    const names = known.filter((name) => row[name] !== undefined)
    try {
      into
        .prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
        .run(...names.map((name) => row[name] ?? null))
      return true
    } catch (cause) {
      if (failureOf(cause) !== undefined) throw cause
      log.warn('row not salvaged', { table, cause })
      return false
    }
  }
}

/** Reads from the start until a row cannot be read, then from the end, then tries what lies between one by one. */
export function readableRows(connection: SqlConnection, table: string): { readonly rows: readonly Row[]; readonly isComplete: boolean } {
  const found = new Map<number, Row>()
  const walk = (comparison: '>' | '<', direction: 'ASC' | 'DESC', start: number): number | undefined => {
    let at = start
    try {
      const next = connection.prepare(
        `SELECT rowid AS salvage_rowid, * FROM ${table} WHERE rowid ${comparison} ? ORDER BY rowid ${direction} LIMIT 1`,
      )
      for (;;) {
        const row = next.get(at) as Row | undefined
        if (!row || found.has(Number(row.salvage_rowid))) return undefined
        at = Number(row.salvage_rowid)
        found.set(at, row)
      }
    } catch {
      return at
    }
  }
  const stoppedAfter = walk('>', 'ASC', 0)
  if (stoppedAfter === undefined) return { rows: [...found.values()], isComplete: true }
  const largest = Number.MAX_SAFE_INTEGER
  const stoppedBefore = walk('<', 'DESC', largest) ?? stoppedAfter
  const gapEnd = stoppedBefore === largest ? stoppedAfter + pastTheEnd : Math.min(stoppedBefore, stoppedAfter + longestGap)
  for (let rowid = stoppedAfter + 1; rowid < gapEnd; rowid += 1) {
    try {
      const row = connection.prepare(`SELECT rowid AS salvage_rowid, * FROM ${table} WHERE rowid = ?`).get(rowid) as Row | undefined
      if (row) found.set(rowid, row)
    } catch {
      // This row is on the unreadable page.
    }
  }
  const rows = [...found].sort(([a], [b]) => a - b).map(([, row]) => row)
  return { rows, isComplete: false }
}

function isJson(text: SqlValue | undefined): boolean {
  try {
    JSON.parse(String(text))
    return true
  } catch {
    return false
  }
}
