import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { PayloadOf, ServerEventName } from '#shared/contracts/server-events/table'
import type { RoleId } from '#shared/domain/account/role'
import type { Database, DatabaseKind, Statements } from './open-database'

/** The durable log of server events. It knows the order and the audience of events, not who listens. */

/**
 * Who may receive an event; null = everybody who is signed in. A listener belongs to it when any of the lists names them and `exceptAccounts` does
 * not. `departments` names the operators of those departments' terminals, `collectors` these collectors at work as such.
 */
export interface Audience {
  readonly roles?: readonly RoleId[]
  readonly accounts?: readonly string[]
  readonly seats?: readonly string[]
  readonly departments?: readonly string[]
  readonly collectors?: readonly string[]
  readonly exceptAccounts?: readonly string[]
}

export type StoredEventName = Exclude<ServerEventName, 'stream.reset'>

export type NewEvent = {
  [N in StoredEventName]: { readonly name: N; readonly payload: PayloadOf<N>; readonly audience: Audience | null }
}[StoredEventName]

/** An event as it is kept: `data` is already the JSON text that travels. */
export interface StoredEvent {
  readonly seq: number
  readonly name: StoredEventName
  readonly at: EpochMs
  readonly payload: string
  readonly audience: Audience | null
}

/** The channel on which PostgreSQL processes wake each other. */
export const notifyChannel = 'central_event'

/**
 * Gives events their sequence numbers and stores them. The counter's row stays locked until commit, so numbers become visible strictly in
 * order: whoever has seen `n` can never later find something new below `n` (with a plain sequence a slow transaction could commit late).
 */
export async function appendEvents(trx: Statements, kind: DatabaseKind, events: readonly NewEvent[], at: EpochMs): Promise<void> {
  if (events.length === 0) return
  const { latest_seq: last } = await trx
    .updateTable('event_log')
    .set((eb) => ({ latest_seq: eb('latest_seq', '+', events.length) }))
    .returning('latest_seq')
    .executeTakeFirstOrThrow()
  const first = last - events.length + 1
  await trx
    .insertInto('server_event')
    .values(
      events.map((event, index) => ({
        seq: first + index,
        name: event.name,
        at,
        payload: JSON.stringify(event.payload),
        audience: event.audience === null ? null : JSON.stringify(event.audience),
      })),
    )
    .execute()
  if (kind === 'postgresql') await sql`select pg_notify(${notifyChannel}, ${String(last)})`.execute(trx)
}

export interface EventRange {
  readonly latestSeq: number
  readonly oldestSeq: number
}

export async function eventRange(db: Database): Promise<EventRange> {
  const row = await db.selectFrom('event_log').selectAll().executeTakeFirstOrThrow()
  return { latestSeq: row.latest_seq, oldestSeq: row.oldest_seq }
}

/** Up to `limit` events after `seq`, in order. */
export async function eventsAfter(db: Database, seq: number, limit: number): Promise<readonly StoredEvent[]> {
  const rows = await db.selectFrom('server_event').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()
  return rows.map((row) => ({
    seq: row.seq,
    name: row.name as StoredEventName,
    at: row.at,
    payload: row.payload,
    audience: row.audience === null ? null : (JSON.parse(row.audience) as Audience),
  }))
}

/** Up to `limit` events of cases after `seq` up to and with `until`, in order. */
export async function caseEventsAfter(
  db: Database,
  seq: number,
  until: number,
  limit: number,
): Promise<readonly Pick<StoredEvent, 'seq' | 'payload'>[]> {
  return db
    .selectFrom('server_event')
    .select(['seq', 'payload'])
    .where('name', '=', 'case.changed')
    .where('seq', '>', seq)
    .where('seq', '<=', until)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The last event before a moment; 0 when there is none left. */
export async function lastSeqBefore(db: Database, at: EpochMs): Promise<number> {
  const row = await db
    .selectFrom('server_event')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('at', '<', at)
    .executeTakeFirst()
  return Number(row?.seq ?? 0)
}

/** Forgets events older than `before`; a listener whose cursor lies before what is left is told to start afresh. */
export async function forgetEvents(trx: Statements, before: EpochMs): Promise<void> {
  const gone = await trx.deleteFrom('server_event').where('at', '<', before).returning('seq').execute()
  if (gone.length === 0) return
  await trx
    .updateTable('event_log')
    .set({ oldest_seq: Math.max(...gone.map((row) => row.seq)) + 1 })
    .execute()
}
