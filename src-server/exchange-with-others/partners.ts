import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { CaseActor } from '#shared/domain/case/history'
import type { CaseSource } from '#shared/domain/case/states'
import { disablePartner, findPartnerByKeyHash, insertPartner, type Partner } from '../store/exchange-store'
import { audit } from '../workflows/audit'
import type { Answer, Services } from '../workflows/services'
import { sha256 } from '../workflows/tokens'

/**
 * Other platforms as callers: a key instead of a session. Partners are made on the server's own command line and by nobody over the network; the key
 * and the secret that signs what is sent to them are shown once.
 */
export type { Partner } from '../store/exchange-store'

export interface PartnerPapers {
  readonly name: string
  readonly apiKey: string
  readonly signingSecret: string
}

/** Undefined for a key that is not, or no longer, anybody's. */
export async function partnerByKey(services: Pick<Services, 'db'>, key: string): Promise<Partner | undefined> {
  return findPartnerByKeyHash(services.db, sha256(key))
}

/** In a case's history. */
export function partnerActor({ name }: Partner): CaseActor {
  return { accountNo: 'platform', name, role: 'platform', departmentCode: null }
}

/** Errors: `record/exists`. */
export async function createPartner(
  services: Services,
  name: string,
  notifyUrl: string | null,
  replySources: readonly CaseSource[] = [],
): Answer<PartnerPapers> {
  const [key, secret] = [services.tokens.make(), services.tokens.make()]
  return services.transactor.inTransaction(async (unit) => {
    const partner = { partnerId: services.ids.uuid(), name, notifyUrl, replySources, keyHash: key.hash, signingSecret: secret.token }
    if (!(await insertPartner(unit.trx, { ...partner, createdAt: services.clock.now() })))
      return err(appError('record/exists', { key: name }))
    await audit(services, unit, null, { action: 'partner.created', subject: name, detail: { notifyUrl, replySources: [...replySources] } })
    return ok({ name, apiKey: key.token, signingSecret: secret.token })
  })
}

/** From now on its key opens nothing and nothing is sent to it. Errors: `record/notFound`. */
export async function disablePartnerNamed(services: Services, name: string): Promise<Result<void, AppError>> {
  return services.transactor.inTransaction(async (unit) => {
    if (!(await disablePartner(unit.trx, name))) return err(appError('record/notFound'))
    await audit(services, unit, null, { action: 'partner.disabled', subject: name })
    return ok(undefined)
  })
}
