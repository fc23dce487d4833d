import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { mediaTypes, type UploadProgress } from '#shared/contracts/central-api/attachments'
import { appError } from '#shared/contracts/errors'
import { mediaTypeOf } from '../../files/media-type'
import { type PhotoRefusal, photoLimits } from '../../files/pictures'
import {
  type AttachmentRecord,
  type FinishedFile,
  findAttachment,
  markReady,
  markRefused,
  moveReceived,
} from '../../store/attachment-store'
import { audit } from '../audit'
import type { Actor, Services } from '../services'
import { progressOf, tooLarge, wrongType } from './begin-upload'

/**
 * The verdict on an upload whose last byte has arrived: is it what was announced, is it what it calls itself, can it be opened. Every step may be
 * done twice, so a server that died half-way finishes when the last piece is sent again. What is refused leaves no file behind.
 */
export async function finishUpload(services: Services, actor: Actor, record: AttachmentRecord): Promise<Result<UploadProgress, AppError>> {
  if (record.state !== 'receiving') return progressOf(record)
  const sealed = await services.files.seal(record.attachmentId, record)
  if (!sealed.ok) return err(notStored(services, record, sealed.error.reason))
  if (!sealed.value) return startOver(services, record)
  const inspected = await inspect(services, record)
  if (!inspected.ok) return inspected.error.code === 'attachment/notStored' ? inspected : refuse(services, actor, record, inspected.error)
  await services.transactor.inTransaction(async (unit) => {
    const isFirst = await markReady(unit.trx, record, inspected.value, services.clock.now())
    const { mediaType, bytes, purpose } = record
    if (isFirst)
      await audit(services, unit, actor, {
        action: 'attachment.received',
        subject: record.attachmentId,
        detail: { mediaType, bytes, purpose },
      })
    return ok(undefined)
  })
  return outcome(services, record)
}

/** What another request for the same upload decided first holds for this one, too. */
async function outcome(services: Services, { attachmentId }: AttachmentRecord): Promise<Result<UploadProgress, AppError>> {
  const now = await findAttachment(services.db, attachmentId)
  return now ? progressOf(now) : err(appError('attachment/unknown'))
}

async function startOver(services: Services, record: AttachmentRecord): Promise<Result<UploadProgress, AppError>> {
  const isOurs = await moveReceived(services.db, record.attachmentId, record.bytes, 0, services.clock.now())
  return isOurs ? err(appError('attachment/hashMismatch')) : outcome(services, record)
}

async function refuse(
  services: Services,
  actor: Actor,
  record: AttachmentRecord,
  error: AppError,
): Promise<Result<UploadProgress, AppError>> {
  await services.transactor.inTransaction(async (unit) => {
    const isFirst = await markRefused(unit.trx, record, error)
    if (isFirst)
      await audit(services, unit, actor, { action: 'attachment.refused', subject: record.attachmentId, detail: { code: error.code } })
    return ok(undefined)
  })
  const verdict = await outcome(services, record)
  if (!verdict.ok) await services.files.remove(record.attachmentId)
  return verdict
}

async function inspect(services: Services, record: AttachmentRecord): Promise<Result<FinishedFile, AppError>> {
  const { attachmentId, mediaType } = record
  if ((await mediaTypeOf(await services.files.head(attachmentId))) !== mediaType) return err(wrongType())
  if (mediaTypes[mediaType].kind !== 'photo') return ok({ width: null, height: null, takenAt: null, position: null })
  const photo = await services.pictures.process(services.files.pathOf(attachmentId, 'original'))
  if (!photo.ok) return err(photoErrors[photo.error]())
  const { width, height, exif, display, thumb } = photo.value
  for (const [variant, bytes] of [
    ['display', display],
    ['thumb', thumb],
  ] as const) {
    const written = await services.files.write(attachmentId, variant, bytes)
    if (!written.ok) return err(notStored(services, record, written.error.reason))
  }
  return ok({ width, height, ...exif })
}

const photoErrors: Readonly<Record<PhotoRefusal, () => AppError>> = {
  tooManyPixels: () => tooLarge(`${photoLimits.pixels / 10_000} 万像素或任一边 ${photoLimits.side} 像素`),
  unreadable: () => appError('attachment/unreadable'),
}

export function notStored(services: Services, { attachmentId }: AttachmentRecord, reason: string): AppError {
  services.log.error('attachment could not be stored', { attachmentId, reason })
  return appError('attachment/notStored')
}
