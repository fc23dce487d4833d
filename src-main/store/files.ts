import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import type { EpochMs } from '#shared/base/clock'

/** What the store does to whole files, and how it puts a time into their names. */

/** SQLite keeps a WAL and a shared index beside the file; a stray WAL would be applied to whatever bears the name next. */
export const companions = ['-wal', '-shm', '-journal'] as const

export function removeDatabase(file: string): void {
  for (const suffix of ['', ...companions]) rmSync(`${file}${suffix}`, { force: true })
}

export function syncFile(file: string): void {
  // Windows flushes only handles that may write.
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A rename is durable only once its folder is. Windows cannot open folders, and needs no such step. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** UTC and free of characters that a file system minds: `20261121T083000123Z`. */
export function fileStamp(at: EpochMs): string {
  return new Date(at).toISOString().replace(/[-:.]/g, '')
}

export function timeOfStamp(stamp: string): EpochMs | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(stamp)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second, ms] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
}
