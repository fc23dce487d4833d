import type { EpochMs } from '#shared/base/clock'
import type { CaseRow } from '#shared/domain/case/row'
import type { Viewer } from '#shared/domain/case/visibility'
import type { Bounds } from '#shared/domain/geo/position'
import { visibleTo } from './case-conditions'
import type { Database } from './open-database'

/** Cases at a place that may be of the same thing: a first look by index. What they have in common is decided by `domain/case/similarity`. */
export interface Surroundings {
  readonly viewer: Viewer
  /** A box, or where there is no position a whole grid. */
  readonly place: Bounds | { readonly gridCode: string }
  /** Cases that began earlier count only while they are open. */
  readonly since: EpochMs
  /** The case itself. */
  readonly except: string | undefined
}

/** A box of 300 m holds fewer in a month, even before a market. */
const mostCandidates = 500

/** Newest first. What was voided tells of nothing, and what was merged is told of by the case that took it in. */
export async function listSurroundings(db: Database, { viewer, place, since, except }: Surroundings): Promise<readonly CaseRow[]> {
  let rows = db
    .selectFrom('case_record')
    .select('row')
    .where((eb) => eb.or([eb('began_at', '>=', since), eb('is_open', '=', 1)]))
    .where('state', 'not in', ['merged', 'voided'])
    .where(visibleTo(viewer))
    .orderBy('began_at', 'desc')
    .limit(mostCandidates)
  if ('gridCode' in place) rows = rows.where('grid_code', '=', place.gridCode)
  else
    rows = rows
      .where('lat', '>=', place.south)
      .where('lat', '<=', place.north)
      .where('lng', '>=', place.west)
      .where('lng', '<=', place.east)
  if (except !== undefined) rows = rows.where('case_id', '<>', except)
  return (await rows.execute()).map(({ row }) => JSON.parse(row) as CaseRow)
}
