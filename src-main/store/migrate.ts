import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type Backup, copyOfBackup } from './backups'
import { type Database, type DatabaseOptions, openWorkpiece } from './database'
import { removeDatabase } from './files'
import type { Migration } from './migrations/migration'

/**
 * Brings a database to the newest schema. A database with people's data in it is never the first to meet a migration: a copy is migrated and
 * checked whole, then the same steps run on the real file in one transaction. There is no way back: a newer file stays with the newer program.
 */

/** `PRAGMA application_id`: marks a file as ours ("ST19"), so that another program's database is never mistaken for it. */
export const applicationId = 0x53543139

export function versionOf(database: Database): number {
  return Number(database.pragma('user_version'))
}

/** The steps themselves, all in one transaction. Throws what a step throws, with nothing changed; use on a new file or a copy. */
export function applyMigrations(database: Database, migrations: readonly Migration[]): Result<void, AppError> {
  const from = versionOf(database)
  let running = from
  // Rebuilding a table that others refer to needs the keys off, which only works outside a transaction; they are checked before the commit.
  database.pragma('foreign_keys = OFF')
  try {
    return database.transaction(() => {
      for (const migration of migrations.filter(({ id }) => id > from)) {
        running = migration.id
        migration.up((statements) => database.exec(statements))
        database.exec(`PRAGMA user_version = ${migration.id}`)
      }
      database.exec(`PRAGMA application_id = ${applicationId}`)
      if (database.pragma('foreign_key_check') !== undefined) throw new Error('A row refers to one that is not there.')
    })
  } catch (cause) {
    throw new MigrationFault(running, cause)
  } finally {
    database.pragma('foreign_keys = ON')
  }
}

/** Carries which step it was; made here and caught here and in recovery. */
export class MigrationFault extends Error {
  readonly migration: number
  constructor(migration: number, cause: unknown) {
    super(`Migration ${migration} failed.`, { cause })
    this.migration = migration
  }
}

/**
 * Migrates `real`, of which `backup` is a copy made just now. Errors: `store/migrationFailed` (the real file is as it was), `store/full`,
 * `store/readOnly`.
 */
export function migrateWithRehearsal(
  real: Database,
  backup: Backup,
  migrations: readonly Migration[],
  options: DatabaseOptions,
): Result<void, AppError> {
  const copyFile = `${options.file}.migrating`
  try {
    copyOfBackup(backup, copyFile)
    const rehearsed = rehearse(migrations, { ...options, file: copyFile })
    return rehearsed.ok ? applyMigrations(real, migrations) : rehearsed
  } catch (cause) {
    if (!(cause instanceof MigrationFault)) throw cause
    options.log.error('migration failed, database untouched', { migration: cause.migration, cause: cause.cause })
    return err(appError('store/migrationFailed', { migration: cause.migration }))
  } finally {
    removeDatabase(copyFile)
  }
}

function rehearse(migrations: readonly Migration[], options: DatabaseOptions): Result<void, AppError> {
  const copy = openWorkpiece(options)
  try {
    const applied = applyMigrations(copy, migrations)
    if (!applied.ok) return applied
    const verdict = copy.pragma('integrity_check(1)')
    return verdict === 'ok'
      ? ok(undefined)
      : err(appError('store/migrationFailed', { migration: versionOf(copy), verdict: String(verdict) }))
  } finally {
    copy.close()
  }
}
