import type { Geometry } from '#shared/domain/geodata/layers'

/** What every reader of a file with geodata gives: one row after the other, nothing believed yet. */
export interface GeoFileRow {
  /** As the program numbers it that made the file; null for what concerns the file as a whole. */
  readonly row: number | null
  readonly fields: Readonly<Record<string, string | number | boolean | null>>
  readonly geometry: Geometry | null
  /** Why the row cannot be used, in Chinese; null when it can. */
  readonly fault: string | null
}

/** Positions as the file has them, in whatever system. */
export const faultyRow = (row: number | null, fault: string): GeoFileRow => ({ row, fields: {}, geometry: null, fault })

type Pair = readonly [number, number]

/** RFC 7946 geometry of one part; a sentence when it is something else. */
export function geometryFrom(value: unknown): Geometry | null | string {
  if (value === null || value === undefined) return null
  const { type, coordinates } = value as { type?: unknown; coordinates?: unknown }
  switch (type) {
    case 'Point':
      return isPair(coordinates) ? { type, coordinates: pair(coordinates) } : '点的坐标不是两个数字'
    case 'LineString':
      return linesFrom([coordinates])
    case 'MultiLineString':
      return linesFrom(coordinates)
    case 'Polygon':
      return isLines(coordinates) ? { type, coordinates: coordinates.map((ring) => ring.map(pair)) } : '面的坐标不是数字'
    case 'MultiPolygon': {
      const parts = Array.isArray(coordinates) ? coordinates : []
      if (parts.length !== 1) return `由 ${parts.length} 个部分组成，只能是一个完整的面，请拆开另编编码`
      return geometryFrom({ type: 'Polygon', coordinates: parts[0] })
    }
    default:
      return `坐标类型“${String(type)}”不能导入，只用点、线、面`
  }
}

function linesFrom(coordinates: unknown): Geometry | string {
  return isLines(coordinates) ? { type: 'MultiLineString', coordinates: coordinates.map((line) => line.map(pair)) } : '线的坐标不是数字'
}

const pair = ([x, y]: Pair): Pair => [x, y]
const isPair = (value: unknown): value is Pair => Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1])
const isLines = (value: unknown): value is readonly (readonly Pair[])[] =>
  Array.isArray(value) && value.every((line) => Array.isArray(line) && line.every(isPair))
