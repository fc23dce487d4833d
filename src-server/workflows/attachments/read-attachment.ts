import { err, ok } from '#shared/base/result'
import { type Attachment, mediaTypes, type Variant } from '#shared/contracts/central-api/attachments'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { roles } from '#shared/domain/account/role'
import { pictureType } from '../../files/pictures'
import type { AttachmentRecord } from '../../store/attachment-store'
import { audit } from '../audit'
import type { Actor, Answer, Ask, FileAnswer, Services } from '../services'
import { maySeeOrigin, readableAttachment } from './access'
import { contentDisposition } from './file-name'

/** Reading an attachment: what is known of it, and its bytes. */
export async function describeAttachment(services: Services, ask: Ask<InputOf<'attachments.get'>>): Answer<OutputOf<'attachments.get'>> {
  const found = await readableAttachment(services, ask.actor, ask.input.params.attachmentId)
  return found.ok ? ok(viewFor(ask.actor, found.value)) : found
}

function viewFor(actor: Actor, record: AttachmentRecord): Attachment {
  const { uploaderId, caseId: _case, refusalDetail: _detail, ...shown } = record
  const seesOrigin = maySeeOrigin(actor.role)
  return {
    ...shown,
    exifPosition: seesOrigin ? record.exifPosition : null,
    uploaderNo: seesOrigin || uploaderId === actor.accountId ? record.uploaderNo : null,
    isComplete: record.state === 'ready',
  }
}

/** A photo's original is only for those who may know where it was taken, and every reading of any original is audited before a byte is sent. */
export async function readAttachment(services: Services, ask: Ask<InputOf<'attachments.read'>>): Answer<FileAnswer> {
  const { actor, input } = ask
  const { variant = 'display' } = input.query
  const found = await readableAttachment(services, actor, input.params.attachmentId)
  if (!found.ok) return found
  const record = found.value
  if (record.state !== 'ready') return err(appError('attachment/notReady'))
  const isPhoto = mediaTypes[record.mediaType].kind === 'photo'
  if (variant === 'original') {
    if (!maySeeOrigin(actor.role)) return err(appError('auth/forbidden', { role: roles[actor.role] }))
    await services.transactor.inTransaction(async (unit) => {
      await audit(services, unit, actor, { action: 'attachment.originalRead', subject: record.attachmentId })
      return ok(undefined)
    })
  }
  // A document or a sound has no picture of itself and carries no place: it is shown as it is.
  if (!isPhoto && variant === 'thumb') return err(appError('attachment/unknown'))
  return fileAnswer(services, record, isPhoto ? variant : 'original')
}

async function fileAnswer(services: Services, record: AttachmentRecord, variant: Variant): Answer<FileAnswer> {
  const bytes = await services.files.read(record.attachmentId, variant)
  if (!bytes) {
    services.log.error('attachment has no file', { attachmentId: record.attachmentId, variant })
    return err(appError('attachment/unknown'))
  }
  const { kind } = mediaTypes[record.mediaType]
  return ok({
    bytes,
    mediaType: variant === 'original' ? record.mediaType : pictureType,
    etag: `${record.sha256}-${variant}`,
    disposition: contentDisposition(kind === 'document' ? 'attachment' : 'inline', record.fileName),
  })
}
