import { err, ok } from '#shared/base/result'
import { rosterWriters } from '#shared/contracts/central-api/shift'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { RequestDraft, ShiftRequestSchema } from '#shared/contracts/shift-shapes'
import { answerRequest, overtimeOf, rosterAfter, type ShiftRequest, stateOfRequest } from '#shared/domain/shift/request'
import { findAccountByNo } from '../../store/account-store'
import type { Statements } from '../../store/open-database'
import { findRequest, listRequests, putRequest, replaceRoster, rosterLines } from '../../store/shift-store'
import { audit } from '../audit'
import type { Actor, Answer, Ask, Services } from '../services'

/** Leave, days off, swaps, overtime: asked and decided live; the rules are `domain/shift/request`. */
const shownMs = 400 * 86_400_000

/** Whoever answers for the roster sees all; everybody else what is theirs, or waits for them. */
export async function readRequests(services: Services, ask: Ask<InputOf<'shiftRequests.list'>>): Answer<OutputOf<'shiftRequests.list'>> {
  const all = await listRequests(services.db, services.clock.now() - shownMs)
  const { accountNo, role } = ask.actor
  const isForAll = rosterWriters.some((writer) => writer === role)
  const mine = (one: ShiftRequestSchema) => isForAll || one.accountNo === accountNo || (one.kind === 'swap' && one.withNo === accountNo)
  return ok({ items: all.filter(mine) })
}

export function askForShift(services: Services, ask: Ask<InputOf<'shiftRequests.ask'>>): Answer<OutputOf<'shiftRequests.ask'>> {
  const draft = ask.input.body.request
  return ask.transact(async (unit) => {
    const refusal = await whyNot(services, unit.trx, draft, ask.actor)
    if (refusal) return err(refusal)
    const { accountNo, name } = ask.actor
    const request = {
      ...draft,
      requestId: services.ids.uuid(),
      accountNo,
      name,
      askedAt: services.clock.now(),
      steps: [],
    } as ShiftRequestSchema
    await putRequest(unit.trx, request)
    await audit(services, unit, ask.actor, { action: 'shiftRequest.asked', subject: request.requestId, detail: { kind: request.kind } })
    unit.emit('shiftRequest.changed', request, audienceOf(request))
    return ok(request)
  })
}

async function whyNot(services: Services, trx: Statements, draft: RequestDraft, { accountNo }: Actor) {
  if (draft.kind === 'swap') {
    if (draft.withNo === accountNo || !(await findAccountByNo(trx, draft.withNo))) return appError('record/notFound')
    const mine = await rosterLines(trx, draft.date, draft.date)
    if (!mine.some((line) => line.accountNo === accountNo)) return appError('shiftRequest/noDuty', { date: draft.date, name: '您' })
    const theirs = draft.inReturn === null ? [] : await rosterLines(trx, draft.inReturn, draft.inReturn)
    const isReturned = draft.inReturn === null || theirs.some((line) => line.accountNo === draft.withNo)
    return isReturned ? undefined : appError('shiftRequest/noDuty', { date: draft.inReturn, name: draft.withName })
  }
  if (draft.kind !== 'leave' || draft.leave !== 'compensatory') return undefined
  const own = (await listRequests(trx, services.clock.now() - shownMs)) as readonly ShiftRequest[]
  const hours = overtimeOf(accountNo, own)
  return hours < 8 * draft.dates.length ? appError('shiftRequest/noBalance', { hours, days: draft.dates.length }) : undefined
}

export function answerShiftRequest(
  services: Services,
  ask: Ask<InputOf<'shiftRequests.answer'>>,
): Answer<OutputOf<'shiftRequests.answer'>> {
  const { requestId } = ask.input.params
  const { did, note, proof } = ask.input.body
  return ask.transact(async (unit) => {
    await unit.lock('reference')
    const present = await findRequest(unit.trx, requestId)
    if (!present) return err(appError('record/notFound'))
    const { accountNo, name, role } = ask.actor
    const answer = { did, note, ...(proof !== undefined && { proof }) }
    const next = answerRequest(present as ShiftRequest, answer, { accountNo, name, role }, services.clock.now())
    if (!next.ok) return err(appError(next.error))
    const request = next.value as unknown as ShiftRequestSchema
    await putRequest(unit.trx, request)
    if (stateOfRequest(present as ShiftRequest).is === 'waiting') await applyToRoster(unit.trx, next.value)
    await audit(services, unit, ask.actor, { action: `shiftRequest.${did}`, subject: requestId, detail: { note } })
    unit.emit('shiftRequest.changed', request, audienceOf(request))
    return ok(request)
  })
}

/** With the last consent the roster changes, in the same transaction. */
async function applyToRoster(trx: Statements, request: ShiftRequest): Promise<void> {
  if (stateOfRequest(request).is !== 'approved' || request.kind === 'overtime') return
  const dates = request.kind === 'leave' ? request.dates : [request.date, ...(request.inReturn === null ? [] : [request.inReturn])]
  // Leave keeps its line: attendance must show the duty as leave, not as never there.
  if (request.kind === 'leave') return
  const [from, until] = [[...dates].sort()[0] ?? request.date, [...dates].sort().at(-1) ?? request.date]
  await replaceRoster(trx, from, until, rosterAfter(await rosterLines(trx, from, until), request))
}

function audienceOf(request: ShiftRequestSchema) {
  return { roles: [...rosterWriters], accounts: [request.accountNo, ...(request.kind === 'swap' ? [request.withNo] : [])] }
}
