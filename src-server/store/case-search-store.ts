import { type RawBuilder, SqliteAdapter, sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { CaseRow } from '#shared/domain/case/row'
import type { QueryTerm } from '#shared/domain/case/tokens'
import type { Viewer } from '#shared/domain/case/visibility'
import { type CaseCondition, visibleTo } from './case-conditions'
import type { Database, Statements } from './open-database'

/**
 * The text index of cases. It keeps and finds tokens and knows nothing of how they are made (`domain/case/tokens`). SQLite and PostgreSQL index in
 * their own ways and answer alike: newest first, by a key that is the case's moment with three more digits.
 */
type Reader = Database | Statements

export interface IndexedCase {
  readonly caseId: string
  readonly beganAt: EpochMs
  readonly tokens: readonly string[]
}

/** Cases of one millisecond that keep apart; more than a centre registers in it. */
const perMs = 1_000

const isSqlite = (db: Reader): boolean => db.getExecutor().adapter instanceof SqliteAdapter

/** Puts a new case into the index, in the transaction that registers it. */
export async function indexCase(trx: Statements, { caseId, beganAt, tokens }: IndexedCase): Promise<void> {
  let place = Math.min(beganAt, lastMoment) * perMs
  while (!(await insertAt(trx, place, caseId, tokens))) place += 1
}

/** False when another case has this place. */
async function insertAt(trx: Statements, place: number, caseId: string, tokens: readonly string[]): Promise<boolean> {
  if (!isSqlite(trx)) {
    const { numAffectedRows } = await sql`
      insert into case_search (search_id, case_id, tokens) values (${place}, ${caseId}, array_to_tsvector(${[...tokens]}::text[]))
      on conflict (search_id) do nothing`.execute(trx)
    return numAffectedRows === 1n
  }
  const { numAffectedRows } =
    await sql`insert into case_search (search_id, case_id) values (${place}, ${caseId}) on conflict (search_id) do nothing`.execute(trx)
  if (numAffectedRows !== 1n) return false
  await sql`insert into case_search_text (rowid, tokens) values (${place}, ${tokens.join(' ')})`.execute(trx)
  return true
}

/** Replaces the tokens of a case that changed, in the transaction of the change. A case that is not in the index stays outside. */
export async function reindexCase(trx: Statements, caseId: string, tokens: readonly string[]): Promise<void> {
  if (!isSqlite(trx)) {
    await sql`update case_search set tokens = array_to_tsvector(${[...tokens]}::text[]) where case_id = ${caseId}`.execute(trx)
    return
  }
  const place = await trx.selectFrom('case_search').select('search_id').where('case_id', '=', caseId).executeTakeFirst()
  if (!place) return
  await sql`delete from case_search_text where rowid = ${place.search_id}`.execute(trx)
  await sql`insert into case_search_text (rowid, tokens) values (${place.search_id}, ${tokens.join(' ')})`.execute(trx)
}

export interface CaseSearch {
  /** At least one; all must hold. */
  readonly terms: readonly QueryTerm[]
  readonly viewer: Viewer
  readonly conditions: readonly CaseCondition[]
  /** When the case began: from then on, and before then. */
  readonly from: EpochMs | undefined
  readonly until: EpochMs | undefined
  /** Places before this one; undefined = from the newest. */
  readonly before: number | undefined
  readonly limit: number
}

export interface FoundCases {
  readonly rows: readonly CaseRow[]
  /** Where to go on; null when everything was looked at. */
  readonly next: number | null
}

/**
 * One look takes at most so many cases that hold the terms: when nearly all of them are not for this viewer or not in this filter, a page is short,
 * or empty, and still says where to go on, instead of keeping everybody waiting.
 */
const mostLookedAt = 4_000

export async function searchCases(db: Reader, search: CaseSearch): Promise<FoundCases> {
  const { viewer, conditions, limit } = search
  const held = heldQuery(db, search)
  // A crossed join is how SQLite is told the order: from what holds the terms to its cases. Left to itself it begins with the index of a filter, when
  // nobody has counted how many cases stand under one street.
  let cases = db
    .selectFrom(held.as('held'))
    .crossJoin('case_search')
    .crossJoin('case_record')
    .whereRef('case_search.search_id', '=', 'held.place')
    .whereRef('case_record.case_id', '=', 'case_search.case_id')
    .where(visibleTo(viewer))
  for (const condition of conditions) cases = cases.where(condition)
  const found = await cases
    .select(['held.place', 'case_record.row'])
    .orderBy('held.place', 'desc')
    .limit(limit + 1)
    .execute()
  const page = found.slice(0, limit)
  const rows = page.map(({ row }) => JSON.parse(row) as CaseRow)
  if (found.length > limit) return { rows, next: page.at(-1)?.place ?? null }
  const look = await sql<{ count: number; last: number }>`select count(*) as count, min(place) as last from ${held} as held`.execute(db)
  const [{ count, last } = { count: 0, last: null }] = look.rows
  return { rows, next: count < mostLookedAt ? null : last }
}

/** The newest places that hold the terms. */
function heldQuery(db: Reader, { terms, before, from, until }: CaseSearch): RawBuilder<{ place: number }> {
  const below = Math.min(before ?? Number.MAX_SAFE_INTEGER, (until ?? lastMoment) * perMs)
  const least = (from ?? 0) * perMs
  if (isSqlite(db)) {
    // FTS5 heeds a bound of its key only when it is an integer; the driver hands numbers over as floating point.
    return sql<{ place: number }>`(
      select rowid as place from case_search_text where case_search_text match ${ftsQuery(terms)} and rowid < cast(${below} as integer)
      and rowid >= cast(${least} as integer)
      order by rowid desc limit ${mostLookedAt})`
  }
  return sql<{ place: number }>`(
    select search_id as place from case_search where tokens @@ ${tsQuery(terms)}::tsquery and search_id < ${below} and search_id >= ${least}
    order by search_id desc limit ${mostLookedAt})`
}

/** Beyond it a place would be no exact number: in the year 2255. */
const lastMoment = 9_000_000_000_000

/** Tokens hold letters, digits and our own signs, so nothing in them can end the quotation. */
const ftsQuery = (terms: readonly QueryTerm[]): string =>
  terms.map(({ token, orPrefix }) => (orPrefix === null ? `"${token}"` : `("${token}" OR "${orPrefix}" *)`)).join(' AND ')

const tsQuery = (terms: readonly QueryTerm[]): string =>
  terms.map(({ token, orPrefix }) => (orPrefix === null ? `'${token}'` : `('${token}' | '${orPrefix}':*)`)).join(' & ')
