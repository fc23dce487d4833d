import type { EpochMs } from '#shared/base/clock'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { isMissed } from '#shared/domain/call/ending'
import type { Database } from './database'
import type { SqlValue } from './driver'

/**
 * Calls that live, so that the next process can go on with them, and the log of those that are over. Three rooms write a live call, each its own
 * column, and none knows what the others mean by theirs.
 */
export interface CallStore {
  readonly live: LiveCallStore
  put(record: CallRecord): void
  get(callId: string): CallRecord | undefined
  /** Newest first. */
  list(query: CallQuery): { readonly items: readonly CallRecord[]; readonly next: string | null }
  /** Calls that nobody took and nobody has given back since `since`, newest first. */
  unsettled(since: EpochMs): readonly CallRecord[]
  /** Calls whose caller was promised a time and has not been called back. */
  promised(): readonly CallRecord[]
  reopen(callId: string): void
  settle(number: string, at: EpochMs): void
  settleOne(callId: string, at: EpochMs): void
  /** The log of this PC is a convenience; the centre keeps the records. */
  removeBefore(at: EpochMs): void
}

export type LivePart = 'snapshot' | 'call' | 'stream'

export interface LiveCallStore {
  /** Values are JSON of their room. */
  put(callId: string, part: LivePart, value: unknown): void
  get(callId: string, part: LivePart): unknown
  clear(callId: string, part: LivePart): void
  list(): readonly { readonly callId: string; readonly snapshot: unknown; readonly call: unknown }[]
  remove(callId: string): void
}

export interface CallQuery {
  readonly which: 'all' | 'missed' | 'incoming' | 'outgoing'
  readonly number?: string | undefined
  /** Any digits of the number as it is written within the country. */
  readonly digits?: string | undefined
  readonly purpose?: CallRecord['purpose'] | undefined
  readonly from?: EpochMs | undefined
  readonly until?: EpochMs | undefined
  readonly after?: string | undefined
  readonly limit: number
}

export function createCalls(database: Database): CallStore {
  const put = database.prepare(
    `INSERT INTO call_record (call_id, direction, number, is_missed, started_at, record) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (call_id) DO UPDATE SET record = excluded.record`,
  )
  const get = database.prepare('SELECT record FROM call_record WHERE call_id = ?')
  const unsettled = database.prepare(
    `SELECT record FROM call_record WHERE is_missed = 1 AND settled_at IS NULL AND started_at >= ? ORDER BY started_at DESC, call_id DESC`,
  )
  const isOpen = "(is_missed = 1 OR json_extract(record, '$.callBackAt') IS NOT NULL) AND settled_at IS NULL"
  // A hundred days of one seat: some thousands of rows, read when the log changes.
  const promised = database.prepare(
    `SELECT record FROM call_record WHERE settled_at IS NULL AND json_extract(record, '$.callBackAt') IS NOT NULL`,
  )
  const reopen = database.prepare('UPDATE call_record SET settled_at = NULL WHERE call_id = ?')
  const settle = database.prepare(`UPDATE call_record SET settled_at = ? WHERE number = ? AND ${isOpen}`)
  const settleOne = database.prepare(`UPDATE call_record SET settled_at = ? WHERE call_id = ? AND ${isOpen}`)
  const removeBefore = database.prepare('DELETE FROM call_record WHERE started_at < ?')
  return {
    live: createLiveCalls(database),
    put(record) {
      const isLost = record.direction === 'incoming' && isMissed(record) ? 1 : 0
      put.run(record.callId, record.direction, record.number, isLost, record.startedAt, JSON.stringify(record))
    },
    get: (callId) => recordsOf([get.get(callId)].filter(Boolean))[0],
    list: (query) => page(database, query),
    unsettled: (since) => recordsOf(unsettled.all(since)),
    promised: () => recordsOf(promised.all()),
    reopen: (callId) => void reopen.run(callId),
    settle: (number, at) => void settle.run(at, number),
    settleOne: (callId, at) => void settleOne.run(at, callId),
    removeBefore: (at) => void removeBefore.run(at),
  }
}

const recordsOf = (rows: readonly unknown[]): readonly CallRecord[] =>
  (rows as readonly { readonly record: string }[]).map(({ record }) => JSON.parse(record) as CallRecord)

const conditions = { all: '1', missed: 'is_missed = 1', incoming: "direction = 'incoming'", outgoing: "direction = 'outgoing'" } as const

/** `next` is the key of the last row: the time it began, and its id for those of the same millisecond. */
function page(database: Database, query: CallQuery): ReturnType<CallStore['list']> {
  const where: string[] = [conditions[query.which]]
  const values: SqlValue[] = []
  const add = (condition: string, ...more: SqlValue[]): void => {
    where.push(condition)
    values.push(...more)
  }
  if (query.number !== undefined) add('number = ?', query.number)
  if (query.digits !== undefined) add("instr('0' || replace(number, '+86', ''), ?) > 0", query.digits)
  if (query.purpose !== undefined) add("json_extract(record, '$.purpose') = ?", query.purpose)
  if (query.from !== undefined) add('started_at >= ?', query.from)
  if (query.until !== undefined) add('started_at < ?', query.until)
  const key = /^(\d{1,15})_(.+)$/.exec(query.after ?? '')
  if (key) add('(started_at, call_id) < (?, ?)', Number(key[1]), key[2] ?? '')
  const rows = database
    .prepare(`SELECT record FROM call_record WHERE ${where.join(' AND ')} ORDER BY started_at DESC, call_id DESC LIMIT ?`)
    .all(...values, query.limit + 1)
  const items = recordsOf(rows.slice(0, query.limit))
  const last = items.at(-1)
  return { items, next: rows.length > query.limit && last ? `${last.startedAt}_${last.callId}` : null }
}

function createLiveCalls(database: Database): LiveCallStore {
  const parts = ['snapshot', 'call', 'stream'] as const
  const prepared = <T>(statement: (part: LivePart) => T): Readonly<Record<LivePart, T>> => ({
    snapshot: statement('snapshot'),
    call: statement('call'),
    stream: statement('stream'),
  })
  const put = prepared((part) =>
    database.prepare(
      `INSERT INTO live_call (call_id, ${part}) VALUES (?, ?) ON CONFLICT (call_id) DO UPDATE SET ${part} = excluded.${part}`,
    ),
  )
  const get = prepared((part) => database.prepare(`SELECT ${part} AS value FROM live_call WHERE call_id = ?`))
  const clear = prepared((part) => database.prepare(`UPDATE live_call SET ${part} = NULL WHERE call_id = ?`))
  const removeEmpty = database.prepare(
    `DELETE FROM live_call WHERE call_id = ? AND ${parts.map((part) => `${part} IS NULL`).join(' AND ')}`,
  )
  const list = database.prepare('SELECT call_id AS callId, snapshot, call FROM live_call ORDER BY call_id')
  const remove = database.prepare('DELETE FROM live_call WHERE call_id = ?')
  const parsed = (text: string | null | undefined): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined)
  return {
    put: (callId, part, value) => void put[part].run(callId, JSON.stringify(value)),
    get: (callId, part) => parsed((get[part].get(callId) as { readonly value: string | null } | undefined)?.value),
    clear(callId, part) {
      clear[part].run(callId)
      removeEmpty.run(callId)
    },
    list: () =>
      (list.all() as readonly { callId: string; snapshot: string | null; call: string | null }[]).map(({ callId, snapshot, call }) => ({
        callId,
        snapshot: parsed(snapshot),
        call: parsed(call),
      })),
    remove: (callId) => void remove.run(callId),
  }
}
