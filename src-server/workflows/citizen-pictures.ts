import { createHash } from 'node:crypto'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { type MediaType, mediaTypes } from '#shared/contracts/central-api/attachments'
import { citizenPictures } from '#shared/contracts/central-api/citizen-links'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type HistoryEntry, systemActor } from '#shared/domain/case/history'
import { publicLink } from '#shared/domain/case/profile'
import { apply } from '#shared/domain/case/progress'
import type { Viewer } from '#shared/domain/case/visibility'
import { findAttachment, insertAttachment, moveReceived } from '../store/attachment-store'
import { isCaseVisible } from '../store/case-list-store'
import { holdCase } from '../store/case-store'
import { addPicture, findLink, insertLink, spendLink, takePlace } from '../store/citizen-link-store'
import { claimAttachments } from './attachments/access'
import { tooLarge, wrongType } from './attachments/begin-upload'
import { finishUpload, notStored } from './attachments/finish-upload'
import { audit } from './audit'
import { viewerOf } from './cases/access'
import { addStep, heldCase, momentAfter } from './cases/change-case'
import type { Actor, Answer, Ask, Services } from './services'
import { sha256 } from './tokens'

/**
 * Pictures from a citizen's own telephone by a one-time link 市民上传. Whoever has the link may send a few pictures once, within a day, and learns nothing
 * of the case. They are checked and cleaned like everybody's pictures, and the case's history says where they are from.
 */
const gone = (): AppError => appError('citizenLink/gone')

/** Nobody's in particular: an end that sees every case, because a link may be given for any that its giver could see. */
const everything: Viewer = { accountNo: '', role: 'director', departmentCode: null }

export function createLink(services: Services, ask: Ask<InputOf<'citizenLinks.create'>>): Answer<OutputOf<'citizenLinks.create'>> {
  const { actor } = ask
  const { caseId } = ask.input.params
  return ask.transact(async (unit) => {
    if (!(await isCaseVisible(unit.trx as never, caseId, viewerOf(actor)))) return err(appError('record/notFound'))
    const now = services.clock.now()
    const expiresAt = now + citizenPictures.validMs
    // 128 bits: nobody finds a link by trying, and it still fits into one message.
    const token = services.tokens.make().token.slice(0, 22)
    await insertLink(unit.trx, sha256(token), { caseId, accountId: actor.accountId, accountNo: actor.accountNo, createdAt: now, expiresAt })
    await audit(services, unit, actor, { action: 'citizenLink.created', subject: caseId })
    const { profile } = await services.caseSettings.read(unit.trx)
    const path = `/p/${token}`
    return ok({ path, url: publicLink(profile?.publicAddress, path), expiresAt, most: citizenPictures.most })
  })
}

/** Whether the page should be shown at all. */
export async function isLinkOpen(services: Services, token: string): Promise<boolean> {
  return (await findLink(services.db, sha256(token), services.clock.now())) !== undefined
}

/** One picture. Errors: `citizenLink/gone`, `citizenLink/full`, and those of any upload. */
export async function receivePicture(
  services: Services,
  token: string,
  picture: { readonly mediaType: string; readonly bytes: Buffer },
): Promise<Result<void, AppError>> {
  const hash = sha256(token)
  const link = await findLink(services.db, hash, services.clock.now())
  if (!link) return err(gone())
  const { mediaType, bytes } = picture
  if (!Object.hasOwn(mediaTypes, mediaType) || mediaTypes[mediaType as MediaType].kind !== 'photo') return err(wrongType())
  if (bytes.length > citizenPictures.mostBytes) return err(tooLarge(`${citizenPictures.mostBytes / 1_048_576} MB`))
  if (!(await takePlace(services.db, hash, citizenPictures.most))) return err(appError('citizenLink/full', { most: citizenPictures.most }))
  const attachmentId = services.ids.uuid()
  const { extension } = mediaTypes[mediaType as MediaType]
  const announced = {
    ...{ attachmentId, purpose: 'report' as const, mediaType: mediaType as MediaType, bytes: bytes.length },
    fileName: `市民上传-${link.pictureIds.length + 1}.${extension}`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
  await services.transactor.inTransaction(async (unit) => {
    await insertAttachment(unit.trx, announced, link, services.clock.now())
    return ok(undefined)
  })
  const record = await findAttachment(services.db, attachmentId)
  if (!record) return err(gone())
  const written = await services.files.writePart(attachmentId, 0, bytes)
  if (!written.ok) return err(notStored(services, record, written.error.reason))
  await moveReceived(services.db, attachmentId, 0, bytes.length, services.clock.now())
  const finished = await finishUpload(services, giverOf(link), { ...record, received: bytes.length })
  if (!finished.ok) return finished
  return services.transactor.inTransaction(async (unit) => {
    for (let tries = 0; tries < citizenPictures.most; tries += 1) {
      const now = await findLink(unit.trx, hash, services.clock.now())
      if (!now) return err(gone())
      if (await addPicture(unit.trx, hash, now.pictureIds, attachmentId)) return ok(undefined)
    }
    return err(gone())
  })
}

/** The end of the one use: what was sent joins the case. Errors: `citizenLink/gone`. */
export function finishLink(services: Services, token: string): Promise<Result<{ readonly count: number }, AppError>> {
  const hash = sha256(token)
  return services.transactor.inTransaction(async (unit) => {
    const now = services.clock.now()
    const link = await findLink(unit.trx, hash, now)
    if (!link || link.pictureIds.length === 0 || !(await spendLink(unit.trx, hash, now))) return err(gone())
    const stored = await holdCase(unit.trx, services.databaseKind, link.caseId, everything)
    if (!stored) return err(gone())
    const held = heldCase(stored, await services.caseSettings.read(unit.trx))
    if (!held.ok) return held
    const claimed = await claimAttachments(unit, { caseId: link.caseId, ids: link.pictureIds, actor: link })
    if (!claimed.ok) return claimed
    const { progress } = held.value
    const entry: HistoryEntry = {
      ...{ seq: progress.version + 1, at: momentAfter(held.value, now), action: 'attach', by: systemActor },
      ...{ from: progress.state, to: progress.state, input: { photoIds: link.pictureIds, opinion: '市民上传（一次性链接）' } },
    }
    await addStep(unit, held.value, { entry, progress: apply(progress, entry) })
    return ok({ count: link.pictureIds.length })
  })
}

/** In the audit stands who gave the link. */
const giverOf = ({ accountNo }: { readonly accountNo: string }) => ({ accountNo, name: null, seatNo: '0' }) as unknown as Actor
