import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Central, SignedIn } from './central'
import { followPlace, type Place, unknownPlace } from './place'
import type { Reference } from './reference'
import type { Reports, ReportsView } from './reports'

/** What `main.tsx` puts together, and the hooks by which screens use it. */
export interface Parts {
  readonly central: Central
  readonly reports: Reports
  readonly reference: Reference
}

export const PartsContext = createContext<Parts | null>(null)

export function useParts(): Parts {
  const parts = useContext(PartsContext)
  if (!parts) throw new Error('a screen stands outside the page')
  return parts
}

export function useSession(): SignedIn | null {
  const { central } = useParts()
  return useSyncExternalStore(central.subscribe, central.signedIn)
}

export function useReports(): ReportsView {
  const { reports } = useParts()
  return useSyncExternalStore(reports.subscribe, reports.view)
}

export function usePlace(): Place {
  const [place, setPlace] = useState(unknownPlace)
  useEffect(() => followPlace(navigator.geolocation, setPlace), [])
  return place
}

/** The time, again every so many milliseconds. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** The part of the address behind `#`: the phone's own way back works. */
export function useHash(): string {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('hashchange', listener)
      return () => removeEventListener('hashchange', listener)
    },
    () => location.hash.slice(1),
  )
}
