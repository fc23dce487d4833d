import { ok } from '#shared/base/result'
import { tick } from '#shared/domain/wall/tick'
import type { Occurrence, Wall } from '#shared/domain/wall/wall'
import { findWall, listWalls, urgentCases } from '../../store/wall-store'
import type { Services } from '../services'
import { keepStep } from './keep-walls'

/** What time does to walls: steps of tours, scenes at their minute, rules, requests that nobody answered. Several processes may do it at once. */

/** Looks first without a lock: most seconds nothing is due. False: the centre has no wall. */
export async function tickWalls(services: Pick<Services, 'db' | 'clock' | 'transactor'>): Promise<boolean> {
  const walls = await listWalls(services.db)
  if (walls.length === 0) return false
  const urgent = walls.some(wantsCases) ? await urgentCases(services.db) : []
  const of = (wall: Wall): readonly Occurrence[] => (wantsCases(wall) ? urgent : [])
  for (const seen of walls) {
    if (tick(seen, services.clock.now(), of(seen)).wall === seen) continue
    await services.transactor.inTransaction(async (unit) => {
      await unit.lock('walls')
      const wall = await findWall(unit.trx, seen.wallId)
      if (wall) await keepStep(unit, wall, tick(wall, services.clock.now(), of(wall)))
      return ok(undefined)
    })
  }
  return true
}

/** Also while something is held for a case: it must be given back. */
const wantsCases = ({ rules, served }: Wall): boolean =>
  served.length > 0 || rules.some(({ isEnabled, trigger }) => isEnabled && trigger.kind === 'urgentCase')
