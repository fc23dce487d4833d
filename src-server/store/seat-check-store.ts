import type { SeatCheckOnFile } from '#shared/contracts/central-api/seat-checks'
import type { Database, Statements } from './open-database'

/** Keeps the newest check of a seat and day; an older one that comes late changes nothing. */
export async function putSeatCheck(trx: Statements, check: SeatCheckOnFile): Promise<void> {
  const columns = { at: check.at, account_no: check.accountNo, check_json: JSON.stringify(check) }
  await trx
    .insertInto('seat_check')
    .values({ seat_no: check.seatNo, day: check.day, ...columns })
    .onConflict((conflict) => conflict.columns(['seat_no', 'day']).doUpdateSet(columns).where('seat_check.at', '<=', check.at))
    .execute()
}

export async function listSeatChecks(db: Database, day: string): Promise<readonly SeatCheckOnFile[]> {
  const rows = await db.selectFrom('seat_check').select('check_json').where('day', '=', day).orderBy('seat_no').execute()
  return rows.map((row) => JSON.parse(row.check_json) as SeatCheckOnFile)
}
