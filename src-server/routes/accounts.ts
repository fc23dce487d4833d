import { readAudit } from '../workflows/audit'
import { changeAccount, createAccount, readAccounts, resetPassword } from '../workflows/manage-accounts'
import type { Services } from '../workflows/services'
import type { HandlersFor } from './handler'

/** `accounts` and `audit`. */
type Names = 'accounts.list' | 'accounts.create' | 'accounts.update' | 'accounts.resetPassword' | 'audit.list'

export const accountHandlers = (services: Services): HandlersFor<Names> => ({
  'accounts.list': (ask) => readAccounts(services, ask),
  'accounts.create': (ask) => createAccount(services, ask),
  'accounts.update': (ask) => changeAccount(services, ask),
  'accounts.resetPassword': (ask) => resetPassword(services, ask),
  'audit.list': (ask) => readAudit(services, ask),
})
