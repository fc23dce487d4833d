import type { EpochMs } from '#shared/base/clock'
import { err, ok } from '#shared/base/result'
import { type CollectorNow, fieldReaders } from '#shared/contracts/central-api/field'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { metresBetween } from '#shared/domain/geo/position'
import type { Ring } from '#shared/domain/geo/ring'
import { type FieldPosition, isOutsideArea, outsideSince } from '#shared/domain/place/patrol'
import { findAccountByNo } from '../../store/account-store'
import { addTrack, findCollectorNow, listCollectorsNow, readTrack, saveCollectorNow, takeUntold } from '../../store/field-store'
import type { Statements } from '../../store/open-database'
import { audit } from '../audit'
import type { Answer, Ask, Services } from '../services'

/**
 * Where collectors 信息采集员 are: every report goes into their track, the newest into the row of now. Seats are told of changes that a map can show,
 * all of the last seconds in one event (`tellMoves`), so that a thousand telephones make no thousand events.
 */
const hourMs = 3_600_000
/** A telephone that was away for a shift sends what it kept; older than that, or later than now, its clock is wrong. */
const oldestMs = 12 * hourMs
const clockErrsMs = 60_000
/** Standing still is not told: a telephone on a table wanders so far. */
const toldFromM = 15
/** So that a seat sees that the telephone is alive. */
const toldAtLeastEveryMs = 120_000
const longestTrackMs = 24 * hourMs
const mostTrackPoints = 5_000
const mostTold = 500

export async function reportDuty(
  services: Services,
  ask: Ask<InputOf<'collectors.reportDuty'>>,
): Answer<OutputOf<'collectors.reportDuty'>> {
  const { isOnDuty, position } = ask.input.body
  const now = services.clock.now()
  return ask.transact(async ({ trx }) => {
    const taken = position ? [{ position, accuracyM: null, at: now }] : []
    await take(services, trx, ask.actor.accountNo, { isOnDuty, taken })
    return ok({})
  })
}

export async function reportPositions(
  services: Services,
  ask: Ask<InputOf<'collectors.reportPositions'>>,
): Answer<OutputOf<'collectors.reportPositions'>> {
  const now = services.clock.now()
  const taken = ask.input.body.items
    .filter(({ at }) => at > now - oldestMs && at <= now + clockErrsMs)
    .map((each) => ({ ...each, at: Math.min(each.at, now) }))
    .sort((a, b) => a.at - b.at)
  return ask.transact(async ({ trx }) => {
    await take(services, trx, ask.actor.accountNo, { taken })
    return ok({})
  })
}

interface Report {
  /** Absent: as it was. */
  readonly isOnDuty?: boolean
  /** Oldest first. */
  readonly taken: readonly FieldPosition[]
}

async function take(services: Services, trx: Statements, accountNo: string, report: Report): Promise<void> {
  const before = await findCollectorNow(trx, accountNo)
  const rings = await ringsOf(services, trx, accountNo)
  const after = nowAfter(before ?? unknownCollector(accountNo), report, rings)
  await addTrack(trx, accountNo, trackOf(before?.outsideSince != null, report.taken, rings))
  const isWorthTelling = !before || isToldOf(before, after)
  await saveCollectorNow(trx, after, isWorthTelling ? services.clock.now() : null)
}

const unknownCollector = (accountNo: string): CollectorNow => ({
  ...{ accountNo, isOnDuty: false, position: null },
  ...{ accuracyM: null, positionAt: null, outsideSince: null },
})

function trackOf(wasOutside: boolean, taken: readonly FieldPosition[], rings: readonly Ring[]) {
  let isOutside = wasOutside
  return taken.map((each) => {
    isOutside = isOutsideArea(rings, each, isOutside)
    return { ...each, isOutside }
  })
}

/** What was kept on a telephone for an hour is a part of the track, and does not move the mark back. Whoever is off duty is nowhere outside. */
export function nowAfter(before: CollectorNow, { isOnDuty = before.isOnDuty, taken }: Report, rings: readonly Ring[]): CollectorNow {
  const newer = taken.filter(({ at }) => at > (before.positionAt ?? 0))
  const last = newer.at(-1)
  const place = last ? { position: last.position, accuracyM: last.accuracyM, positionAt: last.at } : {}
  return { ...before, ...place, isOnDuty, outsideSince: isOnDuty ? outsideSince(rings, before.outsideSince, newer) : null }
}

/** Whether a map would look different. */
function isToldOf(before: CollectorNow, after: CollectorNow): boolean {
  if (before.isOnDuty !== after.isOnDuty || before.outsideSince !== after.outsideSince) return true
  if (!after.position || !before.position) return after.position !== before.position
  const isStillThere = (after.positionAt ?? 0) - (before.positionAt ?? 0) < toldAtLeastEveryMs
  return !isStillThere || metresBetween(before.position, after.position) >= toldFromM
}

async function ringsOf(services: Services, trx: Statements, accountNo: string): Promise<readonly Ring[]> {
  const { patrols, ringOf } = await services.caseSettings.read(trx)
  return (patrols.get(accountNo) ?? []).map(ringOf).filter((ring) => ring !== undefined)
}

/** Every few seconds: those who moved, in one event. */
export async function tellMoves({ transactor }: Pick<Services, 'transactor'>): Promise<void> {
  await transactor.inTransaction(async (unit) => {
    const items = await takeUntold(unit.trx, mostTold)
    if (items.length > 0) unit.emit('collectors.moved', { items: [...items] }, { roles: [...fieldReaders] })
    return ok(undefined)
  })
}

export async function readCollectorsNow({ db }: Pick<Services, 'db'>): Answer<OutputOf<'collectors.now'>> {
  return ok({ items: [...(await listCollectorsNow(db))] })
}

/** The way of a person is looked at for a reason: who looked at whose is in the audit log before it is sent. */
export async function readCollectorTrack(services: Services, ask: Ask<InputOf<'collectors.track'>>): Answer<OutputOf<'collectors.track'>> {
  const { accountNo } = ask.input.params
  const { from, until } = windowOf(ask.input.query)
  const answer = await services.transactor.inTransaction(async (unit) => {
    const account = await findAccountByNo(unit.trx, accountNo)
    if (!account?.roles.includes('collector')) return err(appError('record/notFound'))
    await audit(services, unit, ask.actor, { action: 'collector.trackRead', subject: accountNo, detail: { from, until } })
    return ok(await readTrack(unit.trx, accountNo, { from, until, limit: mostTrackPoints }))
  })
  return answer.ok ? ok({ items: [...answer.value] }) : answer
}

const windowOf = ({ from, until }: { readonly from: EpochMs; readonly until: EpochMs }) => ({
  from: Math.max(from, until - longestTrackMs),
  until,
})
