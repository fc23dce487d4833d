import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { mediaTypes } from '#shared/contracts/central-api/attachments'
import { appError } from '#shared/contracts/errors'
import { parseAnnotations } from '#shared/domain/annotation/annotation'
import type { ActionId } from '#shared/domain/case/actions'
import type { ActionInput } from '#shared/domain/case/inputs'
import { caseStates, isEnd } from '#shared/domain/case/states'
import { sensitiveReaders } from '#shared/domain/case/visibility'
import { findAccountByNo } from '../../store/account-store'
import { findRows } from '../../store/case-list-store'
import { findReplyDoor } from '../../store/reply-store'
import type { UnitOfWork } from '../../store/transaction'
import { claimAttachments } from '../attachments/access'
import type { Actor } from '../services'
import { viewerOf } from './access'
import type { HeldCase } from './change-case'
import { checkedFacts } from './check-codes'

/**
 * What an action names must exist, and what it calls by name is called as the centre calls it: departments, collectors, other cases, classes. What
 * the action needs at all is decided by the domain.
 */
interface Naming {
  readonly action: ActionId
  readonly actor: Actor
  readonly input: ActionInput
}

export async function completeInput(unit: UnitOfWork, held: HeldCase, naming: Naming): Promise<Result<ActionInput, AppError>> {
  const departments = namedDepartments(held, naming.input)
  if (!departments.ok) return departments
  const facts = amendedFacts(held, naming.input)
  if (!facts.ok) return facts
  const other = await otherCase(unit, held, naming)
  if (!other.ok) return other
  const fault = (await collectorFault(unit, held, naming)) ?? annotationFault(held, naming.input)
  if (fault) return err(fault)
  const { replyVia: _said, ...said } = naming.input
  const own = { ...requirementOf(held, naming), ...(await replyDoorOf(unit, held, naming)) }
  return ok({ ...said, ...departments.value, ...facts.value, ...other.value, ...own })
}

/** Where an approved reply goes by itself; nobody says that of themselves. */
async function replyDoorOf(unit: UnitOfWork, { stored, progress }: HeldCase, { action }: Naming): Promise<Partial<ActionInput>> {
  const { source, external } = progress.facts
  if (action !== 'approveReply' || external === null) return {}
  const door = await findReplyDoor(unit.trx, { caseId: stored.identity.caseId, source, externalNo: external.no })
  return door ? { replyVia: door.name } : {}
}

/** 核实要求 that the caller's report holds goes to the collector with the order, unless whoever orders says it in their own words. */
function requirementOf({ progress }: HeldCase, { action, input }: Naming): Partial<ActionInput> {
  const asked = progress.facts.reception?.requirement.trim() ?? ''
  return action === 'orderVerification' && asked !== '' && (input.requirement ?? '').trim() === '' ? { requirement: asked } : {}
}

function namedDepartments({ settings }: HeldCase, input: ActionInput): Result<Partial<ActionInput>, AppError> {
  const { departmentCode, cooperating, suggestedDepartmentCode } = input
  const codes = [departmentCode, suggestedDepartmentCode, ...(cooperating ?? []).map(({ code }) => code)]
  const unknown = codes.find((code) => code !== undefined && !settings.departments.has(code))
  if (unknown !== undefined) return err(invalid(`departmentCode 没有代码为 ${unknown} 的专业部门`))
  const nameOf = (code: string) => settings.departments.get(code) ?? code
  return ok({
    ...(departmentCode !== undefined && { departmentName: nameOf(departmentCode) }),
    // Whoever is responsible does not also help.
    ...(cooperating && {
      cooperating: cooperating.filter(({ code }) => code !== departmentCode).map(({ code }) => ({ code, name: nameOf(code) })),
    }),
  })
}

function amendedFacts({ progress, settings }: HeldCase, { facts }: ActionInput): Result<Partial<ActionInput>, AppError> {
  if (!facts) return ok({})
  const checked = checkedFacts({ ...progress.facts, ...facts }, settings)
  if (!checked.ok) return checked
  const { subclassName, majorName } = checked.value
  const isReclassified = facts.subclassCode !== undefined || facts.standard !== undefined || facts.kind !== undefined
  const { subclassName: _subclass, majorName: _major, ...said } = facts
  return ok({ facts: isReclassified ? { ...said, subclassName, majorName } : said })
}

/** A case that the actor may not see is none to them. One that is merged is worked on as the other, so the other must still be worked on. */
async function otherCase(
  unit: UnitOfWork,
  { stored }: HeldCase,
  { action, actor, input }: Naming,
): Promise<Result<Partial<ActionInput>, AppError>> {
  const { otherCaseId } = input
  if (otherCaseId === undefined) return ok({})
  if (otherCaseId === stored.identity.caseId) return err(appError('case/sameAsOther'))
  const [row] = await findRows(unit.trx, [otherCaseId], viewerOf(actor))
  if (!row) return err(invalid('otherCaseId 没有这一件'))
  const { caseNo, state } = row
  const isLost = action === 'mergeDuplicate' && isEnd(state)
  return isLost ? err(appError('case/otherEnded', { caseNo, state: caseStates[state].name })) : ok({ otherCaseNo: caseNo })
}

/** A collector who is at work here and whom the complaint does not name. A sensitive case is looked into by those who may see it. */
async function collectorFault(unit: UnitOfWork, { progress }: HeldCase, { action, input }: Naming): Promise<AppError | undefined> {
  if ((action !== 'orderVerification' && action !== 'orderCheck') || input.collectorNo === undefined) return undefined
  const { collectorNo } = input
  const account = await findAccountByNo(unit.trx, collectorNo)
  const { isSensitive, namedAgents } = progress.facts
  const goes = isSensitive ? sensitiveReaders : (['collector'] as const)
  const isFit = account?.isEnabled && account.roles.some((role) => (goes as readonly string[]).includes(role))
  if (!isFit)
    return invalid(isSensitive ? `collectorNo 敏感投诉须由平台主管或平台助理自己核实` : `collectorNo 没有在用的监督员 ${collectorNo}`)
  return namedAgents.includes(collectorNo) ? invalid(`collectorNo 监督员 ${collectorNo} 须回避`) : undefined
}

function annotationFault({ progress }: HeldCase, { photoId, annotations }: ActionInput): AppError | undefined {
  if (photoId !== undefined && !progress.photoIds.includes(photoId)) return appError('attachment/unknown')
  if (annotations === undefined) return undefined
  return parseAnnotations(annotations).ok ? undefined : invalid('annotations 不是照片标注')
}

/** Photos and papers become the case's. Errors: `attachment/…`; `request/invalid` for a photo that is none. */
export async function claimNamed(
  unit: UnitOfWork,
  { stored }: HeldCase,
  { actor, input }: Pick<Naming, 'actor' | 'input'>,
): Promise<Result<void, AppError>> {
  const { photoIds = [], documentIds = [] } = input
  if (photoIds.length + documentIds.length === 0) return ok(undefined)
  const claimed = await claimAttachments(unit, { caseId: stored.identity.caseId, ids: [...photoIds, ...documentIds], actor })
  if (!claimed.ok) return claimed
  const isPhoto = new Map(claimed.value.map((fact) => [fact.attachmentId, mediaTypes[fact.mediaType].kind === 'photo']))
  return photoIds.every((id) => isPhoto.get(id)) ? ok(undefined) : err(invalid('photoIds 须为照片，其他文件请放在附件里'))
}

const invalid = (fields: string): AppError => appError('request/invalid', { fields })
