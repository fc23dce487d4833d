import type { EpochMs } from '#shared/base/clock'
import type { ReferenceDocument, ReferenceKind, ReferenceManifestEntry } from '#shared/contracts/reference'
import type { Database } from './database'
import type { Facts } from './facts'

/** Reference data of the centre as last read: the list of what there is, and the documents fetched so far. It does not decide what to fetch. */
export interface Reference {
  manifest(): { readonly entries: readonly ReferenceManifestEntry[]; readonly readAt: EpochMs | null }
  /** Replaces the list; documents whose entry vanished are removed. Called inside a transaction, like everything that writes several rows. */
  replaceManifest(entries: readonly ReferenceManifestEntry[], readAt: EpochMs): void
  get(
    kind: ReferenceKind,
    id: string,
  ): { readonly entry: ReferenceManifestEntry; readonly document: ReferenceDocument; readonly readAt: EpochMs } | undefined
  put(entry: ReferenceManifestEntry, document: ReferenceDocument, readAt: EpochMs): void
}

interface DocumentRow {
  readonly entry: string
  readonly document: string
  readonly readAt: EpochMs
}

export function createReference(database: Database, facts: Facts): Reference {
  const list = database.prepare('SELECT entry FROM reference_entry ORDER BY position')
  const clear = database.prepare('DELETE FROM reference_entry')
  const insert = database.prepare('INSERT INTO reference_entry (kind, id, position, entry) VALUES (?, ?, ?, ?)')
  const removeUnlisted = database.prepare(
    'DELETE FROM reference_document WHERE NOT EXISTS (SELECT 1 FROM reference_entry e WHERE e.kind = reference_document.kind AND e.id = reference_document.id)',
  )
  const get = database.prepare('SELECT entry, document, read_at AS readAt FROM reference_document WHERE kind = ? AND id = ?')
  const put = database.prepare(
    'INSERT INTO reference_document (kind, id, entry, document, read_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET entry = excluded.entry, document = excluded.document, read_at = excluded.read_at',
  )
  return {
    manifest: () => {
      const readAt = facts.get('referenceReadAt')
      return {
        entries: (list.all() as { readonly entry: string }[]).map(({ entry }) => JSON.parse(entry) as ReferenceManifestEntry),
        readAt: readAt === undefined ? null : Number(readAt),
      }
    },
    replaceManifest: (entries, readAt) => {
      clear.run()
      entries.forEach((entry, position) => {
        insert.run(entry.kind, entry.id, position, JSON.stringify(entry))
      })
      removeUnlisted.run()
      facts.set('referenceReadAt', String(readAt))
    },
    get: (kind, id) => {
      const row = get.get(kind, id) as DocumentRow | undefined
      return (
        row && {
          entry: JSON.parse(row.entry) as ReferenceManifestEntry,
          document: JSON.parse(row.document) as ReferenceDocument,
          readAt: row.readAt,
        }
      )
    },
    put: (entry, document, readAt) => void put.run(entry.kind, entry.id, JSON.stringify(entry), JSON.stringify(document), readAt),
  }
}
