/** Which part of a picture a frame shows, as numbers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Frame,
  fillingView,
  pannedBy,
  placementOf,
  pointOnPicture,
  scaleOf,
  toggledActualSize,
  turnBy,
  turnedSize,
  type View,
  wholeView,
  zoomedBy,
} from '../../../src-renderer/ui/photos/view'

const side = fc.integer({ min: 50, max: 4000 })
const size = fc.record({ width: side, height: side })
const frames = fc.record<Frame>({ box: size, picture: size })
const part = fc.double({ min: 0, max: 1, noNaN: true })
/** Views that pointers and keys can lead to. */
const views = (frame: Frame) =>
  fc
    .tuple(fc.constantFrom<View>(fillingView, wholeView), fc.double({ min: 0.2, max: 5, noNaN: true }), part, part)
    .map(([start, factor, x, y]) => zoomedBy(start, frame, factor, { x: x * frame.box.width, y: y * frame.box.height }))
const shown = frames.chain((frame) => fc.record({ frame: fc.constant(frame), view: views(frame) }))

describe('a view', () => {
  it('leaves no empty margin where the picture could fill it, however it is moved', () => {
    fc.assert(
      fc.property(shown, fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -9999, max: 9999 }), ({ frame, view }, x, y) => {
        const at = placementOf(pannedBy(view, frame, { x, y }), frame, 0)
        if (at.width <= frame.box.width) expect(at.left).toBeCloseTo((frame.box.width - at.width) / 2, 3)
        else {
          expect(at.left).toBeLessThan(0.001)
          expect(at.left + at.width).toBeGreaterThan(frame.box.width - 0.001)
        }
        if (at.height > frame.box.height) expect(at.top + at.height).toBeGreaterThan(frame.box.height - 0.001)
      }),
    )
  })

  it('keeps what is under the pointer there while zooming in', () => {
    fc.assert(
      fc.property(shown, part, part, ({ frame, view }, x, y) => {
        const at = { x: x * frame.box.width, y: y * frame.box.height }
        const before = placementOf(view, frame, 0)
        // Over a margin there is nothing to keep, and a picture that does not fill the frame yet stays in its middle.
        fc.pre(before.width >= frame.box.width && before.height >= frame.box.height)
        const [was, is] = [view, zoomedBy(view, frame, 1.5, at)].map((each) => pointOnPicture(each, frame, at))
        expect(is?.x).toBeCloseTo(was?.x ?? Number.NaN, 6)
        expect(is?.y).toBeCloseTo(was?.y ?? Number.NaN, 6)
      }),
    )
  })

  it('goes to 100 % and back to fitted', () => {
    const frame: Frame = { box: { width: 400, height: 300 }, picture: { width: 1600, height: 1200 } }
    expect(scaleOf(toggledActualSize(wholeView, frame), frame)).toBe(1)
    expect(toggledActualSize(toggledActualSize(wholeView, frame), frame)).toEqual(wholeView)
  })

  it('keeps margins rather than hide most of a photo in a very wide frame', () => {
    const frame: Frame = { box: { width: 1200, height: 200 }, picture: { width: 400, height: 300 } }
    expect(placementOf(fillingView, frame, 0).height).toBeCloseTo(340, 6)
  })

  it('turns four times into what it was', () => {
    expect(turnBy(turnBy(3, 1), -1)).toBe(3)
    expect(turnBy(0, -1)).toBe(3)
    expect(turnedSize({ width: 4, height: 3 }, 3)).toEqual({ width: 3, height: 4 })
  })
})
