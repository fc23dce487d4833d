import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { type RecordingAnnouncement, type RecordingProgress, recordingPieceBytes } from '#shared/contracts/central-api/recordings'
import { appError } from '#shared/contracts/errors'
import type { Recordings } from '../../telephony/media/media'
import type { Central, Intent } from '../ports'

/**
 * Brings one recording to the centre in pieces, going on where an earlier attempt stopped: the centre says how much it has. Speech comes first: with a
 * call on the line it stops between two pieces, and goes on when the line is free.
 */
export interface UploadRecordingParts {
  readonly central: Central
  readonly recordings: Pick<Recordings, 'find' | 'peaks' | 'readPiece'>
  readonly isLineFree: () => boolean
}

/** The body of the intent: everything else is in the notes beside the file. */
export interface RecordingUploadBody {
  readonly recordingId: string
  readonly callId: string
}

const beginTimeoutMs = 10_000
const pieceTimeoutMs = 30_000
const peakCount = 600
const mostMarks = 200
/** Places at which the centre may say that it stands elsewhere, before this counts as a fault. */
const mostDetours = 5

export async function uploadRecording(parts: UploadRecordingParts, intent: Intent): Promise<Result<RecordingProgress, AppError>> {
  const { central, recordings, isLineFree } = parts
  const { recordingId } = intent.body as RecordingUploadBody
  const options = { accountNo: intent.accountNo }
  const announced = await announcementOf(recordings, recordingId)
  if (!announced.ok) return announced
  if (!isLineFree()) return err(appError('recording/lineBusy'))
  const begun = await central.call(
    'recordings.begin',
    { body: announced.value, idempotencyKey: intent.intentId },
    { ...options, timeoutMs: beginTimeoutMs },
  )
  if (!begun.ok) return begun
  let progress = begun.value
  let detours = 0
  while (!progress.isComplete) {
    if (!isLineFree()) return err(appError('recording/lineBusy'))
    const { received: offset } = progress
    const length = Math.min(recordingPieceBytes, announced.value.bytes - offset)
    const piece = await recordings.readPiece(recordingId, offset, length)
    if (piece?.length !== length) return err(appError('recording/missing'))
    const sent = await central.call(
      'recordings.append',
      { params: { recordingId }, query: { offset }, body: piece },
      { ...options, timeoutMs: pieceTimeoutMs },
    )
    const elsewhere = sent.ok ? undefined : expectedOffset(sent.error)
    if (elsewhere !== undefined && detours < mostDetours) {
      detours += 1
      progress = { recordingId, received: elsewhere, isComplete: false }
    } else if (!sent.ok) return sent
    else progress = sent.value
  }
  return ok(progress)
}

/** The same each time: the file is finished, and the waveform is worked out of it. */
async function announcementOf(
  recordings: UploadRecordingParts['recordings'],
  recordingId: string,
): Promise<Result<RecordingAnnouncement, AppError>> {
  const found = await recordings.find(recordingId)
  if (!found || found.sha256 === null) return err(appError('recording/missing'))
  const peaks = await recordings.peaks(recordingId, peakCount)
  if (!peaks.ok) return err(appError('recording/missing'))
  const { callId, startedAt, durationMs, bytes, sha256, marks } = found
  return ok({
    ...{ recordingId, callId, startedAt, bytes, sha256 },
    durationMs: Math.round(durationMs),
    marks: marks.slice(0, mostMarks).map(({ kind, atMs }) => ({ kind, atMs: Math.max(0, Math.round(atMs)) })),
    peaks: { left: [...peaks.value.left], right: [...peaks.value.right] },
  })
}

/** An answer was lost and the piece had arrived, or another try overtook this one. */
function expectedOffset({ code, detail }: AppError): number | undefined {
  const expected = detail?.expected
  return code === 'recording/wrongOffset' && typeof expected === 'number' ? expected : undefined
}
