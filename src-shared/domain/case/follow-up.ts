import type { EpochMs } from '../../base/clock'
import { shareOf } from '../../base/share-of'
import type { CentreProfile } from './profile'
import type { CaseProgress } from './progress'
import type { CaseState } from './states'

/**
 * 抽样回访: of the ended cases that nobody had to follow up, a share is asked about all the same (seed 000: 抽样回访). Chance is taken from the id of the
 * case, so that nobody chooses whom to ask, and seat, centre and a later audit come to the same choice. Nobody is rung twice about the same thing.
 */
export const sampledStates: readonly CaseState[] = ['closed', 'declined', 'answered']

/** Somebody who is asked later than this no longer knows. */
export const sampleDueMs = 3 * 86_400_000
/** A sampled case that nobody asked about in this time is left. */
export const sampleKeptMs = 14 * 86_400_000

export function isSampleDue(
  caseId: string,
  { state, facts, followUps }: Pick<CaseProgress, 'state' | 'facts' | 'followUps'>,
  { followUp }: Pick<CentreProfile, 'followUp'>,
): boolean {
  if (!sampledStates.includes(state) || !facts.hasCitizen || facts.mayNotBeCalled || facts.isSensitive) return false
  if (!isSampled(caseId, followUp.sampleShare ?? 0)) return false
  if (followUps.some(({ outcome }) => outcome !== 'noAnswer')) return false
  return attemptHours(followUps) < followUp.attempts
}

/** Different hours in which nobody answered. */
export const attemptHours = (followUps: CaseProgress['followUps']): number =>
  new Set(followUps.filter(({ outcome }) => outcome === 'noAnswer').map(({ at }) => Math.floor(at / 3_600_000))).size

/** When a sampled case should be asked about. */
export const sampleDueAt = (endedAt: EpochMs): EpochMs => endedAt + sampleDueMs

/** By the id of the case alone. */
export const isSampled = (caseId: string, share: number): boolean => shareOf(caseId) < share
