import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AppError } from '#shared/base/app-error'
import type { Clock, EpochMs } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type Database, quoted } from './database'
import { failureCodes, failureOf } from './driver'
import { fileStamp, removeDatabase, syncFile, syncFolder, timeOfStamp } from './files'

/**
 * Backups of the database: whole files made by `VACUUM INTO` (a consistent copy of one moment, without free pages), named by their time, the
 * newest seven kept. It copies what it is given; whether that is worth keeping was checked by whoever calls.
 */
export interface Backups {
  /** Newest first. Throws what the file system throws: an unreadable folder is not an empty one. */
  list(): readonly Backup[]
  /** Null also when the folder cannot be read. */
  lastBackupAt(): EpochMs | null
  /** Errors: `store/full`, `store/readOnly`, `store/inUse`, `store/damaged`. */
  make(database: Database): Result<Backup, AppError>
}

export interface Backup {
  readonly file: string
  readonly madeAt: EpochMs
}

const keptBackups = 7
const prefix = 'seat-'

export function createBackups(folder: string, clock: Clock, log: Log): Backups {
  const list = (): Backup[] =>
    readdirSync(folder)
      .map((name) => ({
        file: join(folder, name),
        madeAt: name.startsWith(prefix) ? timeOfStamp(name.slice(prefix.length, -3)) : undefined,
      }))
      .filter((backup): backup is Backup => backup.madeAt !== undefined && backup.file.endsWith('.db'))
      .sort((a, b) => b.madeAt - a.madeAt)
  const write = (database: Database): Backup => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Two backups within a millisecond, or a clock that was set back, must not meet an existing file.
    const newest = list()[0]?.madeAt ?? 0
    const madeAt = Math.max(clock.now(), newest + 1)
    const file = join(folder, `${prefix}${fileStamp(madeAt)}.db`)
    const part = `${file}.part`
    try {
      removeDatabase(part)
      database.exec(`VACUUM INTO ${quoted(part)}`)
      syncFile(part)
      renameSync(part, file)
      syncFolder(folder)
    } catch (cause) {
      removeDatabase(part)
      throw cause
    }
    for (const old of list().slice(keptBackups)) rmSync(old.file, { force: true })
    return { file, madeAt }
  }
  return {
    list,
    lastBackupAt: () => {
      try {
        return list()[0]?.madeAt ?? null
      } catch (cause) {
        if (failureOf(cause) === undefined) throw cause
        return null
      }
    },
    make: (database) => {
      try {
        const backup = write(database)
        log.info('backup made', { file: basename(backup.file) })
        return ok(backup)
      } catch (cause) {
        const failure = failureOf(cause)
        if (failure === undefined) throw cause
        log.error('backup not made', { failure, cause })
        return err(appError(failureCodes[failure]))
      }
    },
  }
}

/** A backup is only ever read through a copy: opening a database may write to it. */
export function copyOfBackup(backup: Backup, target: string): void {
  removeDatabase(target)
  copyFileSync(backup.file, target)
}
