/**
 * Plays what a command centre has around it: collectors who go and look, departments that put things right, citizens who call. They act through the
 * workflows of real people and keep away from what a real person has in hand. Everything of the hall itself is left to whoever sits there.
 */

import { chinaOffsetMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import type { InputOf } from '#shared/contracts/central-api/table'
import type { CaseActor } from '#shared/domain/case/history'
import type { ActionInput } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import { findCases } from '../../store/case-store'
import { listOpenSessions } from '../../store/session-store'
import { actOnCase } from '../../workflows/cases/act-on-case'
import { reportDuty } from '../../workflows/cases/field'
import { listCasesFor } from '../../workflows/cases/list-cases'
import type { Services } from '../../workflows/services'
import { readWorld } from '../cases/read-world'
import type { CaseWorld } from '../cases/world'
import { readAccounts } from '../cases/write-cases'
import { type Chance, chanceOf } from '../city/random'
import { ensurePictures } from '../photos/pictures'
import { arrive, expectedArrivals } from './arrivals'
import { createHands, type Hands } from './hands'
import { type Plan, planFor } from './plans'
import { placeAfter } from './walks'

export interface Actors {
  /** One turn of everybody; the next begins when this is done. */
  turn(): Promise<void>
  readonly counts: { arrived: number; acted: number; refused: number; planned: number }
}

/** Real time between two turns. */
export const turnMs = 1_000
const mostArrivals = 20
const mostActions = 25
const mostWalks = 6
/** What had been due before the actors knew of it is spread over this time. */
const catchUpMs = 3 * 3_600_000

/** Refusals that real people cause: somebody was quicker, or has it open. */
const expected = new Set(['case/locked', 'record/stale', 'record/notFound', 'case/notInState', 'case/requestPending'])

export async function createActors(services: Services, filesFolder: string, speed: number): Promise<Actors | undefined> {
  const world = await readWorld(services)
  if (!world || speed <= 0) return undefined
  await ensurePictures(filesFolder)
  const hands = createHands(services, filesFolder, await readAccounts(services.db))
  const stage: Stage = {
    services,
    world,
    hands,
    speed,
    chance: chanceOf(services.clock.now() % 2 ** 31),
    plans: new Map(),
    walked: 0,
    owed: 0,
  }
  const counts = { arrived: 0, acted: 0, refused: 0, planned: 0 }
  let lastTurn = services.clock.now()
  return {
    counts,
    async turn() {
      const now = services.clock.now()
      const simulatedMs = Math.min(now - lastTurn, 5 * turnMs) * speed
      lastTurn = now
      const busy = await signedIn(services, now)
      await receive(stage, counts, busy, simulatedMs)
      await work(stage, counts, busy, now)
      await walk(stage, busy, now)
      counts.planned = stage.plans.size
    },
  }
}

interface Stage {
  readonly services: Services
  readonly world: CaseWorld
  readonly hands: Hands
  readonly speed: number
  readonly chance: Chance
  /** By case, for every case that the actors have; one that left their hands is forgotten. */
  plans: Map<string, Plan | { readonly version: number; readonly step?: undefined }>
  walked: number
  /** Arrivals not yet come, as a share of one. */
  owed: number
}

interface Busy {
  readonly accounts: ReadonlySet<string>
  readonly departments: ReadonlySet<string>
}

async function signedIn({ db }: Services, now: EpochMs): Promise<Busy> {
  const sessions = await listOpenSessions(db, now)
  return {
    accounts: new Set(sessions.map(({ accountNo }) => accountNo)),
    departments: new Set(sessions.flatMap(({ departmentCode }) => (departmentCode === null ? [] : [departmentCode]))),
  }
}

async function receive(stage: Stage, counts: Actors['counts'], busy: Busy, ms: number): Promise<void> {
  const { services, chance } = stage
  stage.owed += expectedArrivals(services.clock.now(), ms, chance) * chance.between(0.5, 1.5)
  const many = Math.min(mostArrivals, Math.floor(stage.owed))
  stage.owed = Math.min(1, stage.owed - many)
  for (let index = 0; index < many; index += 1) {
    if (await arrive({ ...stage, busy: busy.accounts })) counts.arrived += 1
    else counts.refused += 1
  }
}

const played = 'verifying,checking,dispatched,suspended'

async function work(stage: Stage, counts: Actors['counts'], busy: Busy, now: EpochMs): Promise<void> {
  const { services, speed } = stage
  const rows = await rowsInHand(stage)
  await planNew(stage, rows, now)
  const due = rows.filter(({ caseId }) => {
    const plan = stage.plans.get(caseId)
    return plan?.step && !isBusy(plan.step.by, busy) && (now - plan.since) * speed >= plan.afterMs
  })
  for (const row of due.slice(0, mostActions)) {
    const plan = stage.plans.get(row.caseId)
    if (!plan?.step) continue
    const code = await act(stage, row, plan)
    if (code === undefined) counts.acted += 1
    else if (!expected.has(code)) {
      counts.refused += 1
      services.log.warn('simulated step refused', { caseNo: row.caseNo, action: plan.step.action, code })
    }
    // Done, or somebody was quicker: it is planned anew from what it is then. What is refused for good waits for another version.
    if (code === undefined || expected.has(code)) stage.plans.delete(row.caseId)
    else stage.plans.set(row.caseId, { version: plan.version })
  }
}

const isBusy = ({ accountNo, departmentCode }: CaseActor, busy: Busy): boolean =>
  busy.accounts.has(accountNo) || (departmentCode !== null && busy.departments.has(departmentCode))

/** As the commander lists them; what the commander may not see nobody plays. */
async function rowsInHand({ services, world, hands }: Stage): Promise<readonly CaseRow[]> {
  const query = { states: played, isOpen: true, limit: 1_000 }
  const ask = hands.ask(world.person('0801'), { params: {}, query, body: {} } as unknown as InputOf<'cases.list'>)
  const listed = await listCasesFor(services, ask)
  return listed.ok ? (listed.value.items as readonly CaseRow[]) : []
}

async function planNew(stage: Stage, rows: readonly CaseRow[], now: EpochMs): Promise<void> {
  const { services, world, chance, speed } = stage
  const isPlanned = ({ caseId, version }: CaseRow) => stage.plans.get(caseId)?.version === version
  const kept = rows.filter(isPlanned)
  const plans: Stage['plans'] = new Map(
    kept.flatMap(({ caseId }) => (stage.plans.has(caseId) ? [[caseId, stage.plans.get(caseId) ?? { version: 0 }] as const] : [])),
  )
  const stored = await findCases(
    services.db,
    rows.filter((row) => !isPlanned(row)).map(({ caseId }) => caseId),
  )
  for (const one of stored) {
    const plan = planFor(world, one)
    const isOld = plan && (now - plan.since) * speed > plan.afterMs + 60_000
    const later = isOld ? { ...plan, since: now, afterMs: Math.round(chance.next() * catchUpMs) } : plan
    plans.set(one.identity.caseId, later ?? { version: one.row.version })
  }
  stage.plans = plans
}

/** The code of a refusal, or undefined. */
async function act({ services, hands }: Stage, { caseId, version }: CaseRow, { step, photos }: Plan): Promise<string | undefined> {
  const ids: string[] = []
  for (const photo of photos) {
    const sent = await hands.upload(step.by, { ...photo, takenAt: services.clock.now() })
    if (!sent.ok) return sent.error.code
    ids.push(sent.value)
  }
  const named = (places: readonly string[] | undefined) => places?.flatMap((place) => ids[Number(place)] ?? [])
  const { photoIds, documentIds, departmentName: _name, ...rest } = step.input
  const input: ActionInput = {
    ...rest,
    ...(photoIds && { photoIds: named(photoIds) ?? [] }),
    ...(documentIds && { documentIds: named(documentIds) ?? [] }),
  }
  const body = { params: { caseId, action: step.action }, query: {}, body: input } as unknown as InputOf<'cases.act'>
  const done = await actOnCase(services, hands.ask(step.by, body, version))
  return done.ok ? undefined : done.error.code
}

/** A few collectors each turn tell where they are. */
async function walk(stage: Stage, busy: Busy, now: EpochMs): Promise<void> {
  const { services, world, hands, speed } = stage
  const { collectors } = world
  const many = Math.min(mostWalks, Math.max(1, Math.ceil((collectors.length * speed) / 60)))
  const hour = new Date(now + chinaOffsetMs).getUTCHours()
  for (let index = 0; index < many; index += 1) {
    const place = stage.walked % Math.max(1, collectors.length)
    const collector = collectors[place]
    stage.walked += 1
    if (!collector || busy.accounts.has(collector.accountNo)) continue
    // An eighth of them have the night.
    const isOnDuty = (hour >= 7 && hour < 19) || place % 8 === 0
    const rings = world.gridsOf(collector.accountNo).map((code) => world.ringOf(code))
    const position = isOnDuty ? placeAfter(rings, (now % 86_400_000) * Math.max(1, Math.min(speed, 10)) + place * 240_000) : null
    await reportDuty(
      services,
      hands.ask(collector, { params: {}, query: {}, body: { isOnDuty, position } } as InputOf<'collectors.reportDuty'>),
    )
  }
}

/** Turns one after the other until stopped; the answer resolves when the last one is done. */
export function startActing(services: Services, filesFolder: string, speed: number): () => Promise<void> {
  let stopNext = () => {}
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  const next = (actors: Actors) => {
    if (isStopped) return
    stopNext = services.clock.after(turnMs, () => {
      running = actors
        .turn()
        .catch((thrown: unknown) => services.log.error('simulated people failed', { reason: String(thrown) }))
        .then(() => next(actors))
    })
  }
  running = createActors(services, filesFolder, speed).then((actors) => actors && next(actors))
  return async () => {
    isStopped = true
    stopNext()
    await running
  }
}
