import { ok } from '#shared/base/result'
import { patrolReaders } from '#shared/contracts/central-api/patrols'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import type { PatrolStop } from '#shared/domain/patrol/patrol'
import type { Answer, Ask, Services } from '../services'

/** Stops of the patrol as seats bring them, late ones too: an hour without the centre is not an hour without patrol. */
export function keepPatrolStop(_: Services, ask: Ask<InputOf<'patrols.keep'>>): Answer<OutputOf<'patrols.keep'>> {
  return ask.transact(async (unit) => {
    const { accountNo, name } = ask.actor
    const stop: PatrolStop = { ...ask.input.body, stopId: ask.input.params.stopId, byNo: accountNo, byName: name }
    const values = { day: stop.roundId.slice(0, 10), at: stop.at, stop_json: JSON.stringify(stop) }
    await unit.trx
      .insertInto('patrol_stop')
      .values({ stop_id: stop.stopId, ...values })
      .onConflict((conflict) => conflict.column('stop_id').doNothing())
      .execute()
    unit.emit('patrol.recorded', stop, { roles: patrolReaders })
    return ok(stop)
  })
}

export async function readPatrol({ db }: Services, ask: Ask<InputOf<'patrols.list'>>): Answer<OutputOf<'patrols.list'>> {
  const rows = await db.selectFrom('patrol_stop').select('stop_json').where('day', '=', ask.input.query.day).orderBy('at').execute()
  return ok({ items: rows.map(({ stop_json }) => JSON.parse(stop_json) as PatrolStop) })
}
