/** Marks on a photo: what is read from outside, and what moving, resizing and undoing may do to them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Annotation, annotationCountLimit, annotationTextLimit, parseAnnotations } from '#shared/domain/annotation/annotation'
import {
  type AnnotationHandle,
  addAnnotation,
  continueStep,
  historyLimit,
  isLargeEnough,
  moveAnnotation,
  recordStep,
  redoStep,
  replaceAnnotation,
  resizeAnnotation,
  smallestExtent,
  startHistory,
  undoStep,
} from '#shared/domain/annotation/edit-annotations'

const box = {
  kind: 'box',
  from: { x: 0.2, y: 0.3 },
  to: { x: 0.4, y: 0.5 },
  colour: 'red',
  stroke: 'medium',
} as const satisfies Annotation
const arrow = { ...box, kind: 'arrow' } as const satisfies Annotation
const mosaic = { kind: 'mosaic', from: box.from, to: box.to } as const satisfies Annotation
const words = { kind: 'text', at: { x: 0.1, y: 0.1 }, text: '井盖移位', colour: 'blue', stroke: 'thin' } as const satisfies Annotation

const part = fc.double({ min: 0, max: 1, noNaN: true })
const point = fc.record({ x: part, y: part })
const style = { colour: fc.constantFrom('red', 'yellow', 'blue'), stroke: fc.constantFrom('thin', 'medium', 'thick') }
const rawAnnotation = fc.oneof(
  fc.record({ kind: fc.constantFrom('arrow', 'box', 'mosaic'), from: point, to: point, ...style }),
  fc.record({
    kind: fc.constant('text'),
    at: point,
    text: fc.string({ minLength: 1, maxLength: 20 }).map((text) => `字${text}`),
    ...style,
  }),
)
const annotation = rawAnnotation.map((raw) => {
  const parsed = parseAnnotations([raw])
  if (!parsed.ok || !parsed.value[0]) throw new Error('the arbitrary is wrong')
  return parsed.value[0]
})
const handle = fc.constantFrom<AnnotationHandle>('from', 'to', 'rightTop', 'leftBottom')
const anywhere = fc.record({ x: fc.double({ min: -3, max: 3, noNaN: true }), y: fc.double({ min: -3, max: 3, noNaN: true }) })

describe('reading marks from outside', () => {
  it('takes every kind and leaves out what it does not know', () => {
    expect(parseAnnotations([{ ...arrow, onclick: 'x' }, box, words, { ...mosaic, colour: 'red' }])).toEqual({
      ok: true,
      value: [arrow, box, words, mosaic],
    })
  })

  it('puts the corners of an area in order, and keeps the direction of an arrow', () => {
    const turned = { from: { x: 0.4, y: 0.3 }, to: { x: 0.2, y: 0.5 } }
    expect(
      parseAnnotations([
        { ...box, ...turned },
        { ...arrow, ...turned },
      ]),
    ).toEqual({ ok: true, value: [box, { ...arrow, ...turned }] })
  })

  it('keeps words on one line and without control characters', () => {
    expect(parseAnnotations([{ ...words, text: ' 一\u0000\n二\u2028 ' }])).toEqual({ ok: true, value: [{ ...words, text: '一 二' }] })
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'annotation/malformed'],
    ['an object', {}, 'annotation/malformed'],
    ['null in the list', [null], 'annotation/malformed'],
    ['an unknown kind', [{ ...box, kind: 'ellipse' }], 'annotation/malformed'],
    ['a kind from the prototype', [{ ...box, colour: 'toString' }], 'annotation/malformed'],
    ['an unknown stroke', [{ ...box, stroke: 3 }], 'annotation/malformed'],
    ['no place', [{ ...box, from: undefined }], 'annotation/malformed'],
    ['empty words', [{ ...words, text: ' \n' }], 'annotation/malformed'],
    ['a place over the edge', [{ ...box, to: { x: 1.0001, y: 0.5 } }], 'annotation/outside'],
    ['a negative place', [{ ...words, at: { x: -0.1, y: 0 } }], 'annotation/outside'],
    ['no number', [{ ...mosaic, from: { x: Number.NaN, y: 0 } }], 'annotation/outside'],
    ['a number in words', [{ ...mosaic, from: { x: '0.1', y: 0 } }], 'annotation/outside'],
    ['words that are too long', [{ ...words, text: '字'.repeat(annotationTextLimit + 1) }], 'annotation/textTooLong'],
    ['too many', Array.from({ length: annotationCountLimit + 1 }, () => box), 'annotation/tooMany'],
  ])('refuses %s', (_, input, error) => {
    expect(parseAnnotations(input)).toEqual({ ok: false, error })
  })

  it('allows the limits themselves, rare characters counted as one', () => {
    const full = Array.from({ length: annotationCountLimit }, () => ({ ...words, text: '𠮷'.repeat(annotationTextLimit) }))
    expect(parseAnnotations(full)).toEqual({ ok: true, value: full })
  })

  it('never throws, and reads its own answer again unchanged, through JSON too', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(rawAnnotation, { maxLength: 60 })), (input) => {
        const once = parseAnnotations(input)
        if (once.ok) expect(parseAnnotations(JSON.parse(JSON.stringify(once.value)))).toEqual(JSON.parse(JSON.stringify(once)))
      }),
    )
  })
})

describe('moving and resizing', () => {
  it('moves by a part of the picture', () => {
    expect(moveAnnotation(box, { x: 0.1, y: -0.1 })).toEqual({ ...box, from: { x: 0.3, y: 0.2 }, to: { x: 0.5, y: 0.4 } })
    expect(moveAnnotation(words, { x: 0.1, y: 0.1 })).toEqual({ ...words, at: { x: 0.2, y: 0.2 } })
  })

  it('stops at the edge with its size kept', () => {
    expect(moveAnnotation(box, { x: 5, y: -5 })).toEqual({ ...box, from: { x: 0.8, y: 0 }, to: { x: 1, y: 0.2 } })
  })

  it('pulls one corner, and turns an area inside out in order', () => {
    expect(resizeAnnotation(box, 'rightTop', { x: 0.6, y: 0.1 })).toEqual({ ...box, from: { x: 0.2, y: 0.1 }, to: { x: 0.6, y: 0.5 } })
    expect(resizeAnnotation(mosaic, 'to', { x: 0.1, y: 0.1 })).toEqual({ ...mosaic, from: { x: 0.1, y: 0.1 }, to: { x: 0.2, y: 0.3 } })
    expect(resizeAnnotation(arrow, 'to', { x: 0.1, y: 0.1 })).toEqual({ ...arrow, to: { x: 0.1, y: 0.1 } })
  })

  it('does not make an area too small to find again, and leaves words alone', () => {
    expect(resizeAnnotation(box, 'to', { x: 0.2 + smallestExtent / 2, y: 0.9 })).toBe(box)
    expect(resizeAnnotation(words, 'to', { x: 0.9, y: 0.9 })).toBe(words)
  })

  it('tells a drawing from a click', () => {
    const at = { x: 0.5, y: 0.5 }
    expect(isLargeEnough({ ...arrow, from: at, to: { x: 0.5 + smallestExtent, y: 0.5 } })).toBe(true)
    expect(isLargeEnough({ ...mosaic, from: at, to: { x: 0.9, y: 0.5 } })).toBe(false)
    expect(isLargeEnough({ ...words, text: '' })).toBe(false)
  })

  it('always gives a mark that can be read again, wherever it is pulled or pushed', () => {
    fc.assert(
      fc.property(annotation, anywhere, handle, anywhere, (start, by, which, to) => {
        const result = [resizeAnnotation(moveAnnotation(start, by), which, to)]
        expect(parseAnnotations(result)).toEqual({ ok: true, value: result })
      }),
    )
  })

  it('keeps the size while moving', () => {
    fc.assert(
      fc.property(annotation, anywhere, (start, by) => {
        const moved = moveAnnotation(start, by)
        if (moved.kind === 'text' || start.kind === 'text') return
        expect(moved.to.x - moved.from.x).toBeCloseTo(start.to.x - start.from.x, 4)
        expect(moved.to.y - moved.from.y).toBeCloseTo(start.to.y - start.from.y, 4)
      }),
    )
  })
})

describe('the list', () => {
  it('adds on top up to the limit', () => {
    const full = Array.from({ length: annotationCountLimit }, () => box)
    expect(addAnnotation([box], words)).toEqual([box, words])
    expect(addAnnotation(full, words)).toBe(full)
  })

  it('replaces and takes away by place', () => {
    expect(replaceAnnotation([box, words], 1, mosaic)).toEqual([box, mosaic])
    expect(replaceAnnotation([box, words], 0, undefined)).toEqual([words])
  })
})

describe('undo and redo', () => {
  it('goes back and forth, and forgets what was undone once something new is done', () => {
    const drawn = recordStep(recordStep(startHistory('a'), 'b'), 'c')
    const back = undoStep(undoStep(drawn))
    expect(back.present).toBe('a')
    expect(redoStep(back).present).toBe('b')
    expect(redoStep(redoStep(back))).toEqual(drawn)
    expect(redoStep(recordStep(back, 'd'))).toEqual({ past: ['a'], present: 'd', future: [] })
  })

  it('stays where it is at both ends, and takes the same value for no step', () => {
    const history = startHistory('a')
    expect(undoStep(history)).toBe(history)
    expect(redoStep(history)).toBe(history)
    expect(recordStep(history, 'a')).toBe(history)
  })

  it('undoes a continued step at once', () => {
    expect(undoStep(continueStep(recordStep(startHistory('a'), 'b'), 'c')).present).toBe('a')
  })

  it('undoes everything it remembers, in reverse, and redoes it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1 }), { maxLength: 2 * historyLimit }), (values) => {
        const all = values.reduce(recordStep, startHistory(0))
        const steps = Math.min(values.length, historyLimit)
        const seen = Array.from({ length: steps }).reduce<typeof all>((history) => undoStep(history), all)
        expect(seen.present).toBe([0, ...values].at(-1 - steps))
        expect(undoStep(seen)).toBe(seen)
        expect(Array.from({ length: steps }).reduce<typeof all>((history) => redoStep(history), seen).present).toBe(all.present)
      }),
    )
  })
})
