import { ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { listSeatChecks, putSeatCheck } from '../store/seat-check-store'
import type { Answer, Ask, Services } from './services'

/** The check is the seat's that the session is at, and of whoever made it. */
export function keepSeatCheck(_: Services, ask: Ask<InputOf<'seatChecks.keep'>>): Answer<OutputOf<'seatChecks.keep'>> {
  return ask.transact(async (unit) => {
    const { seatNo, accountNo, name } = ask.actor
    const check = { ...ask.input.body, checkId: ask.input.params.checkId, seatNo, accountNo, name }
    await putSeatCheck(unit.trx, check)
    return ok(check)
  })
}

export async function readSeatChecks({ db }: Services, ask: Ask<InputOf<'seatChecks.list'>>): Answer<OutputOf<'seatChecks.list'>> {
  return ok({ items: [...(await listSeatChecks(db, ask.input.query.day))] })
}
