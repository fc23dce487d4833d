import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultWords, focusLayout, gridLayout, heightOf, layoutFaults, neighbour, usualLayouts, widthOf } from '#shared/domain/wall/layout'

const size = { columns: 4, rows: 3 }

describe('layouts of a wall', () => {
  it('cover the whole wall without gap or overlap, up to 64 tiles', () => {
    const side = fc.integer({ min: 1, max: 8 })
    fc.assert(
      fc.property(side, side, side, side, (columns, rows, across, down) => {
        const wall = { columns, rows }
        for (const layout of [gridLayout(wall, across, down), focusLayout(wall)]) {
          const faults = layoutFaults(layout, wall).filter(({ kind }) => kind !== 'small')
          expect(faults).toEqual([])
          expect(layout.tiles.reduce((sum, { width, height }) => sum + width * height, 0)).toBe(widthOf(wall) * heightOf(wall))
        }
      }),
    )
  })

  it('keep the numbers of the screens beside one that is joined', () => {
    expect(focusLayout(size).tiles.map(({ cell }) => cell)).toEqual([1, 3, 4, 7, 8, 9, 10, 11, 12])
    expect(usualLayouts(size).map(({ name }) => name)).toEqual(['4×3', '大 1 小 8', '3×3', '2×2', '1×1'])
  })

  it('are refused in words when tiles overlap, lie outside, are doubled, too small or too many', () => {
    const tile = { cell: 1, x: 0, y: 0, width: 12, height: 12 }
    const words = (...tiles: (typeof tile)[]) => faultWords(layoutFaults({ tiles }, size))
    expect(words(tile, { ...tile, cell: 2, x: 6 })).toBe('格 1 与格 2 重叠')
    expect(words({ ...tile, x: 40 })).toBe('格 1 超出大屏')
    expect(words(tile, { ...tile, x: 12 })).toBe('格号 1 不可用或重复')
    expect(words({ ...tile, width: 2 })).toBe('格 1 太小，边长至少四分之一屏')
    expect(words({ ...tile, width: 12.5 })).toBe('格 1 太小，边长至少四分之一屏')
    expect(words(...Array.from({ length: 65 }, (_, index) => ({ ...tile, cell: index + 1 })))).toBe('窗口应为 1–64 个，现为 65 个')
    expect(words()).toBe('窗口应为 1–64 个，现为 0 个')
  })

  it('lead from tile to tile by the arrow keys, across a joined one too', () => {
    const focus = focusLayout(size)
    expect(neighbour(focus, 1, 'right')).toBe(3)
    expect(neighbour(focus, 1, 'down')).toBe(9)
    expect(neighbour(focus, 10, 'up')).toBe(1)
    expect(neighbour(focus, 7, 'left')).toBe(1)
    expect(neighbour(focus, 12, 'right')).toBe(12)
    expect(neighbour(focus, 12, 'up')).toBe(8)
  })

  it('reach every tile from every other by arrows', () => {
    for (const layout of usualLayouts(size)) {
      const reached = new Set([layout.tiles[0]?.cell ?? 0])
      for (const cell of reached) for (const way of ['left', 'right', 'up', 'down'] as const) reached.add(neighbour(layout, cell, way))
      expect(reached.size, layout.name).toBe(layout.tiles.length)
    }
  })
})
