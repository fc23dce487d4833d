/** What will happen to a case, drawn at its beginning, so that its course depends on its own seed alone. */
import type { RequestKind } from '#shared/domain/case/profile'
import { caseSources } from '#shared/domain/case/states'
import type { Chance } from '../city/random'
import type { Problem } from './problem'
import { rates } from './rates'

export interface Fate {
  readonly end: 'filed' | 'declined' | 'merged' | 'answered'
  readonly conclusion: 'true' | 'false' | 'notFound'
  readonly isDeferred: boolean
  readonly isSentBackByLead: boolean
  readonly isDisputed: boolean
  readonly request: RequestKind | null
  readonly isRequestGranted: boolean
  /** Share of the limit that the department takes, for the first dispatch and for the ones after; above 1 is late. */
  readonly paces: readonly [number, number]
  readonly arrives: boolean
  readonly rework: 'none' | 'bySupervisor' | 'byCheck' | 'byCitizen'
  /** Calls without an answer before the one that tells. */
  readonly missedCalls: number
  readonly isOverseen: boolean
}

export function drawFate(problem: Problem, chance: Chance): Fate {
  const { facts } = problem
  const isPublic = caseSources[facts.source].isPublic
  const share = chance.next()
  const isPlain = !facts.isUrgent && !facts.isSensitive && facts.namedAgents.length === 0
  // What a collector did not find true is declined, too; so less is declined for other reasons.
  const declined = isPublic ? 0.01 : rates.declined * 0.75
  const ends = [
    [declined, 'declined'],
    [rates.merged, 'merged'],
    [isPublic ? rates.answered * 5 : 0, 'answered'],
  ] as const
  const end = isPlain ? pickBy(ends, share, 'filed') : 'filed'
  const isUntrue = isPlain && end === 'filed' && chance.next() < rates.untrue
  const isDissatisfied = isPublic && chance.next() > rates.satisfied
  return {
    end,
    conclusion: isUntrue ? (chance.next() < 0.6 ? 'notFound' : 'false') : 'true',
    isDeferred: isPlain && chance.next() < rates.deferred,
    isSentBackByLead: isPlain && chance.next() < rates.sentBackByLead,
    isDisputed: chance.next() < rates.disputed,
    request: isPlain ? drawRequest(chance) : null,
    isRequestGranted: chance.next() < 0.85,
    paces: [drawPace(chance), chance.between(0.1, 0.6)],
    arrives: chance.next() < 0.7,
    rework: isDissatisfied
      ? 'byCitizen'
      : pickBy(
          [
            [rates.reworked * 0.55, 'bySupervisor'],
            [rates.reworked * 0.45, 'byCheck'],
          ],
          chance.next(),
          'none',
        ),
    missedCalls: chance.next() < rates.notReached ? 1 + chance.below(2) : 0,
    isOverseen: chance.next() < rates.overseen,
  }
}

/** Most work is done in the first half of its time; a few in a hundred are late. */
function drawPace(chance: Chance): number {
  if (chance.next() < rates.late) return chance.between(1.03, 1.5)
  return 0.08 + 0.87 * chance.next() ** 1.6
}

function drawRequest(chance: Chance): RequestKind | null {
  const { extended, sentBack, suspended, voided, closedWithoutCheck } = rates
  const kinds = [
    [extended, 'extend'],
    [sentBack, 'sendBack'],
    [suspended, 'suspend'],
    [voided, 'void'],
    [closedWithoutCheck, 'closeWithoutCheck'],
  ] as const
  return pickBy<RequestKind | null>(kinds, chance.next(), null)
}

function pickBy<T>(shares: readonly (readonly [number, T])[], at: number, otherwise: T): T {
  let end = 0
  for (const [share, value] of shares) {
    end += share
    if (at < end) return value
  }
  return otherwise
}
