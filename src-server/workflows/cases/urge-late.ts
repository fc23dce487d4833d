import { ok } from '#shared/base/result'
import { handlingClock } from '#shared/domain/case/clocks'
import { type HistoryEntry, systemActor } from '#shared/domain/case/history'
import { apply, currentRound } from '#shared/domain/case/progress'
import { describeRemaining } from '#shared/domain/clock/case-clock'
import { holdCasesToUrge } from '../../store/case-store'
import type { Services } from '../services'
import { addStep, type HeldCase, heldCase, momentAfter } from './change-case'

/**
 * Automatic urging 自动催办: once in a round, a department is urged when no more than the profile's share of its limit is left and nothing came back.
 * When that is, each case's row says (`urge_at`); several processes may look, one does it.
 */
const mostAtOnce = 200

export async function urgeLateCases(services: Services): Promise<void> {
  const { transactor, databaseKind, clock } = services
  const done = await transactor.inTransaction(async (unit) => {
    await unit.lock('urging')
    const now = clock.now()
    const due = await holdCasesToUrge(unit.trx, databaseKind, now, mostAtOnce)
    if (due.length === 0) return ok(0)
    const settings = await services.caseSettings.read(unit.trx)
    for (const stored of due) {
      const held = heldCase(stored, settings)
      if (!held.ok) {
        services.log.error('case cannot be urged', { caseNo: stored.identity.caseNo, reason: held.error.code })
        continue
      }
      const entry = urging(held.value, momentAfter(held.value, now))
      await addStep(unit, held.value, { entry, progress: apply(held.value.progress, entry) })
    }
    return ok(due.length)
  })
  if (done.ok && done.value > 0) services.log.info('late cases urged', { count: done.value })
}

function urging({ progress, measures }: HeldCase, at: number): HistoryEntry {
  const round = currentRound(progress)
  const left = round ? describeRemaining(measures.calendar, handlingClock(round, measures.calendar), at) : ''
  const input = { reason: `处置时限${left}，尚未回报，请抓紧办理。`, method: 'platform' } as const
  return { seq: progress.version + 1, at, action: 'urge', by: systemActor, from: progress.state, to: progress.state, input }
}
