import type { AppError } from '#shared/base/app-error'
import { chinaDate, dayMs } from '#shared/base/china-time'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseDraft } from '#shared/contracts/central-api/cases'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { SpotAnswerSchema } from '#shared/contracts/knowledge-shapes'
import { decide } from '#shared/domain/case/decide'
import type { CaseFacts } from '#shared/domain/case/facts'
import type { CaseActor, HistoryEntry } from '#shared/domain/case/history'
import { progressOf } from '#shared/domain/case/progress'
import { isCitizenDue } from '#shared/domain/case/registration'
import type { CaseRow } from '#shared/domain/case/row'
import { type CasePerson, prepareCase } from '../../store/case-columns'
import { nextCaseNo } from '../../store/case-desk-store'
import { insertCase } from '../../store/case-store'
import type { UnitOfWork } from '../../store/transaction'
import { claimAttachments } from '../attachments/access'
import type { Actor, Answer, Ask, Services } from '../services'
import { caseActorOf } from './access'
import { addStep, holdForChange, momentAfter, profileMissing, tellCase, wire } from './change-case'
import { checkedFacts } from './check-codes'

/**
 * Registering a case 登记, by hand or from the field. Its number is given here; an urgent one is registered like any other and filed urgently in the
 * next step. Persons are stored apart from the case.
 */
const oldestDays = 31

export function registerCase(services: Services, ask: Ask<InputOf<'cases.register'>>): Answer<OutputOf<'cases.register'>> {
  const { actor, input } = ask
  const draft = input.body
  return ask.transact(async (unit) => {
    const now = services.clock.now()
    const judged = judge(draft, actor, now)
    if (!judged.ok) return judged
    const { caseId, facts, photoIds } = draft
    const at = Math.min(draft.registeredAt, now)
    const put = await putCase(services, unit, { caseId, facts, photoIds, citizen: judged.value, by: caseActorOf(actor), at })
    if (!put.ok) return put
    const claimed = await claimAttachments(unit, { caseId, ids: photoIds, actor })
    if (!claimed.ok) return claimed
    return draft.answer ? answerOnTheSpot(services, unit, actor, { caseId, answer: draft.answer }) : ok(wire(put.value))
  })
}

/** 当场答复: the same step as 答复办结 of a case that lies there, by the same rules, in the transaction that registered it. */
async function answerOnTheSpot(
  services: Services,
  unit: UnitOfWork,
  actor: Actor,
  { caseId, answer }: { readonly caseId: string; readonly answer: SpotAnswerSchema },
): Promise<Result<OutputOf<'cases.register'>, AppError>> {
  const held = await holdForChange(services, unit, actor, caseId)
  if (!held.ok) return held
  const { progress, measures } = held.value
  const input = { answer: answer.text, ...(answer.quoted && { quoted: answer.quoted }) }
  const now = momentAfter(held.value, services.clock.now())
  const decision = decide('replyOnly', { progress, actor: caseActorOf(actor), input, profile: measures.profile, now })
  if (!decision.ok) return err(appError(decision.error.code, decision.error.detail))
  return ok(wire(await addStep(unit, held.value, decision.value)))
}

export interface Registration {
  readonly caseId: string
  readonly facts: CaseFacts
  readonly photoIds: readonly string[]
  readonly citizen: CasePerson | null
  readonly by: CaseActor
  readonly at: number
}

/**
 * Numbers a case, writes it and tells of it, whoever brings it. Errors: `profile/unusable`, `record/exists`, `case/codeUnknown`,
 * `case/placeUnknown`.
 */
export async function putCase(services: Services, unit: UnitOfWork, brought: Registration): Promise<Result<CaseRow, AppError>> {
  const settings = await services.caseSettings.read(unit.trx)
  const { profile, calendar } = settings
  if (!profile) return err(profileMissing(services.centre.profileId))
  const { caseId, photoIds, citizen, by, at } = brought
  const facts = checkedFacts({ ...brought.facts, hasCitizen: citizen !== null }, settings)
  if (!facts.ok) return facts
  const entry: HistoryEntry = { seq: 1, at, action: 'register', by, from: null, to: 'reported', input: {} }
  const beginning = { facts: facts.value, photoIds }
  const caseNo = await nextCaseNo(unit.trx, chinaDate(at).replaceAll('-', ''))
  const prepared = prepareCase(
    { caseId, caseNo, profileId: profile.profileId },
    { beginning, history: [entry], citizen },
    { profile, calendar },
  )
  if (!(await insertCase(unit.trx, prepared))) return err(appError('record/exists', { key: caseId }))
  const progress = progressOf(beginning, [entry])
  if (progress) tellCase(unit, prepared.image.row, entry, progress)
  return ok(prepared.image.row)
}

/** The citizen to keep, when there is one. */
function judge(draft: CaseDraft, { role }: Actor, now: number): Result<CasePerson | null, AppError> {
  const { facts, citizen, photoIds } = draft
  // What names somebody of the hall, or is for the director alone, is no question that a knowledge base answers.
  if (draft.answer && (facts.isSensitive || facts.namedAgents.length > 0)) return err(invalid('answer 投诉接线员或敏感的不能当场答复办结'))
  if (now - draft.registeredAt > oldestDays * dayMs) return err(invalid(`registeredAt 早于 ${oldestDays} 天前`))
  if (role === 'collector' && facts.source !== 'collector') return err(invalid('facts.source 信息采集员只登记监督员上报'))
  if (role === 'collector' && photoIds.length === 0) return err(appError('case/photosMissing'))
  const hasNumber = citizen !== null && citizen.number.trim() !== ''
  if (isCitizenDue(facts) && !hasNumber) return err(appError('case/citizenMissing'))
  return ok(citizen && (hasNumber || citizen.name.trim() !== '') ? citizen : null)
}

const invalid = (fields: string): AppError => appError('request/invalid', { fields })
