import type { Geometry } from '#shared/domain/geodata/layers'

/** Shapes as well-known text (OGC 06-103r4 §7.2): how a sheet holds an outline or a line in one cell. */
export function geometryFromWkt(text: string): Geometry | string {
  const [, kind = '', body = ''] = /^\s*(POLYGON|MULTILINESTRING|LINESTRING|POINT)\s*Z?\s*\(([\s\S]*)\)\s*$/i.exec(text) ?? []
  const line = (inner: string): [number, number][] =>
    inner.split(',').map((pair) => {
      const [x, y] = pair.trim().split(/\s+/).map(Number)
      return [x ?? Number.NaN, y ?? Number.NaN]
    })
  const lines = () => [...body.matchAll(/\(([^()]*)\)/g)].map(([, inner = '']) => line(inner))
  const geometry = read()
  if (!geometry) return '边界不是 WKT（如 POLYGON((经度 纬度, …))）'
  const numbers = geometry.type === 'Point' ? geometry.coordinates : geometry.coordinates.flat(2)
  return numbers.every((value) => Number.isFinite(value)) && numbers.length > 1 ? geometry : '边界里有不是数字的坐标'

  function read(): Geometry | undefined {
    switch (kind.toUpperCase()) {
      case 'POINT':
        return { type: 'Point', coordinates: line(body)[0] ?? [Number.NaN, Number.NaN] }
      case 'LINESTRING':
        return { type: 'MultiLineString', coordinates: [line(body)] }
      case 'MULTILINESTRING':
        return { type: 'MultiLineString', coordinates: lines() }
      case 'POLYGON':
        return { type: 'Polygon', coordinates: lines() }
      default:
        return undefined
    }
  }
}

export function wktOf(geometry: Geometry): string {
  const line = (points: readonly (readonly [number, number])[]) => `(${points.map(([x, y]) => `${x} ${y}`).join(', ')})`
  switch (geometry.type) {
    case 'Point':
      return `POINT(${geometry.coordinates.join(' ')})`
    case 'Polygon':
      return `POLYGON(${geometry.coordinates.map(line).join(', ')})`
    case 'MultiLineString':
      return `MULTILINESTRING(${geometry.coordinates.map(line).join(', ')})`
  }
}
