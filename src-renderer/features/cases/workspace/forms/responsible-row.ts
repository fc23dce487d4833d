import type { ReferenceDocument } from '#shared/contracts/reference'
import type { CaseFacts } from '#shared/domain/case/facts'

/** Reads the responsibility matrix 责任矩阵; proposes, and decides nothing. */
type Row = ReferenceDocument<'responsibility'>['rows'][number]

/** The row of the matrix that answers for a place: of those whose area contains it the one with the longest code. Pure. */
export function responsibleRow(
  rows: readonly Row[],
  facts: Pick<CaseFacts, 'kind' | 'subclassCode' | 'streetCode' | 'communityCode' | 'gridCode'>,
): Row | undefined {
  const place = facts.communityCode ?? facts.gridCode?.slice(0, 12) ?? facts.streetCode ?? ''
  return rows
    .filter(({ kind, subclassCode, areaCode }) => kind === facts.kind && subclassCode === facts.subclassCode && place.startsWith(areaCode))
    .toSorted((a, b) => b.areaCode.length - a.areaCode.length)[0]
}
