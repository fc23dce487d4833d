import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { type AgentOnBoard, shiftReaders } from '#shared/contracts/central-api/calls'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { writeNumber } from '#shared/domain/call/number'
import type { Satisfaction } from '#shared/domain/call/satisfaction'
import { maskName, maskNumber } from '#shared/domain/case/visibility'
import type { CtiEvent } from '../cti/cti'
import { insertInterval, listAgents, listCalls, type OwnedCall, putAgent, putAnswer, putCall, totalAgents } from '../store/call-store'
import { holdsOn } from '../store/hold-store'
import { statesOf } from '../store/recording-store'
import type { UnitOfWork } from '../store/transaction'
import { audit } from './audit'
import { pageByPlace, parsePlace } from './paging'
import type { Answer, Ask, Services } from './services'

/** The telephone as the centre knows it. Whoever brings a record is whose it is; the seat in it is where the call was, which may be another by now. */
export function keepCall(services: Services, ask: Ask<InputOf<'calls.keep'>>): Answer<OutputOf<'calls.keep'>> {
  const { body, params } = ask.input
  return ask.transact(async (unit) => {
    const { accountNo, name } = ask.actor
    const call: OwnedCall = { ...body, callId: params.callId, accountNo, name }
    // Record and answer of a call may come at once; whoever is second sees the first.
    if (call.satisfaction) await unit.lock('satisfaction')
    const kept = await putCall(unit.trx, call, services.clock.now())
    if (!kept) return err(appError('record/exists', { key: params.callId }))
    // The exchange was quicker than the seat's record.
    if (kept.satisfaction && kept.satisfaction !== call.satisfaction) tellRated(unit, kept.callId, kept.satisfaction, accountNo)
    return ok(kept)
  })
}

function tellRated(unit: UnitOfWork, callId: string, satisfaction: Satisfaction, accountNo: string): void {
  unit.emit('call.rated', { callId, satisfaction }, { accounts: [accountNo] })
}

/** The exchange says what a citizen pressed after a call. The record of the call may be here, or still at its seat. */
export function rateCall(
  { transactor }: Pick<Services, 'transactor'>,
  { ref, answer, at }: Extract<CtiEvent, { type: 'callRated' }>,
): Promise<Result<void, AppError>> {
  return transactor.inTransaction(async (unit) => {
    await unit.lock('satisfaction')
    const call = await putAnswer(unit.trx, ref, answer, at)
    if (call) tellRated(unit, call.callId, answer, call.accountNo)
    return ok(undefined)
  })
}

/** A seat showed the whole number of its caller. */
export function revealNumber(services: Services, ask: Ask<InputOf<'calls.reveal'>>): Answer<OutputOf<'calls.reveal'>> {
  const { callId } = ask.input.params
  return ask.transact(async (unit) => {
    await audit(services, unit, ask.actor, { action: 'call.numberShown', subject: callId, detail: { at: ask.input.body.at } })
    return ok({})
  })
}

/** With each call, where its recording stands: a seat tells of one before it has brought it. */
export async function readCalls(services: Services, ask: Ask<InputOf<'calls.list'>>): Answer<OutputOf<'calls.list'>> {
  const { after, limit = 50, ...query } = ask.input.query
  const before = parsePlace(after)
  if (!before.ok) return before
  const rows = await listCalls(services.db, { ...query, before: before.value, limit: limit + 1 })
  const page = pageByPlace(rows, limit, ({ startedAt, callId }) => ({ at: startedAt, id: callId }))
  const recordingIds = page.items.flatMap(({ recordingId }) => recordingId ?? [])
  const states = await statesOf(services.db, recordingIds)
  const holds = await holdsOn(services.db, recordingIds)
  const stateOf = ({ recordingId }: CallRecord) => (recordingId === null ? null : (states.get(recordingId) ?? ('awaited' as const)))
  return ok({
    ...page,
    items: page.items.map((call) => ({
      ...masked(call),
      recordingState: stateOf(call),
      hold: call.recordingId === null ? null : (holds.get(call.recordingId) ?? null),
    })),
  })
}

/** Without the country's code, which would use up the digits that a mask leaves to see. */
export const nationalOf = (number: string): string => writeNumber(number).replace(/[ -]/g, '')

/** Colleagues' extensions are no secret; citizens' numbers are. */
function masked(call: CallRecord): CallRecord {
  const { number, displayName, purpose } = call
  if (purpose === 'internal' || purpose === 'test' || purpose === 'supervision') return call
  return { ...call, number: number && maskNumber(nationalOf(number)), displayName: displayName && maskName(displayName) }
}

export function appendInterval(_: Services, ask: Ask<InputOf<'agentIntervals.append'>>): Answer<OutputOf<'agentIntervals.append'>> {
  return ask.transact(async (unit) => {
    const { accountNo, name } = ask.actor
    const interval = { ...ask.input.body, accountNo }
    const isNew = await insertInterval(unit.trx, interval, name)
    return isNew ? ok(interval) : err(appError('record/exists', { key: interval.intervalId }))
  })
}

export function showAgent(services: Services, ask: Ask<InputOf<'agents.show'>>): Answer<OutputOf<'agents.show'>> {
  return ask.transact(async (unit) => {
    const { accountNo, name, role, seatNo, sessionId } = ask.actor
    const agent: AgentOnBoard = { ...ask.input.body, seatNo, accountNo, name, role, at: services.clock.now() }
    await putAgent(unit.trx, agent, sessionId)
    unit.emit('agent.changed', agent, { roles: [...shiftReaders] })
    return ok({})
  })
}

/** Live: whoever is not there is not told later. */
export function directAgent(services: Services, ask: Ask<InputOf<'agents.direct'>>): Answer<OutputOf<'agents.direct'>> {
  const { accountNo } = ask.input.params
  const { direction } = ask.input.body
  return ask.transact(async (unit) => {
    const at = services.clock.now()
    const agents = await listAgents(unit.trx, at)
    if (!agents.some((agent) => agent.accountNo === accountNo)) return err(appError('agent/notAtSeat'))
    const { accountNo: byNo, name: byName } = ask.actor
    await audit(services, unit, ask.actor, { action: `agent.${direction.kind}`, subject: accountNo, detail: { ...direction } })
    unit.emit('agent.directed', { accountNo, byNo, byName, at, direction }, { accounts: [accountNo] })
    return ok({})
  })
}

export async function readAgents(services: Services): Answer<OutputOf<'agents.list'>> {
  return ok({ items: [...(await listAgents(services.db, services.clock.now()))] })
}

export async function readTotals(services: Services, ask: Ask<InputOf<'agents.total'>>): Answer<OutputOf<'agents.total'>> {
  const { from, until } = ask.input.query
  return ok({ items: [...(await totalAgents(services.db, from, until))] })
}

export async function readQueue({ cti, clock }: Services): Answer<OutputOf<'queue.get'>> {
  const queue = cti()
  if (!queue) return ok({ queue: null })
  const status = await queue.queueStatus()
  if (!status.ok) return status
  const { waiting, members } = status.value
  return ok({ queue: { waiting: waiting.map(({ since }) => ({ since })), members: [...members], at: clock.now() } })
}
