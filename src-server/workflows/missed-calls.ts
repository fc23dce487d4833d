import type { AppError } from '#shared/base/app-error'
import { dayMs } from '#shared/base/china-time'
import { err, ok, type Result } from '#shared/base/result'
import type { MissedCallOfCentre } from '#shared/contracts/central-api/missed-calls'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { claimMs, type OpenMissed, openMissed } from '#shared/domain/call/missed'
import { maskNumber } from '#shared/domain/case/visibility'
import { putClaim, putSettlement, readMissed } from '../store/missed-store'
import type { Database, Statements } from '../store/open-database'
import { audit } from './audit'
import { nationalOf } from './calls'
import type { Answer, Ask, Services } from './services'

/** 未接来电 of all seats as one list to work off. What is open follows from the records of calls; here is only who has one in hand, and why one was let be. */
const listedMs = 3 * dayMs

async function readOpen(services: Services, db: Database | Statements): Promise<readonly OpenMissed[]> {
  const now = services.clock.now()
  return openMissed({ ...(await readMissed(db, now - listedMs)), now })
}

const wireOf = ({ key: _key, number, callIds, seatNos, ...rest }: OpenMissed): MissedCallOfCentre => ({
  ...rest,
  ...{ callId: callIds[0] ?? '', callIds: [...callIds], seatNos: [...seatNos] },
  number: number && maskNumber(nationalOf(number)),
})

export async function listMissed(services: Services): Answer<OutputOf<'missedCalls.list'>> {
  return ok({ items: (await readOpen(services, services.db)).map(wireOf) })
}

/** Errors: `record/notFound` also when it was settled meanwhile; `call/claimed` while another has it. */
async function openOne(services: Services, db: Statements, callId: string, accountNo: string): Promise<Result<OpenMissed, AppError>> {
  const one = (await readOpen(services, db)).find(({ callIds }) => callIds.includes(callId))
  if (!one) return err(appError('record/notFound'))
  const { claim } = one
  return claim && claim.accountNo !== accountNo ? err(appError('call/claimed', { name: claim.name })) : ok(one)
}

export function claimMissed(services: Services, ask: Ask<InputOf<'missedCalls.claim'>>): Answer<OutputOf<'missedCalls.claim'>> {
  const { accountNo, name } = ask.actor
  const { callId } = ask.input.params
  return ask.transact(async (unit) => {
    await unit.lock('missedCalls')
    const one = await openOne(services, unit.trx, callId, accountNo)
    if (!one.ok) return one
    const { key, number } = one.value
    if (number === null) return err(appError('call/noNumber'))
    const now = services.clock.now()
    await putClaim(unit.trx, key, { accountNo, name, until: now + claimMs }, now)
    await audit(services, unit, ask.actor, { action: 'missedCall.claimed', subject: callId })
    return ok({ number, until: now + claimMs })
  })
}

export function settleMissed(services: Services, ask: Ask<InputOf<'missedCalls.settle'>>): Answer<OutputOf<'missedCalls.settle'>> {
  const { accountNo } = ask.actor
  const { params, body } = ask.input
  return ask.transact(async (unit) => {
    await unit.lock('missedCalls')
    const one = await openOne(services, unit.trx, params.callId, accountNo)
    if (!one.ok) return one
    await putSettlement(unit.trx, one.value.key, accountNo, body.note, services.clock.now())
    await audit(services, unit, ask.actor, { action: 'missedCall.settled', subject: params.callId })
    return ok({})
  })
}
