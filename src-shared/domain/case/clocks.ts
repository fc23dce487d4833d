import type { EpochMs } from '../../base/clock'
import { type CaseClock, clockOf } from '../clock/case-clock'
import { limitMs } from '../clock/limit-length'

import type { WorkCalendar } from '../clock/work-calendar'
import type { CentreProfile } from './profile'
import { type CaseProgress, currentRound, type DispatchRound, type Node } from './progress'
import { isEnd } from './states'

/** The clocks of a case, from its history alone: the same figure on the server, on every seat, and offline. */
export interface CaseClocks {
  /** Of whoever holds the case now; null where the profile sets no limit, and at an end. */
  readonly node: CaseClock | null
  /** Of the present or last dispatch; null before the first. */
  readonly handling: CaseClock | null
  /** The one that the queue sorts and lamps by: handling while a department has it, else the node's. */
  readonly leading: CaseClock | null
}

export function clocksOf(progress: CaseProgress, profile: CentreProfile, calendar: WorkCalendar): CaseClocks {
  const round = currentRound(progress)
  const handling = round ? handlingClock(round, calendar) : null
  const last = progress.nodes.at(-1)
  const node = last && last.until === null ? nodeClock(last, profile, calendar) : null
  if (isEnd(progress.state)) return { node: null, handling, leading: null }
  return { node, handling, leading: handling && handling.stoppedAt === null ? handling : node }
}

export function handlingClock(round: DispatchRound, calendar: WorkCalendar): CaseClock {
  const { limit, extraValue, dispatchedAt, pauses, endedAt } = round
  const extraMs = extraValue === 0 ? 0 : limitMs(calendar, { value: extraValue, unit: limit.unit })
  return clockOf(calendar, { limit, extraMs, startedAt: dispatchedAt, pauses, stoppedAt: endedAt })
}

export function nodeClock({ state, from, until }: Node, profile: CentreProfile, calendar: WorkCalendar): CaseClock | null {
  const limit = profile.nodeLimits[state]
  return limit ? clockOf(calendar, { limit, startedAt: from, stoppedAt: until }) : null
}

/** When the last attempt at following up must be made; kept here so that every screen names the same moment. */
export const replyDueAt = ({ facts }: CaseProgress): EpochMs | null => facts.external?.replyBy ?? null
