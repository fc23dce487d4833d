import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { CaseFilter } from '#shared/contracts/central-api/cases'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { codeToken, type QueryTerm, queryTerms } from '#shared/domain/case/tokens'
import type { Viewer } from '#shared/domain/case/visibility'
import { searchCases } from '../../store/case-search-store'
import { viewerOf } from '../cases/access'
import { wire } from '../cases/change-case'
import type { Answer, Ask, Services } from '../services'
import { filterConditions } from './filter-conditions'

/** Searching cases by words, place, number and codes, newest first; the filters are those of lists. A query without a word finds nothing. */
export async function searchCasesFor(services: Services, ask: Ask<InputOf<'search.cases'>>): Answer<OutputOf<'search.cases'>> {
  const { q, after, limit = 30, ...filter } = ask.input.query
  const viewer = viewerOf(ask.actor)
  const conditions = filterConditions(filter, viewer, services.clock.now())
  if (!conditions.ok) return conditions
  const before = parsePlace(after)
  if (!before.ok) return before
  const words = queryTerms(q)
  if (words.length === 0) return ok({ items: [], next: null })
  const terms = [...words, ...narrowing(filter, viewer)]
  const query = { terms, viewer, conditions: conditions.value, from: filter.from, until: filter.until, before: before.value, limit }
  const { rows, next } = await searchCases(services.db, query)
  return ok({ items: rows.map(wire), next: next === null ? null : String(next) })
}

/** What the conditions ask anyway, as terms of the index: a look then passes over the rest without opening a case. */
function narrowing({ subclassCode, streetCode, departmentCode }: CaseFilter, viewer: Viewer): readonly QueryTerm[] {
  const own = viewer.role === 'departmentOperator' ? viewer.departmentCode : null
  const tokens = [
    subclassCode !== undefined && codeToken('subclass', subclassCode),
    streetCode !== undefined && codeToken('street', streetCode),
    departmentCode !== undefined && codeToken('department', departmentCode),
    own !== null && codeToken('department', own),
  ]
  return tokens.filter((token) => token !== false).map((token) => ({ token, orPrefix: null }))
}

/** Reads a cursor that a page gave. Error: `request/invalid`. */
function parsePlace(cursor: string | undefined): Result<number | undefined, AppError> {
  if (cursor === undefined) return ok(undefined)
  if (!/^\d{1,16}$/.test(cursor)) return err(appError('request/invalid', { fields: 'after 不是上一页给出的值' }))
  return ok(Number(cursor))
}
