import { ok } from '#shared/base/result'
import type { AuditEntry } from '#shared/contracts/central-api/accounts'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { insertAudit, listAudit } from '../store/record-store'
import type { UnitOfWork } from '../store/transaction'
import { pageByPlace, parsePlace } from './paging'
import type { Actor, Answer, Ask, Services } from './services'

/** The audit log: written in the transaction of what it tells of. Details name fields and numbers; passwords and tokens never reach this file. */
export interface AuditFact {
  readonly action: string
  readonly subject?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Who did it; null = the server itself, or a number that no account has. */
export type AuditActor = Pick<Actor, 'accountNo' | 'name' | 'seatNo'> | { accountNo: string; name: null; seatNo: string } | null

export async function audit(services: Services, unit: UnitOfWork, actor: AuditActor, fact: AuditFact): Promise<void> {
  const entry: AuditEntry = {
    auditId: services.ids.uuid(),
    at: services.clock.now(),
    accountNo: actor?.accountNo ?? null,
    accountName: actor?.name ?? null,
    seatNo: actor?.seatNo ?? null,
    action: fact.action,
    subject: fact.subject ?? null,
    detail: { ...fact.detail },
  }
  await insertAudit(unit.trx, entry)
}

export async function readAudit(services: Services, ask: Ask<InputOf<'audit.list'>>): Answer<OutputOf<'audit.list'>> {
  const { after, limit = 50, ...filter } = ask.input.query
  const before = parsePlace(after)
  if (!before.ok) return before
  const rows = await listAudit(services.db, { ...filter, before: before.value, limit: limit + 1 })
  return ok(pageByPlace(rows, limit, (entry) => ({ at: entry.at, id: entry.auditId })))
}
