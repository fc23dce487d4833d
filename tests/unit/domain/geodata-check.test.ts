import { describe, expect, it } from 'vitest'
import { toCgcs2000 } from '#shared/domain/geo/coordinate-system'
import { gcj02FromWgs84 } from '#shared/domain/geo/datum'
import { ringAreaM2 } from '#shared/domain/geo/ring'
import { checkFeatures } from '#shared/domain/geodata/check'
import { systemProblem } from '#shared/domain/geodata/check-system'
import { type KnownCity, knownCity } from '#shared/domain/geodata/city'
import type { Candidate, Feature, FeatureContent, GeoLayer, Problem } from '#shared/domain/geodata/layers'
import { degreesAt, meshOfGrids } from '../../fixtures/mesh-of-grids'

/** Nine grids of one community, whose outline is the square around the middle ones; components are checked against the edition of 2026. */
const mesh = meshOfGrids({ columns: 3, rows: 3, between: 1 })
const content: FeatureContent = {
  ...{ name: '名', state: 'active', parentCode: null, departmentCode: null, ownerCode: null },
  ...{ validFrom: '2026-01-01', validTo: null, geometry: null, attributes: {} },
}
const feature = (code: string, more: Partial<FeatureContent> = {}): Feature => ({ ...content, code, ...more })
const candidate = (code: string, more: Partial<FeatureContent> = {}, row = 1): Candidate => ({ ...feature(code, more), row })
const grids = mesh.map(({ code, ring }) => feature(code, { geometry: { type: 'Polygon', coordinates: [ring] } }))
const square = [degreesAt(-60, -60), degreesAt(360, -60), degreesAt(360, 360), degreesAt(-60, 360), degreesAt(-60, -60)]
const edition = {
  ...{ standard: 'GB/T 47678.5-2026', replacedBy: null, majorClasses: [] },
  subclasses: [{ kind: 'component' as const, code: '01001', name: '上水井盖' }],
}

function city(layer: GeoLayer, more: Partial<Record<GeoLayer, readonly Feature[]>> = {}): KnownCity {
  const layers: Partial<Record<GeoLayer, readonly Feature[]>> = {
    district: [feature('230108')],
    street: [feature('230108001')],
    community: [feature('230108001001', { geometry: { type: 'Polygon', coordinates: [square] } })],
    grid: grids,
    ...more,
  }
  return knownCity(layer, (wanted) => layers[wanted] ?? [], { editions: [edition], departmentCodes: new Set(['D01']) })
}

function problemsOf(layer: GeoLayer, candidates: readonly Candidate[], known = city(layer)): readonly Problem[] {
  const work = checkFeatures(layer, candidates, known, 'merge')
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

const inside = mesh[4]?.ring ?? []
const middle: [number, number] = [
  inside.slice(0, -1).reduce((sum, [lng]) => sum + lng, 0) / (inside.length - 1),
  inside.slice(0, -1).reduce((sum, [, lat]) => sum + lat, 0) / (inside.length - 1),
]

describe('features that somebody wants in', () => {
  it('are sound as they are', () => {
    expect(
      problemsOf(
        'grid',
        grids.map((grid, at) => ({ ...grid, row: at + 1 })),
      ),
    ).toEqual([])
    const component = candidate('23010801001000001', {
      ...{ state: 'intact', departmentCode: 'D01', parentCode: mesh[4]?.code ?? null },
      geometry: { type: 'Point', coordinates: middle },
    })
    expect(problemsOf('component', [component])).toEqual([])
  })

  it('are refused outside their community, with how far', () => {
    const far = meshOfGrids({ columns: 8, rows: 1 }).at(-1)?.ring ?? []
    const [problem] = problemsOf('grid', [candidate('230108001001090', { geometry: { type: 'Polygon', coordinates: [far] } }, 7)])
    expect(problem).toMatchObject({ kind: 'outsideParent', row: 7, severity: 'error' })
    expect(problem?.reason).toMatch(/^有一角在社区 230108001001 之外 \d+ 米$/)
  })

  it('are refused under a code of the wrong length, of another city, of no subclass, or given up', () => {
    const at = { state: 'intact', departmentCode: 'D01', geometry: { type: 'Point', coordinates: middle } } as const
    const reasonOf = (code: string, known = city('component')) =>
      problemsOf('component', [candidate(code, at)], known).map(({ reason }) => reason)
    expect(reasonOf('230108010010001')).toEqual([expect.stringContaining('应为 16 位（GB/T 30428.2）或 17 位')])
    expect(reasonOf('33010801001000001')).toEqual(['编码 33010801001000001 的区划 330108 不是本市的'])
    expect(reasonOf('23010809999000001')).toEqual([expect.stringContaining('没有小类 09999')])
    const gone = city('component', { component: [feature('23010801001000001', { state: 'removed' })] })
    expect(reasonOf('23010801001000001', gone)).toEqual(['编码 23010801001000001 已停用，按规定不再使用，请另编新码'])
  })

  it('are refused in another grid than they say, and told in which they are', () => {
    const wrong = candidate('23010801001000001', {
      ...{ state: 'intact', departmentCode: 'D77', parentCode: mesh[0]?.code ?? null },
      geometry: { type: 'Point', coordinates: middle },
    })
    expect(problemsOf('component', [wrong])).toMatchObject([
      { kind: 'wrongValue', reason: '主管部门 D77 不在专业部门名录中' },
      { kind: 'outsideParent', reason: expect.stringContaining(`实际在单元网格 ${mesh[4]?.code} 内`) },
    ])
  })

  it('may leave a large gap, which is told, and no small one', () => {
    const [first, second] = [mesh[4], mesh[5]]
    const without = (code: string | undefined) => candidate(code ?? '', { ...grids.find((grid) => grid.code === code), state: 'retired' })
    expect(problemsOf('grid', [without(first?.code)])).toMatchObject([{ kind: 'gap', severity: 'warning' }])
    const areaM2 = ringAreaM2(second?.ring ?? [])
    expect(areaM2).toBeGreaterThan(5_000)
  })

  it('share no grid between two collectors', () => {
    const area = (code: string, row: number) =>
      candidate(code, { attributes: { substituteNo: '1009', gridCodes: [mesh[0]?.code ?? ''] } }, row)
    expect(problemsOf('patrolArea', [area('1001', 1), area('1002', 2)])).toMatchObject([{ kind: 'overlap', row: 2 }])
  })

  it('are told to be in another system by the grids that they name', () => {
    const raw = Array.from({ length: 12 }, (_, row) => {
      const { lng, lat } = gcj02FromWgs84({ lng: middle[0], lat: middle[1] })
      return {
        row,
        code: `2301080100100000${row}`,
        parentCode: mesh[4]?.code ?? null,
        geometry: { type: 'Point' as const, coordinates: [lng, lat] as const },
      }
    })
    const problem = systemProblem('component', raw, { system: 'CGCS2000' }, city('component'))
    expect(problem).toMatchObject({ kind: 'shiftedCoordinates', row: null, reason: expect.stringContaining('符合 GCJ-02') })
    expect(systemProblem('component', raw, { system: 'GCJ-02' }, city('component'))).toBeUndefined()
    expect(toCgcs2000([middle[0], middle[1]], { system: 'CGCS2000' })).toEqual({ lng: middle[0], lat: middle[1] })
  })
})
