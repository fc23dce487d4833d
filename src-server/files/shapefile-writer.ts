import type { Geometry } from '#shared/domain/geodata/layers'
import type { Cell } from './sheet'

/**
 * Writes the files of a Shapefile (ESRI technical description, July 1998) for one kind of geometry: positions as they are given, fields as UTF-8 text of up
 * to 254 octets. Whoever calls puts them into a ZIP beside a `.prj`.
 */
export interface ShapefileParts {
  readonly shp: Buffer
  readonly shx: Buffer
  readonly dbf: Buffer
}

export interface ShapefileRow {
  readonly geometry: Geometry | null
  readonly cells: readonly Cell[]
}

const shapeTypes = { Point: 1, MultiLineString: 3, Polygon: 5 } as const
const headerBytes = 100

export function shapefileParts(
  type: Geometry['type'],
  fields: readonly string[],
  rows: readonly ShapefileRow[],
  madeAt: Date,
): ShapefileParts {
  const contents = rows.map(({ geometry }) => (geometry ? contentOf(geometry) : nothing()))
  const index = Buffer.alloc(contents.length * 8)
  const records: Buffer[] = []
  let offset = headerBytes
  contents.forEach((content, at) => {
    const head = Buffer.alloc(8)
    head.writeInt32BE(at + 1, 0)
    head.writeInt32BE(content.length / 2, 4)
    records.push(head, content)
    index.writeInt32BE(offset / 2, at * 8)
    index.writeInt32BE(content.length / 2, at * 8 + 4)
    offset += 8 + content.length
  })
  const box = boxOf(rows.flatMap(({ geometry }) => (geometry ? positionsOf(geometry) : [])))
  return {
    shp: Buffer.concat([fileHeader(offset, shapeTypes[type], box), ...records]),
    shx: Buffer.concat([fileHeader(headerBytes + index.length, shapeTypes[type], box), index]),
    dbf: dbfOf(fields, rows, madeAt),
  }
}

type Pair = readonly [number, number]
type Box = readonly [number, number, number, number]

const positionsOf = (geometry: Geometry): readonly Pair[] =>
  geometry.type === 'Point' ? [geometry.coordinates] : geometry.coordinates.flat()

function boxOf(positions: readonly Pair[]): Box {
  if (positions.length === 0) return [0, 0, 0, 0]
  return positions.reduce<Box>(
    ([west, south, east, north], [x, y]) => [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
}

function fileHeader(bytes: number, type: number, box: Box): Buffer {
  const header = Buffer.alloc(headerBytes)
  header.writeInt32BE(9_994, 0)
  header.writeInt32BE(bytes / 2, 24)
  header.writeInt32LE(1_000, 28)
  header.writeInt32LE(type, 32)
  for (const [at, value] of box.entries()) header.writeDoubleLE(value, 36 + at * 8)
  return header
}

function nothing(): Buffer {
  return Buffer.alloc(4)
}

function contentOf(geometry: Geometry): Buffer {
  if (geometry.type === 'Point') {
    const point = Buffer.alloc(20)
    point.writeInt32LE(1, 0)
    point.writeDoubleLE(geometry.coordinates[0], 4)
    point.writeDoubleLE(geometry.coordinates[1], 12)
    return point
  }
  // Areas: the outside clockwise, holes the other way.
  const lines = geometry.type === 'Polygon' ? geometry.coordinates.map((ring, at) => wound(ring, at === 0)) : geometry.coordinates
  const points = lines.flat()
  const content = Buffer.alloc(44 + lines.length * 4 + points.length * 16)
  content.writeInt32LE(shapeTypes[geometry.type], 0)
  for (const [at, value] of boxOf(points).entries()) content.writeDoubleLE(value, 4 + at * 8)
  content.writeInt32LE(lines.length, 36)
  content.writeInt32LE(points.length, 40)
  let first = 0
  lines.forEach((line, at) => {
    content.writeInt32LE(first, 44 + at * 4)
    first += line.length
  })
  points.forEach(([x, y], at) => {
    content.writeDoubleLE(x, 44 + lines.length * 4 + at * 16)
    content.writeDoubleLE(y, 52 + lines.length * 4 + at * 16)
  })
  return content
}

function wound(ring: readonly Pair[], isClockwise: boolean): readonly Pair[] {
  let doubled = 0
  ring.forEach(([x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] as Pair
    doubled += x * nextY - nextX * y
  })
  return doubled < 0 === isClockwise ? ring : ring.toReversed()
}

const mostFieldBytes = 254

function dbfOf(fields: readonly string[], rows: readonly ShapefileRow[], madeAt: Date): Buffer {
  const texts = rows.map(({ cells }) => fields.map((_, at) => clipped(String(cells[at] ?? ''))))
  const lengths = fields.map((_, at) => Math.max(1, ...[texts.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), 0)]))
  const recordBytes = 1 + lengths.reduce((sum, length) => sum + length, 0)
  const header = Buffer.alloc(32 + fields.length * 32 + 1)
  header.writeUInt8(3, 0)
  header.writeUInt8(madeAt.getUTCFullYear() - 1_900, 1)
  header.writeUInt8(madeAt.getUTCMonth() + 1, 2)
  header.writeUInt8(madeAt.getUTCDate(), 3)
  header.writeUInt32LE(rows.length, 4)
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(recordBytes, 10)
  fields.forEach((field, at) => {
    const place = 32 + at * 32
    header.write(field.slice(0, 10), place, 'latin1')
    header.write('C', place + 11, 'latin1')
    header.writeUInt8(lengths[at] ?? 1, place + 16)
  })
  header.writeUInt8(0x0d, header.length - 1)
  const body = Buffer.alloc(rows.length * recordBytes + 1, 0x20)
  texts.forEach((row, index) => {
    let place = index * recordBytes + 1
    row.forEach((text, at) => {
      text.copy(body, place)
      place += lengths[at] ?? 1
    })
  })
  body.writeUInt8(0x1a, body.length - 1)
  return Buffer.concat([header, body])
}

/** At a character's end, not within one. */
function clipped(text: string): Buffer {
  let bytes = Buffer.from(text, 'utf8')
  for (let length = text.length; bytes.length > mostFieldBytes; length--) bytes = Buffer.from(text.slice(0, length), 'utf8')
  return bytes
}
