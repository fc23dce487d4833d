import type { Wall } from './wall'

/** Eyes on the site of a case: the cameras nearest to it, and the cells that they may take. Pure. */
export interface PlacedCamera {
  readonly cameraNo: string
  /** Longitude and latitude, degrees. */
  readonly position: readonly [number, number] | readonly number[]
}

/** Further away than this a camera sees nothing of it. */
export const nearM = 800

/** In metres; on the small ground of a city the earth is flat. */
export function metresBetween([lngA = 0, latA = 0]: readonly number[], [lngB = 0, latB = 0]: readonly number[]): number {
  const metresPerDegree = 111_320
  const east = (lngB - lngA) * metresPerDegree * Math.cos((((latA + latB) / 2) * Math.PI) / 180)
  return Math.hypot(east, (latB - latA) * metresPerDegree)
}

export function nearestCameras<C extends PlacedCamera>(
  cameras: readonly C[],
  at: readonly number[],
  most: number,
): readonly { readonly camera: C; readonly metres: number }[] {
  return cameras
    .map((camera) => ({ camera, metres: metresBetween(camera.position, at) }))
    .filter(({ metres }) => metres <= nearM)
    .sort((a, b) => a.metres - b.metres || (a.camera.cameraNo < b.camera.cameraNo ? -1 : 1))
    .slice(0, most)
}

/** Empty cells first, then those that nobody asked for longest; not the case's own, and none that a rule or a tour holds. */
export function cellsToLend(wall: Wall, except: number): readonly number[] {
  const toured = wall.tours.filter(({ run }) => run !== null).map(({ cell }) => cell)
  return wall.cells
    .filter(({ cell, taken }) => cell !== except && taken === null && !toured.includes(cell))
    .sort((a, b) => Number(a.wanted !== null) - Number(b.wanted !== null) || a.at - b.at || a.cell - b.cell)
    .map(({ cell }) => cell)
}
