import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import { annotationTextLimit, type Point } from '#shared/domain/annotation/annotation'
import { type Size, textLayout } from '#shared/domain/annotation/annotation-drawing'
import { placedOnPicture } from '#shared/domain/annotation/edit-annotations'
import { markColours } from './annotation-colours'
import { markBetween, previewOf } from './annotator-drag'
import { EditableMarks } from './annotator-marks'
import type { AnnotatorAction, AnnotatorState } from './annotator-state'
import type { Photo } from './photo'
import { PhotoLayer } from './photo-layer'
import { PhotoState } from './photo-state'
import { indexUnder, useAnnotatorPointer } from './use-annotator-pointer'
import { useBoxSize } from './use-box-size'
import { usePhoto } from './use-photo'
import { type Frame, pannedBy, placementOf, pointOnPicture, scaleOf, toggledActualSize, wholeView, zoomedBy } from './view'

/** What keys do to the stage from outside. */
export interface AnnotatorStage {
  focus(): void
  zoom(factor: number): void
  toggleActualSize(): void
  pan(by: Point): void
  placeInMiddle(): void
}

interface AnnotatorStageProps {
  readonly ref: Ref<AnnotatorStage>
  readonly photo: Photo
  readonly state: AnnotatorState
  dispatch(action: AnnotatorAction): void
  save(): void
  onRetry?: ((photoId: string) => void) | undefined
}

/** Where a mark that is placed with Enter lies about the middle of the view, in parts of the picture. */
const placedHalf = { x: 0.08, y: 0.06 }

/** The picture under the pointer: drawing, taking hold, pulling handles, typing in place. */
export function AnnotatorStage({ ref, photo, state, dispatch, save, onRetry }: AnnotatorStageProps) {
  const load = usePhoto(photo)
  const stage = useRef<HTMLDivElement>(null)
  const box = useBoxSize(stage)
  const [view, setView] = useState(wholeView)
  const image = load.status === 'ready' ? load.shown?.image : undefined
  const size: Size | null = image ? { width: image.naturalWidth, height: image.naturalHeight } : null
  const frame: Frame | null = box && size ? { box, picture: size } : null
  const { drag, handlers } = useAnnotatorPointer(stage, { frame, view, setView, state, dispatch })
  const marks = previewOf(state.history.present, drag)

  useImperativeHandle(ref, () => ({
    focus: () => stage.current?.focus({ preventScroll: true }),
    zoom: (factor) => frame && setView(zoomedBy(view, frame, factor)),
    toggleActualSize: () => frame && setView(toggledActualSize(view, frame)),
    pan: (by) => frame && setView(pannedBy(view, frame, by)),
    placeInMiddle() {
      if (!frame || state.tool === 'select') return
      const { x, y } = pointOnPicture(view, frame, { x: frame.box.width / 2, y: frame.box.height / 2 })
      if (state.tool === 'text') {
        dispatch({ type: 'typingBegun', at: placedOnPicture({ x, y }) })
        return
      }
      const from = placedOnPicture({ x: x - placedHalf.x, y: y - placedHalf.y })
      const to = placedOnPicture({ x: x + placedHalf.x, y: y + placedHalf.y })
      dispatch({ type: 'drawn', annotation: markBetween(state.tool, from, to, state) })
    },
  }))

  return (
    <div className="photos-area">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing surface, not a set of fields. */}
      <div
        ref={stage}
        className="photos-stage annotator-stage"
        data-tool={state.tool}
        role="group"
        aria-label={photo.alt}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the surface takes the focus so that its keys act.
        tabIndex={0}
        {...handlers}
        onDoubleClick={(event) => {
          const index = indexUnder(event.target)
          if (index !== null) dispatch({ type: 'rewordingBegun', index })
        }}
      >
        {load.shown && frame && size && (
          <PhotoLayer loaded={load.shown} placement={placementOf(view, frame, 0)} turn={0} annotations={marks}>
            <EditableMarks
              annotations={marks}
              size={size}
              scale={scaleOf(view, frame)}
              selected={drag?.type === 'drawing' ? null : state.selected}
              areAllGrabbable={state.tool === 'select'}
              hidden={state.typing?.index ?? null}
              onSelect={(index) => index !== state.selected && dispatch({ type: 'selected', index })}
            />
            {state.typing && (
              <TextBox
                state={state}
                size={size}
                scale={scaleOf(view, frame)}
                dispatch={dispatch}
                save={save}
                onEnd={() => stage.current?.focus({ preventScroll: true })}
              />
            )}
          </PhotoLayer>
        )}
      </div>
      <PhotoState load={load} onRetry={onRetry && (() => onRetry(photo.photoId))} />
    </div>
  )
}

interface TextBoxProps {
  readonly state: AnnotatorState
  readonly size: Size
  readonly scale: number
  dispatch(action: AnnotatorAction): void
  save(): void
  onEnd(): void
}

/** Words are typed where they will stand, in their own size and colour. Enter and Esc both keep them. */
function TextBox({ state, size, scale, dispatch, save, onEnd }: TextBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  const { typing } = state
  if (!typing) return null
  const mark = typing.index === null ? undefined : state.history.present[typing.index]
  const style = mark?.kind === 'text' ? mark : state
  const { fontPx } = textLayout({ kind: 'text', at: typing.at, text: typing.text, colour: style.colour, stroke: style.stroke }, size)

  function onKeyDown(event: KeyboardEvent): void {
    // The editor's own keys are letters here.
    event.stopPropagation()
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      save()
      return
    }
    dispatch({ type: 'typingEnded' })
    onEnd()
  }

  return (
    <input
      ref={input}
      className="annotator-text"
      aria-label="标注文字"
      placeholder="输入文字，Enter 完成"
      maxLength={annotationTextLimit}
      value={typing.text}
      style={{
        left: `${typing.at.x * 100}%`,
        top: `${typing.at.y * 100}%`,
        fontSize: Math.max(12, fontPx * scale),
        color: markColours[style.colour],
      }}
      onChange={(event) => dispatch({ type: 'typed', text: event.target.value })}
      onKeyDown={onKeyDown}
    />
  )
}
