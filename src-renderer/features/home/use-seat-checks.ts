import { useEffect } from 'react'
import type { SeatCheckOnFile } from '#shared/contracts/central-api/seat-checks'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { formatDate } from '../../ui/time-format'

/** Today's checks of the seats' telephones, by seat, for who may read them; read anew each minute. Null: not for this person. */
export function useSeatChecks(): ReadonlyMap<string, SeatCheckOnFile> | null {
  const role = useTopic('session.changed')?.agent?.role
  const now = useNow(60_000)
  const may = mayCall('seatChecks.list', role)
  const { value, reload } = useQuery('seatChecks.list', may ? { day: formatDate(now) } : undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the minute is what asks again.
  useEffect(() => {
    if (may) reload()
  }, [now])
  return may ? new Map((value?.items ?? []).map((check) => [check.seatNo, check])) : null
}
