import { metresPerDegree, type Position } from './position'
import type { Ring } from './ring'

/** A circle on the ground as an outline of 64 corners: within half a percent of a metre in a hundred. Counter-clockwise and closed (RFC 7946 §3.1.6). Pure. */
const corners = 64

export function circleAround({ lng, lat }: Position, metres: number): Ring {
  const up = metres / metresPerDegree
  const across = up / Math.cos((lat * Math.PI) / 180)
  const points = Array.from({ length: corners }, (_, at) => {
    const turn = (at / corners) * 2 * Math.PI
    return [lng + across * Math.cos(turn), lat + up * Math.sin(turn)] as const
  })
  const first = points[0]
  return first ? [...points, first] : points
}
