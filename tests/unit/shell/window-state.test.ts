import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWindowState, placeWindow, type Rectangle, smallestPane, smallestWindow } from '#main/shell/electron/window-state'

const office: Rectangle = { x: 0, y: 0, width: 1920, height: 1040 }
const second: Rectangle = { x: 1920, y: 0, width: 1920, height: 1080 }

describe('place of a window', () => {
  it('fills the first display at the first start, and a pane stands in its middle', () => {
    expect(placeWindow(undefined, [office], smallestWindow)).toEqual({
      bounds: { x: 277, y: 136, width: 1366, height: 768 },
      isMaximised: true,
      minimum: { width: 1366, height: 768 },
    })
    expect(placeWindow(undefined, [office], smallestPane)).toEqual({
      bounds: { x: 480, y: 170, width: 960, height: 700 },
      isMaximised: false,
      minimum: { width: 480, height: 360 },
    })
  })

  it('is the remembered one while its display is there', () => {
    const remembered = { bounds: { x: 2000, y: 40, width: 1500, height: 900 }, isMaximised: false }
    expect(placeWindow(remembered, [office, second], smallestWindow)).toMatchObject(remembered)
  })

  it('comes back to the first display when the second was unplugged', () => {
    const remembered = { bounds: { x: 2000, y: 40, width: 1500, height: 900 }, isMaximised: true }
    expect(placeWindow(remembered, [office], smallestWindow)).toMatchObject({
      bounds: { x: 210, y: 70, width: 1500, height: 900 },
      isMaximised: true,
    })
  })

  it('shrinks with a display that became smaller, below the smallest size where there is no room', () => {
    const remembered = { bounds: { x: 100, y: 100, width: 1900, height: 1000 }, isMaximised: false }
    expect(placeWindow(remembered, [{ x: 0, y: 0, width: 1366, height: 728 }], smallestWindow)).toEqual({
      bounds: { x: 0, y: 0, width: 1366, height: 728 },
      isMaximised: false,
      minimum: { width: 1366, height: 728 },
    })
  })

  it('lies wholly on one display, whatever was remembered and whatever displays there are', () => {
    const coordinate = fc.integer({ min: -10_000, max: 10_000 })
    const rectangle = fc.record({
      x: coordinate,
      y: coordinate,
      width: fc.integer({ min: 1, max: 9_000 }),
      height: fc.integer({ min: 1, max: 9_000 }),
    })
    const display = fc.record({
      x: coordinate,
      y: coordinate,
      width: fc.integer({ min: 640, max: 4_000 }),
      height: fc.integer({ min: 480, max: 3_000 }),
    })
    fc.assert(
      fc.property(rectangle, display, fc.array(display, { maxLength: 3 }), (bounds, first, more) => {
        const placed = placeWindow({ bounds, isMaximised: false }, [first, ...more], smallestWindow).bounds
        const isInside = [first, ...more].some(
          (area) =>
            placed.x >= area.x &&
            placed.y >= area.y &&
            placed.x + placed.width <= area.x + area.width &&
            placed.y + placed.height <= area.y + area.height,
        )
        expect(isInside).toBe(true)
      }),
    )
  })

  it.each([
    undefined,
    null,
    7,
    {},
    { bounds: null },
    { bounds: { x: 0, y: 0, width: 0, height: 5 } },
    { bounds: { x: 'a', y: 0, width: 5, height: 5 } },
  ])('is not believed when it reads %j', (value) => {
    expect(parseWindowState(value)).toBeUndefined()
  })
})
