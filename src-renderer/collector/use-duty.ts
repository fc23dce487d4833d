import { useEffect, useRef, useState } from 'react'
import { useParts } from './parts'
import type { Place } from './place'

/** On duty or not, as this tab last told central. While on duty the place is told again, at most once a minute. */
export interface Duty {
  /** Null until it was told once: central keeps the state, and has no question for it. */
  readonly isOnDuty: boolean | null
  readonly failure: string | null
  tell(isOnDuty: boolean): Promise<void>
}

const tellEveryMs = 60_000
const storageKey = 'collector.duty'

export function useDuty(place: Place): Duty {
  const { central } = useParts()
  const [isOnDuty, setOnDuty] = useState<boolean | null>(() => JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as boolean | null)
  const [failure, setFailure] = useState<string | null>(null)
  const toldAt = useRef(0)
  const tell = async (next: boolean) => {
    toldAt.current = Date.now()
    const position = next && place.position ? { ...place.position } : null
    const answer = await central.call('collectors.reportDuty', { body: { isOnDuty: next, position } })
    setFailure(answer.ok ? null : answer.error.message)
    if (!answer.ok) return
    setOnDuty(next)
    sessionStorage.setItem(storageKey, JSON.stringify(next))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the place changes, and not more often than said above.
  useEffect(() => {
    if (isOnDuty === true && place.position && Date.now() - toldAt.current >= tellEveryMs) void tell(true)
  }, [place, isOnDuty])
  return { isOnDuty, failure, tell }
}
