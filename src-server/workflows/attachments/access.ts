import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { originalRoles } from '#shared/contracts/central-api/attachments'
import { dutyLogRoutes } from '#shared/contracts/central-api/duty-log'
import { appError } from '#shared/contracts/errors'
import type { RoleId } from '#shared/domain/account/role'
import type { AttachmentRecord } from '../../store/attachment-store'
import { findAttachment, findAttachments, listAttachmentsOfCase, setCase } from '../../store/attachment-store'
import { isInLog } from '../../store/log-store'
import type { Database, Statements } from '../../store/open-database'
import type { UnitOfWork } from '../../store/transaction'
import type { Actor, Services } from '../services'

/** The one place that says whose an attachment is: who may read it, and how a case comes to own it. */

/** What a case keeps of its attachments. */
export type AttachmentFact = Omit<AttachmentRecord, 'state' | 'refusal' | 'refusalDetail' | 'received' | 'caseId' | 'uploaderId'>

/**
 * Its uploader until a case names it; from then on whoever may read the case, and nobody else. What its uploader put into the duty log and no case has,
 * is for whoever reads the log. `db`: the transaction, inside one.
 */
export async function mayReadAttachment(
  services: Pick<Services, 'caseAccess'>,
  db: Database | Statements,
  actor: Actor,
  attachment: Pick<AttachmentRecord, 'attachmentId' | 'caseId' | 'uploaderId' | 'uploaderNo'>,
): Promise<boolean> {
  if (attachment.caseId === null) {
    if (attachment.uploaderId === actor.accountId) return true
    const isReader = dutyLogRoutes['dutyLog.list'].roles.some((role) => role === actor.role)
    return isReader && (await isInLog(db, attachment.attachmentId, attachment.uploaderNo))
  }
  return services.caseAccess(actor, attachment.caseId, db)
}

/** The place and the camera of a photo, and who took it, are for these roles. */
export function maySeeOrigin(role: RoleId): boolean {
  return (originalRoles as readonly RoleId[]).includes(role)
}

/** Who may not read it learns no more than who asks for one that is not there. */
export async function readableAttachment(
  services: Services,
  actor: Actor,
  attachmentId: string,
): Promise<Result<AttachmentRecord, AppError>> {
  const found = await findAttachment(services.db, attachmentId)
  const isReadable = found !== undefined && (await mayReadAttachment(services, services.db, actor, found))
  return isReadable ? ok(found) : err(appError('attachment/unknown'))
}

/**
 * Makes attachments belong to a case, in the transaction of the case's own action, and answers them in the order they were named. All or none:
 * `attachment/unknown`, `attachment/notYours` (someone else's, or another case's), `attachment/notReady`. Those of this case already may be named
 * again by whoever acts on it.
 */
export async function claimAttachments(
  unit: UnitOfWork,
  claim: { readonly caseId: string; readonly ids: readonly string[]; readonly actor: Pick<Actor, 'accountId'> },
): Promise<Result<AttachmentFact[], AppError>> {
  const ids = [...new Set(claim.ids)]
  const found = new Map((await findAttachments(unit.trx, ids)).map((record) => [record.attachmentId, record]))
  const facts: AttachmentFact[] = []
  for (const attachmentId of ids) {
    const record = found.get(attachmentId)
    if (!record) return err(appError('attachment/unknown', { attachmentId }))
    const isOwn = record.caseId === null ? record.uploaderId === claim.actor.accountId : record.caseId === claim.caseId
    if (!isOwn) return err(appError('attachment/notYours', { attachmentId }))
    if (record.state !== 'ready') return err(appError('attachment/notReady', { attachmentId }))
    facts.push(factOf(record))
  }
  // Between looking and claiming, another case may have been quicker, or the sweep.
  const claimed = await setCase(unit.trx, ids, claim.caseId)
  return claimed === ids.length ? ok(facts) : err(appError('attachment/unknown'))
}

/** In the order of arrival. */
export async function attachmentsOfCase(db: Database | Statements, caseId: string): Promise<AttachmentFact[]> {
  return (await listAttachmentsOfCase(db, caseId)).map(factOf)
}

function factOf(record: AttachmentRecord): AttachmentFact {
  const {
    state: _state,
    refusal: _refusal,
    refusalDetail: _detail,
    received: _received,
    caseId: _case,
    uploaderId: _uploader,
    ...fact
  } = record
  return fact
}
