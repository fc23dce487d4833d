import { SqliteAdapter, sql } from 'kysely'
import type { DutyLogDraft, DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { SeatKey } from '#shared/contracts/shift-shapes'
import { type QueryTerm, tokensOf } from '#shared/domain/case/tokens'
import type { DutyLogLink, Origin } from '#shared/domain/duty-log/seal'
import type { Database, Statements } from './open-database'
import { dutyLogEntryOf } from './record-store'
import type { DutyLogSealRow } from './shift-schema'

/** The seals of the duty log, the keys behind them, and the index over its words. Nothing here is ever changed or removed. */
type Reader = Database | Statements

const isSqlite = (db: Reader): boolean => db.getExecutor().adapter instanceof SqliteAdapter

/** False when this key was registered before; it then stays as it was. */
export async function insertSeatKey(trx: Statements, key: SeatKey, accountNo: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('seat_key')
    .values({ key_id: key.keyId, seat_no: key.seatNo, public_key: key.publicKey, registered_at: key.registeredAt, account_no: accountNo })
    .onConflict((conflict) => conflict.column('key_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function listSeatKeys(db: Reader): Promise<readonly SeatKey[]> {
  const rows = await db.selectFrom('seat_key').selectAll().orderBy('registered_at').orderBy('key_id').execute()
  return rows.map((row) => ({ keyId: row.key_id, seatNo: row.seat_no, publicKey: row.public_key, registeredAt: row.registered_at }))
}

export async function findSeatKey(db: Reader, keyId: string): Promise<SeatKey | undefined> {
  const row = await db.selectFrom('seat_key').selectAll().where('key_id', '=', keyId).executeTakeFirst()
  return row && { keyId: row.key_id, seatNo: row.seat_no, publicKey: row.public_key, registeredAt: row.registered_at }
}

/** What an entry carries besides its words; nothing for an entry without any of it. */
export async function insertSeal(trx: Statements, entryId: string, { origin, corrects, links, seal }: DutyLogDraft): Promise<void> {
  if (origin === undefined && corrects === undefined && links === undefined && seal === undefined) return
  await trx
    .insertInto('duty_log_seal')
    .values({
      ...{ entry_id: entryId, origin: origin ?? 'person', corrects: corrects ?? null, links: JSON.stringify(links ?? []) },
      ...{ key_id: seal?.keyId ?? null, position: seal?.position ?? null },
      ...{ stamp_ms: seal?.stamp.ms ?? null, stamp_count: seal?.stamp.count ?? null },
      ...{ previous_hash: seal?.previousHash ?? null, hash: seal?.hash ?? null, signature: seal?.signature ?? null },
    })
    .execute()
}

/** Keeps what an entry points at; its author's own alone is then for every reader of the log. */
export async function keepLinkedAttachments(
  trx: Statements,
  { entryId, authorNo, links = [] }: Pick<DutyLogEntry, 'entryId' | 'authorNo' | 'links'>,
): Promise<void> {
  const ids = [...new Set(links.filter(({ to }) => to === 'attachment').map(({ id }) => id))]
  if (ids.length === 0) return
  await trx
    .insertInto('duty_log_attachment')
    .values(ids.map((id) => ({ attachment_id: id, entry_id: entryId, author_no: authorNo })))
    .execute()
}

/** Whether somebody put their own attachment into the duty log. */
export async function isInLog(db: Reader, attachmentId: string, uploaderNo: string): Promise<boolean> {
  const row = await db
    .selectFrom('duty_log_attachment')
    .select('entry_id')
    .where('attachment_id', '=', attachmentId)
    .where('author_no', '=', uploaderNo)
    .executeTakeFirst()
  return row !== undefined
}

/** The same entries with their seals, in the order given. */
export async function withSeals(db: Reader, entries: readonly DutyLogEntry[]): Promise<readonly DutyLogEntry[]> {
  if (entries.length === 0) return entries
  const ids = entries.map(({ entryId }) => entryId)
  const rows = await db.selectFrom('duty_log_seal').selectAll().where('entry_id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.entry_id, row]))
  return entries.map((entry) => {
    const row = byId.get(entry.entryId)
    return row ? { ...entry, ...sealedPartOf(row) } : entry
  })
}

function sealedPartOf(row: DutyLogSealRow): Pick<DutyLogEntry, 'origin' | 'corrects' | 'links' | 'seal'> {
  const part = { origin: row.origin as Origin, corrects: row.corrects, links: JSON.parse(row.links) as DutyLogLink[] }
  if (row.key_id === null || row.hash === null) return part
  const stamp = { ms: row.stamp_ms ?? 0, count: row.stamp_count ?? 0 }
  const chained = { keyId: row.key_id, position: row.position ?? 0, previousHash: row.previous_hash ?? '' }
  return { ...part, seal: { ...chained, stamp, hash: row.hash, signature: row.signature ?? '' } }
}

const perRead = 2000

/** The whole log as it was received, in pieces: years of it do not fit into one answer of the database. */
export async function* everyEntry(db: Reader): AsyncGenerator<DutyLogEntry> {
  let last = ''
  for (;;) {
    const rows = await db.selectFrom('duty_log_entry').selectAll().where('entry_id', '>', last).orderBy('entry_id').limit(perRead).execute()
    yield* await withSeals(db, rows.map(dutyLogEntryOf))
    if (rows.length < perRead) return
    last = rows.at(-1)?.entry_id ?? ''
  }
}

export async function indexEntry(trx: Statements, entry: DutyLogEntry): Promise<void> {
  const tokens = tokensOf(`${entry.text}\n${entry.authorName}\n${(entry.links ?? []).map(({ label }) => label).join('\n')}`)
  let place = entry.writtenAt * 1000
  while (!(await insertAt(trx, place, entry.entryId, tokens))) place += 1
}

async function insertAt(trx: Statements, place: number, entryId: string, tokens: readonly string[]): Promise<boolean> {
  const { numAffectedRows } = isSqlite(trx)
    ? await sql`insert into duty_log_search (search_id, entry_id) values (${place}, ${entryId}) on conflict (search_id) do nothing`.execute(
        trx,
      )
    : await sql`insert into duty_log_search (search_id, entry_id, tokens) values (${place}, ${entryId}, array_to_tsvector(${[...tokens]}::text[]))
        on conflict (search_id) do nothing`.execute(trx)
  if (numAffectedRows !== 1n) return false
  if (isSqlite(trx)) await sql`insert into duty_log_search_text (rowid, tokens) values (${place}, ${tokens.join(' ')})`.execute(trx)
  return true
}

export interface LogSearch {
  /** None: every entry that fits the rest. */
  readonly terms: readonly QueryTerm[]
  readonly kind?: string | undefined
  readonly origin?: Origin | undefined
  readonly seatNo?: string | undefined
  readonly authorNo?: string | undefined
  readonly from?: number | undefined
  readonly until?: number | undefined
  /** A place that the last page ended at. */
  readonly before: number | undefined
  readonly limit: number
}

/** Newest first. Places are given back with the entries; they are made of the time of writing, so that a span of time is a span of places. */
export async function searchLog(
  db: Reader,
  search: LogSearch,
): Promise<readonly { readonly place: number; readonly entry: DutyLogEntry }[]> {
  const { kind, seatNo, authorNo, origin } = search
  let query = db
    .selectFrom(placesOf(db, search).as('held'))
    .crossJoin('duty_log_search')
    .crossJoin('duty_log_entry')
    .whereRef('duty_log_search.search_id', '=', 'held.place')
    .whereRef('duty_log_entry.entry_id', '=', 'duty_log_search.entry_id')
    .selectAll('duty_log_entry')
    .select('held.place')
  if (kind !== undefined) query = query.where('duty_log_entry.kind', '=', kind)
  if (seatNo !== undefined) query = query.where('duty_log_entry.seat_no', '=', seatNo)
  if (authorNo !== undefined) query = query.where('duty_log_entry.author_no', '=', authorNo)
  if (origin !== undefined) {
    const automatic = db.selectFrom('duty_log_seal').select('entry_id').where('origin', '=', 'automatic')
    query = query.where('duty_log_entry.entry_id', origin === 'automatic' ? 'in' : 'not in', automatic)
  }
  const rows = await query.orderBy('held.place', 'desc').limit(search.limit).execute()
  const entries = await withSeals(db, rows.map(dutyLogEntryOf))
  return rows.map((row, index) => ({ place: Number(row.place), entry: entries[index] as DutyLogEntry }))
}

function placesOf(db: Reader, { terms, before, from, until }: LogSearch) {
  const below = Math.min(before ?? Number.MAX_SAFE_INTEGER, until === undefined ? Number.MAX_SAFE_INTEGER : until * 1000)
  const least = from === undefined ? 0 : from * 1000
  const tokens = terms.map(({ token }) => token)
  if (tokens.length === 0) {
    return sql<{ place: number }>`(select search_id as place from duty_log_search
      where search_id < cast(${below} as bigint) and search_id >= cast(${least} as bigint) order by search_id desc)`
  }
  return isSqlite(db)
    ? sql<{ place: number }>`(select rowid as place from duty_log_search_text
        where duty_log_search_text match ${tokens.map((token) => `"${token}"`).join(' AND ')}
          and rowid < cast(${below} as integer) and rowid >= cast(${least} as integer) order by rowid desc)`
    : sql<{ place: number }>`(select search_id as place from duty_log_search
        where tokens @@ ${tokens.map((token) => `'${token}'`).join(' & ')}::tsquery
          and search_id < ${below} and search_id >= ${least} order by search_id desc)`
}

/** Of each chain that wrote in this span of time: every entry from the first to the last of it, whatever its clock said; and what has no seal. */
export async function entriesOfSpan(db: Reader, from: number, until: number): Promise<readonly DutyLogEntry[]> {
  const within = await db
    .selectFrom('duty_log_entry')
    .selectAll()
    .where('written_at', '>=', from)
    .where('written_at', '<', until)
    .orderBy('written_at')
    .orderBy('entry_id')
    .execute()
  const inTime = await withSealsOfAll(db, within.map(dutyLogEntryOf))
  const known = new Set(inTime.map(({ entryId }) => entryId))
  const more: DutyLogEntry[] = []
  for (const [keyId, [first, last]] of spansOf(inTime)) {
    const ids = db
      .selectFrom('duty_log_seal')
      .select('entry_id')
      .where('key_id', '=', keyId)
      .where('position', '>=', first)
      .where('position', '<=', last)
    const rows = await db.selectFrom('duty_log_entry').selectAll().where('entry_id', 'in', ids).execute()
    const strays = rows.filter((row) => !known.has(row.entry_id)).map(dutyLogEntryOf)
    more.push(...(await withSealsOfAll(db, strays)))
  }
  return [...inTime, ...more]
}

/** Both databases limit the values of one statement. */
async function withSealsOfAll(db: Reader, entries: readonly DutyLogEntry[]): Promise<readonly DutyLogEntry[]> {
  const all: DutyLogEntry[] = []
  for (let at = 0; at < entries.length; at += perRead) all.push(...(await withSeals(db, entries.slice(at, at + perRead))))
  return all
}

/** First and last position of each chain among these entries. */
export function spansOf(entries: readonly DutyLogEntry[]): ReadonlyMap<string, readonly [number, number]> {
  const spans = new Map<string, readonly [number, number]>()
  for (const { seal } of entries) {
    if (!seal) continue
    const [first, last] = spans.get(seal.keyId) ?? [seal.position, seal.position]
    spans.set(seal.keyId, [Math.min(first, seal.position), Math.max(last, seal.position)])
  }
  return spans
}

export async function hashAt(db: Reader, keyId: string, position: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('duty_log_seal')
    .select('hash')
    .where('key_id', '=', keyId)
    .where('position', '=', position)
    .executeTakeFirst()
  return row?.hash ?? undefined
}
