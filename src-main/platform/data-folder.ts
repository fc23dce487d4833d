import { accessSync, closeSync, constants, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'

/**
 * The layout of a seat's data folder. It only makes the folders and proves that they can be written; what lives in them belongs to the store,
 * the log and the secrets.
 */
export interface DataFolder {
  readonly root: string
  readonly databaseFile: string
  readonly backupFolder: string
  readonly logFolder: string
  /** Used when there is no key store of the operating system. */
  readonly secretFolder: string
}

/**
 * Makes what is missing, for the present user alone (0700: logs and drafts are nobody else's business), and writes a probe to each folder:
 * permission bits say nothing about a full disk or a read-only mount. Errors: `store/readOnly`, `store/full`.
 */
export function prepareDataFolder(root: string): Result<DataFolder, AppError> {
  const folder: DataFolder = {
    root,
    databaseFile: join(root, 'seat.db'),
    backupFolder: join(root, 'backups'),
    logFolder: join(root, 'logs'),
    secretFolder: join(root, 'secrets'),
  }
  try {
    for (const path of [root, folder.backupFolder, folder.logFolder, folder.secretFolder]) {
      mkdirSync(path, { recursive: true, mode: 0o700 })
      accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
      proveWritable(path)
    }
    return ok(folder)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    return err(appError(code === 'ENOSPC' || code === 'EDQUOT' ? 'store/full' : 'store/readOnly', { folder: root, code }))
  }
}

function proveWritable(path: string): void {
  const probe = join(path, '.writable')
  const file = openSync(probe, 'w', 0o600)
  try {
    writeSync(file, 'x')
    fsyncSync(file)
  } finally {
    closeSync(file)
    rmSync(probe, { force: true })
  }
}
