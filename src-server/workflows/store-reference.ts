import { chinaDate } from '#shared/base/china-time'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { itemsOf } from '#shared/domain/quality/form'
import { hasCasesOfProfile, moveCasesToProfile } from '../store/case-profile-store'
import { keepForm } from '../store/quality-store'
import { findReference, type ManifestEntry, saveReference } from '../store/reference-store'
import type { UnitOfWork } from '../store/transaction'
import { type AuditActor, audit } from './audit'
import { remeasureOpenCases } from './cases/remeasure-cases'
import type { Services } from './services'
import { canonicalJson, sha256 } from './tokens'

/** Writes one reference document and tells everybody. Whether it may be written is its caller's to know, under the lock `reference`. */
export interface BelievedDocument {
  readonly id: string
  readonly origin: ManifestEntry['origin']
  readonly document: ReferenceDocument
}

export const hashOf = (document: unknown): string => sha256(canonicalJson(document))

export async function storeReference(
  services: Services,
  unit: UnitOfWork,
  believed: BelievedDocument,
  by: {
    readonly actor: AuditActor
    readonly action: 'reference.imported' | 'reference.saved' | 'reference.derived' | 'knowledge.saved' | 'quality.formSaved'
  },
): Promise<ManifestEntry> {
  if (believed.document.kind === 'centreProfile') await keepProfileOfCases(services, unit, believed.id)
  const entry = await write(services, unit, believed)
  if (believed.document.kind === 'calendar') await remeasureOpenCases(services, unit)
  const { kind, id, hash, origin } = entry
  await audit(services, unit, by.actor, { action: by.action, subject: `${kind}/${id}`, detail: { hash, origin } })
  return entry
}

async function write(services: Services, unit: UnitOfWork, { id, origin, document }: BelievedDocument): Promise<ManifestEntry> {
  // Scores say by which version they were made: each stays readable.
  if (document.kind === 'qualityForm') await keepForm(unit.trx, document)
  const hash = hashOf(document)
  const entry = { kind: document.kind, id, title: document.title, hash, entries: countEntries(document), origin }
  await saveReference(unit.trx, entry, document, services.clock.now())
  unit.emit('reference.changed', entry)
  return entry
}

/** A case finishes under the profile that it was registered with: what the profile was until now stays under a name of its own. */
async function keepProfileOfCases(services: Services, unit: UnitOfWork, profileId: string): Promise<void> {
  const before = await findReference(unit.trx, 'centreProfile', profileId)
  if (before?.document.kind !== 'centreProfile' || !(await hasCasesOfProfile(unit.trx, profileId))) return
  const { entry, document } = before
  const keptId = `${profileId.slice(0, 45)}.${entry.hash.slice(0, 12)}`
  const title = `${document.title}（${chinaDate(services.clock.now())} 前登记的案卷）`
  await write(services, unit, { id: keptId, origin: entry.origin, document: { ...document, profileId: keptId, title } })
  await moveCasesToProfile(unit.trx, profileId, keptId)
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
    case 'departmentAreas':
      return document.areas.length
    case 'baseMaps':
      return document.sources.length
    case 'mapTiles':
      return document.layers.reduce((sum, { features }) => sum + features, 0)
    case 'responsibility':
      return document.rows.length
    case 'handbook':
      return document.entries.length
    case 'proposalModel':
      return document.labels.length
    case 'knowledge':
      return document.articles.length
    case 'qualityForm':
      return itemsOf(document).length
    case 'centreProfile':
      return 1
  }
}
