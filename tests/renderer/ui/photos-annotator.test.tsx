/** Marking a photo, with a real pointer and a real keyboard in Chromium. */
import { describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Annotation, parseAnnotations } from '#shared/domain/annotation/annotation'
import { PhotoAnnotator, type PhotoAnnotatorProps } from '../../../src-renderer/ui/photos/photo-annotator'
import { finePattern, photoOf, put } from './photos-on-page'

const box: Annotation = { kind: 'box', from: { x: 0.2, y: 0.2 }, to: { x: 0.4, y: 0.4 }, colour: 'red', stroke: 'medium' }
const words: Annotation = { kind: 'text', at: { x: 0.5, y: 0.5 }, text: '井盖移位', colour: 'blue', stroke: 'thick' }

/** A stage of 800 × 600 exactly: a pixel of the screen is a pixel of the picture. */
async function open(annotations: readonly Annotation[] = [], over: Partial<PhotoAnnotatorProps> = {}) {
  const saved: (readonly Annotation[])[] = []
  const onLeave = vi.fn()
  const photo = photoOf('b1', { annotations })
  const { container, change } = await put(
    <div style={{ width: 800, height: 636 }}>
      <PhotoAnnotator photo={photo} onSave={(next) => saved.push(next)} onLeave={onLeave} {...over} />
    </div>,
  )
  await expect.element(page.getByRole('img', { name: '照片 b1' })).toBeVisible()
  return { container, change, saved, onLeave }
}

const stage = () => page.getByRole('group', { name: '照片 b1' })
const marks = () => page.getByRole('button', { name: /^\d+ (箭头|方框|文字|打码)/ })
const save = () => userEvent.keyboard('{Control>}{Enter}{/Control}')
const drag = (from: readonly [number, number], to: readonly [number, number]) =>
  userEvent.dragAndDrop(stage(), stage(), {
    sourcePosition: { x: from[0], y: from[1] },
    targetPosition: { x: to[0], y: to[1] },
  })
const press = (x: number, y: number) => stage().click({ position: { x, y } })

describe('drawing with the pointer', () => {
  it('draws an arrow from where it was pressed to where it was let go', async () => {
    const { saved } = await open()
    await drag([80, 60], [400, 300])
    await save()
    expect(saved).toEqual([[{ kind: 'arrow', from: { x: 0.1, y: 0.1 }, to: { x: 0.5, y: 0.5 }, colour: 'red', stroke: 'medium' }]])
  })

  it('draws a box in the colour and width chosen, from any corner', async () => {
    const { saved } = await open()
    await page.getByTitle('方框（2）').click()
    await page.getByTitle(/^黄/).click()
    await page.getByTitle(/^粗/).click()
    await drag([400, 300], [80, 60])
    await save()
    expect(saved).toEqual([[{ kind: 'box', from: { x: 0.1, y: 0.1 }, to: { x: 0.5, y: 0.5 }, colour: 'yellow', stroke: 'thick' }]])
  })

  it('draws a mosaic that hides at once', async () => {
    const { container, saved } = await open([], { photo: photoOf('b1', { src: finePattern(800, 600) }) })
    await userEvent.keyboard('4')
    await drag([80, 60], [400, 300])
    const patch = container.querySelector('canvas') as HTMLCanvasElement
    const colours = patch.getContext('2d')?.getImageData(0, 0, patch.width, patch.height).data ?? []
    for (const [index, value] of [...colours].entries()) if (index % 4 !== 3) expect(Math.abs(value - 127)).toBeLessThan(40)
    await save()
    expect(saved).toEqual([[{ kind: 'mosaic', from: { x: 0.1, y: 0.1 }, to: { x: 0.5, y: 0.5 } }]])
  })

  it('takes a click for no drawing', async () => {
    const { saved } = await open()
    await press(300, 300)
    await save()
    expect(saved).toEqual([[]])
  })

  it('types words where the photo was pressed: digits and letters are words there, not keys', async () => {
    const { saved } = await open()
    await userEvent.keyboard('3')
    await press(400, 300)
    await expect.element(page.getByRole('textbox', { name: '标注文字' })).toHaveFocus()
    await userEvent.keyboard('4 cm c{Enter}')
    await expect.element(stage()).toHaveFocus()
    await save()
    expect(saved).toEqual([[{ kind: 'text', at: { x: 0.5, y: 0.5 }, text: '4 cm c', colour: 'red', stroke: 'medium' }]])
  })

  it('keeps words that were not finished with Enter when it saves', async () => {
    const { saved } = await open()
    await userEvent.keyboard('3')
    await press(400, 300)
    await page.getByRole('textbox', { name: '标注文字' }).fill('井盖移位')
    await save()
    expect(saved).toMatchObject([[{ text: '井盖移位' }]])
  })

  it('gives only what the reader of marks accepts, drawn over the edge too', async () => {
    const { saved } = await open()
    await userEvent.keyboard('2')
    await drag([700, 500], [799, 599])
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}')
    await save()
    expect(saved[0]).toHaveLength(1)
    expect(parseAnnotations(saved[0])).toEqual({ ok: true, value: saved[0] })
  })
})

describe('changing marks', () => {
  it('moves one by dragging it, and pulls a corner', async () => {
    const { container, saved } = await open([box])
    await userEvent.keyboard('0')
    await drag([160, 200], [240, 260])
    await save()
    expect(saved[0]).toEqual([{ ...box, from: { x: 0.3, y: 0.3 }, to: { x: 0.5, y: 0.5 } }])
    await userEvent.dragAndDrop(container.querySelector('[data-handle="to"]') as Element, stage(), { targetPosition: { x: 640, y: 480 } })
    await save()
    expect(saved[1]).toEqual([{ ...box, from: { x: 0.3, y: 0.3 }, to: { x: 0.8, y: 0.8 } }])
  })

  it('changes colour and width of the one that is selected', async () => {
    const { saved } = await open([box, words])
    await userEvent.keyboard('{Tab}')
    await expect.element(marks().first()).toHaveFocus()
    await userEvent.keyboard('cs')
    await save()
    expect(saved).toEqual([[{ ...box, colour: 'yellow', stroke: 'thick' }, words]])
  })

  it('moves, resizes and deletes with the keyboard, and undoes each step', async () => {
    const { saved } = await open([box])
    await userEvent.keyboard('{Tab}{ArrowRight}{ArrowDown}{Shift>}{ArrowRight}{/Shift}')
    await save()
    expect(saved.at(-1)).toEqual([{ ...box, from: { x: 0.205, y: 0.205 }, to: { x: 0.41, y: 0.405 } }])
    await userEvent.keyboard('{Delete}')
    await expect.element(marks()).not.toBeInTheDocument()
    await userEvent.keyboard('{Control>}zz{/Control}')
    await save()
    expect(saved.at(-1)).toEqual([{ ...box, from: { x: 0.205, y: 0.205 }, to: { x: 0.405, y: 0.405 } }])
    await userEvent.keyboard('{Control>}yy{/Control}')
    await save()
    expect(saved.at(-1)).toEqual([])
  })

  it('rewords with Enter, and takes a mark away whose words are deleted', async () => {
    const { saved } = await open([words])
    await userEvent.keyboard('{Tab}{Enter}')
    const typing = page.getByRole('textbox', { name: '标注文字' })
    await expect.element(typing).toHaveValue('井盖移位')
    await typing.fill('井盖破损')
    await userEvent.keyboard('{Enter}')
    await save()
    expect(saved.at(-1)).toEqual([{ ...words, text: '井盖破损' }])
    await userEvent.keyboard('{Enter}')
    await typing.fill(' ')
    await userEvent.keyboard('{Escape}')
    await save()
    expect(saved.at(-1)).toEqual([])
  })

  it('places every kind without a pointer', async () => {
    const { saved } = await open()
    await userEvent.keyboard('1{Enter}2{Enter}4{Enter}3{Enter}')
    await expect.element(page.getByRole('textbox', { name: '标注文字' })).toHaveFocus()
    await userEvent.keyboard('a{Enter}')
    await save()
    expect(saved[0]?.map(({ kind }) => kind)).toEqual(['arrow', 'box', 'mosaic', 'text'])
    expect(saved[0]?.[1]).toMatchObject({ from: { x: 0.42, y: 0.44 }, to: { x: 0.58, y: 0.56 } })
  })
})

describe('leaving', () => {
  const question = () => page.getByRole('alertdialog', { name: '标注还没有保存' })

  it('goes at once when nothing was changed', async () => {
    const { onLeave } = await open([box])
    await userEvent.keyboard('{Escape}')
    expect(onLeave).toHaveBeenCalledOnce()
  })

  it('asks when something was, and goes on where it was with Esc', async () => {
    const { onLeave, saved } = await open([box])
    await userEvent.keyboard('{Tab}{ArrowRight}{Escape}')
    await expect.element(question().getByRole('button', { name: '保留' })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect.element(question()).not.toBeInTheDocument()
    await expect.element(stage()).toHaveFocus()
    expect(onLeave).not.toHaveBeenCalled()
    expect(saved).toEqual([])
  })

  it('keeps with 保留, gives up only with 放弃', async () => {
    const { onLeave, saved } = await open([box])
    await userEvent.keyboard('{Tab}{Delete}{Escape}{Enter}')
    expect(saved).toEqual([[]])
    expect(onLeave).not.toHaveBeenCalled()
    await userEvent.keyboard('{Escape}')
    await question().getByRole('button', { name: '放弃' }).click()
    expect(onLeave).toHaveBeenCalledOnce()
    expect(saved).toHaveLength(1)
  })

  it('asks about words that are still being typed', async () => {
    const { onLeave } = await open()
    await userEvent.keyboard('3{Enter}')
    await page.getByRole('textbox', { name: '标注文字' }).fill('下陷')
    await page.getByRole('button', { name: /^离开/ }).click()
    await expect.element(question()).toBeVisible()
    expect(onLeave).not.toHaveBeenCalled()
  })

  it('does not save twice while saving, and says why it failed', async () => {
    const { saved } = await open([box], { isSaving: true, failure: '标注没有保存，中心连不上；画的都还在。' })
    await expect.element(page.getByRole('alert')).toMatchTextContent('标注没有保存，中心连不上；画的都还在。')
    await save()
    expect(saved).toEqual([])
  })
})
