import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { AppError } from '#shared/base/app-error'
import type { Clock, EpochMs } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { type AttachmentStore, createAttachments } from './attachments'
import { type Backups, createBackups } from './backups'
import { type BulkJobStore, createBulkJobs } from './bulk-jobs'
import { type CallerStore, createCallers } from './callers'
import { type CallStore, createCalls } from './calls'
import { type CaseFlowStore, createCaseFlow } from './case-flow'
import { type CaseStore, createCases } from './cases'
import { canEncrypt, type Database, type DatabaseOptions, openConnection, openDatabase, openWorkpiece, type Survives } from './database'
import { createDrafts, type Drafts } from './drafts'
import { betterSqlite3, type Driver, failureCodes, failureOf, pragmaValue } from './driver'
import { createDutyLog, type DutyLog } from './duty-log'
import { createEventCursor, type EventCursor } from './event-cursor'
import { createFacts } from './facts'
import { removeDatabase, syncFolder } from './files'
import { createHandoverSteps, type HandoverSteps } from './handover-steps'
import { createIntents, type Intents } from './intents'
import { createLogChain, type LogChain } from './log-chain'
import { applicationId, applyMigrations, migrateWithRehearsal, versionOf } from './migrate'
import { migrations as ourMigrations } from './migrations'
import type { Migration } from './migrations/migration'
import { createRecordings, type RecordingStore } from './recordings'
import { buildingSuffix, firstUsable, recover } from './recover'
import { createReference, type Reference } from './reference'
import { createSessions, type Sessions } from './session'
import { createSettings, type Settings } from './settings'
import { createSnapshots, type Snapshots } from './snapshots'

/**
 * Opens the seat's database and puts its areas together:
 *
 *   openStore({ file, backupFolder, key, clock, log }: StoreOptions): Result<OpenedStore, AppError>
 *
 * `OpenedStore` fits `Store` of the workflows' ports, and adds `close(): void` and `backUp(): Result<{ file, madeAt }, AppError>`. Opening checks
 * the file, migrates it (on a copy first), or recovers it from a backup; `facts().opening` tells which. It starts one timer on the clock, for the
 * daily backup, and `close` stops it. Errors, all with nothing changed: `store/encrypted`, `store/newer`, `store/inUse`, `store/migrationFailed`,
 * `store/readOnly`, `store/full`.
 */
export interface StoreOptions {
  readonly file: string
  readonly backupFolder: string
  /** Null = not encrypted. */
  readonly key: string | null
  readonly clock: Clock
  readonly log: Log
  /** Another driver with the same calls, e.g. one with ciphers; better-sqlite3 when absent. */
  readonly driver?: Driver | undefined
  /** For tests of migrating; the product's own when absent. */
  readonly migrations?: readonly Migration[] | undefined
}

export interface OpenedStore {
  /**
   * Runs `work` in one IMMEDIATE transaction; a throw rolls back. A committed one survives a power cut, unless `processDeath` is enough: that
   * one does not wait for the disk and is meant for drafts and for what the centre can tell again. Errors: `store/full`, `store/readOnly`.
   */
  transaction<T>(work: () => T, survives?: Survives): Result<T, AppError>
  readonly drafts: Drafts
  readonly settings: Settings
  readonly snapshots: Snapshots
  readonly reference: Reference
  readonly session: Sessions
  readonly dutyLog: DutyLog
  readonly logChain: LogChain
  readonly handoverSteps: HandoverSteps
  readonly caseFlow: CaseFlowStore
  readonly intents: Intents
  readonly cases: CaseStore
  readonly attachments: AttachmentStore
  readonly bulkJobs: BulkJobStore
  readonly calls: CallStore
  readonly callers: CallerStore
  readonly recordings: RecordingStore
  readonly eventCursor: EventCursor
  facts(): StoreFacts
  /** Makes a backup now. Errors: `store/full`, `store/readOnly`, `store/inUse`, `store/damaged`. */
  backUp(): Result<{ readonly file: string; readonly madeAt: EpochMs }, AppError>
  close(): void
}

export interface StoreFacts {
  readonly bytes: number
  readonly schemaVersion: number
  readonly isEncrypted: boolean
  readonly lastBackupAt: EpochMs | null
  readonly slowStatements: number
  readonly opening: Opening
}

export type Opening =
  | { readonly how: 'created' | 'opened' | 'migrated' }
  | { readonly how: 'recovered'; readonly keptAside: string; readonly backupAt: EpochMs | null; readonly salvaged: number }

const hourMs = 3_600_000
const backupAgeMs = 24 * hourMs
/** At opening a fresher backup is enough: a seat that restarts ten times in a morning must not push a week of backups out. */
const backupAgeAtOpeningMs = 6 * hourMs

export function openStore(given: StoreOptions): Result<OpenedStore, AppError> {
  const { file, backupFolder, key, clock, log, driver = betterSqlite3, migrations = ourMigrations } = given
  const options: DatabaseOptions = { file, key, driver, clock, log }
  const cipherMarker = `${file}.encrypted`
  if (key === null ? existsSync(cipherMarker) : !canEncrypt(driver)) return err(appError('store/encrypted'))
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    mkdirSync(backupFolder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    log.error('data folder not usable', { cause })
    return err(appError('store/readOnly'))
  }
  const backups = createBackups(backupFolder, clock, log)
  const prepared = prepare(options, backups, migrations)
  if (!prepared.ok) return prepared
  if (key !== null) writeFileSync(cipherMarker, '')
  const { database, opening } = prepared.value
  // What was salvaged lies in one place only until it is backed up; a new database has nothing to lose yet.
  if (opening.how === 'recovered') backups.make(database)
  else if (opening.how !== 'created') backUpWhenOlderThan(backupAgeAtOpeningMs, database, backups, clock)
  return ok(assemble(database, opening, backups, options))
}

type Prepared = Result<{ readonly database: Database; readonly opening: Opening }, AppError>

function prepare(options: DatabaseOptions, backups: Backups, migrations: readonly Migration[]): Prepared {
  try {
    const state = inspect(options, migrations.length)
    switch (state.is) {
      case 'refused':
        return err(state.error)
      case 'missing':
        return backups.list().length > 0 || existsSync(`${options.file}${buildingSuffix}`)
          ? recovered(options, backups, migrations)
          : created(options, migrations)
      case 'damaged':
        options.log.error('database damaged', { verdict: state.verdict })
        return isWrongKey(state, options, backups, migrations) ? err(appError('store/encrypted')) : recovered(options, backups, migrations)
      case 'whole':
        return opened(options, backups, migrations)
    }
  } catch (cause) {
    const failure = failureOf(cause)
    if (failure === undefined || failure === 'damaged') throw cause
    options.log.error('database not opened', { failure, cause })
    return err(appError(failureCodes[failure]))
  }
}

type FileState =
  | { readonly is: 'missing' | 'whole' }
  | { readonly is: 'damaged'; readonly verdict: string; readonly isUnreadable: boolean }
  | { readonly is: 'refused'; readonly error: AppError }

/** Looks without changing anything: a file of a newer program, or one that another key opens, must stay exactly as it is. */
function inspect({ file, key, driver }: DatabaseOptions, knownVersion: number): FileState {
  if (!existsSync(file)) return { is: 'missing' }
  const { size, isFile } = ((stat) => ({ size: stat.size, isFile: stat.isFile() }))(statSync(file))
  if (!isFile) return { is: 'refused', error: appError('store/readOnly') }
  // SQLite takes an empty file for a new database. Ours get their name only when they are complete, so an empty one has lost its contents.
  if (size === 0) return { is: 'damaged', verdict: 'empty file', isUnreadable: false }
  try {
    const connection = openConnection(driver, file, key)
    try {
      const found = Number(pragmaValue(connection, 'user_version'))
      const isOurs = pragmaValue(connection, 'application_id') === applicationId
      if (isOurs && found > knownVersion) {
        return { is: 'refused', error: appError('store/newer', { found, known: knownVersion }) }
      }
      const verdict = isOurs ? String(pragmaValue(connection, 'quick_check(1)')) : 'not a database of this program'
      return verdict === 'ok' ? { is: 'whole' } : { is: 'damaged', verdict, isUnreadable: false }
    } finally {
      connection.close()
    }
  } catch (cause) {
    if (failureOf(cause) !== 'damaged') throw cause
    return { is: 'damaged', verdict: String(cause), isUnreadable: true }
  }
}

/** With a key, an unreadable file means a wrong key or damage; a backup that this key opens tells them apart. Without one, nothing is touched. */
function isWrongKey(
  state: { readonly isUnreadable: boolean },
  options: DatabaseOptions,
  backups: Backups,
  migrations: readonly Migration[],
): boolean {
  if (options.key === null || !state.isUnreadable) return false
  const trial = { ...options, file: `${options.file}.trial` }
  try {
    return firstUsable(trial, backups, migrations) === undefined
  } finally {
    removeDatabase(trial.file)
  }
}

/** Made under another name and renamed when complete, so that being killed here never leaves an empty database to be found. */
function created(options: DatabaseOptions, migrations: readonly Migration[]): Prepared {
  const making = { ...options, file: `${options.file}.new` }
  removeDatabase(making.file)
  const database = openWorkpiece(making)
  const migrated = applyMigrations(database, migrations)
  database.close()
  if (!migrated.ok) return migrated
  renameSync(making.file, options.file)
  syncFolder(dirname(options.file))
  return ok({ database: openDatabase(options), opening: { how: 'created' } })
}

function recovered(options: DatabaseOptions, backups: Backups, migrations: readonly Migration[]): Prepared {
  const recovery = recover(options, backups, migrations)
  return recovery.ok ? ok({ database: openDatabase(options), opening: { how: 'recovered', ...recovery.value } }) : recovery
}

function opened(options: DatabaseOptions, backups: Backups, migrations: readonly Migration[]): Prepared {
  const database = openDatabase(options)
  if (versionOf(database) === migrations.length) return ok({ database, opening: { how: 'opened' } })
  const backup = backups.make(database)
  const migrated = backup.ok ? migrateWithRehearsal(database, backup.value, migrations, options) : backup
  if (migrated.ok) return ok({ database, opening: { how: 'migrated' } })
  database.close()
  return migrated
}

function assemble(database: Database, opening: Opening, backups: Backups, { key, clock, file, log }: DatabaseOptions): OpenedStore {
  const values = createFacts(database)
  // Looked at every hour rather than set for a day: a PC that sleeps at night would push a 24-hour timer on and on.
  const stopBackups = clock.every(hourMs, () => backUpWhenOlderThan(backupAgeMs, database, backups, clock))
  log.info('store open', { file: basename(file), how: opening.how, schemaVersion: versionOf(database) })
  return {
    transaction: database.transaction,
    drafts: createDrafts(database),
    settings: createSettings(database),
    snapshots: createSnapshots(database),
    reference: createReference(database, values),
    session: createSessions(database, values),
    dutyLog: createDutyLog(database),
    logChain: createLogChain(database),
    handoverSteps: createHandoverSteps(database),
    caseFlow: createCaseFlow(database),
    intents: createIntents(database),
    cases: createCases(database, values),
    attachments: createAttachments(database, join(dirname(file), 'attachments'), clock.now()),
    bulkJobs: createBulkJobs(database),
    calls: createCalls(database),
    callers: createCallers(database, values),
    recordings: createRecordings(database),
    eventCursor: createEventCursor(values),
    facts: () => ({
      bytes: Number(database.pragma('page_count')) * Number(database.pragma('page_size')),
      schemaVersion: versionOf(database),
      isEncrypted: key !== null,
      lastBackupAt: backups.lastBackupAt(),
      slowStatements: database.slowStatements(),
      opening,
    }),
    backUp: () => backups.make(database),
    close: () => {
      stopBackups()
      database.close()
    },
  }
}

function backUpWhenOlderThan(ageMs: number, database: Database, backups: Backups, clock: Clock): void {
  const last = backups.lastBackupAt()
  if (last === null || clock.now() - last >= ageMs) backups.make(database)
}
