import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { GeoExport, GeoFormat } from '#shared/contracts/geo-shapes'
import { type CoordinateSystem, describeSystem, fromCgcs2000 } from '#shared/domain/geo/coordinate-system'
import { prjOf } from '#shared/domain/geo/prj'
import {
  attributeTitles,
  type Feature,
  type GeoLayer,
  type Geometry,
  geoLayers,
  geometryOf,
  isGivenUp,
  moved,
} from '#shared/domain/geodata/layers'
import { shapefileParts } from '../../files/shapefile-writer'
import type { Cell } from '../../files/sheet'
import { wktOf } from '../../files/wkt'
import { xlsxOf } from '../../files/xlsx'
import { zipOf } from '../../files/zip-writer'
import { findGeoExport, forgetGeoExports, insertGeoExport } from '../../store/geo-import-store'
import { allFeatures } from '../../store/geo-store'
import { contentDisposition } from '../attachments/file-name'
import { audit } from '../audit'
import { chinaTime } from '../exports/case-columns'
import type { Answer, Ask, FileAnswer, Services } from '../services'
import { cellsOf, plainColumns, positionColumns, shortOf } from './columns'

/** A layer as a file, in the coordinate system that was asked for; what is written here can be read by an import. */
const endings: Record<GeoFormat, string> = { geojson: 'geojson', shapefile: 'zip', xlsx: 'xlsx' }
const mediaTypes: Record<GeoFormat, string> = {
  geojson: 'application/geo+json',
  shapefile: 'application/zip',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

type Wish = InputOf<'geo.export'>['body']

export async function exportLayer(services: Services, ask: Ask<InputOf<'geo.export'>>): Answer<OutputOf<'geo.export'>> {
  const { clock, geoOutputs, db } = services
  const wish = ask.input.body
  const { exportId, layer, format, coordinates, includeRetired } = wish
  const all = await allFeatures(db, layer)
  const features = all
    .filter(({ state }) => includeRetired || !isGivenUp(state))
    .map((feature) => ({ ...feature, geometry: feature.geometry && projected(feature.geometry, coordinates) }))
  const moment = chinaTime(clock.now()).replace(/\D/g, '')
  const fileName = `${geoLayers[layer]}_${moment.slice(0, 8)}_${moment.slice(8)}.${endings[format]}`
  const watermark = `${services.centre.name} · ${ask.actor.name}（${ask.actor.accountNo}）导出于 ${chinaTime(clock.now())} · ${describeSystem(coordinates)} · 内部资料，请勿外传`
  const bytes = await geoOutputs.write(exportId, contentOf(wish, features, watermark, new Date(clock.now()))).catch((thrown: unknown) => {
    if (!(thrown instanceof Error && 'code' in thrown && 'syscall' in thrown)) throw thrown
    services.log.error('geodata export not stored', { exportId, reason: thrown.message })
    return null
  })
  if (bytes === null) return err(appError('geo/notStored'))
  return ask.transact(async (unit) => {
    const made: GeoExport = { exportId, fileName, bytes, features: features.length }
    const isNew = await insertGeoExport(unit.trx, made, ask.actor.accountId, clock.now())
    if (!isNew) return err(appError('record/exists', { key: exportId }))
    const detail = { layer, format, features: features.length, coordinates: describeSystem(coordinates) }
    await audit(services, unit, ask.actor, { action: 'geo.exported', subject: exportId, detail })
    return ok(made)
  })
}

const projected = (geometry: Geometry, into: CoordinateSystem): Geometry =>
  into.system === 'CGCS2000' ? geometry : moved(geometry, ([lng, lat]) => fromCgcs2000({ lng, lat }, into))

function contentOf(
  { layer, format, coordinates }: Wish,
  features: readonly Feature[],
  watermark: string,
  madeAt: Date,
): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case 'geojson':
      return geoJsonOf(layer, features)
    case 'xlsx':
      return xlsxOf({ name: geoLayers[layer], watermark, madeAt, columns: sheetColumns(layer), pages: sheetPages(layer, features) })
    case 'shapefile':
      return shapefileOf(layer, features, coordinates, madeAt)
  }
}

async function* geoJsonOf(layer: GeoLayer, features: readonly Feature[]): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[\n'
  const page = 500
  for (let from = 0; from < features.length; from += page) {
    const lines = features.slice(from, from + page).map(({ code, geometry, attributes, ...content }) => {
      const { name, state, parentCode, departmentCode, ownerCode, validFrom, validTo } = content
      const plain = { code, name, state, parentCode, departmentCode, ownerCode, validFrom, validTo }
      const own = Object.fromEntries(Object.keys(attributeTitles[layer]).map((key) => [key, attributes[key] ?? null]))
      return JSON.stringify({ type: 'Feature', properties: { ...plain, ...own }, geometry })
    })
    yield `${lines.join(',\n')}${from + page < features.length ? ',\n' : '\n'}`
  }
  yield ']}\n'
}

const isPoint = (layer: GeoLayer): boolean => geometryOf[layer].type === 'Point'

function sheetColumns(layer: GeoLayer) {
  const positions = isPoint(layer)
    ? [positionColumns.lng, positionColumns.lat]
    : geometryOf[layer].type === null
      ? []
      : [positionColumns.outline]
  const titles = [...plainColumns.map(({ title }) => title), ...Object.values(attributeTitles[layer]), ...positions]
  return titles.map((title) => ({ title, width: title === positionColumns.outline ? 60 : 18 }))
}

async function* sheetPages(layer: GeoLayer, features: readonly Feature[]): AsyncGenerator<readonly (readonly Cell[])[]> {
  const page = 500
  for (let from = 0; from < features.length; from += page) {
    yield features.slice(from, from + page).map((feature) => [...cellsOf(layer, feature.code, feature), ...positionCells(layer, feature)])
  }
}

function positionCells(layer: GeoLayer, { geometry }: Feature): readonly Cell[] {
  if (geometryOf[layer].type === null) return []
  if (geometry?.type === 'Point') return [...geometry.coordinates]
  return isPoint(layer) ? [null, null] : [geometry && wktOf(geometry)]
}

function shapefileOf(
  layer: GeoLayer,
  features: readonly Feature[],
  coordinates: CoordinateSystem,
  madeAt: Date,
): AsyncIterable<Uint8Array> {
  const fields = [...plainColumns.map(({ short }) => short), ...Object.keys(attributeTitles[layer]).map(shortOf)]
  const rows = features.map((feature) => ({ geometry: feature.geometry, cells: cellsOf(layer, feature.code, feature) }))
  const { shp, shx, dbf } = shapefileParts(geometryOf[layer].type ?? 'Point', fields, rows, madeAt)
  const prj = Buffer.from(prjOf(coordinates), 'utf8')
  const named = { [`${layer}.shp`]: shp, [`${layer}.shx`]: shx, [`${layer}.dbf`]: dbf, [`${layer}.prj`]: prj }
  return zipOf({ ...named, [`${layer}.cpg`]: Buffer.from('UTF-8', 'latin1') }, madeAt)
}

export async function readExportFile(services: Services, ask: Ask<InputOf<'geo.exportFile'>>): Answer<FileAnswer> {
  const { exportId } = ask.input.params
  const made = await findGeoExport(services.db, exportId, ask.actor.accountId)
  if (!made || (await services.geoOutputs.read(exportId, 0, 1)) === undefined) return err(appError('record/notFound'))
  const format = (Object.keys(endings) as GeoFormat[]).find((each) => made.fileName.endsWith(endings[each])) ?? 'geojson'
  return ok({
    size: made.bytes,
    read: async (from, until) => (await services.geoOutputs.read(exportId, from, until - from)) ?? Buffer.alloc(0),
    mediaType: mediaTypes[format],
    etag: exportId,
    disposition: contentDisposition('attachment', made.fileName),
    isForOnce: true,
  })
}

/** The archive of map tiles, by the hash that the reference document names. */
export async function readTiles({ tileFiles }: Services, ask: Ask<InputOf<'geo.tiles'>>): Answer<FileAnswer> {
  const { archiveId } = ask.input.params
  const size = await tileFiles.size(archiveId)
  if (size === undefined) return err(appError('record/notFound'))
  return ok({
    size,
    read: async (from, until) => (await tileFiles.read(archiveId, from, until - from)) ?? Buffer.alloc(0),
    mediaType: 'application/vnd.pmtiles',
    etag: archiveId,
    disposition: contentDisposition('inline', 'city.pmtiles'),
  })
}

const keptMs = 24 * 3_600_000

export async function sweepGeoExports({ db, clock, geoOutputs }: Services): Promise<void> {
  for (const exportId of await forgetGeoExports(db, clock.now() - keptMs)) await geoOutputs.remove(exportId)
}
