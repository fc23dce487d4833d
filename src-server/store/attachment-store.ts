import type { EpochMs } from '#shared/base/clock'
import type { Attachment, AttachmentAnnouncement, MediaType } from '#shared/contracts/central-api/attachments'
import type { Database, Statements } from './open-database'
import type { AttachmentRow } from './schema'

/**
 * Attachments without their bytes. Every change of an upload's state names the state that it was in, so that of two requests for the same
 * upload, in whatever process, one wins and the other sees that it lost.
 */
type Reader = Database | Statements

export interface AttachmentRecord {
  readonly attachmentId: string
  readonly purpose: Attachment['purpose']
  readonly fileName: string
  readonly mediaType: MediaType
  readonly bytes: number
  readonly sha256: string
  readonly takenAt: EpochMs | null
  readonly position: Attachment['position']
  readonly uploaderId: string
  readonly uploaderNo: string
  readonly received: number
  readonly state: Attachment['state']
  readonly refusal: string | null
  readonly refusalDetail: Readonly<Record<string, unknown>> | undefined
  readonly width: number | null
  readonly height: number | null
  readonly exifTakenAt: EpochMs | null
  readonly exifPosition: Attachment['position']
  readonly uploadedAt: EpochMs | null
  readonly caseId: string | null
}

const positionOf = (lng: number | null, lat: number | null) => (lng === null || lat === null ? null : { lng, lat })

const recordOf = (row: AttachmentRow): AttachmentRecord => ({
  attachmentId: row.attachment_id,
  purpose: row.purpose as Attachment['purpose'],
  fileName: row.file_name,
  mediaType: row.media_type as MediaType,
  bytes: row.bytes,
  sha256: row.sha256,
  takenAt: row.taken_at,
  position: positionOf(row.lng, row.lat),
  uploaderId: row.uploader_id,
  uploaderNo: row.uploader_no,
  received: row.received,
  state: row.state as Attachment['state'],
  refusal: row.refusal,
  refusalDetail: row.refusal_detail === null ? undefined : (JSON.parse(row.refusal_detail) as Record<string, unknown>),
  width: row.width,
  height: row.height,
  exifTakenAt: row.exif_taken_at,
  exifPosition: positionOf(row.exif_lng, row.exif_lat),
  uploadedAt: row.uploaded_at,
  caseId: row.case_id,
})

/** False when the id is taken. */
export async function insertAttachment(
  trx: Statements,
  announced: AttachmentAnnouncement & { readonly mediaType: MediaType },
  uploader: { readonly accountId: string; readonly accountNo: string },
  at: EpochMs,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('attachment')
    .values({
      attachment_id: announced.attachmentId,
      purpose: announced.purpose,
      file_name: announced.fileName,
      media_type: announced.mediaType,
      bytes: announced.bytes,
      sha256: announced.sha256,
      taken_at: announced.takenAt ?? null,
      lng: announced.position?.lng ?? null,
      lat: announced.position?.lat ?? null,
      uploader_id: uploader.accountId,
      uploader_no: uploader.accountNo,
      received: 0,
      state: 'receiving',
      touched_at: at,
    })
    .onConflict((conflict) => conflict.column('attachment_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function findAttachment(db: Reader, attachmentId: string): Promise<AttachmentRecord | undefined> {
  return (await findAttachments(db, [attachmentId]))[0]
}

/** In no particular order; unknown ids are missing. */
export async function findAttachments(db: Reader, ids: readonly string[]): Promise<AttachmentRecord[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('attachment').selectAll().where('attachment_id', 'in', ids).where('swept_at', 'is', null).execute()
  return rows.map(recordOf)
}

/** In the order of arrival. */
export async function listAttachmentsOfCase(db: Reader, caseId: string): Promise<AttachmentRecord[]> {
  const rows = await db
    .selectFrom('attachment')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('uploaded_at')
    .orderBy('attachment_id')
    .execute()
  return rows.map(recordOf)
}

export async function countUnclaimed(db: Reader, uploaderId: string): Promise<number> {
  const { count } = await db
    .selectFrom('attachment')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('uploader_id', '=', uploaderId)
    .where('case_id', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** False when the upload stands somewhere else by now. */
export async function moveReceived(db: Reader, attachmentId: string, from: number, to: number, at: EpochMs): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('attachment')
    .set({ received: to, touched_at: at })
    .where('attachment_id', '=', attachmentId)
    .where('received', '=', from)
    .where('state', '=', 'receiving')
    .where('swept_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export interface FinishedFile {
  readonly width: number | null
  readonly height: number | null
  readonly takenAt: EpochMs | null
  readonly position: Attachment['position']
}

export async function markReady(trx: Statements, record: AttachmentRecord, file: FinishedFile, at: EpochMs): Promise<boolean> {
  const { width, height, takenAt, position } = file
  const finished = {
    state: 'ready',
    width,
    height,
    exif_taken_at: takenAt,
    exif_lng: position?.lng ?? null,
    exif_lat: position?.lat ?? null,
  }
  return settle(trx, record, { ...finished, uploaded_at: at, touched_at: at })
}

export async function markRefused(
  trx: Statements,
  record: AttachmentRecord,
  refusal: { readonly code: string; readonly detail?: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const detail = refusal.detail === undefined ? null : JSON.stringify(refusal.detail)
  return settle(trx, record, { state: 'refused', refusal: refusal.code, refusal_detail: detail })
}

async function settle(trx: Statements, record: AttachmentRecord, values: Partial<AttachmentRow>): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('attachment')
    .set(values)
    .where('attachment_id', '=', record.attachmentId)
    .where('state', '=', 'receiving')
    .where('received', '=', record.bytes)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** How many of them belong to the case now; fewer than were named means that one was claimed or swept meanwhile. */
export async function setCase(trx: Statements, ids: readonly string[], caseId: string): Promise<number> {
  if (ids.length === 0) return 0
  const { numUpdatedRows } = await trx
    .updateTable('attachment')
    .set({ case_id: caseId })
    .where('attachment_id', 'in', ids)
    .where('state', '=', 'ready')
    .where('swept_at', 'is', null)
    .where((eb) => eb.or([eb('case_id', 'is', null), eb('case_id', '=', caseId)]))
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Takes what neither a case nor the duty log claimed and nothing arrived for since `before` out of everybody's sight. */
export async function markSwept(db: Reader, before: EpochMs, at: EpochMs): Promise<void> {
  await db
    .updateTable('attachment')
    .set({ swept_at: at })
    .where('case_id', 'is', null)
    .where('touched_at', '<', before)
    .where('swept_at', 'is', null)
    .where('attachment_id', 'not in', db.selectFrom('duty_log_attachment').select('attachment_id'))
    .execute()
}

export async function listSwept(db: Reader, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('attachment').select('attachment_id').where('swept_at', 'is not', null).limit(limit).execute()
  return rows.map((row) => row.attachment_id)
}

export async function deleteSwept(db: Reader, attachmentId: string): Promise<void> {
  await db.deleteFrom('attachment').where('attachment_id', '=', attachmentId).where('swept_at', 'is not', null).execute()
}
