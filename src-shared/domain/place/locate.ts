import Flatbush from 'flatbush'
import { type GridIndex, type GridOutline, gridIndexOf } from '../geo/grid-index'
import { boundsAround, metresBetween, type Position } from '../geo/position'

/**
 * Where a position is: its unit grid 单元网格, and by the grid's code (GB/T 30428.1) its community and street, with what stands nearest. Made once
 * from what a seat keeps of the city, so that it answers in microseconds and without the centre. Names are the caller's to look up.
 */
export interface PlaceAnswer<P extends Placed> {
  readonly position: Position
  /** Undefined outside all grids. */
  readonly gridCode: string | undefined
  readonly communityCode: string | undefined
  readonly streetCode: string | undefined
  /** Nearest first. */
  readonly nearest: readonly Near<P>[]
}

export interface Placed {
  readonly position: Position
}

export interface Near<P extends Placed> {
  readonly item: P
  readonly metres: number
}

export interface NearIndex<P extends Placed> {
  /** At most `count` items within `metres`, nearest first. */
  nearest(position: Position, count: number, metres: number): readonly Near<P>[]
}

/**
 * Items by where they stand. Longitudes are shortened by the latitude of the first item, so that the index measures both axes alike; over a city
 * that orders neighbours rightly to a decimetre, and the figure given is the great-circle distance.
 */
export function nearIndexOf<P extends Placed>(items: readonly P[]): NearIndex<P> {
  const first = items[0]
  if (!first) return { nearest: () => [] }
  const shrink = Math.cos((first.position.lat * Math.PI) / 180)
  const index = new Flatbush(items.length)
  for (const { position } of items) index.add(position.lng * shrink, position.lat)
  index.finish()
  return {
    nearest(position, count, metres) {
      const reach = boundsAround(position, metres).north - position.lat
      return index
        .neighbors(position.lng * shrink, position.lat, count, reach)
        .flatMap((at) => {
          const item = items[at]
          return item ? [{ item, metres: metresBetween(position, item.position) }] : []
        })
        .sort((a, b) => a.metres - b.metres)
    },
  }
}

export interface Locator<P extends Placed> {
  at(position: Position): PlaceAnswer<P>
}

/** How many neighbours an answer names, and how far they may be. */
const nearestCount = 5
const nearestMetres = 300

export function locatorOf<P extends Placed>(grids: readonly GridOutline[] | GridIndex, items: readonly P[]): Locator<P> {
  const gridIndex = 'gridAt' in grids ? grids : gridIndexOf(grids)
  const near = nearIndexOf(items)
  return {
    at(position) {
      const gridCode = gridIndex.gridAt(position)?.code
      return {
        position,
        gridCode,
        communityCode: gridCode?.slice(0, 12),
        streetCode: gridCode?.slice(0, 9),
        nearest: near.nearest(position, nearestCount, nearestMetres),
      }
    },
  }
}
