import { ok } from '#shared/base/result'
import type { ExchangeEntry } from '#shared/contracts/central-api/exchange'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { insertExchangeEntry, listExchangeEntries } from '../store/exchange-store'
import type { Database, Statements } from '../store/open-database'
import { pageByPlace, parsePlace } from '../workflows/paging'
import type { Answer, Ask, Services } from '../workflows/services'

/** 数据交换日志: every case that came in, every notification that went out or could not. It names numbers and codes, never a person or a key. */
export async function logExchange(
  services: Pick<Services, 'ids' | 'clock'>,
  db: Database | Statements,
  fact: Omit<ExchangeEntry, 'entryId' | 'at'>,
): Promise<void> {
  await insertExchangeEntry(db, { entryId: services.ids.uuid(), at: services.clock.now(), ...fact })
}

export async function readExchangeLog(services: Services, ask: Ask<InputOf<'exchange.log.list'>>): Answer<OutputOf<'exchange.log.list'>> {
  const { after, limit = 50, ...filter } = ask.input.query
  const before = parsePlace(after)
  if (!before.ok) return before
  const rows = await listExchangeEntries(services.db, { ...filter, before: before.value, limit: limit + 1 })
  return ok(pageByPlace(rows, limit, ({ at, entryId }) => ({ at, id: entryId })))
}
