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

/**
 * What a failing call to SQLite (https://www.sqlite.org/rescode.html) or to the file system means to people; `undefined` means a bug.
 */
export function failureOf(cause: unknown): 'full' | 'readOnly' | 'inUse' | 'damaged' | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  const code = String(cause.code)
  const is = (...names: string[]): boolean => names.some((name) => code === name || code.startsWith(`${name}_`))
  if (is('SQLITE_FULL', 'ENOSPC', 'EDQUOT')) return 'full'
  if (is('SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'SQLITE_AUTH')) return 'readOnly'
  if (is('EACCES', 'EPERM', 'EROFS', 'EIO', 'ENOTDIR', 'EEXIST', 'ENOENT')) return 'readOnly'
  if (is('SQLITE_BUSY', 'SQLITE_LOCKED')) return 'inUse'
  if (is('SQLITE_CORRUPT', 'SQLITE_NOTADB')) return 'damaged'
  return undefined
}

/** The error that goes with a failure of the store while nothing of it was changed. */
export const failureCodes = {
  full: 'store/full',
  readOnly: 'store/readOnly',
  inUse: 'store/inUse',
  damaged: 'store/damaged',
} as const
