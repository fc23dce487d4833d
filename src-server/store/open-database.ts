import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Log } from '#shared/base/log'
import type { CentralTables } from './schema'
import { keepingStatements } from './statement-cache'

/**
 * Opens the central database: SQLite in a file of its own (one server process), or PostgreSQL (several). On SQLite Kysely keeps one connection
 * behind a lock, so transactions run one after the other; inside a transaction only the transaction may be used, never the database itself.
 */
export type Database = Kysely<CentralTables>
/** Statements of a running transaction. */
export type Statements = Transaction<CentralTables>
export type DatabaseKind = 'sqlite' | 'postgresql'

export type DatabaseLocation = { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgresql'; readonly url: string }

export interface OpenDatabase {
  readonly kind: DatabaseKind
  readonly db: Database
  close(): Promise<void>
}

const slowStatementMs = 40
const cacheKb = 65_536
/** A statement that writes thousands of rows at once says nothing by its length. */
const mostSql = 500

export function openDatabase(location: DatabaseLocation, log: Log): OpenDatabase {
  const dialect = location.kind === 'sqlite' ? sqliteDialect(location.file) : postgresDialect(location.url, log)
  const db = new Kysely<CentralTables>({
    dialect,
    log: (event) => {
      if (event.queryDurationMillis > slowStatementMs) {
        log.warn('slow statement', { ms: Math.round(event.queryDurationMillis), sql: event.query.sql.slice(0, mostSql) })
      }
    },
  })
  return { kind: location.kind, db, close: () => db.destroy() }
}

function sqliteDialect(file: string): SqliteDialect {
  if (file !== ':memory:') makePrivate(file)
  const database = new SqliteDatabase(file)
  database.pragma('journal_mode = WAL')
  // With WAL, NORMAL survives a killed process; FULL also survives a power cut, and this is the record of the whole centre.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('busy_timeout = 5000')
  // 2 MB by default: less than the upper pages of a city's indexes.
  database.pragma(`cache_size = -${cacheKb}`)
  return new SqliteDialect({ database: keepingStatements(database) })
}

/** What is made new is for the present user alone: the whole centre's records and password hashes are in it. SQLite gives its WAL the file's mode. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
}

function postgresDialect(url: string, log: Log): PostgresDialect {
  const pool = new pg.Pool({ connectionString: url, max: 10, keepAlive: true, types: numericBigints, application_name: 'seat-central' })
  // A connection that breaks while a transaction holds it tells that transaction, and also emits `error`, which unheard would end the process.
  pool.on('connect', (client) => client.on('error', (error) => log.warn('database connection lost', { reason: error.message })))
  pool.on('error', (error) => log.warn('idle database connection lost', { reason: error.message }))
  return new PostgresDialect({ pool })
}

/** int8 arrives as text by default; every bigint here is a time or a counter far below 2^53. Set per pool, because pg's own table is global. */
const int8 = 20
const numericBigints: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}
