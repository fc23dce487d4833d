import { err, ok } from '#shared/base/result'
import type { CaseLock } from '#shared/contracts/case-shapes'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type CaseProgress, progressOf } from '#shared/domain/case/progress'
import { sensitiveReaders } from '#shared/domain/case/visibility'
import { deleteLock, findLock, saveLock } from '../../store/case-desk-store'
import { holdCase } from '../../store/case-store'
import type { UnitOfWork } from '../../store/transaction'
import { audit } from '../audit'
import type { Actor, Answer, Ask, Services } from '../services'
import { audienceOf, viewerOf } from './access'
import { lockedBy } from './act-on-case'

/** One editor at a time. A lock ends by the clock unless it is renewed; others read meanwhile and see who holds it. */
export const lockMs = 5 * 60_000

export function lockCase(services: Services, ask: Ask<InputOf<'cases.lock'>>): Answer<OutputOf<'cases.lock'>> {
  const { actor, input } = ask
  const { caseId } = input.params
  return ask.transact(async (unit) => {
    const progress = await holdForLock(services, unit, actor, caseId)
    if (!progress) return err(appError('record/notFound'))
    const now = services.clock.now()
    const before = await findLock(unit.trx, caseId, now)
    const isOthers = before !== undefined && before.accountNo !== actor.accountNo
    if (isOthers && !(input.body.takeOver && mayTakeOver(actor, progress))) return err(lockedBy(before))
    const lock: CaseLock = { accountNo: actor.accountNo, name: actor.name, seatNo: actor.seatNo, until: now + lockMs }
    await saveLock(unit.trx, caseId, lock)
    if (isOthers) await audit(services, unit, actor, { action: 'case.lockTaken', subject: caseId, detail: { from: before.accountNo } })
    unit.emit('case.locked', { caseId, lock }, audienceOf(progress))
    return ok(lock)
  })
}

async function holdForLock({ databaseKind }: Services, unit: UnitOfWork, actor: Actor, caseId: string): Promise<CaseProgress | undefined> {
  const stored = await holdCase(unit.trx, databaseKind, caseId, viewerOf(actor))
  return stored && progressOf(stored.beginning, stored.history)
}

/** The shift lead; where the shift lead may not look, those who may. */
function mayTakeOver({ role }: Actor, { facts }: CaseProgress): boolean {
  return role === 'shiftLead' || (facts.isSensitive && sensitiveReaders.includes(role))
}

export function unlockCase(services: Services, ask: Ask<InputOf<'cases.unlock'>>): Answer<OutputOf<'cases.unlock'>> {
  const { actor, input } = ask
  const { caseId } = input.params
  return ask.transact(async (unit) => {
    const progress = await holdForLock(services, unit, actor, caseId)
    if (!progress) return err(appError('record/notFound'))
    const wasOurs = await deleteLock(unit.trx, caseId, actor.accountNo)
    if (wasOurs) unit.emit('case.locked', { caseId, lock: null }, audienceOf(progress))
    return ok({})
  })
}
