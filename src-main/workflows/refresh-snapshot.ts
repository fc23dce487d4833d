import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { SeatContext } from './context'
import { mayReadAgents, mayReadCollectors, mayReadDutyLog, snapshotNames } from './views'

/**
 * Reads the centre's whole present state and puts it in the place of what is held, cursor included, in one transaction. Who is on duty is read
 * first: its `seq` is the cursor, and entries read after it can only be newer, which applying events twice does not mind.
 */
const dutyLogRead = 200

export async function refreshSnapshot(
  seat: Pick<SeatContext, 'sealer' | 'store' | 'central' | 'session' | 'views' | 'now'>,
): Promise<Result<{ readonly seq: number }, AppError>> {
  const session = seat.session.current()
  if (!session) return err(appError('auth/signInRequired'))
  const onDuty = await seat.central.call('onDuty.list', {})
  if (!onDuty.ok) return onDuty
  const dutyLog = mayReadDutyLog(session.me.role) ? await seat.central.call('dutyLog.list', { query: { limit: dutyLogRead } }) : undefined
  if (dutyLog && !dutyLog.ok) return dutyLog
  const agents = mayReadAgents(session.me.role) ? await seat.central.call('agents.list', {}) : undefined
  if (agents && !agents.ok) return agents
  const collectors = mayReadCollectors(session.me.role) ? await seat.central.call('collectors.now', {}) : undefined
  if (collectors && !collectors.ok) return collectors
  const { items: people, seq } = onDuty.value
  // Signed out, or another person, meanwhile: the answer was for somebody else's eyes.
  if (seat.session.current()?.me.sessionId !== session.me.sessionId) return err(appError('auth/signInRequired'))
  const stored = seat.store.transaction(() => {
    seat.store.snapshots.put(snapshotNames.onDuty, people, seat.now())
    seat.store.snapshots.put(snapshotNames.agents, agents?.value.items ?? [], seat.now())
    seat.store.snapshots.put(snapshotNames.collectors, collectors?.value.items ?? [], seat.now())
    for (const entry of dutyLog?.value.items ?? []) {
      seat.store.dutyLog.applyFromCentral(entry)
      if (entry.seal) seat.sealer.hear(entry.seal.stamp)
    }
    if (dutyLog) seat.store.snapshots.put(snapshotNames.dutyLog, null, seat.now())
    if (seat.store.eventCursor.get() !== seq) seat.store.caseFlow.keepGap(seq, seat.now())
    seat.store.eventCursor.set(seq)
  }, 'processDeath')
  if (!stored.ok) return stored
  seat.views.showOnDuty()
  seat.views.showAgents()
  seat.views.showCollectors()
  seat.views.showDutyLog()
  return ok({ seq })
}
