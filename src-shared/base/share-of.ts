/**
 * A number from 0 to 1 that belongs to an id for good: FNV-1a (Fowler, Noll, Vo), evenly spread, the same on every machine, and not for anybody to choose.
 * Whoever draws a share by it comes to the same choice at the seat, at the centre and in a later audit.
 */
export function shareOf(id: string): number {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0
  // One more mixing: the last characters alone would reach only the low bits.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0
  hash = (hash ^ (hash >>> 13)) >>> 0
  return hash / 0x1_0000_0000
}
