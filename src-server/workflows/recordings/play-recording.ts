import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { playLifeMs, type RecordingOnFile } from '#shared/contracts/central-api/recordings'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { mayHear } from '#shared/domain/call/recording'
import type { Statements } from '../../store/open-database'
import { findPlay, findRecording, insertPlay, type RecordingRecord } from '../../store/recording-store'
import { audit } from '../audit'
import type { Actor, Answer, Ask, FileAnswer, Services } from '../services'

/**
 * Listening: a play is told first, audited in the same transaction, and only its id opens the sound, to the same person and for a while. Who may not
 * listen learns no more than who asks for a recording that is not there.
 */
export async function playRecording(services: Services, ask: Ask<InputOf<'recordings.play'>>): Answer<OutputOf<'recordings.play'>> {
  const { actor, input } = ask
  const { recordingId, playId } = input.params
  const { source, callId } = input.body
  const record = await findRecording(services.db, recordingId)
  const heard = source === 'centre' ? heardHere(actor, record) : ok(undefined)
  if (!heard.ok) return heard
  return ask.transact(async (unit) => {
    const play = { playId, recordingId, accountId: actor.accountId, source, begunAt: services.clock.now() }
    if (await insertPlay(unit.trx, play)) {
      const owner = record && { ownerNo: record.accountNo }
      await audit(services, unit, actor, {
        action: 'recording.played',
        subject: recordingId,
        detail: { callId, source, at: input.body.at, ...owner },
      })
    } else if (!(await isSamePlay(unit.trx, playId, play))) return err(appError('record/exists', { key: playId }))
    return ok({ recording: record && mayHear(actor, record.accountNo) ? viewOf(record) : null })
  })
}

/** From here: it must be whole and this person's to hear. */
function heardHere(actor: Actor, record: RecordingRecord | undefined): Result<undefined, AppError> {
  if (!record || !mayHear(actor, record.accountNo)) return err(appError('recording/unknown'))
  if (record.state === 'purged') return err(appError('recording/purged'))
  return record.state === 'ready' ? ok(undefined) : err(appError('recording/notReady'))
}

async function isSamePlay(trx: Statements, playId: string, play: { readonly recordingId: string; readonly accountId: string }) {
  const before = await findPlay(trx, playId)
  return before?.accountId === play.accountId && before.recordingId === play.recordingId
}

function viewOf({ accountId: _id, received: _received, ...shown }: RecordingRecord): RecordingOnFile {
  return shown
}

export async function readRecording(services: Services, ask: Ask<InputOf<'recordings.read'>>): Answer<FileAnswer> {
  const { recordingId } = ask.input.params
  const { playId, from, length } = ask.input.query
  const play = await findPlay(services.db, playId)
  const isOpen =
    play?.recordingId === recordingId &&
    play.accountId === ask.actor.accountId &&
    play.source === 'centre' &&
    services.clock.now() < play.begunAt + playLifeMs
  const record = isOpen ? await findRecording(services.db, recordingId) : undefined
  if (record?.state === 'purged') return err(appError('recording/purged'))
  const bytes = record?.state === 'ready' ? await services.recordings.readPiece(recordingId, from, length) : undefined
  if (!record || !bytes) {
    if (record) services.log.error('recording has no file', { recordingId })
    return err(appError('recording/unknown'))
  }
  return ok({
    ...{ bytes, mediaType: 'audio/wav', etag: `${record.sha256}-${from}-${length}`, disposition: 'inline' },
    // What was said is kept by nobody on the way.
    isForOnce: true,
  })
}
