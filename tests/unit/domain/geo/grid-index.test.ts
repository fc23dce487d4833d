/** The index of grids gives the same answers as looking at every outline, only faster (how much faster is measured by the benchmark P8). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gridIndexOf } from '#shared/domain/geo/grid-index'
import { isInRing, type Ring } from '#shared/domain/geo/ring'

/** A sheet of crooked quadrilaterals without gaps: corners moved by up to a third of a side, each shared by the four around it. */
function sheet(columns: number, rows: number, shift: (column: number, row: number) => number) {
  const corner = (column: number, row: number): [number, number] => [
    126.5 + (column + shift(column, row) / 3) * 0.001,
    45.5 + (row + shift(row, column) / 3) * 0.001,
  ]
  return Array.from({ length: columns * rows }, (_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)]
    const ring: Ring = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)]
    return { code: String(index), ring }
  })
}

describe('the grid at a position', () => {
  it('is the one that a search through all outlines finds', () => {
    const size = fc.integer({ min: 1, max: 12 })
    const share = fc.double({ min: -0.2, max: 1.2, noNaN: true })
    fc.assert(
      fc.property(
        size,
        size,
        fc.nat(),
        fc.array(fc.tuple(share, share), { minLength: 1, maxLength: 30 }),
        (columns, rows, seed, places) => {
          const grids = sheet(columns, rows, (column, row) => Math.sin(seed + column * 7 + row * 13))
          const index = gridIndexOf(grids)
          for (const [across, up] of places) {
            const position = { lng: 126.5 + across * columns * 0.001, lat: 45.5 + up * rows * 0.001 }
            expect(index.gridAt(position)?.code).toBe(grids.find(({ ring }) => isInRing(ring, position))?.code)
          }
        },
      ),
    )
  })

  it('is exactly one where outlines meet', () => {
    const grids = sheet(10, 10, () => 0)
    const index = gridIndexOf(grids)
    const corner = grids[33]?.ring[2] ?? [0, 0]
    expect(index.gridAt({ lng: corner[0], lat: corner[1] })?.code).toBe('44')
  })

  it('is the whole entry that was given, with what else it carries', () => {
    const [grid] = sheet(1, 1, () => 0).map((outline) => ({ ...outline, communityCode: '230108004007' }))
    expect(gridIndexOf(grid ? [grid] : []).gridAt({ lng: 126.5005, lat: 45.5005 })?.communityCode).toBe('230108004007')
  })

  it('is none outside, in an empty city, or of an outline without ground', () => {
    const line: Ring = [
      [126.5, 45.5],
      [126.5, 45.6],
    ]
    expect([
      gridIndexOf(sheet(3, 3, () => 0)).gridAt({ lng: 0, lat: 0 }),
      gridIndexOf([]).gridAt({ lng: 126.5, lat: 45.5 }),
      gridIndexOf([{ code: 'line', ring: line }]).gridAt({ lng: 126.5, lat: 45.55 }),
    ]).toEqual([undefined, undefined, undefined])
  })
})
