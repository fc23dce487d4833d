import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type ReferenceDocument, type ReferenceKind, referenceSchemas } from '#shared/contracts/reference'
import { findReference, listReference, type ManifestEntry, saveReference } from '../store/reference-store'
import { audit } from './audit'
import type { Answer, Ask, Services } from './services'
import { canonicalJson, sha256 } from './tokens'

/** Reference data: served whole, and brought in at start from files. Documents that did not change are left alone, so seats keep their cache. */
export async function readManifest(services: Services): Answer<OutputOf<'reference.manifest'>> {
  return ok({ items: await listReference(services.db) })
}

export async function readReference(services: Services, ask: Ask<InputOf<'reference.get'>>): Answer<OutputOf<'reference.get'>> {
  const { kind, id } = ask.input.params
  const found = await findReference(services.db, kind, id)
  return found ? ok(found) : err(appError('record/notFound'))
}

/** A document as it lies in a file, not yet believed. */
export interface ReferenceFile {
  readonly id: string
  readonly origin: ManifestEntry['origin']
  readonly document: unknown
}

/**
 * Brings documents in and tells seats which changed. A document that does not fit its schema is refused with a log line and the others still
 * come in; what a city entered itself (`origin: 'city'`) is never replaced by what the product ships. A document that is here already, by its
 * hash, is not looked at again. Returns the ids that changed.
 */
export async function importReference(services: Services, files: readonly ReferenceFile[]): Promise<readonly string[]> {
  const result = await services.transactor.inTransaction(async (unit) => {
    await unit.lock('reference')
    const known = new Map((await listReference(unit.trx)).map((entry) => [`${entry.kind}/${entry.id}`, entry]))
    const changed: string[] = []
    for (const file of files) {
      const key = `${kindIn(file)}/${file.id}`
      const before = known.get(key)
      const hash = sha256(canonicalJson(file.document))
      if (before?.hash === hash && before.origin === file.origin) continue
      if (before?.origin === 'city' && file.origin !== 'city') continue
      const document = believed(services, file)
      if (!document) continue
      const entry = { kind: document.kind, id: file.id, title: document.title, hash, entries: countEntries(document), origin: file.origin }
      await saveReference(unit.trx, entry, document, services.clock.now())
      await audit(services, unit, null, { action: 'reference.imported', subject: key, detail: { hash, origin: entry.origin } })
      unit.emit('reference.changed', entry)
      changed.push(key)
    }
    return ok(changed)
  })
  return result.ok ? result.value : []
}

const kindIn = ({ document }: ReferenceFile): unknown => (document as { kind?: unknown } | null)?.kind

/** The document when it fits the schema of its kind. Compiled, because checking 20 000 components value by value would hold up the start. */
function believed({ log }: Services, file: ReferenceFile): ReferenceDocument | undefined {
  const kind = kindIn(file)
  const schema = typeof kind === 'string' && Object.hasOwn(referenceSchemas, kind) ? referenceSchemas[kind as ReferenceKind] : undefined
  if (schema && Compile<TSchema>(schema).Check(file.document)) return file.document as ReferenceDocument
  const first = schema ? Value.Errors(schema, file.document)[0] : undefined
  log.error('reference document refused', { id: file.id, kind, at: first?.instancePath, reason: first?.message ?? 'unknown kind' })
  return undefined
}

/** How many entries people would count in the document. */
function countEntries(document: ReferenceDocument): number {
  switch (document.kind) {
    case 'classification':
      return document.subclasses.length
    case 'handlingLimits':
      return document.rules.length
    case 'departments':
      return document.departments.length
    case 'areas':
      return document.streets.length + document.communities.length + document.grids.length
    case 'calendar':
      return document.holidays.length + document.shiftedWorkingDays.length
    case 'shiftPatterns':
      return document.patterns.length
    case 'grids':
      return document.grids.length
    case 'streetsNetwork':
      return document.streets.length
    case 'places':
      return document.places.length
    case 'cameras':
      return document.cameras.length
    case 'components':
      return document.count
    case 'patrolAreas':
      return document.patrolAreas.length
    case 'responsibility':
      return document.rows.length
    case 'handbook':
      return document.entries.length
    case 'centreProfile':
      return 1
  }
}
