import { err, ok } from '#shared/base/result'
import type { Seat } from '#shared/contracts/central-api/centre'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { findSeatById, findSeatByNo, insertSeat, listSeats, updateSeat } from '../store/seat-store'
import { audit } from './audit'
import type { Answer, Ask, Services } from './services'

/** The seats of the hall, as administrators register them. */
export async function readSeats(services: Services): Answer<OutputOf<'seats.list'>> {
  return ok({ items: await listSeats(services.db) })
}

export function createSeat(services: Services, ask: Ask<InputOf<'seats.create'>>): Answer<OutputOf<'seats.create'>> {
  return ask.transact(async (unit) => {
    await unit.lock('sessions')
    const seat: Seat = { seatId: services.ids.uuid(), ...ask.input.body, isEnabled: true, version: 1 }
    if (!(await insertSeat(unit.trx, seat))) return err(appError('record/exists', { key: seat.seatNo }))
    await audit(services, unit, ask.actor, { action: 'seat.created', subject: seat.seatNo, detail: { ...ask.input.body } })
    unit.emit('seat.changed', seat)
    return ok(seat)
  })
}

export function changeSeat(services: Services, ask: Ask<InputOf<'seats.update'>>): Answer<OutputOf<'seats.update'>> {
  const { body, params } = ask.input
  return ask.transact(async (unit) => {
    await unit.lock('sessions')
    const before = await findSeatById(unit.trx, params.seatId)
    if (!before) return err(appError('record/notFound'))
    if (before.version !== ask.seenVersion) return err(appError('record/stale', { current: before.version, seen: ask.seenVersion }))
    const seat: Seat = {
      ...before,
      seatNo: body.seatNo ?? before.seatNo,
      name: body.name ?? before.name,
      extension: body.extension === undefined ? before.extension : body.extension,
      isEnabled: body.isEnabled ?? before.isEnabled,
      version: before.version + 1,
    }
    const sameNo = await findSeatByNo(unit.trx, seat.seatNo)
    if (sameNo && sameNo.seatId !== seat.seatId) return err(appError('record/exists', { key: seat.seatNo }))
    await updateSeat(unit.trx, seat)
    await audit(services, unit, ask.actor, { action: 'seat.updated', subject: before.seatNo, detail: { ...body } })
    unit.emit('seat.changed', seat)
    return ok(seat)
  })
}
