import { err, ok } from '#shared/base/result'
import { wallReaders } from '#shared/contracts/central-api/walls'
import { appError } from '#shared/contracts/errors'
import { newsOf } from '#shared/domain/wall/news'
import type { Decided, Step, Wall } from '#shared/domain/wall/wall'
import type { Outcome, UnitOfWork } from '../../store/transaction'
import { amendEntry, amendOutcomes, findWall, insertEntries, putWall } from '../../store/wall-store'

/** The one way to change a wall at the centre: under its lock, by a pure step, with its log and the news to every seat in the same transaction. */
export async function changeWall(
  unit: UnitOfWork,
  wallId: string,
  stepOf: (wall: Wall) => Decided | Promise<Decided>,
): Promise<Outcome<{ revision: number }>> {
  await unit.lock('walls')
  const wall = await findWall(unit.trx, wallId)
  if (!wall) return err(appError('wall/unknown'))
  const decided = await stepOf(wall)
  if (!decided.ok) return err(appError(decided.error.code, decided.error.detail))
  await keepStep(unit, wall, decided.value)
  return ok({ revision: decided.value.wall.revision })
}

/** Writes down what happened. A wall whose revision did not grow is only kept (that its driver was heard), and nobody is told. */
export async function keepStep(unit: UnitOfWork, before: Wall, step: Step): Promise<void> {
  if (step.wall === before) return
  await putWall(unit.trx, step.wall)
  if (step.wall.revision === before.revision) return
  await insertEntries(unit.trx, before.wallId, step.entries)
  await amendOutcomes(unit.trx, before.wallId, step.outcomes)
  for (const { undoes, by } of step.entries) {
    if (undoes !== null) await amendEntry(unit.trx, before.wallId, undoes, { undoneBy: by.name })
  }
  unit.emit('wall.changed', newsOf(before, step), { roles: wallReaders })
}
