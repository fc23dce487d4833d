import type { KeyboardEvent } from 'react'
import type { Compare } from './use-compare'

/** The keys of the comparison, once: what `?` lists, and what each does. They act while the focus is inside. */
const zoomStep = 1.25
const panStepPx = 40
const blendStep = 0.05

export const compareHints: readonly (readonly [keys: string, meaning: string])[] = [
  ['← →', '上一张 / 下一张'],
  ['Tab', '换到另一侧'],
  ['M', '并排、滑块、叠影'],
  ['[ ]', '移动中线或改变叠影浓淡'],
  ['+ −', '放大、缩小（滚轮亦可）'],
  ['Z', '适合窗格 / 100 %'],
  ['W', '铺满 / 整张'],
  ['Shift+方向键', '移动画面（拖动亦可）'],
  ['R', '右转 90°，Shift+R 左转'],
]

/** Letters go by their place on the keyboard, so that an input method does not swallow them. */
export function letterOf({ code }: { readonly code: string }): string | undefined {
  return /^Key([A-Z])$/.exec(code)?.[1]
}

const arrows: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** True when the key meant something here. */
export function takeCompareKey(event: KeyboardEvent, compare: Compare, others: { annotate(): boolean; toggleHints(): void }): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return false
  const arrow = arrows[event.key]
  if (arrow) return takeArrow(event, arrow, compare)
  if (event.key === '+' || event.key === '=') compare.zoom(zoomStep)
  else if (event.key === '-' || event.key === '_') compare.zoom(1 / zoomStep)
  else if (event.code === 'BracketLeft' || event.code === 'BracketRight') blend(compare, event.code === 'BracketLeft' ? -1 : 1)
  else if (event.key === '?') others.toggleHints()
  else return takeLetter(event, compare, others.annotate)
  return true
}

function takeLetter(event: KeyboardEvent, compare: Compare, annotate: () => boolean): boolean {
  switch (letterOf(event)) {
    case 'Z':
      compare.toggleActualSize()
      return true
    case 'W':
      compare.toggleFit()
      return true
    case 'M':
      compare.nextMode()
      return true
    case 'R':
      compare.turn(event.shiftKey ? -1 : 1)
      return true
    case 'A':
      return annotate()
    default:
      return false
  }
}

function takeArrow(event: KeyboardEvent, [x, y]: readonly [number, number], compare: Compare): boolean {
  // Controls inside keep their own arrows: the choice of mode, the opacity.
  if (event.target instanceof HTMLInputElement) return false
  if (event.target instanceof HTMLElement && event.target.role === 'slider') {
    if (x !== 0) moveLine(compare, x)
    return x !== 0
  }
  if (event.shiftKey) compare.pan(-x * panStepPx, -y * panStepPx)
  else if (x !== 0) compare.step(compare.focused, x)
  return event.shiftKey || x !== 0
}

function blend(compare: Compare, direction: -1 | 1): void {
  if (compare.mode === 'overlay') compare.setOpacity(compare.opacity + direction * blendStep)
  else moveLine(compare, direction)
}

/** Side by side the line is still in the middle: moving it begins the comparison with the slider. */
function moveLine(compare: Compare, direction: number): void {
  compare.setMode('slider')
  compare.setSplit((compare.mode === 'slider' ? compare.split : 0.5) + direction * blendStep)
}
