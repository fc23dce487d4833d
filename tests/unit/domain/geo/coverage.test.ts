import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CoverageFault, coverageFaults, type Outline } from '#shared/domain/geo/coverage'
import { ringFault } from '#shared/domain/geo/ring-faults'
import { degreesAt, meshOfGrids, movedBy } from '../../../fixtures/mesh-of-grids'

const mesh = meshOfGrids({ columns: 6, rows: 6 })
const inside = mesh.filter((_, at) => at % 6 > 0 && at % 6 < 5 && at > 5 && at < 30)

function faultsOf(outlines: readonly Outline[], concerns?: ReadonlySet<string>): readonly CoverageFault[] {
  const work = coverageFaults(outlines, concerns)
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

const replaced = (changed: Outline) => mesh.map((outline) => (outline.code === changed.code ? changed : outline))
/** One corner moved, for this outline alone. */
function withCornerMoved({ code, ring }: Outline, corner: number, east: number, north: number): Outline {
  const points = ring.slice(0, -1).map((point, at) => (at === corner ? movedBy(point, east, north) : point))
  return { code, ring: [...points, ...points.slice(0, 1)] }
}
const rectangle = (code: string, west: number, south: number, east: number, north: number): Outline => ({
  code,
  ring: [degreesAt(west, south), degreesAt(east, south), degreesAt(east, north), degreesAt(west, north), degreesAt(west, south)],
})

describe('outlines that cover the ground', () => {
  it('have no faults, whichever way they run and wherever they begin', () => {
    const turned = mesh.map(({ code, ring }, at) => {
      const points = ring.slice(0, -1)
      const begun = [...points.slice(at % points.length), ...points.slice(0, at % points.length)]
      const way = at % 2 === 0 ? begun : begun.reverse()
      return { code, ring: [...way, ...way.slice(0, 1)] }
    })
    expect(faultsOf(turned)).toEqual([])
  })

  it('may miss each other by half a metre', () => {
    fc.assert(
      fc.property(fc.nat(inside.length - 1), fc.nat(19), fc.double({ min: 0, max: 6.28, noNaN: true }), (which, corner, angle) => {
        const moved = withCornerMoved(inside[which] as Outline, corner, 0.5 * Math.cos(angle), 0.5 * Math.sin(angle))
        expect(faultsOf(replaced(moved))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('are at fault where one corner was moved by five metres, and only there', () => {
    fc.assert(
      fc.property(fc.nat(inside.length - 1), fc.nat(3), fc.double({ min: 0, max: 6.28, noNaN: true }), (which, side, angle) => {
        const outline = inside[which] as Outline
        const moved = withCornerMoved(outline, side * 5, 5 * Math.cos(angle), 5 * Math.sin(angle))
        const faults = faultsOf(replaced(moved))
        expect(faults.length).toBeGreaterThan(0)
        for (const { codes } of faults) expect(codes).toContain(outline.code)
        expect(faultsOf(replaced(moved), new Set([outline.code]))).toEqual(faults)
      }),
      { numRuns: 60 },
    )
  })

  it('need not have the same corners on a border that they share', () => {
    const halves = [rectangle('a', 0, 0, 100, 100), rectangle('b', 100, 0, 200, 40), rectangle('c', 100, 40, 200, 100)]
    expect(faultsOf(halves)).toEqual([])
  })

  it('overlap when they are the same twice, when one lies in another, and when they cross', () => {
    const pairs = [
      [rectangle('a', 0, 0, 100, 100), rectangle('b', 0, 0, 100, 100)],
      [rectangle('a', 0, 0, 100, 100), rectangle('b', 20, 20, 60, 60)],
      [rectangle('a', 0, 40, 100, 60), rectangle('b', 40, 0, 60, 100)],
      [rectangle('a', 0, 0, 100, 100), rectangle('b', 0, 0, 50, 100)],
    ]
    for (const pair of pairs) expect(faultsOf(pair)).toMatchObject([{ kind: 'overlap', codes: ['a', 'b'] }])
  })

  it('leave a gap where a grid is missing, with its size, and say which lie around it', () => {
    const missing = inside[7] as Outline
    const [fault, ...more] = faultsOf(mesh.filter(({ code }) => code !== missing.code))
    expect(more).toEqual([])
    expect(fault).toMatchObject({ kind: 'gap' })
    expect(fault?.codes).toHaveLength(4)
  })

  it('leave a gap at the edge of the city, too: a slit between two grids', () => {
    const slit = [rectangle('a', 0, 0, 100, 100), rectangle('b', 103, 0, 200, 100)]
    expect(faultsOf(slit)).toMatchObject([{ kind: 'gap', codes: ['a', 'b'], metres: expect.closeTo(3, 1) }])
    expect(faultsOf([rectangle('a', 0, 0, 100, 100), rectangle('b', 140, 0, 200, 100)])).toEqual([])
  })
})

describe('one outline by itself', () => {
  const square = rectangle('a', 0, 0, 100, 100).ring

  it('is sound when it is closed, also with corners that repeat', () => {
    expect(ringFault(square)).toBeUndefined()
    expect(ringFault([...square.slice(0, 2), ...square.slice(1)])).toBeUndefined()
    for (const { ring } of mesh) expect(ringFault(ring)).toBeUndefined()
  })

  it('is open when the end does not meet the beginning', () => {
    expect(ringFault(square.slice(0, -1))).toMatchObject({ kind: 'openRing', metres: expect.closeTo(100, 0) })
    const nearly = [...square.slice(0, -1), movedBy(square[0] as [number, number], 0.6, 0)]
    expect(ringFault(nearly)).toMatchObject({ kind: 'openRing', metres: expect.closeTo(0.6, 1) })
  })

  it('is a fault when it crosses or touches itself, turns back, or holds nothing', () => {
    const ring = (...points: readonly (readonly [number, number])[]) => [...points, ...points.slice(0, 1)].map(([x, y]) => degreesAt(x, y))
    expect(ringFault(ring([0, 0], [100, 100], [100, 0], [0, 100]))).toMatchObject({ kind: 'selfCrossing' })
    expect(ringFault(ring([0, 0], [100, 0], [100, 50], [100, 120], [100, 50], [0, 50]))).toMatchObject({ kind: 'selfCrossing' })
    expect(ringFault(ring([0, 0], [100, 0], [100, 100], [50, 0], [0, 100]))).toMatchObject({ kind: 'selfCrossing' })
    expect(ringFault(ring([0, 0], [100, 0]))).toMatchObject({ kind: 'tooFewPoints' })
    expect(ringFault([])).toMatchObject({ kind: 'tooFewPoints' })
    expect(ringFault(ring([0, 0], [0.5, 0], [0.5, 0.5]))).toMatchObject({ kind: 'noArea' })
  })

  it('is found crossing itself at any two corners that are exchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 120 }), fc.nat(), (count, seed) => {
        const circle = Array.from({ length: count }, (_, at): readonly [number, number] => [
          200 * Math.cos((at / count) * 2 * Math.PI),
          200 * Math.sin((at / count) * 2 * Math.PI),
        ])
        const one = seed % (count - 3)
        const swapped = [...circle]
        ;[swapped[one], swapped[one + 2]] = [circle[one + 2] as [number, number], circle[one] as [number, number]]
        const closed = (points: readonly (readonly [number, number])[]) =>
          [...points, ...points.slice(0, 1)].map(([x, y]) => degreesAt(x, y))
        expect(ringFault(closed(circle))).toBeUndefined()
        expect(ringFault(closed(swapped))).toMatchObject({ kind: 'selfCrossing' })
      }),
    )
  })
})
