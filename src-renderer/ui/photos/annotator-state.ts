import {
  type Annotation,
  type AnnotationColour,
  type AnnotationKind,
  type AnnotationStroke,
  annotationColours,
  annotationStrokes,
  annotationTextLimit,
  cleanAnnotationText,
  type Point,
} from '#shared/domain/annotation/annotation'
import {
  addAnnotation,
  continueStep,
  type History,
  recordStep,
  redoStep,
  replaceAnnotation,
  startHistory,
  undoStep,
} from '#shared/domain/annotation/edit-annotations'

/** What the editor of marks remembers, and every way it can change, as a function over values. Pointers, keys and painting are elsewhere. */
export type AnnotatorTool = 'select' | AnnotationKind

export interface AnnotatorState {
  readonly history: History<readonly Annotation[]>
  readonly tool: AnnotatorTool
  readonly colour: AnnotationColour
  readonly stroke: AnnotationStroke
  /** Place in the list of the mark that keys act on. */
  readonly selected: number | null
  /** Words being typed: `index` of the mark they belong to, null for a new one. */
  readonly typing: { readonly index: number | null; readonly at: Point; readonly text: string } | null
  /** The question whether to keep what was drawn is on the screen. */
  readonly isLeaving: boolean
}

export type AnnotatorAction =
  | { readonly type: 'toolPicked'; readonly tool: AnnotatorTool }
  | { readonly type: 'styled'; readonly colour?: AnnotationColour; readonly stroke?: AnnotationStroke }
  | { readonly type: 'selected'; readonly index: number | null }
  | { readonly type: 'drawn'; readonly annotation: Annotation }
  /** `isContinued`: the key is still held down, and all of it is one step. */
  | { readonly type: 'changed'; readonly index: number; readonly annotation: Annotation; readonly isContinued?: boolean }
  | { readonly type: 'removed' }
  | { readonly type: 'undone' }
  | { readonly type: 'redone' }
  | { readonly type: 'typingBegun'; readonly at: Point }
  | { readonly type: 'rewordingBegun'; readonly index: number }
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'typingEnded' }
  | { readonly type: 'leavingAsked' }
  | { readonly type: 'leavingDropped' }

export function startAnnotator(annotations: readonly Annotation[]): AnnotatorState {
  const history = startHistory(annotations)
  return { history, tool: 'arrow', colour: 'red', stroke: 'medium', selected: null, typing: null, isLeaving: false }
}

export function reduceAnnotator(before: AnnotatorState, action: AnnotatorAction): AnnotatorState {
  if (action.type === 'typed') return before.typing ? { ...before, typing: { ...before.typing, text: action.text } } : before
  // Colour and size may be chosen while typing; everything else first keeps the words.
  if (action.type === 'styled') return styled(before, action)
  const state = withTypedWords(before)
  const { history, selected } = state
  switch (action.type) {
    case 'toolPicked':
      return { ...state, tool: action.tool, selected: null }
    case 'selected':
      return { ...state, selected: action.index }
    case 'drawn': {
      const next = addAnnotation(history.present, action.annotation)
      return { ...state, history: recordStep(history, next), selected: next === history.present ? selected : next.length - 1 }
    }
    case 'changed': {
      if (history.present[action.index] === action.annotation) return state
      const next = replaceAnnotation(history.present, action.index, action.annotation)
      return { ...state, history: action.isContinued ? continueStep(history, next) : recordStep(history, next), selected: action.index }
    }
    case 'removed':
      if (selected === null) return state
      return { ...state, history: recordStep(history, replaceAnnotation(history.present, selected, undefined)), selected: null }
    case 'undone':
      return { ...state, history: undoStep(history), selected: null }
    case 'redone':
      return { ...state, history: redoStep(history), selected: null }
    case 'typingBegun':
      return { ...state, typing: { index: null, at: action.at, text: '' }, selected: null }
    case 'rewordingBegun':
      return rewording(state, action.index)
    case 'typingEnded':
      return state
    case 'leavingAsked':
      return { ...state, isLeaving: true }
    case 'leavingDropped':
      return { ...state, isLeaving: false }
  }
}

/** The marks as they would be saved now, half-typed words included. */
export function annotationsOf(state: AnnotatorState): readonly Annotation[] {
  return withTypedWords(state).history.present
}

function withTypedWords(state: AnnotatorState): AnnotatorState {
  const { typing, history, colour, stroke } = state
  if (!typing) return state
  const text = [...cleanAnnotationText(typing.text)].slice(0, annotationTextLimit).join('').trim()
  const ended = { ...state, typing: null }
  if (typing.index === null) {
    if (text === '') return ended
    const next = addAnnotation(history.present, { kind: 'text', at: typing.at, text, colour, stroke })
    return { ...ended, history: recordStep(history, next), selected: next.length - 1 }
  }
  const old = history.present[typing.index]
  if (old?.kind !== 'text' || old.text === text) return ended
  const next = replaceAnnotation(history.present, typing.index, text === '' ? undefined : { ...old, text })
  return { ...ended, history: recordStep(history, next), selected: text === '' ? null : typing.index }
}

function rewording(state: AnnotatorState, index: number): AnnotatorState {
  const mark = state.history.present[index]
  if (mark?.kind !== 'text') return state
  return { ...state, selected: index, typing: { index, at: mark.at, text: mark.text } }
}

/** Chooses for what comes next, and changes the selected mark along with it. */
function styled(state: AnnotatorState, { colour = state.colour, stroke = state.stroke }: Partial<AnnotatorState>): AnnotatorState {
  const next = { ...state, colour, stroke }
  const index = state.typing?.index ?? state.selected
  const mark = index === null ? undefined : state.history.present[index]
  if (index === null || !mark || mark.kind === 'mosaic' || (mark.colour === colour && mark.stroke === stroke)) return next
  return { ...next, history: recordStep(state.history, replaceAnnotation(state.history.present, index, { ...mark, colour, stroke })) }
}

/** The one after this in a table, round and round. */
export function nextKey<T extends string>(table: Readonly<Record<T, string>>, key: T): T {
  const keys = Object.keys(table) as T[]
  return keys[(keys.indexOf(key) + 1) % keys.length] ?? key
}

export const nextColour = (colour: AnnotationColour) => nextKey(annotationColours, colour)
export const nextStroke = (stroke: AnnotationStroke) => nextKey(annotationStrokes, stroke)
