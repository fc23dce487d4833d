import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import type { Seat } from '#shared/contracts/central-api/centre'
import type { Cti, Pause } from './cti'
import { changedPauses, wantedPauses } from './membership'

/**
 * Makes 示闲 and 示忙 on the bar the truth in the queue: whenever something may have changed, it compares what people show with what the exchange was
 * told, and tells it the difference. What could not be told is told when the exchange is back, and every so often in between.
 */
export interface AgentFollower {
  /** Something may have changed. Cheap; many in a row are one. */
  look(): void
  stop(): void
}

export interface FollowParts {
  readonly cti: Cti
  readonly clock: Clock
  readonly log: Log
  readonly read: () => Promise<{ readonly seats: readonly Seat[]; readonly agents: readonly AgentOnBoard[] }>
}

const gatherMs = 100
/** Sessions run out without a word, and somebody may pause a member at the exchange itself. */
const againEveryMs = 30_000

export function followAgents({ cti, clock, log, read }: FollowParts): AgentFollower {
  let told = new Map<string, Pause | null>()
  let stopNext: Stop | null = null
  let isTelling = false
  let isWanted = false
  let isStopped = false

  const look = (): void => {
    isWanted = true
    if (isStopped || isTelling || stopNext) return
    stopNext = clock.after(gatherMs, () => {
      stopNext = null
      void tell()
    })
  }
  async function tell(): Promise<void> {
    if (!cti.isUp()) return
    isTelling = true
    isWanted = false
    try {
      const { seats, agents } = await read()
      // A connection that is new meanwhile begins with a list of its own.
      const saying = told
      for (const [extension, pause] of changedPauses(wantedPauses(seats, agents, saying), saying)) {
        const said = await cti.pauseMember(extension, pause)
        if (said.ok) saying.set(extension, pause)
        else log.warn('the queue was not told of a seat', { extension, code: said.error.code })
      }
    } catch (cause) {
      log.error('could not follow the agents', { cause: String(cause) })
    }
    isTelling = false
    if (isWanted) look()
  }
  const stopListening = cti.onEvent((event) => {
    if (event.type !== 'connected') return
    told = new Map()
    look()
  })
  const stopRepeating = clock.every(againEveryMs, look)
  look()
  return {
    look,
    stop: () => {
      isStopped = true
      stopListening()
      stopRepeating()
      stopNext?.()
    },
  }
}
