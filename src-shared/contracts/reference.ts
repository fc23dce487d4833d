import { type Static, Type } from 'typebox'
import { BaseMaps } from './base-map-shapes'
import { WorkPhone } from './common'
import { Knowledge } from './knowledge-shapes'
import { QualityFormDocument } from './quality-shapes'
import {
  Cameras,
  Components,
  DepartmentAreas,
  Grids,
  Handbook,
  MapTiles,
  PatrolAreas,
  Places,
  Responsibility,
  StreetsNetwork,
} from './reference-city'
import { CentreProfileDocument } from './reference-profile'
import { ProposalModel } from './reference-proposals'

/**
 * Reference data documents: what rarely changes and everybody needs, offline too. Files in `resources/reference/` have these shapes, central
 * imports and serves them, seats cache them whole. `source` names the standard clause or seed file a figure came from; `isCertain: false`
 * marks what the sources leave open (see `resources/reference/README.md`).
 */
const Sourced = { source: Type.String(), isCertain: Type.Boolean() }

export const ClassificationEdition = Type.Object({
  kind: Type.Literal('classification'),
  /** E.g. `GB/T 30428.2-2013`, as cases cite it. */
  standard: Type.String(),
  title: Type.String(),
  inForceFrom: Type.Union([Type.String(), Type.Null()]),
  replacedBy: Type.Union([Type.String(), Type.Null()]),
  majorClasses: Type.Array(Type.Object({ kind: Type.Enum(['component', 'event']), code: Type.String(), name: Type.String() })),
  subclasses: Type.Array(
    Type.Object({
      kind: Type.Enum(['component', 'event']),
      /** Major and minor code together: 4 digits (2013, 2007) or 5 (2026). */
      code: Type.String(),
      majorCode: Type.String(),
      name: Type.String(),
      /** Code in the edition that replaced this one. */
      successor: Type.Optional(Type.String()),
      isCertain: Type.Boolean(),
    }),
  ),
})

export const HandlingLimits = Type.Object({
  kind: Type.Literal('handlingLimits'),
  title: Type.String(),
  standard: Type.String(),
  units: Type.Array(
    Type.Object({
      id: Type.Enum(['urgentHour', 'workingHour', 'workingDay', 'urgentDay', 'naturalDay']),
      name: Type.String(),
      meaning: Type.String(),
    }),
  ),
  rules: Type.Array(
    Type.Object({
      kind: Type.Enum(['component', 'event']),
      code: Type.String(),
      name: Type.String(),
      /** Limits that the source lists for the subclass, each once, strictest first. */
      limits: Type.Array(
        Type.Object({ value: Type.Number(), unit: Type.Enum(['urgentHour', 'workingHour', 'workingDay', 'urgentDay', 'naturalDay']) }),
      ),
      departmentTypes: Type.Array(Type.String()),
      isCertain: Type.Boolean(),
    }),
  ),
})

export const Departments = Type.Object({
  kind: Type.Literal('departments'),
  title: Type.String(),
  departments: Type.Array(
    Type.Object({
      ...{ code: Type.String(), name: Type.String(), type: Type.String() },
      /** Its duty telephone 值班电话, as the hall dials it; left out where the city has named none. */
      phone: Type.Optional(WorkPhone),
      ...Sourced,
    }),
  ),
})

export const Areas = Type.Object({
  kind: Type.Literal('areas'),
  title: Type.String(),
  region: Type.Object({
    code: Type.String({ pattern: '^\\d{6}$' }),
    name: Type.String(),
    cityName: Type.String(),
    provinceName: Type.String(),
  }),
  streets: Type.Array(Type.Object({ code: Type.String({ pattern: '^\\d{9}$' }), name: Type.String(), kind: Type.String(), ...Sourced })),
  communities: Type.Array(
    Type.Object({
      code: Type.String({ pattern: '^\\d{12}$' }),
      name: Type.String(),
      streetCode: Type.String({ pattern: '^\\d{9}$' }),
      ...Sourced,
    }),
  ),
  /** Unit grids 单元网格, GB/T 30428.1: 15 digits. Their outlines are the document `grids`. */
  grids: Type.Array(
    Type.Object({ code: Type.String({ pattern: '^\\d{15}$' }), communityCode: Type.String({ pattern: '^\\d{12}$' }), ...Sourced }),
  ),
})

export const Calendar = Type.Object({
  kind: Type.Literal('calendar'),
  title: Type.String(),
  year: Type.Integer(),
  /** Working hours of a working day, `HH:mm`. */
  workingHours: Type.Array(Type.Object({ start: Type.String(), end: Type.String() })),
  holidays: Type.Array(Type.Object({ date: Type.String(), name: Type.String() })),
  /** Weekend days that are worked in exchange 调休上班. */
  shiftedWorkingDays: Type.Array(Type.Object({ date: Type.String(), name: Type.String() })),
  ...Sourced,
})

export const ShiftPatterns = Type.Object({
  kind: Type.Literal('shiftPatterns'),
  title: Type.String(),
  patterns: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      shifts: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), start: Type.String(), end: Type.String() })),
      ...Sourced,
    }),
  ),
})

/** Each kind's schema; a document is checked by its own, so that a mistake is named precisely. */
export const referenceSchemas = {
  classification: ClassificationEdition,
  handlingLimits: HandlingLimits,
  departments: Departments,
  areas: Areas,
  calendar: Calendar,
  shiftPatterns: ShiftPatterns,
  grids: Grids,
  streetsNetwork: StreetsNetwork,
  places: Places,
  cameras: Cameras,
  components: Components,
  patrolAreas: PatrolAreas,
  departmentAreas: DepartmentAreas,
  mapTiles: MapTiles,
  baseMaps: BaseMaps,
  responsibility: Responsibility,
  handbook: Handbook,
  centreProfile: CentreProfileDocument,
  proposalModel: ProposalModel,
  knowledge: Knowledge,
  qualityForm: QualityFormDocument,
} as const

export type ReferenceKind = keyof typeof referenceSchemas
export const referenceKinds = Object.keys(referenceSchemas) as readonly ReferenceKind[]
export type ReferenceDocument<K extends ReferenceKind = ReferenceKind> = Static<(typeof referenceSchemas)[K]>

export const ReferenceKindSchema = Type.Enum([...referenceKinds])

/** What is there, without the contents. `hash` is the SHA-256 of the document's canonical JSON: same hash, same document. */
export const ReferenceManifestEntry = Type.Object({
  kind: ReferenceKindSchema,
  /** Path-safe id within the kind, e.g. `gbt47678.5-2026`, `2026`. */
  id: Type.String({ pattern: '^[a-z0-9._-]{1,60}$' }),
  title: Type.String(),
  hash: Type.String(),
  entries: Type.Integer(),
  origin: Type.Enum(['product', 'demonstration', 'city']),
})
export type ReferenceManifestEntry = Static<typeof ReferenceManifestEntry>

/** Any reference document; its `kind` tells which. */
export const AnyReferenceDocument = Type.Union([
  ClassificationEdition,
  HandlingLimits,
  Departments,
  Areas,
  Calendar,
  ShiftPatterns,
  Grids,
  StreetsNetwork,
  Places,
  Cameras,
  Components,
  PatrolAreas,
  DepartmentAreas,
  MapTiles,
  BaseMaps,
  Responsibility,
  Handbook,
  CentreProfileDocument,
  ProposalModel,
  Knowledge,
  QualityFormDocument,
])
