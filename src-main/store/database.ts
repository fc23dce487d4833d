import { chmodSync } from 'node:fs'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type Driver, failureOf, pragmaValue, type SqlConnection, type SqlStatement, type SqlValue } from './driver'

/**
 * One open SQLite file: its pragmas, its transactions and the measuring of every statement. It knows no table.
 *
 * Durability. The file is in WAL mode with `synchronous = NORMAL`: a commit is in the operating system's hands at once, so it survives the
 * death of the program, and the file stays consistent through a power cut, but the last commits before one may be missing. That is right for a
 * draft saved several times a minute, whose commit must not wait for a disk. It is wrong for an intent: its author was told "kept". So
 * `transaction` commits with `synchronous = FULL`, which syncs the WAL before it returns (and with it every draft saved before), unless the
 * caller asks for `processDeath`. A statement outside a transaction is its own commit at NORMAL. https://www.sqlite.org/pragma.html#pragma_synchronous
 */
export interface Database {
  prepare(sql: string): SqlStatement
  /** Several statements without parameters; measured as one. */
  exec(sql: string): void
  pragma(name: string): unknown
  transaction<T>(work: () => T, survives?: Survives): Result<T, AppError>
  /** Statements slower than 40 ms since opening. */
  slowStatements(): number
  close(): void
}

/** What a committed transaction outlives. */
export type Survives = 'powerLoss' | 'processDeath'

/** SIP timers share the main process with SQLite; 40 ms is the longest they can wait without a caller hearing it. */
const slowStatementMs = 40
/** Another process (a virus scanner, a second start about to notice the first) may hold the file for a moment. */
const busyTimeoutMs = 2_000

export interface DatabaseOptions {
  readonly file: string
  readonly key: string | null
  readonly driver: Driver
  readonly clock: Clock
  readonly log: Log
}

/** Opens and prepares a file for use. Throws the driver's error: what it means depends on which file it was, and the caller knows that. */
export function openDatabase(options: DatabaseOptions): Database {
  return openIn('WAL', options)
}

/**
 * Opens a file that will be renamed, copied or removed when it is closed. A WAL would be a second file that must go along, and a driver that keeps
 * its handle until the garbage is collected would go on using it under the old name; a rollback journal leaves one file and nothing else.
 */
export function openWorkpiece(options: DatabaseOptions): Database {
  return openIn('DELETE', options)
}

function openIn(journalMode: 'WAL' | 'DELETE', { file, key, driver, clock, log }: DatabaseOptions): Database {
  const connection = openConnection(driver, file, key)
  keepPrivate(file)
  try {
    connection.pragma(`journal_mode = ${journalMode}`)
    connection.pragma('synchronous = NORMAL')
    // A checkpoint leaves the WAL file at its largest size; a morning's burst should not stay on disk all day.
    connection.pragma('journal_size_limit = 8388608')
    connection.pragma('foreign_keys = ON')
  } catch (cause) {
    connection.close()
    throw cause
  }
  return wrap(connection, clock, log)
}

/**
 * Drafts and password verifiers are nobody else's business, also in a folder that was made for everybody. SQLite gives its WAL the same mode. A file
 * that is not ours to change is used as it is.
 */
function keepPrivate(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch {
    // Whether it can be used at all is found out by using it.
  }
}

/** A connection with its key applied and nothing else changed; for looking before touching. */
export function openConnection(driver: Driver, file: string, key: string | null): SqlConnection {
  const connection = driver(file)
  try {
    // The key must be the first thing said: any read before it would be a read of cipher text.
    if (key !== null) connection.pragma(`key = ${quoted(key)}`)
    connection.pragma(`busy_timeout = ${busyTimeoutMs}`)
    // A damaged or hostile file must not run anything through its schema.
    connection.pragma('trusted_schema = OFF')
    connection.pragma('cell_size_check = ON')
    return connection
  } catch (cause) {
    connection.close()
    throw cause
  }
}

/** Whether the driver can keep a database encrypted: SQLite3 Multiple Ciphers answers `cipher`, SQLCipher answers `cipher_version`. */
export function canEncrypt(driver: Driver): boolean {
  const connection = driver(':memory:')
  try {
    return pragmaValue(connection, 'cipher') !== undefined || pragmaValue(connection, 'cipher_version') !== undefined
  } finally {
    connection.close()
  }
}

/** SQLite's string literal; the only place where a value is put into SQL text, because neither PRAGMA nor ATTACH takes parameters everywhere. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function wrap(connection: SqlConnection, clock: Clock, log: Log): Database {
  let slow = 0
  let isInTransaction = false
  let level: 'NORMAL' | 'FULL' = 'NORMAL'

  const measured = <T>(sql: string, work: () => T): T => {
    const startedMs = clock.monotonicMs()
    try {
      return work()
    } finally {
      const tookMs = clock.monotonicMs() - startedMs
      if (tookMs > slowStatementMs) {
        slow += 1
        log.warn('slow statement', { sql, tookMs: Math.round(tookMs) })
      }
    }
  }
  const prepare = (sql: string): SqlStatement => {
    const statement = connection.prepare(sql)
    return {
      run: (...values: SqlValue[]) => measured(sql, () => statement.run(...values)),
      get: (...values: SqlValue[]) => measured(sql, () => statement.get(...values)),
      all: (...values: SqlValue[]) => measured(sql, () => statement.all(...values)),
    }
  }
  const begin = prepare('BEGIN IMMEDIATE')
  const commit = prepare('COMMIT')
  const rollback = prepare('ROLLBACK')

  /** The level can only change between transactions, and takes effect when the pragma is compiled, so it is not a prepared statement. */
  const setLevel = (next: 'NORMAL' | 'FULL'): void => {
    if (level === next) return
    connection.pragma(`synchronous = ${next}`)
    level = next
  }
  const transaction = <T>(work: () => T, survives: Survives = 'powerLoss'): Result<T, AppError> => {
    if (isInTransaction) throw new Error('A transaction inside a transaction: one intention has one transaction.')
    isInTransaction = true
    try {
      setLevel(survives === 'powerLoss' ? 'FULL' : 'NORMAL')
      begin.run()
      try {
        const value = work()
        if (value instanceof Promise) throw new Error('A transaction must not wait: its work returned a promise.')
        commit.run()
        return ok(value)
      } catch (cause) {
        undo(rollback)
        throw cause
      }
    } catch (cause) {
      const failure = failureOf(cause)
      if (failure !== 'full' && failure !== 'readOnly') throw cause
      log.error('transaction not stored', { failure, cause })
      return err(appError(failure === 'full' ? 'store/full' : 'store/readOnly'))
    } finally {
      isInTransaction = false
      setLevel('NORMAL')
    }
  }
  return {
    prepare,
    exec: (sql) => measured(sql, () => void connection.exec(sql)),
    pragma: (name) => measured(`PRAGMA ${name}`, () => pragmaValue(connection, name)),
    transaction,
    slowStatements: () => slow,
    close: () => {
      try {
        // Closing does this too, but only when it is the last handle; a driver may keep one until the garbage is collected.
        if (isWal(connection)) connection.pragma('wal_checkpoint(TRUNCATE)')
      } catch (cause) {
        // On a full disk everything stays in the WAL, where the next start finds it.
        log.warn('checkpoint failed', { cause })
      } finally {
        connection.close()
      }
    },
  }
}

const isWal = (connection: SqlConnection): boolean => pragmaValue(connection, 'journal_mode') === 'wal'

/** After SQLITE_FULL or an I/O error SQLite may have rolled back by itself; then there is nothing left to undo. */
function undo(rollback: SqlStatement): void {
  try {
    rollback.run()
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.message.includes('no transaction is active')) throw cause
  }
}
