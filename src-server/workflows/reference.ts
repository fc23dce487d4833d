import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type ReferenceDocument, type ReferenceKind, referenceSchemas } from '#shared/contracts/reference'
import { profileMistakes } from '#shared/domain/case/profile'
import { calendarMistakes } from '#shared/domain/clock/calendar-mistakes'
import { formMistakes } from '#shared/domain/quality/form'
import { lastFormVersion } from '../store/quality-store'
import { findReference, listReference, type ManifestEntry } from '../store/reference-store'
import { profileOf } from './cases/settings'
import type { Answer, Ask, Services } from './services'
import { hashOf, storeReference } from './store-reference'

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
      const hash = hashOf(file.document)
      if (before?.hash === hash && before.origin === file.origin) continue
      if (before?.origin === 'city' && file.origin !== 'city') continue
      const document = believed(services, file)
      if (!document) continue
      if (document.kind === 'qualityForm' && (await lastFormVersion(unit.trx, document.formId)) >= document.version) {
        services.log.error('reference document refused', { id: file.id, kind: document.kind, reason: 'its version was in force before' })
        continue
      }
      await storeReference(services, unit, { id: file.id, origin: file.origin, document }, { actor: null, action: 'reference.imported' })
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
  if (!schema || !Compile<TSchema>(schema).Check(file.document)) {
    const first = schema ? Value.Errors(schema, file.document)[0] : undefined
    log.error('reference document refused', { id: file.id, kind, at: first?.instancePath, reason: first?.message ?? 'unknown kind' })
    return undefined
  }
  const document = file.document as ReferenceDocument
  const mistakes = mistakesOf(document, file.id)
  if (mistakes.length > 0) log.error('reference document refused', { id: file.id, kind, reason: mistakes.join('；') })
  return mistakes.length > 0 ? undefined : document
}

/** What a schema cannot say: a document of these kinds is checked as a whole. */
function mistakesOf(document: ReferenceDocument, id: string): readonly string[] {
  if (document.kind === 'centreProfile') {
    const misnamed = document.profileId === id ? [] : [`profileId 须与编号 ${id} 相同`]
    return [...misnamed, ...profileMistakes(profileOf(document))]
  }
  if (document.kind === 'qualityForm') {
    const misnamed = document.formId === id ? [] : [`formId 须与编号 ${id} 相同`]
    return [...misnamed, ...formMistakes(document)]
  }
  if (document.kind !== 'calendar') return []
  // One document a year: cases are counted by it, and two would contradict each other.
  const misnamed = String(document.year) === id ? [] : [`编号 ${id} 须与年份 ${document.year} 相同`]
  return [...misnamed, ...calendarMistakes(document)]
}

/** A document that a city keeps itself. Errors: `record/stale`, `profile/unusable`, `reference/unusable`, `request/invalid`. */
export function saveCityReference(services: Services, ask: Ask<InputOf<'reference.save'>>): Answer<OutputOf<'reference.save'>> {
  const { actor, input } = ask
  const { kind, id } = input.params
  const { document: sent, seenHash } = input.body
  return ask.transact(async (unit) => {
    await unit.lock('reference')
    const before = await findReference(unit.trx, kind, id)
    if ((before?.entry.hash ?? null) !== seenHash) {
      return err(appError('record/stale', { current: before?.entry.hash.slice(0, 8) ?? '—', seen: seenHash }))
    }
    const fault = schemaFault(kind, sent)
    if (fault !== undefined) return err(appError('request/invalid', { fields: fault }))
    const document = sent as ReferenceDocument
    const mistakes = mistakesOf(document, id)
    if (mistakes.length > 0) return err(unusable(kind, mistakes.slice(0, 8).join('；')))
    return ok(await storeReference(services, unit, { id, origin: 'city', document }, { actor, action: 'reference.saved' }))
  })
}

const unusable = (kind: ReferenceKind, mistakes: string) =>
  kind === 'centreProfile' ? appError('profile/unusable', { mistakes }) : appError('reference/unusable', { title: '工作日历', mistakes })

function schemaFault(kind: ReferenceKind, document: unknown): string | undefined {
  const schema: TSchema = referenceSchemas[kind]
  if (Compile(schema).Check(document)) return undefined
  const paths = Value.Errors(schema, document).map(({ instancePath }) => `document${instancePath.replaceAll('/', '.')}`)
  return `${[...new Set(paths)].slice(0, 8).join('、')} 不符合格式`
}
