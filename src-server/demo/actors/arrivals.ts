/** New cases as they come in: how many in a stretch of time, and their registration by whoever would write them down. */

import { chinaDay, chinaOffsetMs } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import type { InputOf } from '#shared/contracts/central-api/table'
import type { CaseActor } from '#shared/domain/case/history'
import { type CaseSource, caseSources } from '#shared/domain/case/states'
import { registerCase } from '../../workflows/cases/register-case'
import type { Services } from '../../workflows/services'
import { countOn, drawProblem, drawSource, type Problem } from '../cases/problem'
import { hours } from '../cases/rates'
import type { CaseWorld } from '../cases/world'
import type { Chance } from '../city/random'
import { pictureFor } from '../photos/subjects'
import type { Hands } from './hands'

/** Expected in `ms` of simulated time at this hour. */
export function expectedArrivals(at: EpochMs, ms: number, chance: Chance): number {
  const hour = new Date(at + chinaOffsetMs).getUTCHours()
  const shares = [
    [hours.field, 0.82],
    [hours.hotline, 0.11],
    [hours.camera, 0.07],
  ] as const
  const share = shares.reduce(
    (sum, [list, weight]) => sum + (weight * (list[hour] ?? 0)) / list.reduce<number>((all, each) => all + each, 0),
    0,
  )
  return (countOn(chinaDay(at), chance) * share * ms) / 3_600_000
}

export interface Arriving {
  readonly services: Services
  readonly world: CaseWorld
  readonly hands: Hands
  readonly chance: Chance
  /** Accounts that somebody real works under. */
  readonly busy: ReadonlySet<string>
}

/** False when it was refused; the refusal is logged. */
export async function arrive({ services, world, hands, chance, busy }: Arriving): Promise<boolean> {
  const now = services.clock.now()
  const source = sourceAt(now, chance)
  const problem = drawProblem(world, now, source, chance)
  const registrar = freeRegistrar(world, problem, busy)
  if (!registrar) return true
  const photoIds: string[] = []
  if (!caseSources[source].isPublic || source === 'citizenApp') {
    const picture = pictureFor(problem.facts.kind, problem.facts.subclassCode, 'before')
    const sent = await hands.upload(registrar, { picture, purpose: 'report', position: problem.facts.position, takenAt: now })
    if (!sent.ok) return told(services, sent.error.code)
    photoIds.push(sent.value)
  }
  const body = { caseId: services.ids.uuid(), facts: problem.facts, citizen: problem.citizen, photoIds, registeredAt: now }
  const done = await registerCase(services, hands.ask(registrar, { params: {}, query: {}, body } as unknown as InputOf<'cases.register'>))
  return done.ok || told(services, done.error.code)
}

function told({ log }: Services, code: string): boolean {
  log.warn('simulated registration refused', { code })
  return false
}

/** Collectors do not walk at night. */
function sourceAt(at: EpochMs, chance: Chance): CaseSource {
  const hour = new Date(at + chinaOffsetMs).getUTCHours()
  const source = drawSource(chance)
  return (hours.field[hour] ?? 0) === 0 && source !== 'camera' ? 'hotline' : source
}

/** Nobody writes under the account of somebody who is at work; calls are then taken by the other one. */
function freeRegistrar(world: CaseWorld, { registrar }: Problem, busy: ReadonlySet<string>): CaseActor | undefined {
  if (!busy.has(registrar.accountNo)) return registrar
  const others = registrar.role === 'intake' ? ['0201', '0202'] : []
  const free = others.find((accountNo) => !busy.has(accountNo))
  return free === undefined ? undefined : world.person(free)
}
