import { type GridIndex, gridIndexOf } from '#shared/domain/geo/grid-index'
import type { Position } from '#shared/domain/geo/position'
import type { Database, Statements } from '../store/open-database'
import { documentsOfKind, listReferenceHashes } from '../store/reference-store'

/** Which grid a position lies in, by the reference document `grids`: read once and kept until the document changes. */
export interface GridFinder {
  /** Null outside the city, and where no city is known. `db`: the transaction, inside one. */
  gridAt(db: Database | Statements, position: Position): Promise<string | null>
}

export function createGridFinder(): GridFinder {
  let kept: { readonly stamp: string; readonly index: GridIndex } | undefined
  return {
    async gridAt(db, position) {
      const stamp = (await listReferenceHashes(db, ['grids'])).join('\n')
      if (kept?.stamp !== stamp) {
        const documents = await documentsOfKind(db, 'grids')
        kept = { stamp, index: gridIndexOf(documents.flatMap(({ grids }) => grids)) }
      }
      return kept.index.gridAt(position)?.code ?? null
    },
  }
}
