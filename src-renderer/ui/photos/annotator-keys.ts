import type { KeyboardEvent } from 'react'
import type { Annotation, Point } from '#shared/domain/annotation/annotation'
import { moveAnnotation, resizeAnnotation } from '#shared/domain/annotation/edit-annotations'
import { type AnnotatorAction, type AnnotatorState, type AnnotatorTool, nextColour, nextStroke } from './annotator-state'
import { letterOf } from './compare-keys'

/** The keys of the editor of marks, once: what `?` lists, and what each does. */
export const annotatorHints: readonly (readonly [keys: string, meaning: string])[] = [
  ['1–4', '箭头、方框、文字、打码'],
  ['0', '选择'],
  ['Enter', '在画面中央放一个；选中文字时改字'],
  ['Tab', '逐个选中标注'],
  ['方向键', '移动所选，Shift 改大小'],
  ['Del', '删除所选'],
  ['C', '换颜色'],
  ['S', '换粗细'],
  ['Ctrl+Z', '撤销，Ctrl+Y 重做'],
  ['+ − Z', '放大、缩小、适合 / 100 %'],
  ['Ctrl+Enter', '保存'],
  ['Esc', '离开，未保存的会先问'],
]

export const toolKeys: Readonly<Record<AnnotatorTool, string>> = { select: '0', arrow: '1', box: '2', text: '3', mosaic: '4' }

/** One press moves by a two-hundredth of the picture. */
const nudge = 0.005

export interface AnnotatorKeyTargets {
  dispatch(action: AnnotatorAction): void
  /** Puts a mark of the current tool where the middle of the view is. */
  placeInMiddle(): void
  zoom(factor: number): void
  toggleActualSize(): void
  pan(by: Point): void
  save(): void
  leave(): void
  toggleHints(): void
  /** A mark that had the focus may be gone. */
  focusStage(): void
}

/** True when the key meant something here. */
export function takeAnnotatorKey(event: KeyboardEvent, state: AnnotatorState, to: AnnotatorKeyTargets): boolean {
  if (event.altKey) return false
  if (event.ctrlKey || event.metaKey) return takeControlKey(event, to)
  if (event.key === 'Escape') to.leave()
  else if (event.key === '?') to.toggleHints()
  else if (event.key === '+' || event.key === '=') to.zoom(1.25)
  else if (event.key === '-') to.zoom(0.8)
  else if (event.key === 'Delete' || event.key === 'Backspace') {
    to.dispatch({ type: 'removed' })
    to.focusStage()
  } else if (event.key === 'Enter') return takeEnter(event, state, to)
  else if (event.key.startsWith('Arrow')) return takeArrow(event, state, to)
  else return takeLetterOrDigit(event, state, to)
  return true
}

function takeControlKey(event: KeyboardEvent, to: AnnotatorKeyTargets): boolean {
  const letter = letterOf(event)
  if (event.key === 'Enter') to.save()
  else if (letter === 'Z' || letter === 'Y') {
    to.dispatch({ type: letter === 'Y' || event.shiftKey ? 'redone' : 'undone' })
    to.focusStage()
  } else return false
  return true
}

function takeEnter(event: KeyboardEvent, { selected, history, tool }: AnnotatorState, to: AnnotatorKeyTargets): boolean {
  if (event.target instanceof HTMLButtonElement) return false
  if (selected !== null && history.present[selected]?.kind === 'text') to.dispatch({ type: 'rewordingBegun', index: selected })
  else if (tool !== 'select') to.placeInMiddle()
  else return false
  return true
}

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

function takeArrow(event: KeyboardEvent, { selected, history }: AnnotatorState, to: AnnotatorKeyTargets): boolean {
  const direction = directions[event.key]
  // The choices in the toolbar keep their own arrows.
  if (!direction || event.target instanceof HTMLInputElement) return false
  const mark = selected === null ? undefined : history.present[selected]
  if (selected === null || !mark) {
    to.pan({ x: -direction.x * 40, y: -direction.y * 40 })
    return true
  }
  const by = { x: direction.x * nudge, y: direction.y * nudge }
  const annotation = event.shiftKey ? grown(mark, by) : moveAnnotation(mark, by)
  to.dispatch({ type: 'changed', index: selected, annotation, isContinued: event.repeat })
  return true
}

function grown(mark: Annotation, by: Point): Annotation {
  return mark.kind === 'text' ? mark : resizeAnnotation(mark, 'to', { x: mark.to.x + by.x, y: mark.to.y + by.y })
}

function takeLetterOrDigit(event: KeyboardEvent, state: AnnotatorState, to: AnnotatorKeyTargets): boolean {
  const digit = /^(?:Digit|Numpad)([0-4])$/.exec(event.code)?.[1]
  const tool = (Object.keys(toolKeys) as AnnotatorTool[]).find((each) => toolKeys[each] === digit)
  const letter = letterOf(event)
  if (tool) {
    to.dispatch({ type: 'toolPicked', tool })
    to.focusStage()
  } else if (letter === 'C') to.dispatch({ type: 'styled', colour: nextColour(state.colour) })
  else if (letter === 'S') to.dispatch({ type: 'styled', stroke: nextStroke(state.stroke) })
  else if (letter === 'Z') to.toggleActualSize()
  else return false
  return true
}
