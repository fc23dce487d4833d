import type { Position } from '#shared/domain/geo/position'

/** Where the reports of living calls put them. It is live: what a restart forgets, the page that holds the report says again. */
export interface CallPlaces {
  of(callId: string | null): Position | null
  put(callId: string, position: Position | null): void
  /** The others are over. */
  keepOnly(callIds: readonly string[]): void
}

export function createCallPlaces(onChanged: () => void): CallPlaces {
  const places = new Map<string, Position>()
  return {
    of: (callId) => (callId === null ? null : (places.get(callId) ?? null)),
    put(callId, position) {
      const before = places.get(callId)
      if (before?.lng === position?.lng && before?.lat === position?.lat) return
      if (position) places.set(callId, position)
      else places.delete(callId)
      onChanged()
    },
    keepOnly(callIds) {
      for (const callId of places.keys()) if (!callIds.includes(callId)) places.delete(callId)
    },
  }
}
