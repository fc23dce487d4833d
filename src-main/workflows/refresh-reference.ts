import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { ReferenceDocument, ReferenceManifestEntry } from '#shared/contracts/reference'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'

/**
 * Brings the cached reference data up to the centre's: same hash, same document, so only what changed travels. The new list and the new
 * documents come in together; until then the old ones stay whole.
 */
export async function refreshReference(
  seat: Pick<SeatContext, 'store' | 'central' | 'views' | 'now' | 'log'>,
): Promise<Result<void, AppError>> {
  const manifest = await seat.central.call('reference.manifest', {})
  if (!manifest.ok) return manifest
  const { items } = manifest.value
  const fetched: { readonly entry: ReferenceManifestEntry; readonly document: ReferenceDocument }[] = []
  for (const { kind, id, hash } of items) {
    if (seat.store.reference.get(kind, id)?.entry.hash === hash) continue
    const answer = await seat.central.call('reference.get', { params: { kind, id } }, { timeoutMs: 15_000 })
    if (!answer.ok) return answer
    fetched.push(answer.value)
  }
  const stored = seat.store.transaction(() => {
    seat.store.reference.replaceManifest(items, seat.now())
    for (const { entry, document } of fetched) seat.store.reference.put(entry, document, seat.now())
  })
  if (!stored.ok) return stored
  if (fetched.length > 0) seat.log.info('reference data refreshed', { documents: fetched.length })
  seat.views.showReference()
  return ok(undefined)
}

/** From the cache; the centre is not asked. */
export function getReference(
  seat: Pick<SeatContext, 'store'>,
  { kind, id }: InputOfCommand<'reference.get'>,
): Result<OutputOfCommand<'reference.get'>, AppError> {
  const found = seat.store.reference.get(kind, id)
  return found ? ok(found) : err(appError('record/notFound'))
}

/** Live: the centre checks it by the schema of its kind, and tells every seat. A fresh key per press; pressed twice with the same words it is stale. */
export function saveReference(
  seat: Pick<SeatContext, 'central' | 'ids'>,
  { kind, id, ...body }: InputOfCommand<'reference.save'>,
): Promise<Result<OutputOfCommand<'reference.save'>, AppError>> {
  return seat.central.call('reference.save', { params: { kind, id }, body, idempotencyKey: seat.ids.uuid() }, { timeoutMs: 10_000 })
}
