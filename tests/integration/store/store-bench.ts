import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { betterSqlite3, type Driver, type SqlConnection } from '#main/store/driver'
import { type OpenedStore, openStore, type StoreOptions } from '#main/store/open-store'
import type { Intent, Store } from '#main/workflows/ports'
import type { AppError } from '#shared/base/app-error'
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock'
import { createKeptLog, type KeptLog } from '../../fakes/kept-log'

/** A data folder of its own, a clock that stands still, and the store opened in it as often as a test likes. */
export interface StoreBench {
  readonly folder: string
  readonly file: string
  readonly backupFolder: string
  readonly clock: FakeClock
  readonly log: KeptLog
  /** The type also proves that what opens is what the workflows ask for. Throws when opening is refused. */
  open(extra?: Partial<StoreOptions>): OpenedStore & Store
  close(store: OpenedStore): void
  /** Undefined when it opened. */
  refusal(extra?: Partial<StoreOptions>): AppError | undefined
  damagedFiles(): string[]
  /** Files of work in progress that should be gone. */
  leftovers(): string[]
  discard(): void
}

export const startMs = Date.UTC(2026, 10, 21, 0, 30)

export function createStoreBench(): StoreBench {
  const folder = mkdtempSync(join(tmpdir(), 'seat-store-'))
  const file = join(folder, 'seat.db')
  const backupFolder = join(folder, 'backups')
  const clock = createFakeClock(startMs)
  const log = createKeptLog()
  const stores = new Set<OpenedStore>()
  const tryOpen = (extra: Partial<StoreOptions>) => {
    const opened = openStore({ file, backupFolder, key: null, clock, log, ...extra })
    if (opened.ok) stores.add(opened.value)
    return opened
  }
  const names = (): string[] => readdirSync(folder)
  return {
    folder,
    file,
    backupFolder,
    clock,
    log,
    open: (extra = {}) => {
      const opened = tryOpen(extra)
      if (!opened.ok) throw new Error(`not opened: ${JSON.stringify(opened.error)}`)
      return opened.value
    },
    close: (store) => {
      store.close()
      stores.delete(store)
    },
    refusal: (extra = {}) => {
      const opened = tryOpen(extra)
      return opened.ok ? undefined : opened.error
    },
    damagedFiles: () => names().filter((name) => /\.damaged-\w+Z$/.test(name)),
    leftovers: () => names().filter((name) => /\.(new|migrating|recovering|salvage|trial|part)/.test(name)),
    discard: () => {
      for (const store of stores) store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const intent = (number: number): Intent => ({
  intentId: `intent-${number}`,
  kind: 'dutyLog.append',
  subject: `dutyLog/${number}`,
  accountNo: 'A01',
  body: { entryId: `entry-${number}`, text: `第 ${number} 条` },
  createdAt: startMs + number,
  state: 'waiting',
  attempts: 0,
  nextAttemptAt: null,
  reason: null,
})

export const entry = (number: number) => ({
  entryId: `entry-${number}`,
  kind: 'event' as const,
  text: `第 ${number} 条：解放路井盖缺失`,
  authorNo: 'A01',
  authorName: '王敏',
  seatNo: '02',
  shiftId: '2026-11-21/day',
  writtenAt: startMs + number,
  receivedAt: null,
  sync: 'waiting' as const,
  reason: null,
})

/** Overwrites every page of one table or index with zeros, as a bad sector would. Returns how many. */
export function wipePagesOf(file: string, name: string, which: (pages: readonly number[]) => readonly number[] = (all) => all): number {
  const connection = betterSqlite3(file)
  const rows = connection.prepare('SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno').all(name) as { readonly pageno: number }[]
  connection.close()
  const pages = which(rows.map(({ pageno }) => pageno))
  const descriptor = openSync(file, 'r+')
  for (const page of pages) writeSync(descriptor, Buffer.alloc(4096), 0, 4096, (page - 1) * 4096)
  closeSync(descriptor)
  return pages.length
}

/** better-sqlite3, with a hand on the connections it opened and a place to make calls fail. */
export function createTroubledDriver() {
  const connections = new Map<string, SqlConnection>()
  let failing: string | undefined
  const check = (): void => {
    if (failing !== undefined) throw Object.assign(new Error(`made to fail: ${failing}`), { code: failing })
  }
  const driver: Driver = (file) => {
    const connection = betterSqlite3(file)
    connections.set(file, connection)
    return {
      pragma: (sql) => connection.pragma(sql),
      exec: (sql) => connection.exec(sql),
      close: () => connection.close(),
      prepare: (sql) => {
        const statement = connection.prepare(sql)
        const isWrite = /^(INSERT|UPDATE|DELETE)/.test(sql)
        return {
          run: (...values) => {
            if (isWrite) check()
            return statement.run(...values)
          },
          get: (...values) => statement.get(...values),
          all: (...values) => statement.all(...values),
        }
      },
    }
  }
  const failWith = (code: string | undefined): void => {
    failing = code
  }
  return { driver, connections, failWith }
}
