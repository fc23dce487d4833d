import { ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { type CloseReason, closeSession as closeRow } from '../store/session-store'
import type { UnitOfWork } from '../store/transaction'
import { audit } from './audit'
import type { Actor, Answer, Ask, Services } from './services'

/** Signing out 签出, and every other way in which a session ends. */
export function signOut(services: Services, ask: Ask<InputOf<'sessions.close'>>): Answer<OutputOf<'sessions.close'>> {
  return ask.transact(async (unit) => {
    await endSession(services, unit, ask.actor, 'signedOut')
    return ok({})
  })
}

type Ending = Pick<Actor, 'sessionId' | 'accountNo' | 'name' | 'seatNo'>

/** Ends a session once: whoever comes second changes nothing and says nothing. */
export async function endSession(services: Services, unit: UnitOfWork, session: Ending, reason: CloseReason): Promise<void> {
  const at = services.clock.now()
  if (!(await closeRow(unit.trx, session.sessionId, at, reason))) return
  await audit(services, unit, session, { action: 'session.closed', subject: session.sessionId, detail: { reason } })
  unit.emit('session.closed', { sessionId: session.sessionId, at, reason })
}
