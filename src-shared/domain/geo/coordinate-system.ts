import { bd09FromWgs84, gcj02FromWgs84, wgs84FromBd09, wgs84FromGcj02 } from './datum'
import { type GaussKruger, planeOf, positionOf } from './gauss-kruger'
import { metresBetween, type Position } from './position'

/**
 * The coordinate systems in which data of a city comes and goes. Inside the program everything is CGCS2000. A file may say one system and be in another:
 * `recogniseSystem` compares it with what is known of the city and names the one that fits.
 */
export type CoordinateSystem = { readonly system: 'CGCS2000' | 'GCJ-02' | 'BD-09' } | ({ readonly system: 'gaussKruger' } & GaussKruger)

/** As a file writes it: degrees east and north, or metres east and north. */
export type RawPosition = readonly [x: number, y: number]

export function toCgcs2000([x, y]: RawPosition, from: CoordinateSystem): Position {
  switch (from.system) {
    case 'CGCS2000':
      return { lng: x, lat: y }
    case 'GCJ-02':
      return wgs84FromGcj02({ lng: x, lat: y })
    case 'BD-09':
      return wgs84FromBd09({ lng: x, lat: y })
    case 'gaussKruger':
      return positionOf({ east: x, north: y }, from)
  }
}

export function fromCgcs2000(position: Position, into: CoordinateSystem): RawPosition {
  switch (into.system) {
    case 'CGCS2000':
      return [position.lng, position.lat]
    case 'GCJ-02': {
      const { lng, lat } = gcj02FromWgs84(position)
      return [lng, lat]
    }
    case 'BD-09': {
      const { lng, lat } = bd09FromWgs84(position)
      return [lng, lat]
    }
    case 'gaussKruger': {
      const { east, north } = planeOf(position, into)
      return [east, north]
    }
  }
}

/** As people say it: `GCJ-02（国测局加密坐标）`, `高斯-克吕格，中央经线 126°，东偏 500000 米`. */
export function describeSystem(system: CoordinateSystem): string {
  switch (system.system) {
    case 'CGCS2000':
      return 'CGCS2000（经纬度）'
    case 'GCJ-02':
      return 'GCJ-02（国测局加密坐标）'
    case 'BD-09':
      return 'BD-09（百度坐标）'
    case 'gaussKruger':
      return `高斯-克吕格，中央经线 ${system.centralMeridian}°，东偏 ${system.falseEasting} 米`
  }
}

/** Whether a raw position can be meant in that system at all: degrees that lie in China, or metres that no degree could be. */
export function isPlausible([x, y]: RawPosition, system: CoordinateSystem): boolean {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false
  if (system.system !== 'gaussKruger') return isInChina({ lng: x, lat: y })
  return Math.abs(x) > 1_000 && Math.abs(y) > 1_000 && isInChina(positionOf({ east: x, north: y }, system))
}

const isInChina = ({ lng, lat }: Position): boolean => lng > 73 && lng < 136 && lat > 3 && lat < 54

/** One position of the file and how to tell whether it came out right. */
export interface SystemSample {
  readonly raw: RawPosition
  /** Where the same thing is known to be, or whether a position fits what is known around it. */
  readonly fits: (position: Position) => boolean
}

export type SystemVerdict =
  | { readonly kind: 'confirmed' }
  /** Nothing is known of the city to compare with, or too little fits any system. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'other'; readonly system: CoordinateSystem; readonly share: number }
  /** Degrees with north before east. */
  | { readonly kind: 'swapped' }

const enoughSamples = 3
const fewFit = 0.5
const mostFit = 0.9
/** Positions in the middle of a large area fit it in any system: it is those at the edge that tell. */
const clearlyMore = 0.2

/**
 * Whether the samples fit the declared system, and if not, which they fit: the shifted systems, and Gauss–Krüger with every central meridian of three
 * degrees. A system is named only when nearly all samples fit it and clearly fewer fit the declared one.
 */
export function recogniseSystem(samples: readonly SystemSample[], declared: CoordinateSystem): SystemVerdict {
  const isSwapped =
    samples.length > 0 && samples.every(({ raw: [x, y] }) => isInChina({ lng: y, lat: x }) && !isInChina({ lng: x, lat: y }))
  if (isSwapped && declared.system !== 'gaussKruger') return { kind: 'swapped' }
  if (samples.length < enoughSamples) return { kind: 'unknown' }
  const own = shareThatFits(samples, declared)
  if (own >= mostFit) return { kind: 'confirmed' }
  const others = otherSystems(declared).map((system) => ({ system, share: shareThatFits(samples, system) }))
  const best = others.reduce((a, b) => (b.share > a.share ? b : a))
  if (best.share >= mostFit && best.share - own >= clearlyMore) return { kind: 'other', ...best }
  return own >= fewFit ? { kind: 'confirmed' } : { kind: 'unknown' }
}

function shareThatFits(samples: readonly SystemSample[], system: CoordinateSystem): number {
  const fitting = samples.filter(({ raw, fits }) => isPlausible(raw, system) && fits(toCgcs2000(raw, system)))
  return fitting.length / samples.length
}

function otherSystems(declared: CoordinateSystem): readonly CoordinateSystem[] {
  const plain = (['CGCS2000', 'GCJ-02', 'BD-09'] as const).map((system) => ({ system }))
  const zones = Array.from({ length: 21 }, (_, index) => 75 + index * 3).flatMap((centralMeridian) =>
    // Bare, and with the number of the three-degree zone before it.
    [500_000, (centralMeridian / 3) * 1_000_000 + 500_000].map((falseEasting) => gaussKruger(centralMeridian, falseEasting)),
  )
  const isDeclared = (other: CoordinateSystem) => describeSystem(other) === describeSystem(declared)
  return [...plain, ...zones].filter((other) => !isDeclared(other))
}

export const gaussKruger = (centralMeridian: number, falseEasting = 500_000): CoordinateSystem => ({
  system: 'gaussKruger',
  centralMeridian,
  falseEasting,
  falseNorthing: 0,
  scale: 1,
})

/** For samples whose place is known: a survey moves nothing so far, and the shifted systems always move further. */
export const fitsNear =
  (known: Position, metres = 60) =>
  (position: Position): boolean =>
    metresBetween(known, position) <= metres
