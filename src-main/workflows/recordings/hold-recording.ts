import type { AppError } from '#shared/base/app-error'
import type { Ids } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { Central } from '../ports'

/** 保全 and its end are decided at the centre, now: a recording that goes tomorrow is not held by a note that waits. */
interface Holding {
  readonly central: Central
  readonly ids: Ids
}

export function holdRecording(
  { central, ids }: Holding,
  { recordingId, reason }: InputOfCommand<'recordings.hold'>,
): Promise<Result<OutputOfCommand<'recordings.hold'>, AppError>> {
  return central.call('recordings.hold', { params: { recordingId, holdId: ids.uuid() }, body: { reason } })
}

export function releaseRecording(
  { central }: Holding,
  { recordingId, holdId, reason }: InputOfCommand<'recordings.release'>,
): Promise<Result<OutputOfCommand<'recordings.release'>, AppError>> {
  return central.call('recordings.release', { params: { recordingId, holdId }, body: { reason } })
}
