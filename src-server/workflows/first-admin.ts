import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { insertAccount } from '../store/account-store'
import { audit } from './audit'
import type { Answer, Services } from './services'

/** The account with which a new centre begins, created on the server's own command line and by nobody over the network. */
export async function createFirstAdmin(services: Services, accountNo: string, password: string): Answer<{ accountNo: string }> {
  const passwordHash = await services.passwords.hash(password)
  return services.transactor.inTransaction(async (unit) => {
    const accountId = services.ids.uuid()
    const account = { accountId, accountNo, name: '系统管理员', roles: ['admin'] as const, passwordHash, mustChangePassword: true }
    if (!(await insertAccount(unit.trx, { ...account, createdAt: services.clock.now() })))
      return err(appError('record/exists', { key: accountNo }))
    await audit(services, unit, null, {
      action: 'account.created',
      subject: accountNo,
      detail: { name: account.name, roles: account.roles },
    })
    return ok({ accountNo })
  })
}
