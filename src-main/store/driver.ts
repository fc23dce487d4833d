import BetterSqlite3 from 'better-sqlite3'

/**
 * The few things the store asks of a SQLite driver. It stays with what every better-sqlite3-compatible driver has (plain, cipher-capable, and
 * the stand-ins used where better-sqlite3 has no build), so no pluck, iterate, backup, extensions or functions of our own.
 */
export interface SqlConnection {
  prepare(sql: string): SqlStatement
  exec(sql: string): unknown
  pragma(sql: string): unknown
  close(): unknown
}

export interface SqlStatement {
  run(...parameters: SqlValue[]): { readonly changes: number }
  get(...parameters: SqlValue[]): unknown
  all(...parameters: SqlValue[]): unknown[]
}

export type SqlValue = string | number | null

/** Opens, and creates when missing. Throws what the driver throws. */
export type Driver = (file: string) => SqlConnection

export const betterSqlite3: Driver = (file) => new BetterSqlite3(file)

/** The first value of the first row of a pragma's answer; undefined when it answers nothing. */
export function pragmaValue(connection: SqlConnection, name: string): unknown {
  const rows = connection.pragma(name)
  const first: unknown = Array.isArray(rows) ? rows[0] : rows
  return typeof first === 'object' && first !== null ? Object.values(first)[0] : first
}

/** SQLite's own name of a failure, e.g. `SQLITE_FULL` or `SQLITE_IOERR_WRITE`; undefined when it is no SQLite failure. */
export function sqliteCodeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  const code = String(cause.code)
  return code.startsWith('SQLITE_') ? code : undefined
}

/** What a failing SQLite call means to people; `undefined` means a bug. https://www.sqlite.org/rescode.html */
export function failureOf(cause: unknown): 'full' | 'readOnly' | 'inUse' | 'damaged' | undefined {
  const code = sqliteCodeOf(cause)
  if (code === undefined) return undefined
  const is = (...names: string[]): boolean => names.some((name) => code === name || code.startsWith(`${name}_`))
  if (is('SQLITE_FULL')) return 'full'
  if (is('SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'SQLITE_AUTH')) return 'readOnly'
  if (is('SQLITE_BUSY', 'SQLITE_LOCKED')) return 'inUse'
  if (is('SQLITE_CORRUPT', 'SQLITE_NOTADB')) return 'damaged'
  return undefined
}
