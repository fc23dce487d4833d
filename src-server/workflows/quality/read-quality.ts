import { dayMs } from '#shared/base/china-time'
import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { QualityCall } from '#shared/contracts/quality-shapes'
import { wrapUpCodes } from '#shared/domain/call/wrap-up'
import type { AudioEvidence } from '#shared/domain/quality/audio'
import { qualityFigures } from '#shared/domain/quality/figures'
import { type Author, appealUntil, entriesFor, foldFile, type QualityEntry } from '#shared/domain/quality/file'
import { isReviewer, qualityFormId } from '#shared/domain/quality/form'
import { listAccounts } from '../../store/account-store'
import { type AnsweredCall, fileOf, filesBetween, findAnswered, formVersions, reportOf } from '../../store/quality-store'
import { statesOf } from '../../store/recording-store'
import { viewerOf } from '../cases/access'
import type { Answer, Ask, Services } from '../services'
import { formInForce } from './form'
import { callsOfMonth, soundOf } from './month'

/** Lists and files of 质检, each as far as its reader may see them. */
const ownDays = 365
const mostAccounts = 2_000
const noPlan = { share: 0, minimum: 0 }

export async function readList(services: Services, { actor, input }: Ask<InputOf<'quality.list'>>): Answer<OutputOf<'quality.list'>> {
  const form = await formInForce(services.db)
  const calls = await callsOfMonth(services.db, input.query.month, form?.plan ?? noPlan)
  const shown = calls.filter(({ isDrawn, isExcluded, entries }) => isDrawn || isExcluded || entries.length > 0)
  const now = services.clock.now()
  const items = shown.map(({ call, evidence, entries, isDrawn }) => ({
    ...rowOf({ call, evidence, entries, viewer: actor, now, appealDays: form?.appealDays ?? 0 }),
    isDrawn,
  }))
  return ok({ items, form })
}

export async function readMine(services: Services, { actor }: Ask<InputOf<'quality.mine'>>): Answer<OutputOf<'quality.mine'>> {
  const now = services.clock.now()
  const form = await formInForce(services.db)
  const files = await filesBetween(services.db, now - ownDays * dayMs, now + dayMs, actor.accountNo)
  const calls = await findAnswered(services.db, [...files.keys()])
  const items: QualityCall[] = []
  for (const call of calls) {
    const entries = files.get(call.callId) ?? []
    if (entriesFor(actor, call.accountNo, entries).length === 0) continue
    const evidence = await soundOf(services.db, call)
    items.push(rowOf({ call, evidence, entries, viewer: actor, now, appealDays: form?.appealDays ?? 0 }))
  }
  return ok({ items: items.sort((a, b) => b.startedAt - a.startedAt), form })
}

export async function openFile(services: Services, { actor, input }: Ask<InputOf<'quality.open'>>): Answer<OutputOf<'quality.open'>> {
  const [call] = await findAnswered(services.db, [input.params.callId])
  // Whether a call that is nobody's business exists is nobody's business either.
  if (!call || (call.accountNo !== actor.accountNo && !isReviewer(actor.role))) return err(appError('record/notFound'))
  const all = await fileOf(services.db, call.callId)
  const form = await formInForce(services.db)
  const entries = entriesFor(actor, call.accountNo, all)
  const now = services.clock.now()
  const row = rowOf({
    ...{ call, evidence: await soundOf(services.db, call), entries: all, viewer: actor, now, appealDays: form?.appealDays ?? 0 },
  })
  const older = await formVersions(services.db, qualityFormId, versionsIn(entries))
  const forms = form === null || older.some(({ version }) => version === form.version) ? older : [...older, form]
  const { recordingId } = call
  const states = await statesOf(services.db, recordingId === null ? [] : [recordingId])
  const report = await reportOf(services.db, call, viewerOf(actor))
  return ok({
    ...{ row, entries: [...entries], forms: [...forms], recordingId },
    recordingState: recordingId === null ? null : (states.get(recordingId) ?? 'awaited'),
    ...{ quality: call.quality, endedBy: call.endedBy, hangUpReason: call.hangUpReason },
    wrapUp: call.wrapUpCode === null ? null : [wrapUpCodes[call.wrapUpCode].name, call.wrapUpNote].filter(Boolean).join('：'),
    report: report
      ? {
          ...{ caseId: report.row.caseId, caseNo: report.row.caseNo, subclassName: report.row.subclassName },
          ...{ address: report.row.address, summary: report.description },
        }
      : null,
  })
}

export async function readTotals(services: Services, { input }: Ask<InputOf<'quality.total'>>): Answer<OutputOf<'quality.total'>> {
  const form = await formInForce(services.db)
  const calls = await callsOfMonth(services.db, input.query.month, form?.plan ?? noPlan)
  const reviewed = calls.map(({ call, evidence, entries, isDrawn, isExcluded }) => ({
    ...{ agentNo: call.accountNo, agentName: call.name, isDrawn, isExcluded, evidence },
    ...{ file: foldFile(entries), isSatisfied: satisfiedOf(call.satisfaction) },
  }))
  return ok({ items: [...qualityFigures(reviewed, form?.passMark ?? 0)], readAt: services.clock.now() })
}

export async function readReviewers(services: Services): Answer<OutputOf<'quality.reviewers'>> {
  const accounts = await listAccounts(services.db, { limit: mostAccounts })
  const items = accounts.filter(({ isEnabled, roles }) => isEnabled && roles.some(isReviewer))
  return ok({ items: items.map(({ accountNo, name }) => ({ accountNo, name })) })
}

/** 满意 and 基本满意 count as satisfied; who was asked and said nothing counts for neither. */
function satisfiedOf(said: AnsweredCall['satisfaction']): boolean | null {
  return said === 'satisfied' || said === 'fair' ? true : said === 'dissatisfied' ? false : null
}

const versionsIn = (entries: readonly QualityEntry[]): number[] => [
  ...new Set(entries.flatMap((entry) => ('sheet' in entry && entry.sheet ? [entry.sheet.formVersion] : []))),
]

interface RowParts {
  readonly call: AnsweredCall
  readonly evidence: readonly AudioEvidence[]
  readonly entries: readonly QualityEntry[]
  readonly viewer: Author
  readonly now: number
  readonly appealDays: number
}

/** As this viewer sees it: of a calibration that is blind only who is waited for. */
export function rowOf({ call, evidence, entries, viewer, now, appealDays }: RowParts): QualityCall {
  const file = foldFile(entriesFor(viewer, call.accountNo, entries))
  const until = file.toldAt === null ? null : appealUntil(file.toldAt, appealDays)
  const { calibration } = foldFile(entries)
  const waited = calibration?.reviewers.filter((reviewer) => !calibration.sheets.some(({ byNo }) => byNo === reviewer)) ?? []
  const { callId, seatNo, direction, startedAt, answeredAt, endedAt, caseNo } = call
  return {
    ...{ callId, agentNo: call.accountNo, agentName: call.name, seatNo, direction, startedAt, answeredAt, endedAt, caseNo },
    ...{ state: file.state, evidence: [...evidence], total: file.standing?.total ?? null, isVetoed: file.standing?.isVetoed ?? false },
    appealUntil: until !== null && until >= now && !file.hasAppealed ? until : null,
    waitsFor: file.state === 'calibrating' ? waited : [],
  }
}
