import { sql } from 'kysely'
import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import { type Audience, appendEvents, type NewEvent } from './event-store'
import type { Database, DatabaseKind, Statements } from './open-database'

/**
 * The one way to change the central database: rows and the events that tell of them are written together or not at all. Events are inserted
 * last, so the lock that gives them their order (see `appendEvents`) is held only for the end of the transaction.
 */
export interface UnitOfWork {
  readonly trx: Statements
  /** Publishes after commit; nothing is published when the transaction is rolled back. */
  emit<N extends NewEvent['name']>(name: N, payload: Extract<NewEvent, { name: N }>['payload'], audience?: Audience): void
  /** Makes units of work that take the same name run one after the other, in every process. */
  lock(name: LockName): Promise<void>
}

/** Lock names and their PostgreSQL advisory keys; take them in this order. */
const locks = {
  accounts: 12_319_001,
  sessions: 12_319_002,
  reference: 12_319_003,
  urging: 12_319_004,
  geo: 12_319_005,
  walls: 12_319_006,
  steering: 12_319_007,
  satisfaction: 12_319_008,
  quality: 12_319_009,
  recordings: 12_319_010,
  missedCalls: 12_319_011,
} as const
export type LockName = keyof typeof locks

/**
 * A refusal rolls back; `keep` marks a refusal whose rows must stay (a counted wrong password). Throwing rolls back and goes on up.
 */
export type Work<T> = (unit: UnitOfWork) => Promise<Outcome<T>>
export type Outcome<T> = Result<T, AppError> & { readonly keep?: true }

export interface Transactor {
  inTransaction<T>(work: Work<T>): Promise<Result<T, AppError>>
}

class RolledBack extends Error {
  constructor(readonly error: AppError) {
    super('rolled back by a refusal')
  }
}

export function createTransactor(options: {
  readonly db: Database
  readonly kind: DatabaseKind
  readonly now: () => number
  /** Called after a commit that wrote events. */
  readonly onEvents: () => void
}): Transactor {
  const { db, kind, now, onEvents } = options
  return {
    async inTransaction(work) {
      const events: NewEvent[] = []
      try {
        const outcome = await db.transaction().execute(async (trx) => {
          const result = await work(unitOf(trx, kind, events))
          if (!result.ok && !result.keep) throw new RolledBack(result.error)
          await appendEvents(trx, kind, events, now())
          return result
        })
        if (events.length > 0) onEvents()
        return outcome.ok ? { ok: true, value: outcome.value } : { ok: false, error: outcome.error }
      } catch (thrown) {
        if (thrown instanceof RolledBack) return { ok: false, error: thrown.error }
        throw thrown
      }
    },
  }
}

function unitOf(trx: Statements, kind: DatabaseKind, events: NewEvent[]): UnitOfWork {
  return {
    trx,
    emit: (name, payload, audience) => {
      events.push({ name, payload, audience: audience ?? null } as NewEvent)
    },
    lock: async (name) => {
      // SQLite runs one transaction at a time anyway.
      if (kind === 'postgresql') await sql`select pg_advisory_xact_lock(${locks[name]})`.execute(trx)
    },
  }
}
