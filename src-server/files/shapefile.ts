import type { Geometry } from '#shared/domain/geodata/layers'
import { readDbf } from './dbf'
import { faultyRow, type GeoFileRow } from './geo-rows'
import { openZip, type ZipArchive } from './zip'

/**
 * Reads a zipped Shapefile (ESRI technical description, July 1998): `.shp` with points, lines or areas, `.dbf` with their fields, `.prj` with their system.
 * Heights and measures are passed over.
 */
export interface Shapefile {
  readonly rows: readonly GeoFileRow[]
  /** The text of the `.prj`; null when there is none. */
  readonly projection: string | null
}

const mostPartBytes = 256 * 1_048_576
const fileCode = 9_994

export async function readShapefile(bytes: Buffer): Promise<Shapefile | string> {
  const opened = openZip(bytes)
  if (!opened.ok) return opened.error
  const zip = opened.value
  const names = zip.names.filter((name) => /\.shp$/i.test(name) && !name.startsWith('__MACOSX'))
  const shapes = names[0]
  if (shapes === undefined) return '压缩包里没有 .shp 文件'
  if (names.length > 1) return `压缩包里有 ${names.length} 个 .shp 文件，一次只导入一个图层`
  const [shp, dbf, prj, cpg] = await Promise.all(['shp', 'dbf', 'prj', 'cpg'].map((ending) => partOf(zip, shapes, ending)))
  const fault = [shp, dbf, prj, cpg].find((part) => typeof part === 'string')
  if (typeof fault === 'string') return fault
  if (!(shp instanceof Buffer) || shp.length < 100 || shp.readInt32BE(0) !== fileCode) return '.shp 文件已损坏'
  if (!(dbf instanceof Buffer)) return '压缩包里没有 .dbf 文件，缺少属性'
  const records = readDbf(dbf, cpg instanceof Buffer ? cpg.toString('latin1').trim() : null)
  if (typeof records === 'string') return records
  const rows = geometries(shp).map((geometry, at): GeoFileRow => {
    const fields = records[at]
    if (typeof geometry === 'string') return { ...faultyRow(at + 1, geometry), fields: fields ?? {} }
    return fields ? { row: at + 1, fields, geometry, fault: null } : faultyRow(at + 1, '.dbf 里没有这一行的属性')
  })
  return { rows, projection: prj instanceof Buffer ? prj.toString('utf8') : null }
}

/** The part of the same name with another ending, however it is written. */
async function partOf(zip: ZipArchive, shapes: string, ending: string): Promise<Buffer | string | undefined> {
  const wanted = `${shapes.slice(0, -3)}${ending}`.toLowerCase()
  const name = zip.names.find((each) => each.toLowerCase() === wanted)
  if (name === undefined) return undefined
  const read = await zip.read(name, mostPartBytes)
  return read.ok ? read.value : read.error
}

function geometries(shp: Buffer): readonly (Geometry | null | string)[] {
  const found: (Geometry | null | string)[] = []
  let at = 100
  while (at + 12 <= shp.length) {
    const bytes = shp.readInt32BE(at + 4) * 2
    const end = at + 8 + bytes
    if (bytes < 4 || end > shp.length) {
      found.push('.shp 文件不完整，从这一行起读不出来')
      break
    }
    found.push(geometryAt(shp.subarray(at + 8, end)))
    at = end
  }
  return found
}

function geometryAt(record: Buffer): Geometry | null | string {
  // Types with heights are 10 more, those with measures 20 more; what they add stands behind the positions.
  const type = record.readInt32LE(0) % 10
  if (type === 0) return null
  if (type === 1)
    return record.length < 20 ? '点的坐标不完整' : { type: 'Point', coordinates: [record.readDoubleLE(4), record.readDoubleLE(12)] }
  if (type !== 3 && type !== 5) return `形状类型 ${record.readInt32LE(0)} 不能导入，只用点、线、面`
  const lines = partsOf(record)
  if (!lines) return '坐标不完整'
  if (type === 3) return { type: 'MultiLineString', coordinates: lines }
  // The outside runs clockwise, holes the other way.
  const outside = lines.filter((ring) => doubleArea(ring) <= 0)
  if (outside.length > 1) return `由 ${outside.length} 个部分组成，只能是一个完整的面，请拆开另编编码`
  const holes = lines.filter((ring) => doubleArea(ring) > 0)
  // Some programs write the outside the other way when it is alone.
  if (outside.length === 0) return { type: 'Polygon', coordinates: holes }
  return { type: 'Polygon', coordinates: [...outside, ...holes] }
}

type Pair = readonly [number, number]

function partsOf(record: Buffer): readonly (readonly Pair[])[] | undefined {
  if (record.length < 44) return undefined
  const [parts, points] = [record.readInt32LE(36), record.readInt32LE(40)]
  const start = 44 + parts * 4
  if (parts < 1 || points < 1 || start + points * 16 > record.length) return undefined
  return Array.from({ length: parts }, (_, part) => {
    const from = record.readInt32LE(44 + part * 4)
    const until = part + 1 < parts ? record.readInt32LE(44 + (part + 1) * 4) : points
    return Array.from({ length: Math.max(0, until - from) }, (_unused, index): Pair => {
      const place = start + (from + index) * 16
      return [record.readDoubleLE(place), record.readDoubleLE(place + 8)]
    })
  })
}

function doubleArea(ring: readonly Pair[]): number {
  const [x0, y0] = ring[0] ?? [0, 0]
  let sum = 0
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] as Pair
    sum += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0)
  })
  return sum
}
