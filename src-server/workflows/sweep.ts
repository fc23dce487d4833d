import { ok } from '#shared/base/result'
import { forgetAttempts } from '../store/account-store'
import { forgetLocks } from '../store/case-desk-store'
import { forgetEvents } from '../store/event-store'
import { forgetTracks } from '../store/field-store'
import { forgetKeys } from '../store/record-store'
import { forgetAccessTokens, listOverdueSessions } from '../store/session-store'
import { forgetEntries } from '../store/wall-store'
import { sweepAttachments } from './attachments/sweep-attachments'
import { urgeLateCases } from './cases/urge-late'
import { endSession } from './close-session'
import { sweepExports } from './exports/manage-exports'
import { sweepGeoExports } from './geo/export-layer'
import { sweepImports } from './geo/manage-imports'
import { purgeRecordings } from './recordings/purge-recordings'
import type { Services } from './services'

/** The caretaker: ends sessions whose time is up and forgets what has served. Several processes may sweep at once. */
const dayMs = 86_400_000
export const retention = {
  /** Longer than any seat is away without being set up anew; then it starts afresh from a snapshot. */
  eventsMs: 14 * dayMs,
  keysMs: 30 * dayMs,
  attemptsMs: dayMs,
  /** Long enough to answer a complaint about who was where; the way of a person is not kept longer than that. */
  tracksMs: 30 * dayMs,
  /** Who showed what on the wall: as long as an audit may ask. */
  wallMs: 3 * 365 * dayMs,
} as const

export async function sweep(services: Services): Promise<void> {
  const now = services.clock.now()
  await services.transactor.inTransaction(async (unit) => {
    for (const session of await listOverdueSessions(unit.trx, now)) await endSession(services, unit, session, 'expired')
    await forgetAccessTokens(unit.trx, now)
    await forgetKeys(unit.trx, now - retention.keysMs)
    await forgetAttempts(unit.trx, now - retention.attemptsMs)
    await forgetEvents(unit.trx, now - retention.eventsMs)
    await forgetLocks(unit.trx, now)
    await forgetTracks(unit.trx, now - retention.tracksMs)
    await forgetEntries(unit.trx, now - retention.wallMs)
    return ok(undefined)
  })
  await urgeLateCases(services)
  await sweepAttachments(services)
  await sweepExports(services)
  await purgeRecordings(services)
  await sweepImports(services)
  await sweepGeoExports(services)
}
