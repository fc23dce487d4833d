import { err, ok } from '#shared/base/result'
import type { RecordingHold } from '#shared/contracts/central-api/recordings'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { findHold, holdsOn, insertHold, releaseHold } from '../../store/hold-store'
import { findRecording } from '../../store/recording-store'
import { audit } from '../audit'
import type { Answer, Ask, Services } from '../services'

/**
 * 保全: a recording that a dispute needs outlives its days until it is released, each with a reason and a line in the audit. The lock is the one that the
 * purge takes for each recording: what is held is never half removed.
 */
export function holdRecording(services: Services, ask: Ask<InputOf<'recordings.hold'>>): Answer<OutputOf<'recordings.hold'>> {
  const { recordingId, holdId } = ask.input.params
  const { reason } = ask.input.body
  return ask.transact(async (unit) => {
    await unit.lock('recordings')
    const record = await findRecording(unit.trx, recordingId)
    if (!record || record.state === 'refused') return err(appError('recording/unknown'))
    if (record.state === 'purged') return err(appError('recording/purged'))
    const standing = (await holdsOn(unit.trx, [recordingId])).get(recordingId)
    // The answer was lost, and the same is asked again.
    if (standing?.holdId === holdId) return ok(standing)
    if (standing) return err(appError('recording/held', { name: standing.byName }))
    if (await findHold(unit.trx, recordingId, holdId)) return err(appError('record/exists', { key: holdId }))
    const { accountNo: byNo, name: byName } = ask.actor
    const hold: RecordingHold = { holdId, reason, byNo, byName, at: services.clock.now() }
    await insertHold(unit.trx, record, hold)
    await audit(services, unit, ask.actor, {
      action: 'recording.held',
      subject: recordingId,
      detail: { callId: record.callId, holdId, reason },
    })
    return ok(hold)
  })
}

export function releaseRecording(services: Services, ask: Ask<InputOf<'recordings.release'>>): Answer<OutputOf<'recordings.release'>> {
  const { recordingId, holdId } = ask.input.params
  const { reason } = ask.input.body
  return ask.transact(async (unit) => {
    await unit.lock('recordings')
    const found = await findHold(unit.trx, recordingId, holdId)
    if (!found) return err(appError('recording/notHeld'))
    if (!found.isStanding) return ok({})
    await releaseHold(unit.trx, holdId, ask.actor.accountNo, reason, services.clock.now())
    const detail = { holdId, reason, heldBy: found.hold.byNo, heldFor: found.hold.reason }
    await audit(services, unit, ask.actor, { action: 'recording.released', subject: recordingId, detail })
    return ok({})
  })
}
