import { useEffect, useRef } from 'react'
import { metresBetween } from '../../src-shared/domain/geo/position'
import { useParts } from './parts'
import type { Place } from './place'
import { emptyTrack, type Track, takenInto, without } from './track'

/** Tells central the way of a collector on duty. Off duty nothing is taken and nothing is sent: what somebody does then is theirs. */
const sendEveryMs = 30_000
const storageKey = 'collector.track'

export function useTrack(place: Place, isOnDuty: boolean): void {
  const { central } = useParts()
  const track = useRef<Track>(readKept())
  const { position, accuracyM } = place
  // biome-ignore lint/correctness/useExhaustiveDependencies: each fix of the phone is a new `place`.
  useEffect(() => {
    if (!isOnDuty || !position) return
    track.current = takenInto(track.current, { position, accuracyM, at: Date.now() }, metresBetween)
    keep(track.current)
  }, [place, isOnDuty])
  useEffect(() => {
    if (!isOnDuty) {
      track.current = emptyTrack
      keep(emptyTrack)
      return
    }
    let isSending = false
    async function send(): Promise<void> {
      const { waiting } = track.current
      if (isSending || waiting.length === 0) return
      isSending = true
      const answer = await central.call('collectors.reportPositions', { body: { items: [...waiting] } })
      isSending = false
      // Refused for good: sending the same again would not help. Anything else waits for the network.
      if (!answer.ok && answer.error.retryable) return
      track.current = without(track.current, waiting)
      keep(track.current)
    }
    const timer = setInterval(() => void send(), sendEveryMs)
    const sendNow = () => void send()
    addEventListener('online', sendNow)
    return () => {
      clearInterval(timer)
      removeEventListener('online', sendNow)
    }
  }, [central, isOnDuty])
}

const keep = (track: Track) => sessionStorage.setItem(storageKey, JSON.stringify(track))

function readKept(): Track {
  try {
    return (JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Track | null) ?? emptyTrack
  } catch {
    return emptyTrack
  }
}
