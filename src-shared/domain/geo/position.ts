/**
 * Positions on the ground, and distances between them over the few kilometres of a city. Degrees are WGS 84, which CGCS2000 equals within
 * decimetres; map services that shift coordinates (GCJ-02) have no place here.
 */
export interface Position {
  /** Degrees east. */
  readonly lng: number
  /** Degrees north. */
  readonly lat: number
}

export interface Bounds {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** Mean radius of the earth (IUGG R1). The sphere differs from the ellipsoid by at most 0.6 %. */
const earthRadiusM = 6_371_008.8
export const metresPerDegree = (earthRadiusM * Math.PI) / 180

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance by the haversine formula, which stays exact for points a hand's breadth apart. */
export function metresBetween(a: Position, b: Position): number {
  const acrossLat = Math.sin(radians(b.lat - a.lat) / 2)
  const acrossLng = Math.sin(radians(b.lng - a.lng) / 2)
  const h = acrossLat ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * acrossLng ** 2
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** The smallest box that holds everything within `metres` of a position; for a first look in an index before `metresBetween` decides. */
export function boundsAround(position: Position, metres: number): Bounds {
  const lat = metres / metresPerDegree
  // The circle reaches furthest east a little poleward of its middle: sin(lng) = sin(radius) / cos(lat).
  const reach = Math.sin(Math.min(metres / earthRadiusM, Math.PI / 2)) / Math.cos(radians(position.lat))
  const lng = reach < 1 ? (Math.asin(reach) * 180) / Math.PI : 180
  return { west: position.lng - lng, south: position.lat - lat, east: position.lng + lng, north: position.lat + lat }
}
