import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { RecordingAnnouncement, RecordingProgress } from '#shared/contracts/central-api/recordings'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { findRecording, insertRecording, moveRecording, type RecordingRecord, settleRecording } from '../../store/recording-store'
import { audit } from '../audit'
import type { Actor, Answer, Ask, Services } from '../services'

/**
 * Takes in the recording of a call, piece by piece. A piece is on disk before the row says so, and the row decides: a piece that was cut off, or whose
 * answer was lost, is sent again and changes nothing. The last one brings the verdict on the whole: length and hash as announced, and a WAV.
 */
export async function beginRecording(services: Services, ask: Ask<InputOf<'recordings.begin'>>): Answer<OutputOf<'recordings.begin'>> {
  const announced = ask.input.body
  const { recordingId } = announced
  const begun = await ask.transact(async (unit) => {
    const before = await findRecording(unit.trx, recordingId)
    if (before) return sameRecording(before, announced, ask.actor)
    const isNew = await insertRecording(unit.trx, announced, ask.actor, services.clock.now())
    return isNew ? ok({}) : err(appError('record/exists', { key: recordingId }))
  })
  if (!begun.ok) return begun
  // Read anew each time, also for a repeated key: it says how far the upload has come.
  const record = await findRecording(services.db, recordingId)
  return record ? progressOf(record) : err(appError('recording/unknown'))
}

function sameRecording(before: RecordingRecord, announced: RecordingAnnouncement, actor: Actor): Result<object, AppError> {
  const isSame = before.accountId === actor.accountId && before.sha256 === announced.sha256 && before.bytes === announced.bytes
  return isSame ? ok({}) : err(appError('record/exists', { key: before.recordingId }))
}

function progressOf({ recordingId, received, state }: RecordingRecord): Result<RecordingProgress, AppError> {
  if (state === 'refused') return err(appError('recording/wrongType'))
  if (state === 'purged') return err(appError('recording/purged'))
  return ok({ recordingId, received, isComplete: state === 'ready' })
}

export async function appendRecording(services: Services, ask: Ask<InputOf<'recordings.append'>>): Answer<OutputOf<'recordings.append'>> {
  const { params, query, body } = ask.input
  const record = await findRecording(services.db, params.recordingId)
  // Another's is no more than one that is not there.
  if (!record || record.accountId !== ask.actor.accountId) return err(appError('recording/unknown'))
  const progress = progressOf(record)
  if (!progress.ok || progress.value.isComplete) return progress
  const stored = await storePiece(services, record, query.offset, body)
  if (!stored.ok) return stored
  return stored.value.received < stored.value.bytes ? progressOf(stored.value) : finish(services, ask.actor, stored.value)
}

/** Answers the upload as it stands afterwards. */
async function storePiece(
  services: Services,
  record: RecordingRecord,
  offset: number,
  piece: Uint8Array,
): Promise<Result<RecordingRecord, AppError>> {
  const { recordingId } = record
  const end = offset + piece.length
  if (end > record.bytes) return err(appError('recording/tooLong', { bytes: record.bytes }))
  if (end <= record.received) return ok(record)
  if (offset !== record.received) return err(appError('recording/wrongOffset', { expected: record.received }))
  const written = await services.recordings.writePart(recordingId, offset, piece)
  if (!written.ok) return err(notStored(services, recordingId, written.error.reason))
  if (await moveRecording(services.db, recordingId, offset, end, services.clock.now())) return ok({ ...record, received: end })
  // The same piece came twice at once: the other one was counted.
  const now = await findRecording(services.db, recordingId)
  if (!now) return err(appError('recording/unknown'))
  return now.received >= end ? ok(now) : err(appError('recording/wrongOffset', { expected: now.received }))
}

/** Every step may be done twice, so a server that died half-way finishes when the last piece is sent again. */
async function finish(services: Services, actor: Actor, record: RecordingRecord): Promise<Result<RecordingProgress, AppError>> {
  const { recordingId, bytes, sha256 } = record
  const sealed = await services.recordings.seal(recordingId, { bytes, sha256 })
  if (!sealed.ok) return err(notStored(services, recordingId, sealed.error.reason))
  if (!sealed.value) {
    const isOurs = await moveRecording(services.db, recordingId, bytes, 0, services.clock.now())
    return isOurs ? err(appError('recording/hashMismatch')) : outcome(services, recordingId)
  }
  const state = isWave(await services.recordings.head(recordingId)) ? 'ready' : 'refused'
  await services.transactor.inTransaction(async (unit) => {
    const isFirst = await settleRecording(unit.trx, record, state, services.clock.now())
    if (isFirst)
      await audit(services, unit, actor, {
        action: state === 'ready' ? 'recording.received' : 'recording.refused',
        subject: recordingId,
        detail: { callId: record.callId, bytes, durationMs: record.durationMs },
      })
    return ok(undefined)
  })
  const verdict = await outcome(services, recordingId)
  if (!verdict.ok) await services.recordings.remove(recordingId)
  return verdict
}

/** What another request for the same upload decided first holds for this one, too. */
async function outcome(services: Services, recordingId: string): Promise<Result<RecordingProgress, AppError>> {
  const now = await findRecording(services.db, recordingId)
  return now ? progressOf(now) : err(appError('recording/unknown'))
}

/** RIFF/WAVE with a format of A-law, as seats write it: nothing else is played to anybody as a recording. */
const aLawFormat = 6
function isWave(head: Buffer): boolean {
  const isRiff = head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 16) === 'WAVEfmt '
  return isRiff && head.length > 22 && head.readUInt16LE(20) === aLawFormat
}

function notStored(services: Services, recordingId: string, reason: string): AppError {
  services.log.error('recording not stored', { recordingId, reason })
  return appError('recording/notStored')
}
