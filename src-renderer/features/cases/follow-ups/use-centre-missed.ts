import { useCallback, useEffect, useMemo, useState } from 'react'
import type { MissedCallOfCentre } from '#shared/contracts/central-api/missed-calls'
import type { MissedCallView } from '#shared/contracts/seat-api/telephone-views'
import { useBridge, useTopicAs } from '../../../bridge/react'
import { useNowAs } from '../../../bridge/use-now'

const askedEveryMs = 10_000

export interface MissedOfAll {
  readonly missed: readonly MissedCallView[]
  /** By the id of the last ring: what the centre knows of it; a call that only this seat knows is not in it. */
  readonly byCentre: ReadonlyMap<string, MissedCallOfCentre>
  reload(): void
}

/**
 * Missed calls of all seats, asked of the centre every ten seconds while the list is open; while it is away those of this seat. What this seat has not
 * sent yet, and what it promised, stands beside them.
 */
export function useCentreMissed(own: readonly MissedCallView[], isOnline: boolean): MissedOfAll {
  const { call } = useBridge()
  const [items, setItems] = useState<readonly MissedCallOfCentre[]>()
  const turn = useNowAs(askedEveryMs, (now) => Math.floor(now / askedEveryMs))
  const waiting = useTopicAs('outbox.changed', (outbox) => outbox?.intents.length ?? 0) ?? 0
  const read = useCallback(async () => {
    const answer = await call('missedCalls.list', {})
    if (answer.ok) setItems(answer.value.items)
  }, [call])
  // biome-ignore lint/correctness/useExhaustiveDependencies: others take calls on and settle them; a record of this seat that left it changes the list.
  useEffect(() => {
    if (isOnline) void read()
    else setItems(undefined)
  }, [read, isOnline, turn, waiting])
  return useMemo(() => {
    if (!items) return { missed: own, byCentre: new Map(), reload: () => void read() }
    const known = new Set(items.flatMap(({ callIds }) => callIds))
    // With nothing on its way, what the centre does not list was settled elsewhere.
    const mine = own.filter(({ isPromised, lastCallId }) => isPromised || (waiting > 0 && !known.has(lastCallId)))
    return {
      missed: [...mine, ...items.map(viewOf)],
      byCentre: new Map(items.map((one) => [one.callId, one])),
      reload: () => void read(),
    }
  }, [items, own, waiting, read])
}

const viewOf = ({ callId, number, count, lastAt, dueAt }: MissedCallOfCentre): MissedCallView => ({
  ...{ number, displayName: null, count, lastCallId: callId, lastAt, dueAt, isPromised: false },
})
