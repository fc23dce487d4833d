import { expect, it } from 'vitest'
import { absences, type CameraOutage, outagesWithin, stateAfter } from '#shared/domain/camera/outages'

const hour = 3_600_000
const outage = (outageId: string, cameraNo: string, beganAt: number, endedAt: number | null): CameraOutage => ({
  ...{ outageId, cameraNo, name: `探头${cameraNo}`, cause: 'device', beganAt, endedAt },
})

it('tells a state once, with the time since when it is so', () => {
  const away = { cameraNo: '101', isOnline: false, cause: 'device' } as const
  expect(stateAfter(undefined, away, 5)).toEqual({ ...away, since: 5 })
  expect(stateAfter({ ...away, since: 5 }, away, 9)).toBeUndefined()
  // The recorder is back, the camera is not: still the same absence.
  expect(stateAfter({ ...away, since: 5 }, { ...away, cause: 'channel' }, 9)).toEqual({ ...away, cause: 'channel', since: 5 })
  expect(stateAfter({ ...away, since: 5 }, { cameraNo: '101', isOnline: true, cause: null }, 9)).toMatchObject({ isOnline: true, since: 9 })
})

it('cuts outages to the day, the longest first, and counts each camera’s', () => {
  const all = [
    outage('a', '101', -3 * hour, 2 * hour),
    outage('b', '102', 10 * hour, null),
    outage('c', '101', 20 * hour, 20.5 * hour),
    outage('d', '103', -5 * hour, -1),
    outage('e', '104', 24 * hour, null),
  ]
  const parts = outagesWithin(all, 0, 24 * hour, 16 * hour)
  expect(parts.map(({ outageId, lengthMs }) => [outageId, lengthMs / hour])).toEqual([
    ['b', 6],
    ['a', 2],
    ['c', 0.5],
  ])
  expect(absences(parts, 0, 24 * hour, 16 * hour)).toEqual([
    { cameraNo: '102', name: '探头102', times: 1, awayMs: 6 * hour, presentShare: 1 - 6 / 16 },
    { cameraNo: '101', name: '探头101', times: 2, awayMs: 2.5 * hour, presentShare: 1 - 2.5 / 16 },
  ])
})
