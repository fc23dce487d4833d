import type { EpochMs } from '#shared/base/clock'
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import type { PayloadOf } from '#shared/contracts/server-events/table'
import type { Database, Statements } from './open-database'
import type { ReferenceRow } from './schema'

/** Reference documents, whole: they change a few times a year and are always wanted entire. */
type Reader = Database | Statements
export type ManifestEntry = PayloadOf<'reference.changed'>
export type AnyDocument = ReferenceDocument

const manifestColumns = ['kind', 'id', 'title', 'hash', 'entries', 'origin'] as const

const entryOf = (row: Pick<ReferenceRow, (typeof manifestColumns)[number]>): ManifestEntry => ({
  kind: row.kind as ReferenceKind,
  id: row.id,
  title: row.title,
  hash: row.hash,
  entries: row.entries,
  origin: row.origin as ManifestEntry['origin'],
})

export async function listReference(db: Reader): Promise<ManifestEntry[]> {
  return (await db.selectFrom('reference_document').select(manifestColumns).orderBy('kind').orderBy('id').execute()).map(entryOf)
}

export async function findReference(
  db: Reader,
  kind: ReferenceKind,
  id: string,
): Promise<{ entry: ManifestEntry; document: AnyDocument } | undefined> {
  const row = await db.selectFrom('reference_document').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst()
  return row && { entry: entryOf(row), document: JSON.parse(row.document) as AnyDocument }
}

export async function documentsOfKind<K extends ReferenceKind>(db: Reader, kind: K): Promise<readonly ReferenceDocument<K>[]> {
  const rows = await db.selectFrom('reference_document').select('document').where('kind', '=', kind).orderBy('id').execute()
  return rows.map((row) => JSON.parse(row.document) as ReferenceDocument<K>)
}

export async function saveReference(trx: Statements, entry: ManifestEntry, document: AnyDocument, at: EpochMs): Promise<void> {
  const values = {
    title: entry.title,
    hash: entry.hash,
    entries: entry.entries,
    origin: entry.origin,
    document: JSON.stringify(document),
    imported_at: at,
  }
  await trx
    .insertInto('reference_document')
    .values({ kind: entry.kind, id: entry.id, ...values })
    .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(values))
    .execute()
}

/** `kind/id hash` of every document of these kinds: equal lists, equal documents. */
export async function listReferenceHashes(db: Reader, kinds: readonly ReferenceKind[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('reference_document')
    .select(['kind', 'id', 'hash'])
    .where('kind', 'in', kinds)
    .orderBy('kind')
    .orderBy('id')
    .execute()
  return rows.map(({ kind, id, hash }) => `${kind}/${id} ${hash}`)
}
