import type { Position } from './position'

/**
 * The two shifted systems of Chinese map services. GCJ-02 moves every position by a few hundred metres along a published-by-use formula over the
 * Krasovsky 1940 ellipsoid; BD-09 turns and moves GCJ-02 once more. CGCS2000 and WGS 84 are one here. Back from GCJ-02 there is no formula: the forward
 * one is undone step by step until a centimetre is left.
 */
const semiMajorM = 6_378_245
const eccentricity2 = 0.006_693_421_622_965_943
const radians = Math.PI / 180

export function gcj02FromWgs84({ lng, lat }: Position): Position {
  const [x, y] = [lng - 105, lat - 35]
  const sinLat = Math.sin(lat * radians)
  const magic = 1 - eccentricity2 * sinLat * sinLat
  const root = Math.sqrt(magic)
  const east = shiftEast(x, y) / ((semiMajorM / root) * Math.cos(lat * radians) * radians)
  const north = shiftNorth(x, y) / (((semiMajorM * (1 - eccentricity2)) / (magic * root)) * radians)
  return { lng: lng + east, lat: lat + north }
}

export function wgs84FromGcj02(shifted: Position): Position {
  return undone(shifted, gcj02FromWgs84)
}

const turn = (Math.PI * 3_000) / 180

export function bd09FromGcj02({ lng, lat }: Position): Position {
  const radius = Math.hypot(lng, lat) + 0.000_02 * Math.sin(lat * turn)
  const angle = Math.atan2(lat, lng) + 0.000_003 * Math.cos(lng * turn)
  return { lng: radius * Math.cos(angle) + 0.006_5, lat: radius * Math.sin(angle) + 0.006 }
}

export const bd09FromWgs84 = (position: Position): Position => bd09FromGcj02(gcj02FromWgs84(position))

export function wgs84FromBd09(shifted: Position): Position {
  return undone(shifted, bd09FromWgs84)
}

/** The position that `shift` moves to `target`, within 1e-9 degrees (0.1 mm). The shifts change slowly, so each round leaves a hundredth of the error. */
function undone(target: Position, shift: (position: Position) => Position): Position {
  let [lng, lat] = [target.lng, target.lat]
  for (let round = 0; round < 12; round++) {
    const moved = shift({ lng, lat })
    const [east, north] = [target.lng - moved.lng, target.lat - moved.lat]
    lng += east
    lat += north
    if (Math.abs(east) < 1e-10 && Math.abs(north) < 1e-10) break
  }
  return { lng, lat }
}

function shiftNorth(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  const fine = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3)
  const middle = (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3)
  const coarse = (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3)
  return base + fine + middle + coarse
}

function shiftEast(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  const fine = (20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)) * (2 / 3)
  const middle = (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3)
  const coarse = (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3)
  return base + fine + middle + coarse
}
