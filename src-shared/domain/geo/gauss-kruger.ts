import type { Position } from './position'

/**
 * Gauss–Krüger 高斯-克吕格: the transverse Mercator projection in which surveys of a city are drawn, on the ellipsoid of CGCS2000 (GB 22021: a = 6 378 137 m,
 * f = 1/298.257222101). Series of Krüger (1912) to the fourth order of n; better than a millimetre within 4° of the central meridian.
 */
export interface GaussKruger {
  /** Degrees east. */
  readonly centralMeridian: number
  /** Metres added to the easting; with the zone's number before it (`38500000`) where the survey writes it so. */
  readonly falseEasting: number
  readonly falseNorthing: number
  readonly scale: number
}

/** Metres. */
export interface PlanePosition {
  readonly east: number
  readonly north: number
}

const semiMajorM = 6_378_137
const flattening = 1 / 298.257_222_101
const n = flattening / (2 - flattening)
const radius = (semiMajorM / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)
const eccentricity = Math.sqrt(flattening * (2 - flattening))
const radians = Math.PI / 180

/** Of the conformal sphere into the plane (α) and back (β), as Karney (2011) lists them to order 4. */
const alpha = [
  n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4,
  (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1_440) * n ** 4,
  (61 / 240) * n ** 3 - (103 / 140) * n ** 4,
  (49_561 / 161_280) * n ** 4,
]
const beta = [
  n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - (1 / 360) * n ** 4,
  (1 / 48) * n ** 2 + (1 / 15) * n ** 3 - (437 / 1_440) * n ** 4,
  (17 / 480) * n ** 3 - (37 / 840) * n ** 4,
  (4_397 / 161_280) * n ** 4,
]

export function planeOf({ lng, lat }: Position, zone: GaussKruger): PlanePosition {
  const sinLat = Math.sin(lat * radians)
  const conformal = Math.sinh(Math.atanh(sinLat) - eccentricity * Math.atanh(eccentricity * sinLat))
  const away = (lng - zone.centralMeridian) * radians
  const xi = Math.atan2(conformal, Math.cos(away))
  const eta = Math.asinh(Math.sin(away) / Math.hypot(conformal, Math.cos(away)))
  let [north, east] = [xi, eta]
  alpha.forEach((term, at) => {
    const twice = 2 * (at + 1)
    north += term * Math.sin(twice * xi) * Math.cosh(twice * eta)
    east += term * Math.cos(twice * xi) * Math.sinh(twice * eta)
  })
  return { east: zone.falseEasting + zone.scale * radius * east, north: zone.falseNorthing + zone.scale * radius * north }
}

export function positionOf({ east, north }: PlanePosition, zone: GaussKruger): Position {
  const xi = (north - zone.falseNorthing) / (zone.scale * radius)
  const eta = (east - zone.falseEasting) / (zone.scale * radius)
  let [xiSphere, etaSphere] = [xi, eta]
  beta.forEach((term, at) => {
    const twice = 2 * (at + 1)
    xiSphere -= term * Math.sin(twice * xi) * Math.cosh(twice * eta)
    etaSphere -= term * Math.cos(twice * xi) * Math.sinh(twice * eta)
  })
  const conformal = Math.sin(xiSphere) / Math.hypot(Math.sinh(etaSphere), Math.cos(xiSphere))
  const lng = zone.centralMeridian + Math.atan2(Math.sinh(etaSphere), Math.cos(xiSphere)) / radians
  return { lng, lat: geodeticLatitude(conformal) / radians }
}

/** From the tangent of the conformal latitude; three rounds suffice, eight are the bound. */
function geodeticLatitude(conformal: number): number {
  let latitude = Math.atan(conformal)
  for (let round = 0; round < 8; round++) {
    const sin = Math.sin(latitude)
    const next = Math.atan(Math.sinh(Math.asinh(conformal) + eccentricity * Math.atanh(eccentricity * sin)))
    if (Math.abs(next - latitude) < 1e-14) return next
    latitude = next
  }
  return latitude
}
