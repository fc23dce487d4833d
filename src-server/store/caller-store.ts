import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { FollowUpOutcome } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import type { Viewer } from '#shared/domain/case/visibility'
import { visibleTo } from './case-conditions'
import type { Database, Statements } from './open-database'

/** Cases and calls by the line of their citizen. Every query here sees only what its viewer may see. */
type Reader = Database | Statements

export interface CaseOfCaller {
  readonly row: CaseRow
  readonly line: string
  readonly name: string
  readonly gender: 'male' | 'female' | 'unknown'
}

/** A caller with more cases than this is a platform or a joke; the newest are enough for people. */
const mostCases = 200

/** The newest first. */
export async function findCasesOfLines(db: Reader, lines: readonly string[], viewer: Viewer): Promise<readonly CaseOfCaller[]> {
  const rows = await db
    .selectFrom('case_person')
    .innerJoin('case_record', 'case_record.case_id', 'case_person.case_id')
    .select(['case_record.row', 'case_person.line', 'case_person.name', 'case_person.gender'])
    .where('case_person.line', 'in', lines)
    .where('case_person.person', '=', 'citizen')
    .where((eb) => visibleTo(viewer)(eb as unknown as Parameters<ReturnType<typeof visibleTo>>[0]))
    .orderBy('case_record.began_at', 'desc')
    .limit(mostCases)
    .execute()
  return rows.map(caseOfCaller)
}

interface JoinedRow {
  readonly row: string
  readonly line: string | null
  readonly name: string
  readonly gender: string
}

const caseOfCaller = ({ row, line, name, gender }: JoinedRow): CaseOfCaller => ({
  row: JSON.parse(row) as CaseRow,
  line: line ?? '',
  name,
  gender: gender as CaseOfCaller['gender'],
})

/** A place in the list of all cases with a caller, in the order of their beginnings. */
export interface CallerPlace {
  readonly at: EpochMs
  readonly caseId: string
}

export async function listCallerCases(
  db: Reader,
  { viewer, after, since, limit }: { viewer: Viewer; after: CallerPlace | undefined; since: EpochMs; limit: number },
): Promise<readonly CaseOfCaller[]> {
  let rows = db
    .selectFrom('case_person')
    .innerJoin('case_record', 'case_record.case_id', 'case_person.case_id')
    .select(['case_record.row', 'case_person.line', 'case_person.name', 'case_person.gender'])
    .where('case_person.line', 'is not', null)
    .where('case_person.person', '=', 'citizen')
    .where('case_record.began_at', '>=', since)
    .where((eb) => visibleTo(viewer)(eb as unknown as Parameters<ReturnType<typeof visibleTo>>[0]))
    .orderBy('case_record.began_at')
    .orderBy('case_record.case_id')
    .limit(limit)
  if (after) rows = rows.where(sql<boolean>`(case_record.began_at, case_record.case_id) > (${after.at}, ${after.caseId})`)
  return (await rows.execute()).map(caseOfCaller)
}

/** Calls from and to one number, the newest first, and how many there are. Those about a case are left out when the viewer may not see it. */
export async function findCallsOfNumber(
  db: Reader,
  number: string,
  { viewer, exceptCallId, limit }: { viewer: Viewer; exceptCallId: string; limit: number },
): Promise<{ readonly calls: readonly CallRecord[]; readonly total: number }> {
  const rows = await db
    .selectFrom('call_record')
    .select('record')
    .where('number', '=', number)
    .where('call_id', '<>', exceptCallId)
    .orderBy('started_at', 'desc')
    .limit(mostCases)
    .execute()
  const calls = rows.map(({ record }) => JSON.parse(record) as CallRecord)
  const named = [...new Set(calls.flatMap(({ caseNo }) => (caseNo === null ? [] : [caseNo])))]
  const seen =
    named.length === 0
      ? new Set<string>()
      : new Set(
          (await db.selectFrom('case_record').select('case_no').where('case_no', 'in', named).where(visibleTo(viewer)).execute()).map(
            ({ case_no }) => case_no,
          ),
        )
  const shown = calls.filter(({ caseNo }) => caseNo === null || seen.has(caseNo))
  return { calls: shown.slice(0, limit), total: shown.length }
}

/** What was said at the last follow-up of any of these cases. */
export async function findLastFollowUp(
  db: Reader,
  caseIds: readonly string[],
): Promise<{ readonly outcome: FollowUpOutcome; readonly at: EpochMs } | null> {
  if (caseIds.length === 0) return null
  const last = await db
    .selectFrom('case_history')
    .select(['at', 'input'])
    .where('case_id', 'in', caseIds)
    .where('action', '=', 'followUp')
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const outcome = last && (JSON.parse(last.input) as { readonly outcome?: FollowUpOutcome }).outcome
  return last && outcome ? { outcome, at: last.at } : null
}

/** The key under which lines are hashed, made when it is first asked for. Two processes may ask at once: one of the two stays. */
export async function callerSalt(db: Database, make: () => string): Promise<string> {
  const read = () => db.selectFrom('caller_key').select('salt').where('id', '=', 1).executeTakeFirst()
  const known = await read()
  if (known) return known.salt
  await db
    .insertInto('caller_key')
    .values({ id: 1, salt: make() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return (await read())?.salt ?? ''
}
