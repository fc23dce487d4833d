import type { AppError } from '#shared/base/app-error'
import { dayMs } from '#shared/base/china-time'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { evidenceWords } from '#shared/domain/quality/audio'
import { type EntryContent, type EntryRefusal, foldFile, mayEnter, type QualityEntry, type Reviewed } from '#shared/domain/quality/file'
import { isReviewer, itemsOf, qualityFormId, qualityReviewers } from '#shared/domain/quality/form'
import { type Sheet, type SheetTotal, sheetProblems, totalOf } from '#shared/domain/quality/sheet'
import { findAccountByNo } from '../../store/account-store'
import { type AnsweredCall, addEntry, fileOf, findAnswered, formVersions } from '../../store/quality-store'
import type { UnitOfWork } from '../../store/transaction'
import { audit } from '../audit'
import type { Answer, Ask, Services } from '../services'
import { formInForce } from './form'
import { soundOf } from './month'

/** Adds one entry to the quality file of a call. What is there stays; who is told is decided by what the entry changed. */
const latestDelayMs = 7 * dayMs

export function enter(services: Services, ask: Ask<InputOf<'quality.enter'>>): Answer<OutputOf<'quality.enter'>> {
  const { params, body } = ask.input
  const { content } = body
  const { actor } = ask
  return ask.transact(async (unit) => {
    await unit.lock('quality')
    const [call] = await findAnswered(unit.trx, [params.callId])
    if (!call) return err(appError('record/notFound'))
    const entries = await fileOf(unit.trx, params.callId)
    const form = await formInForce(unit.trx)
    const now = services.clock.now()
    // When it was written counts, not when the line came back; nobody writes in the future or a season ago.
    const at = Math.min(now, Math.max(body.at, now - latestDelayMs))
    const reviewed: Reviewed = { agentNo: call.accountNo, evidence: await soundOf(unit.trx, call), appealDays: form?.appealDays ?? 0 }
    const may = mayEnter(foldFile(entries), reviewed, actor, content, at)
    if (!may.ok) return err(refusalOf(may.error, reviewed))
    if (content.kind === 'calibrate' && !(await areReviewers(unit, content.reviewers))) return err(appError('quality/badReviewers'))
    const total = await totalFor(unit, content)
    if (!total.ok) return total
    const entry: QualityEntry = {
      ...{ ...content, entryId: params.entryId, at, byNo: actor.accountNo, byName: actor.name },
      ...{ total: total.value?.total ?? null, isVetoed: total.value?.isVetoed ?? false },
    }
    if (!(await addEntry(unit.trx, call, entry, entries.length + 1, now))) return err(appError('record/exists', { key: params.entryId }))
    const detail = { kind: content.kind, agentNo: call.accountNo, total: entry.total }
    await audit(services, unit, actor, { action: 'quality.entered', subject: call.callId, detail })
    tell(unit, call, entries, entry)
    return ok(entry)
  })
}

function refusalOf(code: EntryRefusal, { evidence, appealDays }: Reviewed): AppError {
  if (code === 'quality/brokenAudio') return appError(code, { evidence: evidence.map(evidenceWords).join('；') })
  return code === 'quality/appealOver' ? appError(code, { days: appealDays }) : appError(code)
}

async function areReviewers(unit: UnitOfWork, accounts: readonly string[]): Promise<boolean> {
  for (const accountNo of accounts) {
    const account = await findAccountByNo(unit.trx, accountNo)
    if (!account?.isEnabled || !account.roles.some(isReviewer)) return false
  }
  return true
}

/** What the sheet comes to by its own version of the form; null: the entry has none. */
async function totalFor(unit: UnitOfWork, content: EntryContent): Promise<Result<SheetTotal | null, AppError>> {
  const sheet: Sheet | null = 'sheet' in content ? content.sheet : null
  if (sheet === null) return ok(null)
  const [form] = await formVersions(unit.trx, qualityFormId, [sheet.formVersion])
  if (!form) return err(appError('quality/formUnknown', { version: sheet.formVersion }))
  const problems = sheetProblems(form, sheet.answers)
  if (problems.length === 0) return ok(totalOf(form, sheet.answers))
  const titles = new Map(itemsOf(form).map(({ itemId, title }) => [itemId, title]))
  const words = problems.slice(0, 5).map(({ itemId, problem }) => `「${titles.get(itemId) ?? itemId}」${problem}`)
  return err(appError('quality/incomplete', { problems: words.join('；') }))
}

function tell(unit: UnitOfWork, call: AnsweredCall, before: readonly QualityEntry[], entry: QualityEntry): void {
  const { entryId, kind, byNo, byName, total, isVetoed } = entry
  const news = {
    ...{ callId: call.callId, callAt: call.startedAt, agentNo: call.accountNo, agentName: call.name, kind, byNo, byName },
    reviewers: entry.kind === 'calibrate' ? [...entry.reviewers] : [],
  }
  const blank = { total: null, isVetoed: false }
  unit.emit('quality.changed', { ...news, isForAgent: false, ...blank }, { roles: qualityReviewers, exceptAccounts: [call.accountNo] })
  const counts = foldFile([...before, entry]).standing?.entryId === entryId
  if (counts || kind === 'decide') {
    const score = counts ? { total, isVetoed } : blank
    unit.emit('quality.changed', { ...news, isForAgent: true, ...score }, { accounts: [call.accountNo] })
  }
}
