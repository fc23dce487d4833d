import type { EpochMs } from '#shared/base/clock'
import type { Claim, Desk, MissedSources } from '#shared/domain/call/missed'
import type { Database, Statements } from './open-database'
import type { MissedDeskRow } from './schema'

/** Calls that rang in vain at any seat, and what was done about their numbers. */
type Reader = Database | Statements

/** Everything that the list follows from, of the calls since then. */
export async function readMissed(db: Reader, since: EpochMs): Promise<Omit<MissedSources, 'now'>> {
  const rows = await db
    .selectFrom('call_record')
    .select(['call_id', 'number', 'direction', 'is_missed', 'started_at', 'answered_at', 'ended_at', 'seat_no'])
    .where('started_at', '>=', since)
    .execute()
  const [spoken, tried] = [new Map<string, EpochMs>(), new Map<string, EpochMs[]>()]
  for (const { number, direction, answered_at, started_at } of rows) {
    if (number === null) continue
    if (answered_at !== null) spoken.set(number, Math.max(spoken.get(number) ?? 0, answered_at))
    else if (direction === 'outgoing') tried.set(number, [...(tried.get(number) ?? []), started_at])
  }
  const rings = rows
    .filter(({ is_missed }) => is_missed === 1)
    .map((row) => ({
      ...{ callId: row.call_id, number: row.number, seatNo: row.seat_no },
      ...{ startedAt: row.started_at, endedAt: row.ended_at },
    }))
  const desks = (await db.selectFrom('missed_desk').selectAll().where('changed_at', '>=', since).execute()).map(deskOf)
  return { rings, spoken, tried, desks }
}

const deskOf = (row: MissedDeskRow): Desk => ({
  key: row.missed_key,
  claim:
    row.claimed_by === null || row.claimed_until === null
      ? null
      : { accountNo: row.claimed_by, name: row.claimed_name ?? '', until: row.claimed_until },
  settledAt: row.settled_at,
})

export async function putClaim(trx: Statements, key: string, { accountNo, name, until }: Claim, at: EpochMs): Promise<void> {
  const columns = { claimed_by: accountNo, claimed_name: name, claimed_until: until, changed_at: at }
  await trx
    .insertInto('missed_desk')
    .values({ missed_key: key, ...columns, settled_at: null, settled_by: null, note: null })
    .onConflict((conflict) => conflict.column('missed_key').doUpdateSet(columns))
    .execute()
}

export async function putSettlement(trx: Statements, key: string, by: string, note: string, at: EpochMs): Promise<void> {
  const columns = { claimed_by: null, claimed_name: null, claimed_until: null, settled_at: at, settled_by: by, note, changed_at: at }
  await trx
    .insertInto('missed_desk')
    .values({ missed_key: key, ...columns })
    .onConflict((conflict) => conflict.column('missed_key').doUpdateSet(columns))
    .execute()
}
