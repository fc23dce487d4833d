import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { queryTerms } from '#shared/domain/case/tokens'
import { searchLog, withSeals } from '../store/log-store'
import { listDutyLog } from '../store/record-store'
import { pageByPlace, parsePlace } from './paging'
import type { Answer, Ask, Services } from './services'

/** The duty log for reading, newest first by the time of writing. */
export async function readDutyLog(services: Services, ask: Ask<InputOf<'dutyLog.list'>>): Answer<OutputOf<'dutyLog.list'>> {
  const { after, limit = 50, ...window } = ask.input.query
  const before = parsePlace(after)
  if (!before.ok) return before
  const rows = await listDutyLog(services.db, { ...window, before: before.value, limit: limit + 1 })
  return ok(pageByPlace(await withSeals(services.db, rows), limit, (entry) => ({ at: entry.writtenAt, id: entry.entryId })))
}

/** Over all the years: words and pairs of characters that all must stand in an entry, newest first. Without words, whatever fits the rest. */
export async function searchDutyLog(services: Services, ask: Ask<InputOf<'dutyLog.search'>>): Answer<OutputOf<'dutyLog.search'>> {
  const { q, after, limit = 50, ...narrow } = ask.input.query
  const before = after === undefined ? undefined : Number(after)
  if (before !== undefined && !Number.isSafeInteger(before)) return err(appError('request/invalid', { fields: 'after' }))
  const terms = q === undefined ? [] : queryTerms(q)
  // Words of which nothing can be looked for (a comma) are in no entry.
  if (q !== undefined && terms.length === 0) return ok({ items: [], next: null })
  const found = await searchLog(services.db, { ...narrow, terms, before, limit: limit + 1 })
  const page = found.slice(0, limit)
  return ok({ items: page.map(({ entry }) => entry), next: found.length > limit ? String(page.at(-1)?.place) : null })
}
