import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import type { EpochMs } from '#shared/base/clock'
import type { Log } from '#shared/base/log'

/**
 * The log: JSON lines in one file per local day, kept for 14 days, and on a stream when asked. Lines are written at once, not buffered: the
 * ones that matter are those just before a crash. A log that cannot be written never stops the program.
 */
export interface LogOptions {
  /** Where the files go; absent, no files. */
  readonly folder?: string | undefined
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent' | undefined
  /** A second place for every line, usually `process.stderr`. */
  readonly stream?: { write(line: string): unknown } | undefined
  /** For tests of the rotation. */
  readonly now?: (() => EpochMs) | undefined
}

const keptDays = 14

export function createLog({ folder, level = 'info', stream, now = Date.now }: LogOptions = {}): Log {
  const file = folder === undefined ? undefined : createDayFile(folder, now)
  const write = (line: string): void => {
    file?.write(line)
    stream?.write(line)
  }
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"at":"${new Date(now()).toISOString()}"`,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }), log: withReadableErrors },
    },
    { write },
  )
  return wrap(logger)
}

function wrap(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    child: (fields) => wrap(logger.child(fields)),
  }
}

/** `JSON.stringify(new Error('x'))` is `{}`; whatever key an error came under, its stack must be in the line. */
function withReadableErrors(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      value instanceof Error
        ? { name: value.name, message: value.message, stack: value.stack, ...('code' in value && { code: value.code }) }
        : value,
    ]),
  )
}

interface DayFile {
  write(line: string): void
}

function createDayFile(folder: string, now: () => EpochMs): DayFile {
  let open: { readonly name: string; readonly descriptor: number } | undefined
  const current = (): number => {
    const name = fileNameOf(now())
    if (open?.name !== name) {
      if (open) closeSync(open.descriptor)
      open = undefined
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      open = { name, descriptor: openSync(join(folder, name), 'a', 0o600) }
      removeOld(folder, now())
    }
    return open.descriptor
  }
  return {
    write: (line) => {
      try {
        writeSync(current(), line)
      } catch {
        // A full or read-only disk: the seat goes on working and shows the store's own error; the next line tries again.
      }
    },
  }
}

function fileNameOf(at: EpochMs): string {
  const day = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `seat-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}.log`
}

function removeOld(folder: string, at: EpochMs): void {
  const oldest = fileNameOf(at - (keptDays - 1) * 86_400_000)
  for (const name of readdirSync(folder)) {
    if (/^seat-\d{4}-\d\d-\d\d\.log$/.test(name) && name < oldest) rmSync(join(folder, name), { force: true })
  }
}
