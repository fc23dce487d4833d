import type { Account } from '#shared/contracts/central-api/accounts'
import { accountOf, findAccountById } from '../store/account-store'
import type { UnitOfWork } from '../store/transaction'
import type { Services } from './services'

/** Tells administrators, and nobody else, how an account is after a change; returns the same. */
export async function publishAccount(services: Services, unit: UnitOfWork, accountId: string): Promise<Account> {
  const record = await findAccountById(unit.trx, accountId)
  if (!record) throw new Error('an account vanished inside its own transaction')
  const account = accountOf(record, services.clock.now())
  unit.emit('account.changed', account, { roles: ['admin'] })
  return account
}
