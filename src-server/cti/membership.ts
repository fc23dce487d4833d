import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import type { Pause } from './cti'

/** What the queue should know of each seat, from what the people at them show. Pure; the exchange is told by `follow-agents.ts`. */
export type Wanted = ReadonlyMap<string, Pause | null>

interface Seat {
  readonly seatNo: string
  readonly extension: string | null
  readonly isEnabled: boolean
}

/** `keep`: a call rings or is spoken; the exchange knows that by itself, and what was said before stands. */
const pauseOf: Readonly<Record<AgentOnBoard['phase'], Pause | null | 'keep'>> = {
  ...{ signedOut: 'signedOut', ready: null, notReady: 'notReady', ringing: 'keep', talking: 'keep', wrapUp: 'wrapUp' },
}

export function wantedPauses(seats: readonly Seat[], agents: readonly Pick<AgentOnBoard, 'seatNo' | 'phase'>[], told: Wanted): Wanted {
  const phases = new Map(agents.map(({ seatNo, phase }) => [seatNo, phase]))
  const wanted = new Map<string, Pause | null>()
  for (const { seatNo, extension, isEnabled } of seats) {
    if (extension === null) continue
    const pause = isEnabled ? pauseOf[phases.get(seatNo) ?? 'signedOut'] : 'signedOut'
    // Nobody begins to be ready in the middle of a call.
    wanted.set(extension, pause === 'keep' ? (told.get(extension) ?? null) : pause)
  }
  return wanted
}

/** What has to be said, given what was said. */
export function changedPauses(wanted: Wanted, told: Wanted): readonly (readonly [extension: string, pause: Pause | null])[] {
  return [...wanted].filter(([extension, pause]) => !told.has(extension) || told.get(extension) !== pause)
}
