import type { EpochMs } from '#shared/base/clock'
import type { CaseDetail, CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import type { Variant } from '#shared/contracts/central-api/attachments'
import type { Database } from './database'
import type { Facts } from './facts'

/**
 * Rows and details of cases as the centre last told them, for one pair of eyes at a time: the account and post they were read for (`scope`). Whoever
 * comes next begins with nothing: what another post read is forgotten, not hidden. It judges nothing and holds no order; the workflows do.
 */
export interface CaseStore {
  /** Whose eyes the rest was read for; undefined before the first. */
  scope(): string | undefined
  /** Forgets rows, details and when they were read, and begins anew; nothing changes when the scope is the same. True: it was another's. */
  enter(scope: string): boolean
  /** When every queue was last read to its end; null: not yet in this scope. */
  readAt(): EpochMs | null
  setReadAt(at: EpochMs | null): void
  /** At most `limit` rows after this id, in the order of ids. */
  rowsAfter(caseId: string, limit: number): readonly CaseRow[]
  putRow(row: CaseRow): void
  /** With its detail and pictures, whose files are the caller's to remove after the commit. */
  removeRow(caseId: string): readonly PictureKey[]
  /** Details of cases whose row is not held, with their pictures: nobody tells this seat when they are hidden. */
  forgetUnheld(): readonly PictureKey[]
  /** The row alone: the case left the queues of this post but may still be read. */
  dropRow(caseId: string): void
  detail(caseId: string): { readonly detail: CaseDetail; readonly readAt: EpochMs } | undefined
  putDetail(detail: CaseDetail, readAt: EpochMs): void
  /** The case whose kept detail names this attachment. */
  caseOfAttachment(attachmentId: string): string | undefined
}

interface PictureKey {
  readonly attachmentId: string
  readonly variant: Variant
}

/** Details kept; the oldest read go first. About 20 kB each. */
const mostDetails = 2_000

export function createCases(database: Database, facts: Facts): CaseStore {
  const rowsAfter = database.prepare('SELECT row FROM case_row WHERE case_id > ? ORDER BY case_id LIMIT ?')
  const putRow = database.prepare(
    'INSERT INTO case_row (case_id, row) VALUES (?, ?) ON CONFLICT (case_id) DO UPDATE SET row = excluded.row',
  )
  const dropRow = database.prepare('DELETE FROM case_row WHERE case_id = ?')
  const detail = database.prepare('SELECT detail, read_at AS readAt FROM case_detail WHERE case_id = ?')
  const putDetail = database.prepare(
    'INSERT INTO case_detail (case_id, detail, read_at) VALUES (?, ?, ?) ON CONFLICT (case_id) DO UPDATE SET detail = excluded.detail, read_at = excluded.read_at',
  )
  const dropDetail = database.prepare('DELETE FROM case_detail WHERE case_id = ?')
  const trimDetails = database.prepare(
    'DELETE FROM case_detail WHERE case_id IN (SELECT case_id FROM case_detail ORDER BY read_at DESC, case_id LIMIT -1 OFFSET ?)',
  )
  const putAttachment = database.prepare('INSERT OR REPLACE INTO case_attachment (attachment_id, case_id) VALUES (?, ?)')
  const caseOf = database.prepare('SELECT case_id AS caseId FROM case_attachment WHERE attachment_id = ?')
  const dropAttachments = database.prepare('DELETE FROM case_attachment WHERE case_id = ?')
  const dropPicturesOf = database.prepare(
    `DELETE FROM picture WHERE attachment_id IN (SELECT attachment_id FROM case_attachment WHERE case_id = ?)
     RETURNING attachment_id AS attachmentId, variant`,
  )
  const dropUnheld = [
    'DELETE FROM case_detail WHERE case_id NOT IN (SELECT case_id FROM case_row)',
    'DELETE FROM case_attachment WHERE case_id NOT IN (SELECT case_id FROM case_detail)',
  ].map((sql) => database.prepare(sql))
  const dropLoosePictures = database.prepare(
    `DELETE FROM picture WHERE attachment_id NOT IN (SELECT attachment_id FROM case_attachment)
     RETURNING attachment_id AS attachmentId, variant`,
  )
  const forget = ['case_row', 'case_detail', 'case_attachment', 'picture'].map((table) => database.prepare(`DELETE FROM ${table}`))
  return {
    scope: () => facts.get('caseScope') || undefined,
    enter: (scope) => {
      if (facts.get('caseScope') === scope) return false
      for (const table of forget) table.run()
      facts.set('caseReadAt', '')
      facts.set('caseScope', scope)
      return true
    },
    readAt: () => Number(facts.get('caseReadAt') ?? '') || null,
    setReadAt: (at) => facts.set('caseReadAt', at === null ? '' : String(at)),
    rowsAfter: (caseId, limit) => (rowsAfter.all(caseId, limit) as { readonly row: string }[]).map(({ row }) => JSON.parse(row) as CaseRow),
    putRow: (row) => void putRow.run(row.caseId, JSON.stringify(row)),
    removeRow: (caseId) => {
      const pictures = dropPicturesOf.all(caseId) as PictureKey[]
      for (const statement of [dropAttachments, dropDetail, dropRow]) statement.run(caseId)
      return pictures
    },
    forgetUnheld: () => {
      for (const statement of dropUnheld) statement.run()
      return dropLoosePictures.all() as PictureKey[]
    },
    dropRow: (caseId) => void dropRow.run(caseId),
    detail: (caseId) => {
      const found = detail.get(caseId) as { readonly detail: string; readonly readAt: EpochMs } | undefined
      return found && { detail: JSON.parse(found.detail) as CaseDetail, readAt: found.readAt }
    },
    putDetail: (read, readAt) => {
      const { caseId } = read.row
      putDetail.run(caseId, JSON.stringify(read), readAt)
      dropAttachments.run(caseId)
      for (const { attachmentId } of read.attachments) putAttachment.run(attachmentId, caseId)
      trimDetails.run(mostDetails)
    },
    caseOfAttachment: (attachmentId) => (caseOf.get(attachmentId) as { readonly caseId: string } | undefined)?.caseId,
  }
}
