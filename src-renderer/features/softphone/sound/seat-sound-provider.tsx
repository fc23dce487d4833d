import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { browserClock } from '../../../bridge/browser-clock'
import { useBridge, useTopicAs } from '../../../bridge/react'
import { createSeatSound, type SeatSound } from './seat-sound'
import type { SoundState } from './sound-state'

const SoundContext = createContext<SeatSound | null>(null)

/** One window at a time holds the sound of a seat; others of the same browser wait for it. */
const lockName = 'seat-sound'

/**
 * Holds microphone and headset while this seat has a line, from signing in to signing out, behind a lock too. Stands once, in the main window.
 */
export function SeatSoundProvider({ children }: { readonly children: ReactNode }) {
  const bridge = useBridge()
  const hasLine = useTopicAs('telephone.changed', (telephone) => telephone?.line === 'configured')
  const [sound, setSound] = useState<SeatSound | null>(null)
  useEffect(() => {
    // A browser without devices or locks cannot carry speech; the program says so as a fault.
    if (!hasLine || !navigator.mediaDevices || !navigator.locks) return
    const leaving = new AbortController()
    const left = new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve(), { once: true }))
    const hold = async (): Promise<void> => {
      if (leaving.signal.aborted) return
      const mine = createSeatSound(bridge, browserClock)
      setSound(mine)
      await left
      setSound(null)
      mine.stop()
    }
    // Refused only when it was left while waiting.
    navigator.locks.request(lockName, { signal: leaving.signal }, hold).catch(() => {})
    return () => leaving.abort()
  }, [bridge, hasLine])
  return <SoundContext value={sound}>{children}</SoundContext>
}

/** Null while this window does not hold the sound. */
export function useSeatSound(): SeatSound | null {
  return useContext(SoundContext)
}

const nothing = { subscribe: () => () => {}, get: () => null }

export function useSoundState(): SoundState | null {
  const sound = useSeatSound() ?? nothing
  return useSyncExternalStore<SoundState | null>(sound.subscribe, sound.get)
}
