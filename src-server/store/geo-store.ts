import { type ExpressionBuilder, type ExpressionWrapper, type Kysely, type SqlBool, sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { GeoFeature, GeoLayerView } from '#shared/contracts/geo-shapes'
import { boundsOf } from '#shared/domain/geo/ring'
import { cornersOf, type FeatureContent, type GeoLayer, type GeoState, geoLayerIds, isGivenUp } from '#shared/domain/geodata/layers'
import type { GeoVersionRow } from './geo-schema'
import type { Database, Statements } from './open-database'
import type { CentralTables } from './schema'

/** Features of the city's geodata and all their versions. Checks are elsewhere: what comes here is written. */
type Reader = Database | Statements

export const featureOf = (row: GeoVersionRow): GeoFeature => ({
  layer: row.layer as GeoLayer,
  code: row.code,
  version: row.version,
  name: row.name,
  state: row.state as GeoState,
  parentCode: row.parent_code,
  departmentCode: row.department_code,
  ownerCode: row.owner_code,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  geometry: row.geometry === null ? null : (JSON.parse(row.geometry) as GeoFeature['geometry']),
  attributes: JSON.parse(row.attributes) as GeoFeature['attributes'],
  changedAt: row.changed_at,
  changedBy: row.changed_by,
  note: row.note,
  importId: row.import_id,
})

/** The end of time, or the moment that an import is writing. In the statement itself: asked for before, it could be another by then. */
const cut = sql<number>`coalesce((select writing_at from geo_revision where id = 1), 9007199254740991)`

/** In force now. What an import is writing is not there yet, and what it closed still is. */
const inForce = (eb: ExpressionBuilder<CentralTables, 'geo_version'>): ExpressionWrapper<CentralTables, 'geo_version', SqlBool> =>
  eb.and([eb('changed_at', '<', cut), eb.or([eb('superseded_at', 'is', null), eb('superseded_at', '>=', cut)])])

/** Numbers of the layers; one that is empty is not left out. */
export async function countLayers(db: Reader): Promise<GeoLayerView[]> {
  const rows = await db
    .selectFrom('geo_version')
    .select(['layer', 'state'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .select((eb) => eb.fn.max('changed_at').as('changed_at'))
    .where(inForce)
    .groupBy(['layer', 'state'])
    .execute()
  return geoLayerIds.map((layer) => {
    const own = rows.filter((row) => row.layer === layer)
    const sum = (isWanted: (state: GeoState) => boolean) =>
      own.reduce((total, row) => total + (isWanted(row.state as GeoState) ? Number(row.count) : 0), 0)
    const changed = own.map((row) => Number(row.changed_at))
    return {
      layer,
      active: sum((state) => !isGivenUp(state)),
      retired: sum(isGivenUp),
      changedAt: changed.length > 0 ? Math.max(...changed) : null,
    }
  })
}

export interface GeoFilter {
  readonly text?: string
  readonly parentCode?: string
  readonly includeRetired?: boolean
  readonly box?: { readonly west: number; readonly south: number; readonly east: number; readonly north: number }
}

/** By code, after the code given. */
export async function listFeatures(db: Reader, layer: GeoLayer, filter: GeoFilter, after: string, limit: number): Promise<GeoFeature[]> {
  const { text, parentCode, includeRetired, box } = filter
  let query = (db as Kysely<CentralTables>)
    .selectFrom('geo_version')
    .selectAll()
    .where('layer', '=', layer)
    .where(inForce)
    .where('code', '>', after)
  if (!includeRetired) query = query.where('state', 'not in', ['retired', 'removed'])
  if (parentCode !== undefined) query = query.where('parent_code', '=', parentCode)
  if (text !== undefined && text !== '') {
    // The wildcards of LIKE stand in no code and no name.
    const escaped = text.replace(/[\\%_]/g, '')
    query = query.where((eb) => eb.or([eb('code', 'like', `${escaped}%`), eb('name', 'like', `%${escaped}%`)]))
  }
  if (box) {
    query = query
      .where('west', '<=', box.east)
      .where('east', '>=', box.west)
      .where('south', '<=', box.north)
      .where('north', '>=', box.south)
  }
  return (await query.orderBy('code').limit(limit).execute()).map(featureOf)
}

const pageSize = 2_000

/** Every feature in force of a layer, given up ones too, page by page so that others get their turn. */
export async function allFeatures(db: Reader, layer: GeoLayer): Promise<GeoFeature[]> {
  const features: GeoFeature[] = []
  for (let after = ''; ; ) {
    const page = await listFeatures(db, layer, { includeRetired: true }, after, pageSize)
    features.push(...page)
    const last = page.at(-1)
    if (!last || page.length < pageSize) return features
    after = last.code
  }
}

/** What is in force now, or was at a moment. */
export async function findFeature(db: Reader, layer: GeoLayer, code: string, at?: EpochMs): Promise<GeoFeature | undefined> {
  let query = (db as Kysely<CentralTables>).selectFrom('geo_version').selectAll().where('layer', '=', layer).where('code', '=', code)
  query =
    at === undefined
      ? query.where(inForce)
      : query
          .where('changed_at', '<=', at)
          .where('changed_at', '<', cut)
          .where((eb) => eb.or([eb('superseded_at', 'is', null), eb('superseded_at', '>', at)]))
  const row = await query.orderBy('version', 'desc').executeTakeFirst()
  return row && featureOf(row)
}

/** Newest first. */
export async function featureHistory(db: Reader, layer: GeoLayer, code: string, limit: number): Promise<GeoFeature[]> {
  const rows = await db
    .selectFrom('geo_version')
    .selectAll()
    .where('layer', '=', layer)
    .where('code', '=', code)
    .where('changed_at', '<', cut)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return rows.map(featureOf)
}

export interface NewVersion extends FeatureContent {
  readonly layer: GeoLayer
  readonly code: string
  readonly version: number
}

export interface VersionMark {
  readonly at: EpochMs
  readonly by: string | null
  readonly note: string
  readonly importId: string | null
}

/** Parameters of a statement are few on SQLite: 21 a row. */
const rowsPerStatement = 400

/** Closes what was in force of the same codes and writes the new versions. */
export async function writeVersions(trx: Statements, versions: readonly NewVersion[], mark: VersionMark): Promise<void> {
  for (let from = 0; from < versions.length; from += rowsPerStatement) {
    const batch = versions.slice(from, from + rowsPerStatement)
    const later = batch.filter(({ version }) => version > 1)
    for (const layer of new Set(later.map((each) => each.layer))) {
      const codes = later.filter((each) => each.layer === layer).map(({ code }) => code)
      await trx
        .updateTable('geo_version')
        .set({ superseded_at: mark.at })
        .where('layer', '=', layer)
        .where('code', 'in', codes)
        .where('superseded_at', 'is', null)
        .execute()
    }
    await trx
      .insertInto('geo_version')
      .values(batch.map((version) => rowOf(version, mark)))
      .execute()
  }
}

function rowOf(version: NewVersion, { at, by, note, importId }: VersionMark): GeoVersionRow {
  const { geometry } = version
  const box = geometry && boundsOf(cornersOf(geometry))
  return {
    layer: version.layer,
    code: version.code,
    version: version.version,
    name: version.name,
    state: version.state,
    parent_code: version.parentCode,
    department_code: version.departmentCode,
    owner_code: version.ownerCode,
    valid_from: version.validFrom,
    valid_to: version.validTo,
    geometry: geometry && JSON.stringify(geometry),
    attributes: JSON.stringify(version.attributes),
    west: box?.west ?? null,
    south: box?.south ?? null,
    east: box?.east ?? null,
    north: box?.north ?? null,
    changed_at: at,
    changed_by: by,
    note,
    import_id: importId,
    superseded_at: null,
  }
}

export interface GeoRevision {
  readonly revision: number
  readonly documents: number
  readonly tiles: number
  /** The import that is being written; null when none is. */
  readonly writing: { readonly importId: string; readonly at: EpochMs } | null
}

export async function readRevision(db: Reader): Promise<GeoRevision> {
  const row = await db.selectFrom('geo_revision').selectAll().where('id', '=', 1).executeTakeFirst()
  if (!row) return { revision: 0, documents: 0, tiles: 0, writing: null }
  const { revision, documents, tiles, writing_at: at, writing_import: importId } = row
  return { revision, documents, tiles, writing: at === null || importId === null ? null : { importId, at } }
}

/** One more change; under the lock `geo`. */
export async function raiseRevision(trx: Statements): Promise<number> {
  const { revision } = await readRevision(trx)
  await trx
    .insertInto('geo_revision')
    .values({ id: 1, revision: revision + 1, documents: 0, tiles: 0, writing_at: null, writing_import: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ revision: revision + 1 }))
    .execute()
  return revision + 1
}

/** Documents or tiles hold everything up to this change. */
export async function markMade(trx: Statements, made: Partial<Pick<GeoRevision, 'documents' | 'tiles'>>): Promise<void> {
  await trx.updateTable('geo_revision').set(made).where('id', '=', 1).execute()
}
