import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { findStatus, listStatus, type Partner } from '../store/exchange-store'
import { pageOfRows, parsePlace } from '../workflows/paging'
import type { Answer, Ask, Services } from '../workflows/services'

/** What a partner asks about the cases that it handed over; those of others do not exist for it. */
export async function readStatus(
  services: Services,
  ask: Ask<InputOf<'exchange.cityPlatform.get'>, Partner>,
): Answer<OutputOf<'exchange.cityPlatform.get'>> {
  const status = await findStatus(services.db, ask.actor.partnerId, ask.input.params.no)
  return status ? ok(status) : err(appError('record/notFound'))
}

/** Changes are told once they are this old: of two that are written at once, the one with the earlier time may be committed later. */
export const settledAfterMs = 5_000

export async function listChanged(
  services: Services,
  ask: Ask<InputOf<'exchange.cityPlatform.list'>, Partner>,
): Answer<OutputOf<'exchange.cityPlatform.list'>> {
  const { after, limit = 50, since = 0 } = ask.input.query
  const place = parsePlace(after)
  if (!place.ok) return place
  const { partnerId } = ask.actor
  const until = services.clock.now() - settledAfterMs
  const rows = await listStatus(services.db, { partnerId, since, until, after: place.value, limit: limit + 1 })
  const page = pageOfRows(rows, limit, ({ place: { at, id } }) => `${at}.${id}`)
  return ok({ items: page.items.map(({ status }) => status), next: page.next })
}
