import { useEffect, useMemo, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { type CollectorNow, fieldReaders, type TrackPoint, trackReaders } from '#shared/contracts/central-api/field'
import type { RoleId } from '#shared/domain/account/role'
import type { Position } from '#shared/domain/geo/position'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge, useTopic, useTopicAs } from '../../bridge/react'
import type { City } from './city'
import { collectorLevels } from './marks'

/** Collectors as the seat was last told, with the name that the patrol areas give them. */
export interface ShownCollector extends CollectorNow {
  readonly name: string
  readonly position: Position
  /** On duty, and nothing was heard of the telephone for so long that the mark may be wrong. */
  readonly isLost: boolean
}

export interface Collectors {
  readonly shown: readonly ShownCollector[]
  readonly readAt: number | null
}

/** A telephone on duty tells its place every minute or two. */
const lostAfterMs = 10 * 60_000

/** Undefined for posts that do not see where collectors are. */
export function useCollectors(city: City, now: number): Collectors | undefined {
  const view = useTopic('collectors.changed')
  const role = useTopicAs('session.changed', (session) => session?.agent?.role)
  // By the minute: a mark turns to lost without anything being told.
  const minute = Math.floor(now / 60_000)
  return useMemo(() => {
    if (!view || role === undefined || !(fieldReaders as readonly RoleId[]).includes(role)) return undefined
    const shown = view.items.flatMap((one): readonly ShownCollector[] => {
      if (one.position === null || !one.isOnDuty) return []
      const name = city.collectorName(one.accountNo) ?? one.accountNo
      return [{ ...one, position: one.position, name, isLost: (one.positionAt ?? 0) < minute * 60_000 - lostAfterMs }]
    })
    return { shown, readAt: view.readAt }
  }, [view, role, city, minute])
}

export const levelOfCollector = ({ outsideSince, isLost }: ShownCollector): number =>
  isLost ? collectorLevels.lost : outsideSince !== null ? collectorLevels.outside : collectorLevels.onDuty

const trackMs = 8 * 3_600_000

/** The way of the last eight hours, asked for by hand: looking at it stands in the audit log. */
export function useTrack(collector: ShownCollector | undefined) {
  const { call } = useBridge()
  const role = useTopicAs('session.changed', (session) => session?.agent?.role)
  const [track, setTrack] = useState<{ readonly accountNo: string; readonly points: readonly TrackPoint[] }>()
  const [error, setError] = useState<AppError>()
  const accountNo = collector?.accountNo
  // biome-ignore lint/correctness/useExhaustiveDependencies: another collector's way is another question.
  useEffect(() => {
    setTrack(undefined)
    setError(undefined)
  }, [accountNo])
  async function read(): Promise<void> {
    if (accountNo === undefined) return
    const until = browserClock.now() + 60_000
    const answer = await call('collectors.track', { accountNo, from: until - trackMs, until })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) setTrack({ accountNo, points: answer.value.items })
  }
  return {
    points: track?.accountNo === accountNo ? track?.points : undefined,
    error,
    mayRead: role !== undefined && (trackReaders as readonly RoleId[]).includes(role),
    read,
  }
}
