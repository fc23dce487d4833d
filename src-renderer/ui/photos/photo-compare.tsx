import { EditOutlined, RotateRightOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons'
import { Button, Radio } from 'antd'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { KeyHints } from '../data-grid'
import { Kbd } from '../kbd'
import { compareHints, takeCompareKey } from './compare-keys'
import { PhotoSide } from './photo-side'
import { type Compare, type CompareMode, type CompareSide, compareModes, useCompare } from './use-compare'
import { isCut, scaleOf } from './view'
import './photos.css'

export interface PhotoCompareProps {
  readonly before: CompareSide
  readonly after: CompareSide
  readonly title?: string
  /** The key that leads here, shown beside the title. */
  readonly titleKeys?: string
  /** Fetches a photo again that failed. */
  onRetry?(photoId: string): void
  /** Opens the editor of marks; without it there is no A. */
  onAnnotate?(photoId: string): void
}

/**
 * Two photos of one place, before and after: side by side, under one sliding line, or one through the other, always showing the same part of
 * both. It changes no photo and knows nothing of the case; `PhotoAnnotator` edits marks.
 */
export function PhotoCompare({ before, after, title = '前后照片', titleKeys, onRetry, onAnnotate }: PhotoCompareProps) {
  const compare = useCompare({ before, after })
  const [areHintsShown, setHintsShown] = useState(false)

  function annotate(): boolean {
    const photo = compare.photoOf(compare.focused)
    if (!photo || !onAnnotate) return false
    onAnnotate(photo.photoId)
    return true
  }

  function onKeyDown(event: KeyboardEvent): void {
    const isTaken = takeCompareKey(event, compare, { annotate, toggleHints: () => setHintsShown(!areHintsShown) })
    if (!isTaken) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <section className="photos-compare" aria-label={title} data-own-keys="" onKeyDown={onKeyDown}>
      <header className="photos-header">
        <h2>{title}</h2>
        {titleKeys !== undefined && <Kbd framed>{titleKeys}</Kbd>}
        <ModeChoice compare={compare} />
        {compare.mode === 'overlay' && <OpacityChoice compare={compare} name={after.name} />}
        <span className="ui-spring" />
        <span className="photos-keys">{keysInShort(compare.mode, onAnnotate !== undefined)}</span>
        <ViewButtons compare={compare} annotate={onAnnotate && annotate} />
      </header>
      <div className="photos-area" data-mode={compare.mode}>
        <PhotoSide sideKey="before" side={before} compare={compare} onRetry={onRetry} />
        <PhotoSide sideKey="after" side={after} compare={compare} onRetry={onRetry} />
        {compare.mode !== 'overlay' && <DividingLine compare={compare} />}
      </div>
      {areHintsShown && <KeyHints hints={[...compareHints, ...(onAnnotate ? [['A', '标注'] as const] : []), ['?', '收起按键说明']]} />}
    </section>
  )
}

function keysInShort(mode: CompareMode, canAnnotate: boolean): string {
  const last = mode === 'overlay' ? '[ ] 浓淡' : '拖中线比对'
  return ['← → 换张', 'Z 放大', ...(canAnnotate ? ['A 标注'] : []), last, '? 按键'].join('　')
}

function ModeChoice({ compare }: { readonly compare: Compare }) {
  return (
    <Radio.Group
      className="photos-modes"
      size="small"
      optionType="button"
      aria-label="比对方式"
      value={compare.mode}
      options={Object.entries(compareModes).map(([value, label]) => ({ value, label, title: `${label}（M 换下一种）` }))}
      onChange={(event) => compare.setMode(event.target.value as CompareMode)}
    />
  )
}

function OpacityChoice({ compare, name }: { readonly compare: Compare; readonly name: string }) {
  const percent = Math.round(compare.opacity * 100)
  return (
    <label className="photos-opacity">
      {name}
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        onChange={(event) => compare.setOpacity(Number(event.target.value) / 100)}
      />
      <output>{percent} %</output>
    </label>
  )
}

function ViewButtons({ compare, annotate }: { readonly compare: Compare; readonly annotate: (() => void) | undefined }) {
  const { frame, view } = compare
  if (!frame) return null
  const hasHiddenPart = isCut(view, frame)
  return (
    <span className="photos-buttons">
      <IconButton label="缩小" keys="−" icon={<ZoomOutOutlined />} onClick={() => compare.zoom(0.8)} />
      <button type="button" className="photos-zoom" title="适合窗格 / 100 %（Z）" onClick={compare.toggleActualSize}>
        {Math.round(scaleOf(view, frame) * 100)} %
      </button>
      <IconButton label="放大" keys="+" icon={<ZoomInOutlined />} onClick={() => compare.zoom(1.25)} />
      <button
        type="button"
        className="photos-fit"
        title={hasHiddenPart ? '照片边缘有一部分在窗格外；按 W 看整张' : '按 W 铺满窗格'}
        onClick={compare.toggleFit}
      >
        {view.fit === 'fill' ? '看整张' : '铺满'}
      </button>
      <IconButton label="右转 90°" keys="R" icon={<RotateRightOutlined />} onClick={() => compare.turn(1)} />
      {annotate && <IconButton label="标注" keys="A" icon={<EditOutlined />} onClick={annotate} />}
    </span>
  )
}

interface IconButtonProps {
  readonly label: string
  readonly keys: string
  readonly icon: ReactNode
  onClick(): void
}

export function IconButton({ label, keys, icon, onClick }: IconButtonProps) {
  return <Button type="text" size="small" icon={icon} aria-label={label} title={`${label}（${keys}）`} onClick={onClick} />
}

/** The line between the two. Side by side it stands in the middle; pulling it lays the photos over each other. */
function DividingLine({ compare }: { readonly compare: Compare }) {
  const isPulled = useRef(false)
  const split = compare.mode === 'slider' ? compare.split : 0.5

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const area = event.currentTarget.parentElement
    if (!isPulled.current || !area) return
    const { left, width } = area.getBoundingClientRect()
    compare.setMode('slider')
    compare.setSplit((event.clientX - left) / width)
  }

  return (
    <div
      className="photos-line"
      style={{ left: `${split * 100}%` }}
      role="slider"
      aria-label="比对中线"
      aria-valuenow={Math.round(split * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      tabIndex={0}
      title="左右拖动比对；按 [ ] 移动"
      onPointerDown={(event) => {
        isPulled.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        isPulled.current = false
      }}
      onPointerCancel={() => {
        isPulled.current = false
      }}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2.5 4h11v8h-11zM8 2v12" />
      </svg>
    </div>
  )
}
