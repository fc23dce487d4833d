import { ok } from '#shared/base/result'
import { handlingClock } from '#shared/domain/case/clocks'
import { type HistoryEntry, systemActor } from '#shared/domain/case/history'
import { apply, currentRound } from '#shared/domain/case/progress'
import { describeRemaining } from '#shared/domain/clock/case-clock'
import { holdCasesToUrge, type UrgePlace } from '../../store/case-store'
import type { UnitOfWork } from '../../store/transaction'
import type { Services } from '../services'
import { addStep, type HeldCase, heldCase, momentAfter } from './change-case'

/**
 * Automatic urging 自动催办: once in a round, a department is urged when no more than the profile's share of its limit is left and nothing came back.
 * When that is, each case's row says (`urge_at`); several processes may look, one does it.
 */
const mostAtOnce = 200

export async function urgeLateCases(services: Services, pageSize = mostAtOnce): Promise<void> {
  const done = await services.transactor.inTransaction(async (unit) => {
    await unit.lock('urging')
    return ok(await urgeDue(services, unit, pageSize))
  })
  if (!done.ok) return
  const { count, unusable } = done.value
  if (count > 0) services.log.info('late cases urged', { count })
  if (unusable.length > 0) services.log.error('cases cannot be urged', { count: unusable.length, caseNos: unusable.slice(0, 5) })
}

/** Cases without a usable profile stay due and so stand first each time: they are passed over, so that none behind them waits for their sake. */
async function urgeDue(services: Services, unit: UnitOfWork, pageSize: number) {
  const now = services.clock.now()
  const settings = await services.caseSettings.read(unit.trx)
  const unusable: string[] = []
  let count = 0
  let after: UrgePlace | null = null
  do {
    const page: Awaited<ReturnType<typeof holdCasesToUrge>> = await holdCasesToUrge(unit.trx, services.databaseKind, {
      now,
      after,
      limit: pageSize,
    })
    for (const stored of page.cases) {
      const held = heldCase(stored, settings)
      if (held.ok) {
        const entry = urging(held.value, momentAfter(held.value, now))
        await addStep(unit, held.value, { entry, progress: apply(held.value.progress, entry) })
        count += 1
      } else unusable.push(stored.identity.caseNo)
    }
    after = page.next
  } while (after !== null && count < pageSize)
  return { count, unusable }
}

function urging({ progress, measures }: HeldCase, at: number): HistoryEntry {
  const round = currentRound(progress)
  const left = round ? describeRemaining(measures.calendar, handlingClock(round, measures.calendar), at) : ''
  const input = { reason: `处置时限${left}，尚未回报，请抓紧办理。`, method: 'platform' } as const
  return { seq: progress.version + 1, at, action: 'urge', by: systemActor, from: progress.state, to: progress.state, input }
}
