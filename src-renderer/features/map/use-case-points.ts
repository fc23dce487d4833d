import { useEffect, useRef, useState } from 'react'
import { queuesOf } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import { caseReaders } from '#shared/domain/case/visibility'
import { lampAt } from '#shared/domain/clock/case-clock'
import type { Bridge } from '../../bridge/bridge'
import { useBridge, useTopic, useTopicAs } from '../../bridge/react'
import { caseLevels } from './marks'

/** The cases of the post's queues that have a place, each once, as the seat holds them; read again after every batch of changes. */
export interface CasePoints {
  readonly rows: readonly PlacedCase[]
  /** When the oldest of the queues was last read from the centre; null when one never was. */
  readonly readAt: number | null
}

export type PlacedCase = CaseRow & { readonly position: NonNullable<CaseRow['position']> }

export function useCasePoints(): CasePoints | undefined {
  const bridge = useBridge()
  const role = useTopicAs('session.changed', (session) => session?.agent?.role)
  const changes = useTopic('cases.changed')
  const queues = useTopic('queues.changed')
  const [points, setPoints] = useState<CasePoints>()
  const reading = useRef({ isReading: false, isWanted: false })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change says that the rows are to be read again.
  useEffect(() => {
    if (role === undefined || !caseReaders.includes(role)) return
    const state = reading.current
    state.isWanted = true
    if (state.isReading) return
    state.isReading = true
    void (async () => {
      // However many batches come while rows are read, they are read once more.
      while (state.isWanted) {
        state.isWanted = false
        setPoints(await readAll(bridge, queuesOf(role)))
      }
      state.isReading = false
    })()
  }, [bridge, role, changes, queues])
  return points
}

async function readAll({ call }: Pick<Bridge, 'call'>, queues: ReturnType<typeof queuesOf>): Promise<CasePoints> {
  const rows = new Map<string, PlacedCase>()
  let readAt: number | null = Number.POSITIVE_INFINITY
  for (const queue of queues) {
    let after: string | undefined
    do {
      const answer = await call('queues.read', { queue, limit: 5000, ...(after !== undefined && { after }) })
      if (!answer.ok) return { rows: [...rows.values()], readAt: null }
      for (const row of answer.value.rows) if (row.position) rows.set(row.caseId, row as PlacedCase)
      readAt = readAt === null || answer.value.readAt === null ? null : Math.min(readAt, answer.value.readAt)
      after = answer.value.next ?? undefined
    } while (after !== undefined)
  }
  return { rows: [...rows.values()], readAt: Number.isFinite(readAt) ? readAt : null }
}

/** The lamp as a level of the mark. */
export function levelOf({ clock }: CaseRow, now: number): number {
  if (!clock) return caseLevels.none
  return clock.pausedSince !== null ? caseLevels.frozen : caseLevels[lampAt(clock, now)]
}
