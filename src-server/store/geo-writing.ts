import type { EpochMs } from '#shared/base/clock'
import type { GeoLayer } from '#shared/domain/geodata/layers'
import { readRevision } from './geo-store'
import type { Statements } from './open-database'

/**
 * An import on its way into the geodata, in many short transactions. From `beginWriting` until `endWriting` everybody reads what was in force before its
 * moment; what was written by then can be taken back, also by the next process.
 */

/** Under the lock `geo`, when nothing else is being written. The moment is later than that of any version that there is. */
export async function beginWriting(trx: Statements, importId: string, now: EpochMs): Promise<EpochMs> {
  const newest = await trx
    .selectFrom('geo_version')
    .select((eb) => eb.fn.max('changed_at').as('at'))
    .executeTakeFirst()
  const at = Math.max(now, Number(newest?.at ?? 0) + 1)
  const mark = { writing_at: at, writing_import: importId }
  await trx
    .insertInto('geo_revision')
    .values({ id: 1, revision: 0, documents: 0, tiles: 0, ...mark })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(mark))
    .execute()
  return at
}

/** What was written is in force, all of it at once. */
export async function endWriting(trx: Statements): Promise<void> {
  await trx.updateTable('geo_revision').set({ writing_at: null, writing_import: null }).where('id', '=', 1).execute()
}

/** Takes back at most so many versions of a layer after a code, and opens those before them again; the last code, or undefined when there are no more. */
export async function takeBack(trx: Statements, layer: GeoLayer, after: string, limit: number): Promise<string | undefined> {
  const { writing } = await readRevision(trx)
  if (!writing) return undefined
  const rows = await trx
    .selectFrom('geo_version')
    .select('code')
    .where('layer', '=', layer)
    .where('code', '>', after)
    .where('changed_at', '=', writing.at)
    .where('import_id', '=', writing.importId)
    .orderBy('code')
    .limit(limit)
    .execute()
  const codes = rows.map(({ code }) => code)
  if (codes.length === 0) return undefined
  const own = trx.deleteFrom('geo_version').where('layer', '=', layer).where('code', 'in', codes)
  await own.where('changed_at', '=', writing.at).where('import_id', '=', writing.importId).execute()
  await trx
    .updateTable('geo_version')
    .set({ superseded_at: null })
    .where('layer', '=', layer)
    .where('code', 'in', codes)
    .where('superseded_at', '=', writing.at)
    .execute()
  return codes.at(-1)
}
