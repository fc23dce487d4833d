import { ok } from '#shared/base/result'
import { isPurgeDue } from '#shared/domain/call/recording'
import { holdsOn } from '../../store/hold-store'
import { listRecordingsBefore, markPurged } from '../../store/recording-store'
import { audit } from '../audit'
import type { Services } from '../services'

/**
 * Removes the sound of recordings whose time is over and that no dispute holds, those that never arrived whole included; their rows stay and say so. The
 * file goes first: a server that dies in between finds the row again, and nobody is told of a removal that did not happen. Whoever holds a recording
 * (`hold-recording.ts`) waits for the one that is being removed, and is told that it is gone.
 */
const mostAtOnce = 100
const dayMs = 86_400_000

export async function purgeRecordings(services: Services): Promise<void> {
  const now = services.clock.now()
  const { recordingDays } = services
  const due = await listRecordingsBefore(services.db, now - recordingDays * dayMs, mostAtOnce)
  for (const { recordingId, callId, startedAt } of due) {
    if (!isPurgeDue(startedAt, recordingDays, now)) continue
    await services.transactor.inTransaction(async (unit) => {
      await unit.lock('recordings')
      if ((await holdsOn(unit.trx, [recordingId])).size > 0) return ok(undefined)
      await services.recordings.remove(recordingId)
      const isFirst = await markPurged(unit.trx, recordingId, now)
      if (isFirst)
        await audit(services, unit, null, { action: 'recording.purged', subject: recordingId, detail: { callId, days: recordingDays } })
      return ok(undefined)
    })
  }
  if (due.length > 0) services.log.info('recordings purged', { count: due.length })
}
