import type { EpochMs } from '#shared/base/clock'
import type { CollectorNow, TrackPoint } from '#shared/contracts/central-api/field'
import type { FieldPosition } from '#shared/domain/place/patrol'
import type { Database, Statements } from './open-database'

/** Where collectors are and were: one row each for now, one for every reported position. */
type Reader = Database | Statements

/** As it stands at the centre; undefined before anything was reported. */
export async function findCollectorNow(db: Reader, accountNo: string): Promise<CollectorNow | undefined> {
  const row = await db.selectFrom('collector_duty').selectAll().where('account_no', '=', accountNo).executeTakeFirst()
  return row && nowOf(row)
}

/** Everybody who ever reported. */
export async function listCollectorsNow(db: Reader): Promise<readonly CollectorNow[]> {
  return (await db.selectFrom('collector_duty').selectAll().orderBy('account_no').execute()).map(nowOf)
}

interface DutyRow {
  readonly account_no: string
  readonly is_on_duty: number
  readonly lng: number | null
  readonly lat: number | null
  readonly position_at: number | null
  readonly accuracy_m: number | null
  readonly outside_since: number | null
}

const nowOf = (row: DutyRow): CollectorNow => ({
  accountNo: row.account_no,
  isOnDuty: row.is_on_duty === 1,
  position: row.lng === null || row.lat === null ? null : { lng: row.lng, lat: row.lat },
  accuracyM: row.accuracy_m,
  positionAt: row.position_at,
  outsideSince: row.outside_since,
})

/** `changedAt`: when seats should know of it; null leaves what they were told. */
export async function saveCollectorNow(trx: Statements, now: CollectorNow, changedAt: EpochMs | null): Promise<void> {
  const columns = {
    is_on_duty: now.isOnDuty ? (1 as const) : (0 as const),
    lng: now.position?.lng ?? null,
    lat: now.position?.lat ?? null,
    position_at: now.positionAt,
    accuracy_m: now.accuracyM,
    outside_since: now.outsideSince,
    ...(changedAt !== null && { changed_at: changedAt }),
  }
  await trx
    .insertInto('collector_duty')
    .values({ account_no: now.accountNo, changed_at: changedAt ?? 0, told_at: 0, ...columns })
    .onConflict((conflict) => conflict.column('account_no').doUpdateSet(columns))
    .execute()
}

/** Takes those whose change seats have not been told of, and marks them told: to be asked and told in one transaction. */
export async function takeUntold(trx: Statements, most: number): Promise<readonly CollectorNow[]> {
  const rows = await trx
    .selectFrom('collector_duty')
    .selectAll()
    .whereRef('changed_at', '>', 'told_at')
    .orderBy('changed_at')
    .limit(most)
    .execute()
  for (const row of rows) {
    await trx.updateTable('collector_duty').set({ told_at: row.changed_at }).where('account_no', '=', row.account_no).execute()
  }
  return rows.map(nowOf)
}

/** A position that is there already is the same report sent twice. */
export async function addTrack(
  trx: Statements,
  accountNo: string,
  points: readonly (FieldPosition & { readonly isOutside: boolean })[],
): Promise<void> {
  if (points.length === 0) return
  await trx
    .insertInto('collector_track')
    .values(
      points.map(({ position, accuracyM, at, isOutside }) => ({
        ...{ account_no: accountNo, at, lng: position.lng, lat: position.lat },
        ...{ accuracy_m: accuracyM, is_outside: isOutside ? (1 as const) : (0 as const) },
      })),
    )
    .onConflict((conflict) => conflict.columns(['account_no', 'at']).doNothing())
    .execute()
}

/** In the order in which they were walked. */
export async function readTrack(
  db: Reader,
  accountNo: string,
  { from, until, limit }: { readonly from: EpochMs; readonly until: EpochMs; readonly limit: number },
): Promise<readonly TrackPoint[]> {
  const rows = await db
    .selectFrom('collector_track')
    .selectAll()
    .where('account_no', '=', accountNo)
    .where('at', '>=', from)
    .where('at', '<', until)
    .orderBy('at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    position: { lng: row.lng, lat: row.lat },
    accuracyM: row.accuracy_m,
    at: row.at,
    isOutside: row.is_outside === 1,
  }))
}

export async function forgetTracks(trx: Statements, before: EpochMs): Promise<void> {
  await trx.deleteFrom('collector_track').where('at', '<', before).execute()
}
