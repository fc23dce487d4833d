import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseRowSchema } from '#shared/contracts/case-shapes'
import { appError } from '#shared/contracts/errors'
import { actionSpec } from '#shared/domain/case/actions'
import type { HistoryEntry } from '#shared/domain/case/history'
import { type CaseProgress, progressOf } from '#shared/domain/case/progress'
import type { CaseRow } from '#shared/domain/case/row'
import { maskName, maySee, secrecyOf, type Viewer } from '#shared/domain/case/visibility'
import { type CaseMeasures, imageOf, sidesOf } from '../../store/case-columns'
import { deleteLock } from '../../store/case-desk-store'
import { advanceCase, holdCase, type StoredCase } from '../../store/case-store'
import { noteForPartner } from '../../store/exchange-outbox-store'
import { withdrawExports } from '../../store/exports-store'
import { queueReply } from '../../store/reply-store'
import type { UnitOfWork } from '../../store/transaction'
import type { Actor, Services } from '../services'
import { audienceOf, isMadeSecret, isNarrowed, viewerOf } from './access'
import type { SettingsNow } from './settings'

/** What every step of a case shares: holding it, adding the step, and telling those who may see it. */
export interface HeldCase {
  readonly stored: StoredCase
  readonly progress: CaseProgress
  readonly measures: CaseMeasures
  readonly settings: SettingsNow
}

/** Nobody else changes the case until the transaction ends. Errors: `record/notFound`, also for what the actor may not see; `profile/unusable`. */
export async function holdForChange(
  services: Services,
  unit: UnitOfWork,
  actor: Actor,
  caseId: string,
): Promise<Result<HeldCase, AppError>> {
  const stored = await holdCase(unit.trx, services.databaseKind, caseId, viewerOf(actor))
  if (!stored) return err(appError('record/notFound'))
  return heldCase(stored, await services.caseSettings.read(unit.trx))
}

/** A case finishes under the profile that it was registered with. */
export function heldCase(stored: StoredCase, settings: SettingsNow): Result<HeldCase, AppError> {
  const progress = progressOf(stored.beginning, stored.history)
  if (!progress) throw new Error(`case ${stored.identity.caseNo} has no registration in its history`)
  const profile = settings.profileById(stored.identity.profileId)
  if (!profile) return err(profileMissing(stored.identity.profileId))
  return ok({ stored, progress, settings, measures: { profile, calendar: settings.calendar } })
}

export const profileMissing = (profileId: string): AppError =>
  appError('profile/unusable', { mistakes: `没有可用的中心配置 ${profileId}，请系统管理员导入` })

/** Times of one case never run backwards, though processes' clocks may differ. */
export function momentAfter({ stored }: HeldCase, now: number): number {
  return Math.max(now, stored.history.at(-1)?.at ?? 0)
}

/** Writes the step and tells of it; the row as it is now. */
export async function addStep(
  unit: UnitOfWork,
  { stored, progress: before, measures }: HeldCase,
  step: { readonly entry: HistoryEntry; readonly progress: CaseProgress },
): Promise<CaseRow> {
  const { entry, progress: after } = step
  const { caseId } = stored.identity
  const image = imageOf(stored.identity, after, measures)
  await advanceCase(unit.trx, caseId, { entry, image, sidesBefore: sidesOf(before) })
  await noteForPartner(unit.trx, { before, after, entry, row: image.row })
  await queueReply(unit.trx, { after, entry, row: image.row })
  const audience = audienceOf(after)
  if (isNarrowed(before, after)) unit.emit('case.hidden', { caseId }, audienceOf(before))
  if (isMadeSecret(before, after)) await withdrawExports(unit.trx, (viewer) => isLostTo(viewer, [stored.row, before], [image.row, after]))
  tellCase(unit, image.row, entry, after)
  // Whoever hands a case on, or asks somebody else to decide, is done with it.
  if ((entry.from !== entry.to || isAsking(entry)) && (await deleteLock(unit.trx, caseId, entry.by.accountNo))) {
    unit.emit('case.locked', { caseId, lock: null }, audience)
  }
  return image.row
}

type Seen = readonly [row: CaseRow, progress: CaseProgress]
const maySeeIt = (viewer: Viewer, [row, progress]: Seen): boolean => maySee(row, secrecyOf(progress), viewer)
const isLostTo = (viewer: Viewer, was: Seen, is: Seen): boolean => maySeeIt(viewer, was) && !maySeeIt(viewer, is)

const isAsking = ({ action }: HistoryEntry): boolean => action !== 'register' && action !== 'undo' && actionSpec(action).form === 'request'

/** One wording for everybody, so a collector's name is masked in it. */
export function tellCase(unit: UnitOfWork, row: CaseRow, { action, from, by }: HistoryEntry, progress: CaseProgress): void {
  const byName = by.role === 'collector' ? maskName(by.name) : by.name
  unit.emit('case.changed', { row: wire(row), action, from, byNo: by.accountNo, byName }, audienceOf(progress))
}

/** The domain's row promises not to be changed; the contract's says nothing about that. */
export const wire = (row: CaseRow) => row as CaseRowSchema
