/** How marks lie on a picture of a given size. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ArrowAnnotation, MosaicAnnotation, TextAnnotation } from '#shared/domain/annotation/annotation'
import { areaRect, arrowPaths, lineWidthPx, mosaicRaster, textLayout } from '#shared/domain/annotation/annotation-drawing'

const size = { width: 1000, height: 500 }
const arrow: ArrowAnnotation = { kind: 'arrow', from: { x: 0.1, y: 0.2 }, to: { x: 0.5, y: 0.2 }, colour: 'red', stroke: 'medium' }
const words: TextAnnotation = { kind: 'text', at: { x: 0.1, y: 0.2 }, text: '井盖移位', colour: 'red', stroke: 'medium' }

describe('lines', () => {
  it('are as wide as the longer side asks, however the photo was held', () => {
    expect(lineWidthPx('medium', size)).toBe(lineWidthPx('medium', { width: 500, height: 1000 }))
    expect(lineWidthPx('thin', size)).toBeLessThan(lineWidthPx('thick', size))
  })

  it('point an arrow at its end, the head between shaft and tip', () => {
    expect(arrowPaths(arrow, size)).toEqual({ shaft: 'M100.00 100.00L473.00 100.00', head: 'M500.00 100.00L473.00 113.50L473.00 86.50Z' })
  })

  it('give a short arrow a smaller head, and none to a point', () => {
    expect(arrowPaths({ ...arrow, to: { x: 0.12, y: 0.2 } }, size).shaft).toBe('M100.00 100.00L110.00 100.00')
    expect(arrowPaths({ ...arrow, to: arrow.from }, size)).toEqual({ shaft: '', head: '' })
  })

  it('put an area where its corners are', () => {
    const area: MosaicAnnotation = { kind: 'mosaic', from: { x: 0.25, y: 0.5 }, to: { x: 0.75, y: 1 } }
    expect(areaRect(area, size)).toEqual({ left: 250, top: 250, width: 500, height: 250 })
  })
})

describe('words', () => {
  it('stand at their place on one line while there is room', () => {
    expect(textLayout(words, size)).toMatchObject({ fontPx: 38, lines: [{ text: '井盖移位', x: 100 }], bounds: { top: 100, width: 152 } })
  })

  it('break at the right edge, losing no character', () => {
    const long = '井盖破裂下陷，井圈松动，骑车人绕行危险'
    const { lines, bounds } = textLayout({ ...words, at: { x: 0.7, y: 0 }, text: long }, size)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.map(({ text }) => text).join('')).toBe(long)
    expect(bounds.left + bounds.width).toBeLessThanOrEqual(size.width)
  })

  it('begin further left when the edge is too near', () => {
    expect(textLayout({ ...words, at: { x: 1, y: 0 } }, size).lines).toMatchObject([{ text: '井盖移位', x: 848 }])
  })
})

describe('the raster of a mosaic', () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true })
  const pixels = fc.integer({ min: 1, max: 6000 })

  it('covers every pixel that the area touches', () => {
    const area: MosaicAnnotation = { kind: 'mosaic', from: { x: 0.1005, y: 0.101 }, to: { x: 0.2005, y: 0.201 } }
    expect(mosaicRaster(area, size)).toMatchObject({ left: 100, top: 50, width: 101, height: 51 })
  })

  it('is coarse: at most five blocks over the shorter side, and none finer than a 48th of the picture', () => {
    fc.assert(
      fc.property(part, part, part, part, pixels, pixels, (x1, y1, x2, y2, width, height) => {
        const from = { x: Math.min(x1, x2), y: Math.min(y1, y2) }
        const to = { x: Math.max(x1, x2), y: Math.max(y1, y2) }
        const raster = mosaicRaster({ kind: 'mosaic', from, to }, { width, height })
        if (!raster) return
        expect(Math.min(raster.columns, raster.rows)).toBeLessThanOrEqual(5)
        expect(Math.max(raster.columns, raster.rows)).toBeLessThanOrEqual(48)
        expect(raster.left).toBeLessThanOrEqual(from.x * width)
        expect(raster.left + raster.width).toBeGreaterThanOrEqual(to.x * width)
        expect(raster.top + raster.height).toBeGreaterThanOrEqual(to.y * height)
        expect(raster.left + raster.width).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('is nothing where no pixel lies', () => {
    expect(mosaicRaster({ kind: 'mosaic', from: { x: 0, y: 0 }, to: { x: 0, y: 1 } }, size)).toBeUndefined()
  })
})
