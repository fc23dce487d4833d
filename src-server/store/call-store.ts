import { type SelectQueryBuilder, sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { AgentInterval, CallRecord } from '#shared/contracts/call-shapes'
import type { AgentOnBoard, AgentTotals } from '#shared/contracts/central-api/calls'
import { isMissed } from '#shared/domain/call/ending'
import { type Satisfaction, type SatisfactionAnswer, satisfactionRef } from '#shared/domain/call/satisfaction'
import type { Database, Statements } from './open-database'
import type { Place } from './record-store'
import type { CentralTables } from './schema'

/** Calls that are over, how people's time was spent, and what each agent does now. */
type Reader = Database | Statements

/** A record that a person speaks for. */
export type OwnedCall = CallRecord & { readonly accountNo: string; readonly name: string }

/**
 * Puts a record, or in the place of the person's own earlier word of the same call, and gives it back with what the citizen has said to it. Null: the
 * call is another's.
 */
export async function putCall(trx: Statements, call: OwnedCall, receivedAt: EpochMs): Promise<OwnedCall | null> {
  // What the seat says of the answer counts for nothing: it only knows that somebody was asked.
  const ref = call.satisfaction ? satisfactionRef(call.callId) : null
  const satisfaction = ref === null ? null : ((await answerOf(trx, ref)) ?? 'awaited')
  const columns = {
    account_no: call.accountNo,
    account_name: call.name,
    seat_no: call.seatNo,
    direction: call.direction,
    number: call.number,
    is_missed: call.direction === 'incoming' && isMissed(call) ? (1 as const) : (0 as const),
    started_at: call.startedAt,
    answered_at: call.answeredAt,
    ended_at: call.endedAt,
    record: JSON.stringify(call),
    satisfaction,
    satisfaction_ref: ref,
  }
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('call_record')
    .values({ call_id: call.callId, ...columns, received_at: receivedAt })
    .onConflict((conflict) => conflict.column('call_id').doUpdateSet(columns).where('call_record.account_no', '=', call.accountNo))
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n ? { ...call, satisfaction } : null
}

async function answerOf(db: Reader, ref: string): Promise<Satisfaction | undefined> {
  const row = await db.selectFrom('call_satisfaction').select('answer').where('ref', '=', ref).executeTakeFirst()
  return row && (row.answer as SatisfactionAnswer)
}

/** Keeps the first answer to a call; of a second one nothing is taken. Gives back whose call it is, if the centre has it already. */
export async function putAnswer(
  trx: Statements,
  ref: string,
  answer: SatisfactionAnswer,
  at: EpochMs,
): Promise<{ readonly callId: string; readonly accountNo: string } | undefined> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('call_satisfaction')
    .values({ ref, answer, answered_at: at })
    .onConflict((conflict) => conflict.column('ref').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return undefined
  const row = await trx
    .updateTable('call_record')
    .set({ satisfaction: answer })
    .where('satisfaction_ref', '=', ref)
    .returning(['call_id', 'account_no'])
    .executeTakeFirst()
  return row && { callId: row.call_id, accountNo: row.account_no }
}

export interface CallQuery {
  readonly before?: Place | undefined
  readonly limit: number
  /** `held`: whose recording a dispute keeps. */
  readonly which?: 'all' | 'missed' | 'incoming' | 'outgoing' | 'held' | undefined
  readonly accountNo?: string | undefined
  readonly seatNo?: string | undefined
  readonly number?: string | undefined
  readonly from?: EpochMs | undefined
  readonly until?: EpochMs | undefined
}

export async function listCalls(db: Reader, query: CallQuery): Promise<readonly CallRecord[]> {
  let rows = db
    .selectFrom('call_record')
    .select(['record', 'satisfaction'])
    .orderBy('started_at', 'desc')
    .orderBy('call_id', 'desc')
    .limit(query.limit)
  const { before, which } = query
  if (before)
    rows = rows.where((eb) =>
      eb.or([eb('started_at', '<', before.at), eb.and([eb('started_at', '=', before.at), eb('call_id', '<', before.id)])]),
    )
  if (which === 'missed') rows = rows.where('is_missed', '=', 1)
  if (which === 'held')
    rows = rows.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('recording_hold')
          .select('hold_id')
          .whereRef('recording_hold.call_id', '=', 'call_record.call_id')
          .where('released_at', 'is', null),
      ),
    )
  if (which === 'incoming' || which === 'outgoing') rows = rows.where('direction', '=', which)
  if (query.accountNo !== undefined) rows = rows.where('account_no', '=', query.accountNo)
  if (query.seatNo !== undefined) rows = rows.where('seat_no', '=', query.seatNo)
  if (query.number !== undefined) rows = rows.where('number', '=', query.number)
  if (query.from !== undefined) rows = rows.where('started_at', '>=', query.from)
  if (query.until !== undefined) rows = rows.where('started_at', '<', query.until)
  return (await rows.execute()).map(({ record, satisfaction }) => ({ ...JSON.parse(record), satisfaction }) as CallRecord)
}

/** False when there is an interval with this id already. */
export async function insertInterval(trx: Statements, interval: AgentInterval, name: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('agent_interval')
    .values({
      interval_id: interval.intervalId,
      account_no: interval.accountNo,
      account_name: name,
      seat_no: interval.seatNo,
      phase: interval.phase,
      reason: interval.reason,
      is_forced: interval.isForced ? 1 : 0,
      call_id: interval.callId,
      started_at: interval.startedAt,
      ended_at: interval.endedAt,
    })
    .onConflict((conflict) => conflict.column('interval_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function putAgent(trx: Statements, agent: AgentOnBoard, sessionId: string): Promise<void> {
  const columns = { session_id: sessionId, state: JSON.stringify(agent) }
  await trx
    .insertInto('agent_state')
    .values({ seat_no: agent.seatNo, ...columns })
    .onConflict((conflict) => conflict.column('seat_no').doUpdateSet(columns))
    .execute()
}

/** Of sessions that are open: who signed out, or was put out, shows nothing. */
export async function listAgents(db: Reader, now: EpochMs): Promise<readonly AgentOnBoard[]> {
  const rows = await db
    .selectFrom('agent_state')
    .innerJoin('session', 'session.session_id', 'agent_state.session_id')
    .where('session.closed_at', 'is', null)
    .where('session.expires_at', '>', now)
    .select('agent_state.state')
    .orderBy('agent_state.seat_no')
    .execute()
  return rows.map(({ state }) => JSON.parse(state) as AgentOnBoard)
}

type Counted = SelectQueryBuilder<CentralTables, 'call_record', object>

/** Calls that began, and stretches that overlap the time, cut to it. */
export async function totalAgents(db: Reader, from: EpochMs, until: EpochMs): Promise<readonly AgentTotals[]> {
  const calls = await (db.selectFrom('call_record') as Counted)
    .where('started_at', '>=', from)
    .where('started_at', '<', until)
    .groupBy('account_no')
    .select((eb) => [
      'account_no',
      eb.fn.max('account_name').as('name'),
      sql<number>`sum(case when direction = 'incoming' then 1 else 0 end)`.as('incoming'),
      sql<number>`sum(case when direction = 'incoming' and answered_at is not null then 1 else 0 end)`.as('answered'),
      sql<number>`sum(is_missed)`.as('missed'),
      sql<number>`sum(case when direction = 'outgoing' then 1 else 0 end)`.as('outgoing'),
      sql<number>`sum(case when answered_at is null then 0 else ended_at - answered_at end)`.as('talk'),
      sql<number>`sum(case when direction = 'incoming' and answered_at is not null then answered_at - started_at else 0 end)`.as('ring'),
    ])
    .execute()
  const spent = await db
    .selectFrom('agent_interval')
    .where('ended_at', '>', from)
    .where('started_at', '<', until)
    .select(['account_no', 'account_name', 'phase', 'reason', 'is_forced', 'started_at', 'ended_at'])
    .execute()
  const totals = new Map<string, AgentTotals>()
  const of = (accountNo: string, name: string): AgentTotals => totals.get(accountNo) ?? { ...nothing, accountNo, name }
  for (const row of calls) {
    totals.set(row.account_no, {
      ...of(row.account_no, String(row.name)),
      // PostgreSQL sums integers as bigint, which arrives as text.
      ...{ incoming: Number(row.incoming), answered: Number(row.answered), missed: Number(row.missed), outgoing: Number(row.outgoing) },
      ...{ talkMs: Number(row.talk), ringMs: Number(row.ring) },
    })
  }
  for (const row of spent) {
    const before = of(row.account_no, row.account_name)
    const ms = Math.min(row.ended_at, until) - Math.max(row.started_at, from)
    const isFault = row.is_forced === 1 && row.reason !== 'shiftLead' && row.reason !== 'unansweredRing' && row.reason !== 'absence'
    const column = isFault ? 'faultMs' : columnOf[row.phase]
    totals.set(row.account_no, column ? { ...before, [column]: before[column] + ms } : before)
  }
  return [...totals.values()].sort((a, b) => (a.accountNo < b.accountNo ? -1 : 1))
}

const nothing: Omit<AgentTotals, 'accountNo' | 'name'> = {
  ...{ incoming: 0, answered: 0, missed: 0, outgoing: 0, talkMs: 0, ringMs: 0 },
  ...{ readyMs: 0, notReadyMs: 0, faultMs: 0, wrapUpMs: 0 },
}

const columnOf: Readonly<Record<string, 'readyMs' | 'notReadyMs' | 'wrapUpMs'>> = {
  ready: 'readyMs',
  notReady: 'notReadyMs',
  wrapUp: 'wrapUpMs',
}
