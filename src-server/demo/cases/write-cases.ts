/** Writes generated cases with their photos' rows, through the case store's own helper. */
import { prepareCase } from '../../store/case-columns'
import { raiseCaseNo } from '../../store/case-desk-store'
import { insertCases } from '../../store/case-store'
import type { Database, Statements } from '../../store/open-database'
import type { AttachmentRow } from '../../store/schema'
import type { PictureFile } from '../photos/pictures'
import type { GeneratedCase } from './day'
import type { CaseWorld } from './world'

export interface Writing {
  readonly world: CaseWorld
  readonly pictures: readonly PictureFile[]
  /** Account ids by number. */
  readonly accounts: ReadonlyMap<string, string>
}

export async function readAccounts(db: Database | Statements): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('account').select(['account_no', 'account_id']).execute()
  return new Map(rows.map(({ account_no, account_id }) => [account_no, account_id]))
}

/** All cases of one day, of which nothing may be stored yet. */
export async function writeDay(trx: Statements, writing: Writing, cases: readonly GeneratedCase[]): Promise<void> {
  const last = cases.at(-1)
  if (!last) return
  const { profile, calendar } = writing.world
  await insertCases(
    trx,
    cases.map(({ identity, ...told }) => prepareCase(identity, told, { profile, calendar })),
  )
  const [day = '', number] = last.identity.caseNo.split('-')
  await raiseCaseNo(trx, day, Number(number))
  await writePhotos(
    trx,
    cases.flatMap((one) => photoRows(writing, one)),
  )
}

/** A row has 22 values, and SQLite takes 32 766 of them at once. */
const rowsAtOnce = 1_000

async function writePhotos(trx: Statements, rows: readonly AttachmentRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await trx
      .insertInto('attachment')
      .values(rows.slice(start, start + rowsAtOnce))
      .execute()
  }
}

function photoRows({ pictures, accounts }: Writing, { identity, beginning, photos }: GeneratedCase): AttachmentRow[] {
  return photos.flatMap(({ photoId, picture, purpose, by, at }) => {
    const file = pictures[picture]
    const uploader = accounts.get(by.accountNo)
    if (!file || uploader === undefined) return []
    const { position } = beginning.facts
    return {
      attachment_id: photoId,
      purpose,
      file_name: `演示-${identity.caseNo}.jpg`,
      media_type: 'image/jpeg',
      bytes: file.bytes,
      sha256: file.sha256,
      taken_at: at,
      lng: position?.lng ?? null,
      lat: position?.lat ?? null,
      uploader_id: uploader,
      uploader_no: by.accountNo,
      received: file.bytes,
      state: 'ready',
      refusal: null,
      refusal_detail: null,
      width: file.width,
      height: file.height,
      exif_taken_at: null,
      exif_lng: null,
      exif_lat: null,
      touched_at: at,
      uploaded_at: at,
      case_id: identity.caseId,
      swept_at: null,
    }
  })
}
