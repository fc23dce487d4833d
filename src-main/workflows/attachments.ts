import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { type AttachmentAnnouncement, mediaTypes } from '#shared/contracts/central-api/attachments'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'
import { fetchPicture, keptPicture, pictureAnswer } from './pictures'
import type { KeptAttachment } from './ports'

/**
 * Attachments at a seat: what a window brings is written to a file piece by piece; with the last piece its upload is queued, and the file is kept
 * until the centre has it. What is looked at comes from this PC when it is here, else from the centre, and is then kept with the case.
 */

/** The body of the intent `attachment.upload`: all that the centre is told, so that the intent and the file are enough. */
export interface UploadBody {
  readonly announcement: AttachmentAnnouncement
  readonly accountNo: string
}

export const uploadSubject = (attachmentId: string) => `attachment/${attachmentId}`

const mostBytes = Math.max(...Object.values(mediaTypes).map((each) => each.mostBytes))

export function beginAttachment(
  seat: Pick<SeatContext, 'store' | 'ids' | 'now'>,
  me: Me,
  input: InputOfCommand<'attachments.begin'>,
): Result<OutputOfCommand<'attachments.begin'>, AppError> {
  const known = Object.entries(mediaTypes).find(([mediaType]) => mediaType === input.mediaType)
  const limit = known?.[1].mostBytes ?? mostBytes
  if (input.bytes > limit) return err(appError('attachment/tooLarge', { limit: `${limit / 1_048_576} MB` }))
  const attachmentId = seat.ids.uuid()
  const begun = seat.store.transaction(() =>
    seat.store.attachments.insert({
      ...input,
      attachmentId,
      accountNo: me.accountNo,
      received: 0,
      sha256: null,
      createdAt: seat.now(),
    }),
  )
  return begun.ok ? ok({ attachmentId }) : begun
}

/** Attachments that a piece is being written to: two pieces at once would write over each other. */
const writing = new WeakMap<object, Set<string>>()

export async function appendAttachment(
  seat: Pick<SeatContext, 'store' | 'ids' | 'now' | 'outbox' | 'log'>,
  me: Me,
  { attachmentId, offset, base64 }: InputOfCommand<'attachments.append'>,
): Promise<Result<OutputOfCommand<'attachments.append'>, AppError>> {
  const attachment = seat.store.attachments.get(attachmentId)
  if (!attachment || attachment.accountNo !== me.accountNo) return err(appError('attachment/unknown'))
  const bytes = Buffer.from(base64, 'base64')
  const busy = writing.get(seat.store.attachments) ?? new Set()
  writing.set(seat.store.attachments, busy)
  const isNext = offset === attachment.received && offset + bytes.length <= attachment.bytes && attachment.sha256 === null
  if (!isNext || busy.has(attachmentId)) return err(appError('attachment/wrongOffset', { expected: attachment.received }))
  busy.add(attachmentId)
  try {
    const written = await seat.store.attachments.write(attachment, bytes)
    if (!written.ok) return written
    return keepProgress(seat, { ...attachment, received: offset + bytes.length, sha256: written.value.sha256 })
  } finally {
    busy.delete(attachmentId)
  }
}

/** Complete: the upload is queued in the same transaction, so that a kill leaves either an unfinished file or one that is on its way. */
function keepProgress(
  seat: Pick<SeatContext, 'store' | 'ids' | 'now' | 'outbox' | 'log'>,
  attachment: KeptAttachment,
): Result<OutputOfCommand<'attachments.append'>, AppError> {
  const { attachmentId, received, sha256, accountNo } = attachment
  const stored = seat.store.transaction(
    () => {
      seat.store.attachments.setReceived(attachmentId, received, sha256)
      if (sha256 === null) return
      const { purpose, fileName, mediaType, bytes } = attachment
      const announcement = { attachmentId, purpose, fileName, mediaType, bytes, sha256 } as AttachmentAnnouncement
      seat.store.intents.append({
        intentId: seat.ids.uuid(),
        kind: 'attachment.upload',
        subject: uploadSubject(attachmentId),
        accountNo,
        body: { announcement, accountNo } satisfies UploadBody,
        createdAt: seat.now(),
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: null,
        reason: null,
      })
    },
    sha256 === null ? 'processDeath' : 'powerLoss',
  )
  if (!stored.ok) return stored
  if (sha256 !== null) {
    seat.log.info('attachment written', { attachmentId, bytes: received })
    seat.outbox.wake()
  }
  return ok({ received, isComplete: sha256 !== null })
}

/** From this PC when it is here, else from the centre. A photo of one's own that is not uploaded yet shows as it was taken, whatever size was asked for. */
export async function readAttachment(
  seat: Pick<SeatContext, 'store' | 'central' | 'now' | 'cases'>,
  me: Me,
  { attachmentId, variant }: InputOfCommand<'attachments.read'>,
): Promise<Result<OutputOfCommand<'attachments.read'>, AppError>> {
  const own = seat.store.attachments.get(attachmentId)
  if (own && own.accountNo === me.accountNo && own.sha256 !== null) {
    const bytes = await seat.store.attachments.pictures.readFile({ attachmentId, variant: 'original' })
    if (bytes) return ok(pictureAnswer(own, bytes, true))
  }
  const kept = await keptPicture(seat, { attachmentId, variant })
  if (kept) return ok(kept)
  const fetched = await fetchPicture(seat, { attachmentId, variant })
  return fetched.ok ? ok(pictureAnswer(fetched.value, fetched.value.content, false)) : fetched
}
