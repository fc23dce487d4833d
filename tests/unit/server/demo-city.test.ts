/** The demonstration's city: it fits together on the ground, has the size it is said to have, and somebody answers for everything in it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demonstrationCity, demonstrationOf } from '#server/demo/areas'
import type { City } from '#server/demo/city/city'
import type { ReferenceFile } from '#server/workflows/reference'
import { canonicalJson, sha256 } from '#server/workflows/tokens'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { isInRing, type Ring } from '#shared/domain/geo/ring'
import { referenceProblems } from '../contracts/reference-problems'

const folder = join(import.meta.dirname, '../../../resources/reference')
const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ReferenceFile)

function cityOf(seed: number): City {
  const city = demonstrationCity(shipped, seed)
  if (!city) throw new Error('the shipped files lack something')
  return city
}

const city = cityOf(12_319)
const others = [1, 7, 2026].map(cityOf)
const files = demonstrationOf(shipped)

/** Sides of rings, each written the way it runs. */
const sides = (ring: Ring): string[] => ring.slice(1).map((to, index) => `${ring[index]}>${to}`)
const turned = (side: string): string => side.split('>').reverse().join('>')
const sum = (figures: readonly number[]): number => figures.reduce((all, figure) => all + figure, 0)
const under = (areaCode: string, { grids }: City) => grids.grids.filter(({ code }) => code.startsWith(areaCode))

describe('the documents of the demonstration', () => {
  it('have their shapes, and every code in them leads somewhere', () => {
    expect(referenceProblems(files.map((file) => ({ name: file.id, content: file })))).toEqual([])
  })

  it('take the place of the shipped areas, are marked as what they are, and leave the rest alone', () => {
    const kinds = (origin: string) =>
      files.filter((file) => file.origin === origin).map((file) => (file.document as ReferenceDocument).kind)
    expect(kinds('demonstration').sort()).toEqual(Object.keys(city).sort())
    expect(kinds('product')).toHaveLength(shipped.length - 1)
    expect(demonstrationOf(shipped.slice(0, 1))).toEqual(shipped.slice(0, 1))
  })

  it('are the same for the same seed and others for another', () => {
    const hash = (each: City) => sha256(canonicalJson(each))
    expect(hash(cityOf(12_319))).toBe(hash(city))
    expect(new Set([city, ...others].map(hash)).size).toBe(4)
  })

  it('are small enough to be fetched whole', () => {
    const bytes = (document: ReferenceDocument) => Buffer.byteLength(JSON.stringify(document))
    expect(bytes(city.components)).toBeLessThan(1_000_000)
    expect(sum(Object.values(city).map(bytes))).toBeLessThan(2_000_000)
  })

  it('have the size that is told', () => {
    expect({
      streets: city.areas.streets.length,
      communities: city.areas.communities.length,
      grids: city.areas.grids.length,
      outlines: city.grids.grids.length,
      collectors: city.patrolAreas.patrolAreas.map(({ collectorNo }) => collectorNo),
      cameras: city.cameras.cameras.map(({ cameraNo }) => cameraNo),
      components: city.components.count,
      places: city.places.places.length,
    }).toEqual({
      streets: 6,
      communities: 26,
      grids: 418,
      outlines: 418,
      collectors: Array.from({ length: 58 }, (_, index) => String(1001 + index)),
      cameras: Array.from({ length: 34 }, (_, index) => String(index + 1).padStart(3, '0')),
      components: 20_000,
      places: 300,
    })
  })
})

describe.each([city, ...others].map((each, index) => ({ each, index })))('the ground of city $index', ({ each }) => {
  const { grids, outlines } = each.grids

  it('is covered by its grids without gap or overlap: areas add up to the outlines', () => {
    for (const { areaCode, areaM2 } of outlines) {
      const parts = sum(under(areaCode, each).map((grid) => grid.areaM2))
      expect(Math.abs(parts - areaM2) / areaM2, areaCode).toBeLessThan(1e-6)
    }
    expect(outlines.find(({ areaCode }) => areaCode === '230108')?.areaM2).toBeGreaterThan(20e6)
    expect(Math.min(...grids.map(({ areaM2 }) => areaM2))).toBeGreaterThan(5_000)
  })

  it('has every inner edge in exactly two grids, run in opposite directions, and every outer one in the outline', () => {
    for (const { areaCode, ring } of outlines) {
      const all = under(areaCode, each).flatMap((grid) => sides(grid.ring))
      const own = new Set(all)
      expect(own.size, areaCode).toBe(all.length)
      expect(all.filter((side) => !own.has(turned(side))).sort(), areaCode).toEqual(sides(ring).sort())
    }
  })

  it('has every position in exactly one grid, and in that of its community and street', () => {
    const region = outlines.find(({ areaCode }) => areaCode === '230108')?.ring ?? []
    const position = fc.record({
      lng: fc.double({ min: 126.58, max: 126.68, noNaN: true }),
      lat: fc.double({ min: 45.57, max: 45.63, noNaN: true }),
    })
    fc.assert(
      fc.property(position, (at) => {
        const within = grids.filter(({ ring }) => isInRing(ring, at)).map(({ code }) => code)
        expect(within).toHaveLength(isInRing(region, at) ? 1 : 0)
        const areas = outlines.filter(({ ring }) => isInRing(ring, at)).map(({ areaCode }) => areaCode)
        expect(areas).toEqual([6, 9, 12].flatMap((digits) => within.map((code) => code.slice(0, digits))))
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  it('numbers the grids of a community from west to east and from north to south', () => {
    for (const { code } of each.areas.communities) {
      const inside = under(code, each).sort((a, b) => (a.code < b.code ? -1 : 1))
      expect(inside.map((grid) => grid.code.slice(12))).toEqual(inside.map((_, index) => String(index + 1).padStart(3, '0')))
      const rows: { lng: number; lat: number }[][] = []
      for (const { ring } of inside) {
        const middle = {
          lng: sum(ring.slice(1).map(([lng]) => lng)) / (ring.length - 1),
          lat: sum(ring.slice(1).map(([, lat]) => lat)) / (ring.length - 1),
        }
        const row = rows.at(-1)
        const before = row?.at(-1)
        if (row && before && before.lng < middle.lng) row.push(middle)
        else rows.push([middle])
      }
      const souths = rows.map((row) => sum(row.map(({ lat }) => lat)) / row.length)
      expect(souths, code).toEqual([...souths].sort((a, b) => b - a))
    }
  })

  it('gives every grid one collector who walks it in one piece, and another who stands in', () => {
    const ringOf = new Map(grids.map(({ code, ring }) => [code, ring]))
    const { patrolAreas } = each.patrolAreas
    expect(patrolAreas.flatMap(({ gridCodes }) => gridCodes).sort()).toEqual(grids.map(({ code }) => code).sort())
    for (const { gridCodes, collectorNo } of patrolAreas) {
      const left = new Set(gridCodes)
      const reached = gridCodes.slice(0, 1)
      left.delete(reached[0] ?? '')
      for (const code of reached) {
        const edges = new Set(sides(ringOf.get(code) ?? []).map(turned))
        for (const other of [...left]) {
          if (!sides(ringOf.get(other) ?? []).some((side) => edges.has(side))) continue
          left.delete(other)
          reached.push(other)
        }
      }
      expect([...left], collectorNo).toEqual([])
    }
  })

  it('has components, places and cameras in the grid that they name', () => {
    const ringOf = new Map(grids.map(({ code, ring }) => [code, ring]))
    const isIn = (code: string, [lng, lat]: readonly [number, number]) => isInRing(ringOf.get(code) ?? [], { lng, lat })
    const { gridCodes, gridIndex, east, north, origin } = each.components
    const strays = gridIndex.filter(
      (grid, at) => !isIn(gridCodes[grid] ?? '', [origin[0] + (east[at] ?? 0) / 1e6, origin[1] + (north[at] ?? 0) / 1e6]),
    )
    expect(strays).toEqual([])
    expect(each.places.places.filter(({ gridCode, position }) => !isIn(gridCode, position))).toEqual([])
    expect(each.cameras.cameras.filter(({ gridCodes: [home = ''], position }) => !isIn(home, position))).toEqual([])
  })
})

describe('the components of the demonstration', () => {
  it('mostly stand beside a street, and are most of them trees, lamps and covers', () => {
    const { components, grids } = city
    const metres = { east: 77_800, north: 111_195 }
    const near = components.gridIndex.filter((grid, at) => {
      const x = (components.origin[0] + (components.east[at] ?? 0) / 1e6) * metres.east
      const y = (components.origin[1] + (components.north[at] ?? 0) / 1e6) * metres.north
      const ring = (grids.grids[grid]?.ring ?? []).map(([lng, lat]) => [lng * metres.east, lat * metres.north] as const)
      return ring.slice(1).some(([bx, by], index) => {
        const [ax, ay] = ring[index] ?? [bx, by]
        const share = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
        const clamped = Math.max(0, Math.min(1, share))
        return Math.hypot(ax + (bx - ax) * clamped - x, ay + (by - ay) * clamped - y) < 15
      })
    })
    expect(near.length).toBeGreaterThan(components.count * 0.8)
    const counts = new Map<string, number>()
    for (const index of components.subclassIndex) {
      const code = components.subclassCodes[index] ?? ''
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
    const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8)
    expect(frequent.map(([code]) => code)).toEqual(expect.arrayContaining(['01037', '04002', '01004', '01003', '01002']))
  })
})

describe('who answers for what', () => {
  const department = new Map(
    shipped.flatMap(({ document }) => {
      const each = document as ReferenceDocument
      return each.kind === 'departments' ? each.departments.map(({ code, name }) => [code, name] as const) : []
    }),
  )
  const handles = (kind: string, subclass: string, areaCode: string) => {
    const row = city.responsibility.rows.find((each) => each.kind === kind && each.subclassCode === subclass && each.areaCode === areaCode)
    return row && department.get(row.departmentCode)
  }

  it('follows the limits of the edition before where they know the subclass, and street offices on their own ground', () => {
    expect({
      drainCover: handles('component', '01002', '230108'),
      itsFault: handles('event', '01002', '230108'),
      litter: handles('event', '06010', '230108'),
      piles: handles('event', '06036', '230108'),
      pilesInFourthStreet: handles('event', '06036', '230108004'),
      lampInFourthStreet: handles('component', '01037', '230108004'),
    }).toEqual({
      drainCover: '排水管理单位',
      itsFault: '排水管理单位',
      litter: '环境卫生管理单位',
      piles: '城管综合执法队伍',
      pilesInFourthStreet: '友协街道办事处',
      lampInFourthStreet: undefined,
    })
  })

  it('gives the most urgent condition the strictest limit that is known', () => {
    const entry = city.handbook.entries.find(({ kind, subclassCode }) => kind === 'event' && subclassCode === '01002')
    expect(entry?.conditions.map(({ conditionId, limit }) => `${conditionId} ${limit.value} ${limit.unit}`)).toEqual([
      'E01002-1 2 urgentHour',
      'E01002-2 4 workingHour',
      'E01002-3 2 workingDay',
      'E01002-4 5 workingDay',
    ])
  })

  it('does not let danger wait for the ordinary limit', () => {
    const limitsOf = (code: string) =>
      city.handbook.entries
        .find(({ kind, subclassCode }) => kind === 'event' && subclassCode === code)
        ?.conditions.map(({ limit }) => `${limit.value} ${limit.unit}`)
    expect(limitsOf('06013')).toEqual(['2 urgentHour', '5 workingDay', '5 workingDay'])
    expect(city.responsibility.rows.find(({ kind, subclassCode }) => kind === 'event' && subclassCode === '06013')?.limit).toEqual({
      value: 5,
      unit: 'workingDay',
    })
  })

  it('words every subclass: none is left to the general sentence, and placeholders are filled', () => {
    const texts = city.handbook.entries.flatMap(({ conditions, closing }) => [closing, ...conditions.map(({ text }) => text)])
    expect(texts.filter((text) => /[{}]|已处理，现场恢复正常|影响通行、使用或市容。$/.test(text))).toEqual([])
    expect(texts.filter((text) => /[\u4e00-\u9fff][,;:()]|[,;:()][\u4e00-\u9fff]/.test(text))).toEqual([])
  })
})
