import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { type AttachmentAnnouncement, type MediaType, mediaTypes, type UploadProgress } from '#shared/contracts/central-api/attachments'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError, isErrorCode } from '#shared/contracts/errors'
import { type AttachmentRecord, countUnclaimed, findAttachment, insertAttachment } from '../../store/attachment-store'
import type { Actor, Answer, Ask, Services } from '../services'
import { safeFileName } from './file-name'

/**
 * Announces an upload. Nothing is received yet, so what is too large or of a type that we do not take is refused before a byte is sent. Asking
 * again tells how much has arrived: the answer is read anew each time, also for a repeated key.
 */

/** More than a busy collector takes in a week; it bounds what one account can fill the disk with. */
export const mostUnclaimed = 500

export async function beginUpload(services: Services, ask: Ask<InputOf<'attachments.begin'>>): Answer<OutputOf<'attachments.begin'>> {
  const announced = acceptable(ask.input.body)
  if (!announced.ok) return announced
  const { attachmentId } = announced.value
  const begun = await ask.transact(async (unit) => {
    const before = await findAttachment(unit.trx, attachmentId)
    if (before) return sameUpload(before, announced.value, ask.actor)
    const count = await countUnclaimed(unit.trx, ask.actor.accountId)
    if (count >= mostUnclaimed) return err(appError('attachment/tooMany', { count }))
    const isNew = await insertAttachment(unit.trx, announced.value, ask.actor, services.clock.now())
    return isNew ? ok({}) : err(appError('record/exists', { key: attachmentId }))
  })
  if (!begun.ok) return begun
  const record = await findAttachment(services.db, attachmentId)
  return record ? progressOf(record) : err(appError('record/exists', { key: attachmentId }))
}

/** Where the upload stands; a file that was refused for good is refused again with the same words. */
export function progressOf(record: AttachmentRecord): Result<UploadProgress, AppError> {
  if (record.state === 'refused') return err(refusalOf(record))
  return ok({ attachmentId: record.attachmentId, received: record.received, isComplete: record.state === 'ready' })
}

function refusalOf({ refusal, refusalDetail }: AttachmentRecord): AppError {
  return appError(refusal !== null && isErrorCode(refusal) ? refusal : 'attachment/unreadable', refusalDetail)
}

export const tooLarge = (limit: string): AppError => appError('attachment/tooLarge', { limit })
export const wrongType = (): AppError =>
  appError('attachment/wrongType', { allowed: 'JPEG、PNG、WebP 照片，PDF 文件，MP3、M4A、OGG、WAV 录音' })

function acceptable(body: AttachmentAnnouncement): Result<AttachmentAnnouncement & { readonly mediaType: MediaType }, AppError> {
  if (!Object.hasOwn(mediaTypes, body.mediaType)) return err(wrongType())
  const mediaType = body.mediaType as MediaType
  const { mostBytes } = mediaTypes[mediaType]
  if (body.bytes > mostBytes) return err(tooLarge(`${mostBytes / 1_048_576} MB`))
  return ok({ ...body, mediaType, fileName: safeFileName(body.fileName, mediaType) })
}

function sameUpload(before: AttachmentRecord, announced: AttachmentAnnouncement, actor: Actor): Result<object, AppError> {
  if (before.uploaderId !== actor.accountId) return err(appError('attachment/notYours'))
  const isSame = before.sha256 === announced.sha256 && before.bytes === announced.bytes && before.mediaType === announced.mediaType
  return isSame ? ok({}) : err(appError('record/exists', { key: before.attachmentId }))
}
