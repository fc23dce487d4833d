import type { EpochMs } from '#shared/base/clock'
import type { CaseRow } from '#shared/domain/case/row'
import { caseSourceIds, caseSources } from '#shared/domain/case/states'
import type { Database } from './open-database'

/** Cases that may be published: from the public, neither sensitive nor naming an agent, and not voided. */
export interface PublicQuery {
  readonly caseNos: readonly string[] | null
  readonly subclasses: readonly { readonly kind: string; readonly code: string }[] | null
  readonly from: EpochMs | null
  readonly until: EpochMs | null
  readonly isOpen: boolean | null
  readonly limit: number
}

const publicSources = caseSourceIds.filter((source) => caseSources[source].isPublic)

/** From new to old. */
export async function listPublicCases(db: Database, query: PublicQuery): Promise<readonly CaseRow[]> {
  const { caseNos, subclasses, from, until, isOpen, limit } = query
  if (caseNos?.length === 0 || subclasses?.length === 0) return []
  let rows = db
    .selectFrom('case_record')
    .select('row')
    .where('is_sensitive', '=', 0)
    .where('is_recused', '=', 0)
    .where('state', '!=', 'voided')
    .where('source', 'in', publicSources)
    .orderBy('began_at', 'desc')
    .orderBy('case_id', 'desc')
    .limit(limit)
  if (caseNos) rows = rows.where('case_no', 'in', caseNos)
  if (subclasses) {
    rows = rows.where((eb) => eb.or(subclasses.map(({ kind, code }) => eb.and([eb('kind', '=', kind), eb('subclass_code', '=', code)]))))
  }
  if (from !== null) rows = rows.where('began_at', '>=', from)
  if (until !== null) rows = rows.where('began_at', '<=', until)
  if (isOpen !== null) rows = rows.where('is_open', '=', isOpen ? 1 : 0)
  return (await rows.execute()).map(({ row }) => JSON.parse(row) as CaseRow)
}
