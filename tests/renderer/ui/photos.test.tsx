/** Comparing two photos, with a real pointer and a real keyboard in Chromium. */
import { describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Annotation } from '#shared/domain/annotation/annotation'
import type { Photo } from '../../../src-renderer/ui/photos/photo'
import { PhotoCompare, type PhotoCompareProps } from '../../../src-renderer/ui/photos/photo-compare'
import { renderAnnotated } from '../../../src-renderer/ui/photos/render-annotated'
import { finePattern, fourCorners, photoOf, put } from './photos-on-page'

const mosaic: Annotation = { kind: 'mosaic', from: { x: 0.25, y: 0.25 }, to: { x: 0.75, y: 0.75 } }

function compareOf(over: Partial<PhotoCompareProps> = {}, before: readonly Photo[] = [photoOf('b1'), photoOf('b2')]) {
  return (
    <div style={{ width: 900, height: 300 }}>
      <PhotoCompare
        before={{ name: '处置前', photos: before, empty: '没有处置前照片。' }}
        after={{ name: '处置后', photos: [photoOf('a1'), photoOf('a2'), photoOf('a3')], empty: '没有处置后照片：发核查任务让采集员拍摄。' }}
        {...over}
      />
    </div>
  )
}

const side = (name: RegExp) => page.getByRole('group', { name })
const picture = (name: string) => page.getByRole('img', { name, exact: true })
const boxOf = (name: string) => picture(name).element().getBoundingClientRect()
const focus = async (name: RegExp) => {
  const element = side(name).element() as HTMLElement
  element.focus()
}
/** Where a pixel of the screen lies on a picture. */
const partAt = (name: string, x: number, y: number) => {
  const { left, top, width, height } = boxOf(name)
  return { x: (x - left) / width, y: (y - top) / height }
}

async function ready(...names: readonly string[]): Promise<void> {
  for (const name of names) await expect.element(picture(name)).toBeVisible()
}

describe('which photo is shown', () => {
  it('goes through the photos of the side that has the focus, and stops at the ends', async () => {
    await put(compareOf())
    await focus(/^处置前/)
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}')
    await expect.element(side(/^处置前 2 \/ 2$/)).toBeVisible()
    await ready('照片 b2', '照片 a1')
    await userEvent.keyboard('{Tab}{ArrowRight}')
    await expect.element(side(/^处置后 2 \/ 3$/)).toHaveFocus()
    await ready('照片 b2', '照片 a2')
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}{ArrowLeft}')
    await ready('照片 b1', '照片 a2')
  })

  it('can be chosen with the pointer', async () => {
    await put(compareOf())
    await ready('照片 a1')
    await side(/^处置后/)
      .getByRole('button', { name: '下一张' })
      .click()
    await ready('照片 a2')
    expect(
      side(/^处置后/)
        .getByRole('button', { name: '上一张' })
        .element(),
    ).toBeEnabled()
  })

  it('tells when, who and how far', async () => {
    await put(compareOf())
    await expect.element(side(/^处置前/)).toMatchTextContent('2026-11-20 08:29采集员 12 核实 距落点 4 m')
    await expect.element(side(/^处置前/).getByRole('img', { name: '拍摄位置过远' })).not.toBeInTheDocument()
  })

  it('warns of a photo that was taken far from the place, in kilometres', async () => {
    const { caption } = photoOf('far')
    await put(compareOf({}, [photoOf('far', { caption: { ...caption, distanceM: 2_576_903 } })]))
    await expect.element(side(/^处置前/)).toMatchTextContent('距落点 2577 km')
    await expect.element(side(/^处置前/).getByRole('img', { name: '拍摄位置过远' })).toBeVisible()
  })
})

describe('the view', () => {
  it('zooms both photos at once, and keeps what is under the pointer where it is', async () => {
    await put(compareOf())
    await ready('照片 b1', '照片 a1')
    const at = { x: boxOf('照片 b1').left + 100, y: boxOf('照片 b1').top + 150 }
    const [under, width] = [partAt('照片 b1', at.x, at.y), boxOf('照片 b1').width]
    const stage = document.elementFromPoint(at.x, at.y) as Element
    stage.dispatchEvent(new WheelEvent('wheel', { deltaY: -300, clientX: at.x, clientY: at.y, bubbles: true, cancelable: true }))
    await expect.poll(() => boxOf('照片 b1').width).toBeGreaterThan(width * 1.5)
    expect(partAt('照片 b1', at.x, at.y).x).toBeCloseTo(under.x, 2)
    expect(partAt('照片 b1', at.x, at.y).y).toBeCloseTo(under.y, 2)
    expect(boxOf('照片 a1').width).toBeCloseTo(boxOf('照片 b1').width, 0)
  })

  it('goes to 100 % and back with Z', async () => {
    await put(compareOf())
    await ready('照片 b1')
    await focus(/^处置前/)
    const fitted = boxOf('照片 b1').width
    await userEvent.keyboard('z')
    expect(boxOf('照片 b1').width).toBeCloseTo(800, 0)
    await expect.element(page.getByRole('button', { name: '100 %' })).toBeVisible()
    await userEvent.keyboard('z')
    expect(boxOf('照片 b1').width).toBeCloseTo(fitted, 0)
  })

  it('fills its frame at first, and shows the whole photo with W', async () => {
    await put(compareOf())
    await ready('照片 b1')
    await focus(/^处置前/)
    const frame = side(/^处置前/)
      .element()
      .getBoundingClientRect()
    expect(boxOf('照片 b1').height).toBeGreaterThan(frame.height + 10)
    await userEvent.keyboard('w')
    expect(boxOf('照片 b1').height).toBeCloseTo(frame.height, 0)
  })

  it('is moved for both by dragging either, never past the edge', async () => {
    await put(compareOf())
    await ready('照片 b1', '照片 a1')
    await focus(/^处置前/)
    await userEvent.keyboard('z')
    const before = { b: boxOf('照片 b1'), a: boxOf('照片 a1') }
    const target = side(/^处置后/)
    await userEvent.dragAndDrop(target, target, { sourcePosition: { x: 200, y: 150 }, targetPosition: { x: 150, y: 130 } })
    expect(boxOf('照片 a1').left).toBeCloseTo(before.a.left - 50, 0)
    expect(boxOf('照片 b1').top).toBeCloseTo(before.b.top - 20, 0)
    for (let press = 0; press < 20; press += 1) await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}')
    expect(boxOf('照片 a1').left).toBeCloseTo(target.element().getBoundingClientRect().left, 0)
  })

  it('turns the photo of the focused side alone, by quarter turns', async () => {
    await put(compareOf())
    await ready('照片 b1', '照片 a1')
    await focus(/^处置后/)
    await userEvent.keyboard('wr')
    expect(boxOf('照片 a1').height / boxOf('照片 a1').width).toBeCloseTo(800 / 600, 2)
    expect(boxOf('照片 b1').width / boxOf('照片 b1').height).toBeCloseTo(800 / 600, 2)
    await userEvent.keyboard('{Shift>}r{/Shift}')
    expect(boxOf('照片 a1').width / boxOf('照片 a1').height).toBeCloseTo(800 / 600, 2)
  })
})

describe('ways of comparing', () => {
  const line = () => page.getByRole('slider', { name: '比对中线' })
  const clipOf = (name: RegExp) => getComputedStyle(side(name).element().querySelector('.photos-stage') as Element).clipPath

  it('lays the photos over each other when the middle line is pulled, and follows the pointer', async () => {
    const { container } = await put(compareOf())
    await ready('照片 b1', '照片 a1')
    const area = container.querySelector('.photos-area') as HTMLElement
    await userEvent.dragAndDrop(line(), area, { targetPosition: { x: area.clientWidth / 4, y: 100 } })
    await expect.element(page.getByRole('radio', { name: '滑块' })).toBeChecked()
    await expect.element(line()).toHaveAttribute('aria-valuenow', '25')
    expect(clipOf(/^处置前/)).toBe('inset(0px 75% 0px 0px)')
    expect(clipOf(/^处置后/)).toBe('inset(0px 0px 0px 25%)')
    expect(boxOf('照片 b1').left).toBeCloseTo(boxOf('照片 a1').left, 0)
  })

  it('moves the line with the keyboard, from the line and from a photo', async () => {
    await put(compareOf())
    await ready('照片 b1')
    await focus(/^处置前/)
    await userEvent.keyboard('m]')
    await expect.element(line()).toHaveAttribute('aria-valuenow', '55')
    ;(line().element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
    await expect.element(line()).toHaveAttribute('aria-valuenow', '45')
    await expect.element(side(/^处置前 1 \/ 2$/)).toBeVisible()
  })

  it('shows one through the other, as strongly as asked', async () => {
    await put(compareOf())
    await ready('照片 a1')
    await page.getByText('叠影').click()
    const stage = side(/^处置后/)
      .element()
      .querySelector('.photos-stage') as Element
    expect(getComputedStyle(stage).opacity).toBe('0.5')
    await focus(/^处置前/)
    await userEvent.keyboard('[BracketLeft][BracketLeft]')
    expect(getComputedStyle(stage).opacity).toBe('0.4')
    await expect.element(page.getByText('40 %')).toBeVisible()
  })
})

describe('when there is no picture', () => {
  it('says what to do when there is none', async () => {
    await put(compareOf({ after: { name: '处置后', photos: [], empty: '没有处置后照片：发核查任务让采集员拍摄。' } }))
    await expect.element(page.getByText('没有处置后照片：发核查任务让采集员拍摄。')).toBeVisible()
  })

  it('says that it is coming, then that it failed, and tries again', async () => {
    const onRetry = vi.fn()
    const { change } = await put(compareOf({ onRetry }, [photoOf('b1', { src: null })]))
    await expect.element(page.getByText('正在读取照片…')).toBeVisible()
    await change(compareOf({ onRetry }, [photoOf('b1', { src: null, failure: '照片没有取到，中心连不上；恢复后再试。' })]))
    await expect.element(page.getByRole('alert')).toMatchTextContent('照片没有取到，中心连不上；恢复后再试。')
    await page.getByRole('button', { name: '重试' }).click()
    expect(onRetry).toHaveBeenCalledExactlyOnceWith('b1')
    await change(compareOf({ onRetry }, [photoOf('b1')]))
    await ready('照片 b1')
    expect(page.getByRole('alert').query()).toBeNull()
  })

  it('says so when the bytes are no picture', async () => {
    await put(compareOf({}, [photoOf('b1', { src: 'data:image/png;base64,AAAA' })]))
    await expect.element(page.getByRole('alert')).toMatchTextContent('这张照片打不开，可能没有传完整。')
  })

  it('keeps the photo before, dimmed and with its own mosaic, while the next one comes', async () => {
    const { container } = await put(compareOf({}, [photoOf('b1', { annotations: [mosaic] }), photoOf('b2', { src: null })]))
    await ready('照片 b1')
    await focus(/^处置前/)
    await userEvent.keyboard('{ArrowRight}')
    await expect.element(page.getByText('正在读取照片…')).toBeVisible()
    const dimmed = container.querySelector('.photos-dimmed')
    expect(dimmed?.querySelector('img')?.alt).toBe('照片 b1')
    expect(dimmed?.querySelectorAll('canvas')).toHaveLength(1)
  })

  it('marks what comes from this PC and what was masked', async () => {
    await put(compareOf({}, [photoOf('b1', { isCached: true, isMasked: true })]))
    await expect.element(side(/^处置前/)).toMatchTextContent('已打码 本机缓存')
  })
})

describe('marks on a photo', () => {
  const greyest = (data: Uint8ClampedArray) => [...data].filter((_, index) => index % 4 !== 3)

  it('hides what lies under a mosaic in blocks of the average colour, before the picture is seen', async () => {
    const { container } = await put(compareOf({}, [photoOf('b1', { src: finePattern(), annotations: [mosaic] })]))
    await ready('照片 b1')
    const patch = container.querySelector('canvas') as HTMLCanvasElement
    expect(patch.width * patch.height).toBeLessThanOrEqual(48 * 5)
    const { data } = patch.getContext('2d')?.getImageData(0, 0, patch.width, patch.height) ?? { data: new Uint8ClampedArray([0]) }
    // Black and white columns of one pixel: were any of them left, the values would be 0 and 255.
    for (const value of greyest(data)) expect(Math.abs(value - 127)).toBeLessThan(40)
    const [hidden, whole] = [patch.getBoundingClientRect(), boxOf('照片 b1')]
    expect(hidden.width / whole.width).toBeCloseTo(0.5, 1)
    expect(hidden.left).toBeLessThanOrEqual(whole.left + whole.width * 0.25 + 0.01)
  })

  it('burns marks into a copy for export, and leaves the original alone', async () => {
    const image = new Image()
    image.src = finePattern(400, 300)
    await image.decode()
    const box: Annotation = { kind: 'box', from: { x: 0, y: 0 }, to: { x: 0.2, y: 0.2 }, colour: 'red', stroke: 'thick' }
    const context = renderAnnotated(image, [mosaic, box], { width: 400, height: 300 }).getContext('2d')
    const pixels = (x: number, y: number, width: number, height: number) => [...(context?.getImageData(x, y, width, height).data ?? [])]
    for (const value of greyest(new Uint8ClampedArray(pixels(100, 75, 200, 150)))) expect(Math.abs(value - 127)).toBeLessThan(40)
    expect(pixels(320, 280, 2, 1)).toEqual([0, 0, 0, 255, 255, 255, 255, 255])
    expect(pixels(40, 60, 1, 1)).toEqual([229, 32, 43, 255])
    expect(image.src).toBe(finePattern(400, 300))
  })

  it('asks for the editor with A, for the photo that has the focus', async () => {
    const onAnnotate = vi.fn()
    await put(compareOf({ onAnnotate }))
    await ready('照片 a1')
    await focus(/^处置后/)
    await userEvent.keyboard('a')
    expect(onAnnotate).toHaveBeenCalledExactlyOnceWith('a1')
  })
})

describe('keys', () => {
  it('are listed with ?, and only what works here', async () => {
    await put(compareOf())
    await focus(/^处置前/)
    await userEvent.keyboard('?')
    await expect.element(page.getByText(/右转 90°，/)).toBeVisible()
    expect(page.getByText(/标注/).query()).toBeNull()
    await userEvent.keyboard('?')
    expect(page.getByText(/右转 90°，/).query()).toBeNull()
  })

  it('leave chords of the frame alone', async () => {
    await put(compareOf())
    await ready('照片 b1')
    await focus(/^处置前/)
    const width = boxOf('照片 b1').width
    const seen = vi.fn((event: KeyboardEvent) => event.defaultPrevented)
    window.addEventListener('keydown', seen)
    await userEvent.keyboard('{Alt>}z{/Alt}')
    window.removeEventListener('keydown', seen)
    expect(boxOf('照片 b1').width).toBe(width)
    expect(seen.mock.results.map(({ value }) => value)).not.toContain(true)
  })
})

it('draws four corners where they are, turned or not', async () => {
  const image = new Image()
  image.src = fourCorners(8, 6)
  await image.decode()
  const context = renderAnnotated(image, [], { width: 8, height: 6 }).getContext('2d')
  expect([...(context?.getImageData(0, 0, 1, 1).data ?? [])]).toEqual([192, 0, 0, 255])
})
