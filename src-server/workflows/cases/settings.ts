import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import { type CentreProfile, profileMistakes } from '#shared/domain/case/profile'
import { type WorkCalendar, workCalendarOf } from '#shared/domain/clock/work-calendar'
import { gridIndexOf } from '#shared/domain/geo/grid-index'
import type { Position } from '#shared/domain/geo/position'
import type { Ring } from '#shared/domain/geo/ring'
import type { CodeEdition } from '#shared/domain/grid/item-code'
import type { Database, Statements } from '../../store/open-database'
import { documentsOfKind, listReferenceHashes } from '../../store/reference-store'

/**
 * What the case workflows need of the reference data, read once and kept: every use asks for the documents' hashes, a few short rows, so that a
 * change holds from the next request on in every process. It knows documents and no cases.
 */
export interface CaseSettings {
  /** `db`: the transaction, inside one. */
  read(db: Database | Statements): Promise<SettingsNow>
}

export interface SettingsNow {
  /** Under which new cases are registered; undefined when the centre's configuration names a profile that is not there. */
  readonly profile: CentreProfile | undefined
  profileById(profileId: string): CentreProfile | undefined
  readonly calendar: WorkCalendar
  readonly editions: readonly CodeEdition[]
  /** Names by code. */
  readonly departments: ReadonlyMap<string, string>
  readonly areas: KnownAreas
  /** The unit grid around a position; undefined where no outline is known. */
  gridAt(position: Position): string | undefined
  /** The outline of a unit grid. */
  ringOf(gridCode: string): Ring | undefined
  /** Grids by account number of the collector who patrols them. */
  readonly patrols: ReadonlyMap<string, readonly string[]>
}

/** Codes that the documents list; a level that no document lists is not checked. */
export interface KnownAreas {
  readonly streets: ReadonlySet<string>
  readonly communities: ReadonlySet<string>
  readonly grids: ReadonlySet<string>
}

const kinds = ['centreProfile', 'calendar', 'classification', 'departments', 'areas', 'grids', 'patrolAreas'] as const
type Kind = (typeof kinds)[number] & ReferenceKind
type Documents = { readonly [K in Kind]: readonly ReferenceDocument<K>[] }

export function createCaseSettings(profileId: string): CaseSettings {
  let kept: { readonly stamp: string; readonly settings: SettingsNow } | undefined
  return {
    async read(db) {
      const stamp = (await listReferenceHashes(db, kinds)).join('\n')
      if (kept?.stamp === stamp) return kept.settings
      const settings = settingsOf(await load(db), profileId)
      kept = { stamp, settings }
      return settings
    },
  }
}

async function load(db: Database | Statements): Promise<Documents> {
  return {
    centreProfile: await documentsOfKind(db, 'centreProfile'),
    calendar: await documentsOfKind(db, 'calendar'),
    classification: await documentsOfKind(db, 'classification'),
    departments: await documentsOfKind(db, 'departments'),
    areas: await documentsOfKind(db, 'areas'),
    grids: await documentsOfKind(db, 'grids'),
    patrolAreas: await documentsOfKind(db, 'patrolAreas'),
  }
}

function settingsOf(documents: Documents, profileId: string): SettingsNow {
  const grids = gridIndexOf(documents.grids.flatMap((document) => document.grids))
  const rings = new Map(documents.grids.flatMap((document) => document.grids.map(({ code, ring }) => [code, ring as Ring] as const)))
  const usable = documents.centreProfile.map(profileOf).filter((profile) => profileMistakes(profile).length === 0)
  const profiles = new Map(usable.map((profile) => [profile.profileId, profile]))
  return {
    profile: profiles.get(profileId),
    profileById: (id) => profiles.get(id),
    calendar: workCalendarOf(documents.calendar),
    editions: documents.classification,
    departments: new Map(documents.departments.flatMap(({ departments }) => departments.map(({ code, name }) => [code, name]))),
    areas: {
      streets: new Set(documents.areas.flatMap(({ streets }) => streets.map(({ code }) => code))),
      communities: new Set(documents.areas.flatMap(({ communities }) => communities.map(({ code }) => code))),
      grids: new Set(documents.areas.flatMap(({ grids }) => grids.map(({ code }) => code))),
    },
    ringOf: (gridCode) => rings.get(gridCode),
    gridAt: (position) => grids.gridAt(position)?.code,
    patrols: new Map(
      documents.patrolAreas.flatMap(({ patrolAreas }) => patrolAreas.map(({ collectorNo, gridCodes }) => [collectorNo, gridCodes])),
    ),
  }
}

export function profileOf({
  kind: _kind,
  hotline: _hotline,
  shift: _shift,
  ...profile
}: ReferenceDocument<'centreProfile'>): CentreProfile {
  return profile as CentreProfile
}
