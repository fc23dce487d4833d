import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type AttachmentRecord, findAttachment, moveReceived } from '../../store/attachment-store'
import type { Answer, Ask, Services } from '../services'
import { progressOf, tooLarge } from './begin-upload'
import { finishUpload, notStored } from './finish-upload'

/**
 * Takes one piece of an upload. The piece is on disk before the row says so, and the row decides: a piece that was cut off, or whose answer was
 * lost, is sent again and changes nothing. The last one brings the verdict on the whole file.
 */
export async function appendUpload(services: Services, ask: Ask<InputOf<'attachments.append'>>): Answer<OutputOf<'attachments.append'>> {
  const { params, query, body } = ask.input
  const found = await ownUpload(services, ask.actor.accountId, params.attachmentId)
  if (!found.ok) return found
  const progress = progressOf(found.value)
  if (!progress.ok || progress.value.isComplete) return progress
  const stored = await storePiece(services, found.value, query.offset, body)
  if (!stored.ok) return stored
  return stored.value.received < stored.value.bytes ? progressOf(stored.value) : finishUpload(services, ask.actor, stored.value)
}

async function ownUpload(services: Services, accountId: string, attachmentId: string): Promise<Result<AttachmentRecord, AppError>> {
  const record = await findAttachment(services.db, attachmentId)
  if (!record) return err(appError('attachment/unknown'))
  return record.uploaderId === accountId ? ok(record) : err(appError('attachment/notYours'))
}

/** Answers the upload as it stands afterwards. */
async function storePiece(
  services: Services,
  record: AttachmentRecord,
  offset: number,
  piece: Uint8Array,
): Promise<Result<AttachmentRecord, AppError>> {
  const end = offset + piece.length
  if (end > record.bytes) return err(tooLarge(`先前说明的 ${record.bytes} 字节`))
  if (end <= record.received) return ok(record)
  if (offset !== record.received) return err(appError('attachment/wrongOffset', { expected: record.received }))
  const written = await services.files.writePart(record.attachmentId, offset, piece)
  if (!written.ok) return err(notStored(services, record, written.error.reason))
  if (await moveReceived(services.db, record.attachmentId, offset, end, services.clock.now())) return ok({ ...record, received: end })
  // The same piece came twice at once: the other one was counted.
  const now = await findAttachment(services.db, record.attachmentId)
  if (!now) return err(appError('attachment/unknown'))
  return now.received >= end ? ok(now) : err(appError('attachment/wrongOffset', { expected: now.received }))
}
