import { ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { isInLedger, ledgerOf } from '#shared/domain/case/ledger'
import { caseSourceIds } from '#shared/domain/case/states'
import { ledgerCases } from '../store/ledger-store'
import { viewerOf } from './cases/access'
import { monthSpan } from './quality/month'
import type { Answer, Ask, Services } from './services'

export async function readLedger(services: Services, { actor, input }: Ask<InputOf<'ledger.read'>>): Answer<OutputOf<'ledger.read'>> {
  const now = services.clock.now()
  const sources = caseSourceIds.filter(isInLedger)
  const cases = await ledgerCases(services.db, { ...monthSpan(input.query.month), sources, viewer: viewerOf(actor) })
  return ok({ items: [...ledgerOf(cases, now)], readAt: now })
}
