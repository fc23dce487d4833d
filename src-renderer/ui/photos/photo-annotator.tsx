import { Button } from 'antd'
import { type KeyboardEvent, useEffect, useReducer, useRef, useState } from 'react'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { KeyHints } from '../data-grid'
import { Lamp } from '../lamp'
import { annotatorHints, takeAnnotatorKey } from './annotator-keys'
import { AnnotatorStage } from './annotator-stage'
import { annotationsOf, reduceAnnotator, startAnnotator } from './annotator-state'
import { AnnotatorToolbar } from './annotator-toolbar'
import type { Photo } from './photo'
import './photos.css'
import './annotator.css'

export interface PhotoAnnotatorProps {
  readonly photo: Photo
  readonly title?: string
  /** The marks as they should be kept; the photo itself is never changed. The caller closes the editor when they are. */
  onSave(annotations: readonly Annotation[]): void
  /** Nothing was drawn, or it was given up in so many words. */
  onLeave(): void
  onRetry?(photoId: string): void
  readonly isSaving?: boolean
  /** Why saving failed, as a sentence; what was drawn is still here. */
  readonly failure?: string | null
}

/**
 * The editor of marks over one photo: arrows, boxes, words and mosaics. It fills the place it is given and takes the
 * focus. Another photo needs another `key`: what was drawn belongs to this one.
 */
export function PhotoAnnotator({ photo, title = '标注', onSave, onLeave, onRetry, isSaving = false, failure = null }: PhotoAnnotatorProps) {
  const [state, dispatch] = useReducer(reduceAnnotator, photo.annotations, startAnnotator)
  const [areHintsShown, setHintsShown] = useState(false)
  const stage = useRef<AnnotatorStage>(null)
  useEffect(() => stage.current?.focus(), [])

  function save(): void {
    if (isSaving) return
    dispatch({ type: 'typingEnded' })
    dispatch({ type: 'leavingDropped' })
    // What had the focus, the text box or the question, goes away.
    stage.current?.focus()
    onSave(annotationsOf(state))
  }

  function leave(): void {
    const isChanged = JSON.stringify(annotationsOf(state)) !== JSON.stringify(photo.annotations)
    if (isChanged) dispatch({ type: 'leavingAsked' })
    else onLeave()
  }

  function stay(): void {
    dispatch({ type: 'leavingDropped' })
    stage.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const view = stage.current
    if (!view || event.nativeEvent.isComposing) return
    const isTaken = state.isLeaving
      ? event.key === 'Escape'
      : takeAnnotatorKey(event, state, {
          ...view,
          dispatch,
          save,
          leave,
          toggleHints: () => setHintsShown(!areHintsShown),
          focusStage: view.focus,
        })
    if (!isTaken) return
    if (state.isLeaving) stay()
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <section className="photos-compare annotator" aria-label={title} data-own-keys="all" onKeyDown={onKeyDown}>
      <AnnotatorToolbar title={title} state={state} isSaving={isSaving} dispatch={dispatch} save={save} leave={leave} />
      {failure !== null && (
        <div className="ui-error" role="alert">
          <Lamp tone="red" label="出错" />
          {failure}
        </div>
      )}
      {state.isLeaving && <LeaveQuestion onKeep={save} onDrop={onLeave} onStay={stay} />}
      <AnnotatorStage ref={stage} photo={photo} state={state} dispatch={dispatch} save={save} onRetry={onRetry} />
      {areHintsShown && <KeyHints hints={[...annotatorHints, ['?', '收起按键说明']]} />}
    </section>
  )
}

interface LeaveQuestionProps {
  onKeep(): void
  onDrop(): void
  onStay(): void
}

function LeaveQuestion({ onKeep, onDrop, onStay }: LeaveQuestionProps) {
  return (
    <div className="annotator-question" role="alertdialog" aria-label="标注还没有保存">
      <Lamp tone="amber" label="" />
      <span>标注还没有保存，照片本身没有改动。</span>
      <Button size="small" type="primary" autoFocus onClick={onKeep}>
        保留
      </Button>
      <Button size="small" danger onClick={onDrop}>
        放弃
      </Button>
      <Button size="small" onClick={onStay}>
        接着标注<span className="ui-kbd">Esc</span>
      </Button>
    </div>
  )
}
