import { systemActor } from '#shared/domain/case/history'
import { imageOf } from '../../store/case-columns'
import { holdOpenCases, replaceImage } from '../../store/case-store'
import type { UnitOfWork } from '../../store/transaction'
import type { Services } from '../services'
import { audienceOf } from './access'
import { heldCase, wire } from './change-case'

/**
 * Measures the open cases anew when a calendar came in or changed: a year's holidays are published late in the year before, when cases already run
 * into it, and what is stored of a clock must stay what the history says. Nothing is added to a history; whoever holds a row is told the new one.
 */
const mostAtOnce = 200

export async function remeasureOpenCases(services: Services, unit: UnitOfWork): Promise<void> {
  const settings = await services.caseSettings.read(unit.trx)
  let [after, count] = ['', 0]
  for (;;) {
    const cases = await holdOpenCases(unit.trx, services.databaseKind, after, mostAtOnce)
    for (const stored of cases) {
      const held = heldCase(stored, settings)
      if (!held.ok) continue
      const image = imageOf(stored.identity, held.value.progress, held.value.measures)
      if (image.columns.row === JSON.stringify(stored.row)) continue
      await replaceImage(unit.trx, stored.identity.caseId, image)
      const { accountNo: byNo, name: byName } = systemActor
      unit.emit('case.changed', { row: wire(image.row), action: 'remeasure', byNo, byName }, audienceOf(held.value.progress))
      count += 1
    }
    const last = cases.at(-1)
    if (!last || cases.length < mostAtOnce) break
    after = last.identity.caseId
  }
  if (count > 0) services.log.info('cases measured anew', { count })
}
