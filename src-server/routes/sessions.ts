import { signOut } from '../workflows/close-session'
import { openSession } from '../workflows/open-session'
import { changeOwnPassword, checkOwnPassword } from '../workflows/own-password'
import type { Services } from '../workflows/services'
import { describeMe, refreshSession } from '../workflows/use-session'
import type { HandlersFor } from './handler'

/** `sessions` and `me`. */
type Names = 'sessions.open' | 'sessions.refresh' | 'sessions.close' | 'me.get' | 'me.checkPassword' | 'me.changePassword'

export const sessionHandlers = (services: Services): HandlersFor<Names> => ({
  'sessions.open': (ask) => openSession(services, ask),
  'sessions.refresh': (ask) => refreshSession(services, ask),
  'sessions.close': (ask) => signOut(services, ask),
  'me.get': (ask) => describeMe(ask),
  'me.checkPassword': (ask) => checkOwnPassword(services, ask),
  'me.changePassword': (ask) => changeOwnPassword(services, ask),
})
