import type { Point } from './plane'

/** One outline on the plane of its city, as the checks of a coverage look at it. */
export interface Shape {
  readonly code: string
  /** Counter-clockwise, the first not repeated. */
  readonly corners: readonly Point[]
  /** A place well inside. */
  readonly inner: Point
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** RMSE of a grid's corner is a metre (GB/T 30428.1): borders within it are one border. */
export const toleranceM = 1
