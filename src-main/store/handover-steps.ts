import type { EpochMs } from '#shared/base/clock'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'
import type { Database } from './database'

/** Steps of handovers as this seat knows them: its own from the moment they are made, others' as the centre tells of them. Only ever added. */
export interface HandoverSteps {
  /** False: it is known already. */
  insert(step: HandoverStepSchema): boolean
  of(handoverId: string): readonly HandoverStepSchema[]
  /** All steps of the handovers with one at or after `from`. */
  since(from: EpochMs): readonly HandoverStepSchema[]
}

export function createHandoverSteps(database: Database): HandoverSteps {
  const insert = database.prepare(
    'INSERT INTO handover_step (step_id, handover_id, at, step) VALUES (?, ?, ?, ?) ON CONFLICT (step_id) DO NOTHING',
  )
  const of = database.prepare('SELECT step FROM handover_step WHERE handover_id = ? ORDER BY at, step_id')
  const since = database.prepare(
    'SELECT step FROM handover_step WHERE handover_id IN (SELECT handover_id FROM handover_step WHERE at >= ?) ORDER BY at, step_id',
  )
  const parsed = (rows: readonly unknown[]) => rows.map((row) => JSON.parse((row as { step: string }).step) as HandoverStepSchema)
  return {
    insert: (step) => insert.run(step.stepId, step.handoverId, step.at, JSON.stringify(step)).changes === 1,
    of: (handoverId) => parsed(of.all(handoverId)),
    since: (from) => parsed(since.all(from)),
  }
}
