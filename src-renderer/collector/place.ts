import type { Position } from '../../src-shared/domain/geo/position'

/** Where the phone is, if its owner lets the page know; everything works without. */
export interface Place {
  readonly position: Position | null
  /** Metres, as the phone itself says. */
  readonly accuracyM: number | null
  readonly problem: 'denied' | 'unavailable' | null
}

export const unknownPlace: Place = { position: null, accuracyM: null, problem: null }

/** Follows the phone until stopped. */
export function followPlace(geolocation: Geolocation | undefined, tell: (place: Place) => void): () => void {
  if (!geolocation) {
    tell({ ...unknownPlace, problem: 'unavailable' })
    return () => undefined
  }
  const watch = geolocation.watchPosition(
    ({ coords }) =>
      tell({ position: { lng: coords.longitude, lat: coords.latitude }, accuracyM: Math.round(coords.accuracy), problem: null }),
    ({ code, PERMISSION_DENIED }) => tell({ ...unknownPlace, problem: code === PERMISSION_DENIED ? 'denied' : 'unavailable' }),
    { enableHighAccuracy: true, maximumAge: 15_000, timeout: 30_000 },
  )
  return () => geolocation.clearWatch(watch)
}
