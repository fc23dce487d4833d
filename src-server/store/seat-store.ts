import type { Seat } from '#shared/contracts/central-api/centre'
import type { Database, Statements } from './open-database'
import type { SeatRow } from './schema'

/** The seats of the hall. */
type Reader = Database | Statements

const seatOf = (row: SeatRow): Seat => ({
  seatId: row.seat_id,
  seatNo: row.seat_no,
  name: row.name,
  extension: row.extension,
  isEnabled: row.is_enabled === 1,
  version: row.version,
})

export async function listSeats(db: Reader): Promise<Seat[]> {
  return (await db.selectFrom('seat').selectAll().orderBy('seat_no').execute()).map(seatOf)
}

export async function findSeatByNo(db: Reader, seatNo: string): Promise<Seat | undefined> {
  const row = await db.selectFrom('seat').selectAll().where('seat_no', '=', seatNo).executeTakeFirst()
  return row && seatOf(row)
}

export async function findSeatById(db: Reader, seatId: string): Promise<Seat | undefined> {
  const row = await db.selectFrom('seat').selectAll().where('seat_id', '=', seatId).executeTakeFirst()
  return row && seatOf(row)
}

/** False when the number is taken. */
export async function insertSeat(trx: Statements, seat: Seat): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('seat')
    .values({ seat_id: seat.seatId, ...columnsOf(seat) })
    .onConflict((conflict) => conflict.column('seat_no').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function updateSeat(trx: Statements, seat: Seat): Promise<void> {
  await trx.updateTable('seat').set(columnsOf(seat)).where('seat_id', '=', seat.seatId).execute()
}

const columnsOf = (seat: Seat): Omit<SeatRow, 'seat_id'> => ({
  seat_no: seat.seatNo,
  name: seat.name,
  extension: seat.extension,
  is_enabled: seat.isEnabled ? 1 : 0,
  version: seat.version,
})
