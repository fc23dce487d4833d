import { readFile } from 'node:fs/promises'
import type { GeoImportAnnouncement } from '#shared/contracts/geo-shapes'
import { describeSystem, isPlausible, toCgcs2000 } from '#shared/domain/geo/coordinate-system'
import { isSameSystem, systemOfPrj } from '#shared/domain/geo/prj'
import type { RawFeature } from '#shared/domain/geodata/check-system'
import type { KnownCity } from '#shared/domain/geodata/city'
import { type Candidate, cornersOf, type Geometry, geometryOf, moved, type Problem } from '#shared/domain/geodata/layers'
import { faultyRow, type GeoFileRow } from '../../files/geo-rows'
import { readGeoJson } from '../../files/geojson'
import { readShapefile } from '../../files/shapefile'
import { geometryFromWkt } from '../../files/wkt'
import { readXlsxRows } from '../../files/xlsx-rows'
import { candidateOf, codeIn, type Fields, positionColumns } from './columns'

/** Reads the file of an import into candidates, in CGCS2000, with what could not be read. Nothing is compared with the city yet. */
export interface ReadFile {
  readonly candidates: readonly Candidate[]
  /** As the file has them, for telling which system it is in. */
  readonly raw: readonly RawFeature[]
  readonly problems: readonly Problem[]
  readonly rows: number
}

export type Announced = Pick<GeoImportAnnouncement, 'layer' | 'format' | 'coordinates' | 'bytes'>

const mostRows = 300_000
const rowsPerBreath = 1_000

export async function readImportFile(
  path: string,
  announced: Announced,
  city: KnownCity,
  today: string,
  /** The share done, 0–1; throws when the work is to end. */
  onProgress: (share: number) => Promise<void>,
): Promise<ReadFile> {
  const { layer, coordinates: system } = announced
  const candidates: Candidate[] = []
  const raw: RawFeature[] = []
  const problems: Problem[] = []
  let rows = 0
  let read = 0
  for await (const { row, fields, geometry, fault } of rowsOf(path, announced, (bytes) => (read += bytes))) {
    if (row !== null) rows++
    if (rows % rowsPerBreath === 0) await onProgress(Math.min(1, read / announced.bytes))
    const { code, fault: codeFault } = codeIn(fields)
    const say = (kind: Problem['kind'], reason: string): Problem => ({ kind, severity: 'error', row, code: code || null, reason, at: null })
    if (rows > mostRows) {
      problems.push({ ...say('unreadable', `一次最多导入 ${mostRows} 行，请分成几个文件`), row: null, code: null })
      break
    }
    if (fault !== null) problems.push(say('unreadable', fault))
    else if (codeFault !== null) problems.push(say('missingField', codeFault))
    if (fault !== null || codeFault !== null || row === null) continue
    const off = geometry && implausible(geometry, announced)
    if (off) problems.push(say('wrongValue', off))
    const known = city.features.get(code)
    const candidate = candidateOf(layer, row, fields, off ? null : geometry && toOurs(geometry, announced), { today, known })
    raw.push({ row, code, parentCode: candidate.parentCode, geometry })
    if (!off) candidates.push(candidate)
  }
  if (rows === 0 && problems.length === 0) {
    problems.push({
      kind: 'unreadable',
      severity: 'error',
      row: null,
      code: null,
      reason: `文件里没有要素（${describeSystem(system)}）`,
      at: null,
    })
  }
  return { candidates, raw, problems, rows }
}

const toOurs = (geometry: Geometry, { coordinates }: Announced): Geometry =>
  coordinates.system === 'CGCS2000'
    ? geometry
    : moved(geometry, (position) => {
        const { lng, lat } = toCgcs2000(position, coordinates)
        return [rounded(lng), rounded(lat)]
      })

/** Nine decimals are a tenth of a millimetre: corners that were one stay one. */
const rounded = (degrees: number): number => Math.round(degrees * 1e9) / 1e9

function implausible(geometry: Geometry, { coordinates }: Announced): string | undefined {
  const wrong = cornersOf(geometry).find((corner) => !isPlausible(corner, coordinates))
  if (!wrong) return undefined
  const [x, y] = wrong
  const looksPlane = coordinates.system !== 'gaussKruger' && (Math.abs(x) > 180 || Math.abs(y) > 180)
  const advice = looksPlane ? '，像是以米为单位的平面坐标，请改选高斯-克吕格' : ''
  return `坐标 ${x}, ${y} 不是 ${describeSystem(coordinates)} 在国内的坐标${advice}`
}

async function* rowsOf(path: string, announced: Announced, onRead: (bytes: number) => void): AsyncGenerator<GeoFileRow> {
  if (announced.format === 'geojson') {
    yield* readGeoJson(path, onRead)
    return
  }
  const bytes = await readFile(path)
  onRead(bytes.length)
  yield* announced.format === 'xlsx' ? sheetRows(bytes, announced) : shapeRows(bytes, announced)
}

async function* shapeRows(bytes: Buffer, { coordinates }: Announced): AsyncGenerator<GeoFileRow> {
  const found = await readShapefile(bytes)
  if (typeof found === 'string') {
    yield faultyRow(null, found)
    return
  }
  const named = found.projection === null ? undefined : systemOfPrj(found.projection)
  if (named && !isSameSystem(named, coordinates)) {
    yield faultyRow(null, `.prj 写明坐标系是 ${describeSystem(named)}，与声明的 ${describeSystem(coordinates)} 不符；请改选后重新导入`)
  }
  yield* found.rows
}

async function* sheetRows(bytes: Buffer, { layer }: Announced): AsyncGenerator<GeoFileRow> {
  const rows = await readXlsxRows(bytes)
  if (typeof rows === 'string') {
    yield faultyRow(null, rows)
    return
  }
  for (const { row, fields } of rows) {
    const geometry = geometryOf[layer].type === null ? null : sheetGeometry(fields)
    yield typeof geometry === 'string' ? { ...faultyRow(row, geometry), fields } : { row, fields, geometry, fault: null }
  }
}

function sheetGeometry(fields: Fields): Geometry | null | string {
  const at = (...names: readonly string[]) => names.map((name) => fields[name]).find((value) => value !== undefined && value !== null)
  const outline = at(positionColumns.outline, '边界', 'WKT', 'wkt')
  if (outline !== undefined) return geometryFromWkt(String(outline))
  const [x, y] = [at(positionColumns.lng, 'lng', 'X', 'x', '横坐标', '东'), at(positionColumns.lat, 'lat', 'Y', 'y', '纵坐标', '北')]
  if (x === undefined && y === undefined) return null
  const [east, north] = [Number(x), Number(y)]
  return Number.isFinite(east) && Number.isFinite(north) ? { type: 'Point', coordinates: [east, north] } : '经度或纬度不是数字'
}
