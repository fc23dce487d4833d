import { ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { listDutyLog } from '../store/record-store'
import { pageByPlace, parsePlace } from './paging'
import type { Answer, Ask, Services } from './services'

/** The duty log for reading, newest first by the time of writing. */
export async function readDutyLog(services: Services, ask: Ask<InputOf<'dutyLog.list'>>): Answer<OutputOf<'dutyLog.list'>> {
  const { after, limit = 50, ...window } = ask.input.query
  const before = parsePlace(after)
  if (!before.ok) return before
  const rows = await listDutyLog(services.db, { ...window, before: before.value, limit: limit + 1 })
  return ok(pageByPlace(rows, limit, (entry) => ({ at: entry.writtenAt, id: entry.entryId })))
}
