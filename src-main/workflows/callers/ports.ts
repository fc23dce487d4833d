import type { EpochMs } from '#shared/base/clock'
import type { CallerCase } from '#shared/contracts/caller-shapes'
import type { CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import type { Bounds } from '#shared/domain/geo/position'

/** Cases by the line of their caller; see `store/callers.ts`. */
export interface CallerStore {
  enter(scope: string): boolean
  state(): { readonly place: string | null; readonly readAt: EpochMs | null }
  /** False: the centre's key is another one, and everything was forgotten; the reading begins anew. */
  putPage(
    items: readonly CallerCase[],
    page: { readonly salt: string; readonly place: string | null; readonly readAt: EpochMs | null },
  ): boolean
  find(line: string): readonly Omit<CallerCase, 'lineKey'>[]
  /** Rows of the cases inside a box, in no particular order. */
  around(box: Bounds): readonly CaseRow[]
  putFound(line: string, name: string, rows: readonly CaseRow[]): void
  changed(caseId: string, row: CaseRow | null): void
  removeBefore(at: EpochMs): void
}
