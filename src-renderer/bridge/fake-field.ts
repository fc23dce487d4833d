import type { CollectorNow, TrackPoint } from '#shared/contracts/central-api/field'

/** Collectors of the fake core: two on duty, the second outside their area, the third gone home; each with the way of the last hour. */
const places = [
  { accountNo: '0901', isOnDuty: true, lng: 126.61, lat: 45.6 },
  { accountNo: '0902', isOnDuty: true, lng: 126.615, lat: 45.6 },
  { accountNo: '0903', isOnDuty: false, lng: 126.62, lat: 45.6 },
] as const

export const fakeCollectorsNow = (at: number): readonly CollectorNow[] =>
  places.map(({ accountNo, isOnDuty, lng, lat }, index) => ({
    ...{ accountNo, isOnDuty, position: { lng, lat }, accuracyM: 12, positionAt: at - index * 90_000 },
    outsideSince: accountNo === '0902' ? at - 600_000 : null,
  }))

export function fakeTrack(accountNo: string, until: number): readonly TrackPoint[] {
  const place = places.find((each) => each.accountNo === accountNo)
  if (!place) return []
  return Array.from({ length: 60 }, (_, index) => ({
    position: { lng: place.lng - (59 - index) * 0.0001, lat: place.lat + Math.sin(index / 6) * 0.0008 },
    ...{ accuracyM: 12, at: until - (59 - index) * 60_000, isOutside: accountNo === '0902' && index > 49 },
  }))
}
