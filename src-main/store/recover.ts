import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type Backup, type Backups, copyOfBackup } from './backups'
import { type Database, type DatabaseOptions, openWorkpiece } from './database'
import { failureCodes, failureOf } from './driver'
import { companions, fileStamp, removeDatabase, syncFile, syncFolder } from './files'
import { applicationId, applyMigrations, MigrationFault, versionOf } from './migrate'
import type { Migration } from './migrations/migration'
import { salvage } from './salvage'

/**
 * Replaces a damaged or vanished database by the newest backup that is whole, plus what can be salvaged from the damaged file. The damaged file
 * is renamed, never deleted. The replacement is built beside it and takes its name only when it is complete, so being killed half way leaves
 * a state from which the next start does the same again.
 */
export interface Recovered {
  /** Where the damaged file lies; empty when the file had vanished. */
  readonly keptAside: string
  readonly backupAt: EpochMs | null
  readonly salvaged: number
}

export const buildingSuffix = '.recovering'
const damagedInfix = '.damaged-'

export function recover(options: DatabaseOptions, backups: Backups, migrations: readonly Migration[]): Result<Recovered, AppError> {
  const { file, clock, log } = options
  const building = { ...options, file: `${file}${buildingSuffix}` }
  const isThere = existsSync(file)
  // Without the file, a half-built replacement says that we were killed between the two renames below: the newest one kept aside is the source.
  const damagedFile = isThere ? file : existsSync(building.file) ? newestKeptAside(file) : undefined
  try {
    const base = restoreNewest(building, backups, migrations) ?? createEmpty(building, migrations)
    if (!base.ok) return base
    const { database, backupAt } = base.value
    const salvaged = damagedFile === undefined ? 0 : salvage({ ...options, damagedFile, into: database })
    database.close()
    syncFile(building.file)
    const keptAside = isThere ? `${file}${damagedInfix}${fileStamp(clock.now())}` : (damagedFile ?? '')
    swap(file, keptAside, building.file)
    log.error('database recovered', { keptAside: basename(keptAside), backupAt, salvaged })
    return ok({ keptAside, backupAt, salvaged })
  } catch (cause) {
    if (cause instanceof MigrationFault) return err(appError('store/migrationFailed', { migration: cause.migration }))
    const failure = failureOf(cause)
    if (failure === 'full' || failure === 'readOnly') return err(appError(failureCodes[failure]))
    throw cause
  }
}

/** The newest backup that opens with this key, is ours, whole, and not from a newer program. */
export function firstUsable(options: DatabaseOptions, backups: Backups, migrations: readonly Migration[]): Backup | undefined {
  return backups.list().find((backup) => {
    copyOfBackup(backup, options.file)
    try {
      const database = openWorkpiece(options)
      try {
        const isUsable =
          database.pragma('integrity_check(1)') === 'ok' &&
          database.pragma('application_id') === applicationId &&
          versionOf(database) <= migrations.length
        if (!isUsable) options.log.warn('backup not usable', { file: basename(backup.file) })
        return isUsable
      } finally {
        database.close()
      }
    } catch (cause) {
      if (failureOf(cause) !== 'damaged') throw cause
      options.log.warn('backup not readable', { file: basename(backup.file) })
      return false
    }
  })
}

type Base = Result<{ readonly database: Database; readonly backupAt: EpochMs | null }, AppError>

function restoreNewest(building: DatabaseOptions, backups: Backups, migrations: readonly Migration[]): Base | undefined {
  const backup = firstUsable(building, backups, migrations)
  return backup && prepared(building, backup.madeAt, migrations)
}

function createEmpty(building: DatabaseOptions, migrations: readonly Migration[]): Base {
  removeDatabase(building.file)
  return prepared(building, null, migrations)
}

function prepared(building: DatabaseOptions, backupAt: EpochMs | null, migrations: readonly Migration[]): Base {
  const database = openWorkpiece(building)
  try {
    const migrated = applyMigrations(database, migrations)
    if (migrated.ok) return ok({ database, backupAt })
    database.close()
    return migrated
  } catch (cause) {
    database.close()
    throw cause
  }
}

function swap(file: string, keptAside: string, replacement: string): void {
  if (existsSync(file)) renameSync(file, keptAside)
  // The old WAL belongs to the old file; beside the new one it would be applied to it.
  for (const suffix of companions) {
    if (!existsSync(`${file}${suffix}`)) continue
    if (suffix === '-shm' || keptAside === '') rmSync(`${file}${suffix}`, { force: true })
    else renameSync(`${file}${suffix}`, `${keptAside}${suffix}`)
  }
  renameSync(replacement, file)
  syncFolder(dirname(file))
}

function newestKeptAside(file: string): string | undefined {
  const start = `${basename(file)}${damagedInfix}`
  const names = readdirSync(dirname(file)).filter((name) => name.startsWith(start) && name.endsWith('Z'))
  const newest = names.sort().at(-1)
  return newest === undefined ? undefined : join(dirname(file), newest)
}
