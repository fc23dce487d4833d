import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useEffect, useMemo, useRef } from 'react'
import { Lamp } from '../lamp'
import type { Photo } from './photo'
import { PhotoDistance } from './photo-distance'
import { PhotoLayer } from './photo-layer'
import { PhotoState } from './photo-state'
import { useBoxSize } from './use-box-size'
import type { Compare, CompareSide, SideKey } from './use-compare'
import { usePanZoom } from './use-pan-zoom'
import { usePhoto } from './use-photo'
import { type Frame, placementOf, turnedSize } from './view'

interface PhotoSideProps {
  readonly sideKey: SideKey
  readonly side: CompareSide
  readonly compare: Compare
  onRetry?: ((photoId: string) => void) | undefined
}

/** One side of the comparison: its photo, what stands over it, and what it says when there is no picture to show. */
export function PhotoSide({ sideKey, side, compare, onRetry }: PhotoSideProps) {
  const photo = compare.photoOf(sideKey)
  const index = compare.indexOf(sideKey)
  const count = side.photos.length
  const counter = photo ? `${side.name} ${index + 1} / ${count}` : side.name
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields; this groups a picture with its words.
    <div
      className="photos-side"
      data-side={sideKey}
      data-focused={compare.focused === sideKey || undefined}
      role="group"
      aria-label={counter}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the side takes the focus so that its keys act on it.
      tabIndex={0}
      onFocus={() => compare.setFocused(sideKey)}
    >
      {photo ? (
        <LoadedSide sideKey={sideKey} photo={photo} compare={compare} onRetry={onRetry} />
      ) : (
        <p className="photos-none">{side.empty}</p>
      )}
      <div className="photos-label" role="status">
        {count > 1 && <StepButton by={-1} isAtEnd={index === 0} sideKey={sideKey} compare={compare} />}
        <span>{counter}</span>
        {count > 1 && <StepButton by={1} isAtEnd={index === count - 1} sideKey={sideKey} compare={compare} />}
      </div>
    </div>
  )
}

interface StepButtonProps {
  readonly by: -1 | 1
  readonly isAtEnd: boolean
  readonly sideKey: SideKey
  readonly compare: Compare
}

/** For the pointer only: the keyboard has the arrows. */
function StepButton({ by, isAtEnd, sideKey, compare }: StepButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      disabled={isAtEnd}
      aria-label={by < 0 ? '上一张' : '下一张'}
      title={by < 0 ? '上一张（←）' : '下一张（→）'}
      onClick={() => compare.step(sideKey, by)}
    >
      {by < 0 ? <LeftOutlined /> : <RightOutlined />}
    </button>
  )
}

function LoadedSide({ sideKey, photo, compare, onRetry }: Omit<PhotoSideProps, 'side'> & { readonly photo: Photo }) {
  const load = usePhoto(photo)
  const stage = useRef<HTMLDivElement>(null)
  const box = useBoxSize(stage)
  const turn = compare.turnOf(load.shown?.photo.photoId ?? photo.photoId)
  const image = load.shown?.image
  const frame = useMemo<Frame | null>(
    () => (box && image ? { box, picture: turnedSize({ width: image.naturalWidth, height: image.naturalHeight }, turn) } : null),
    [box, image, turn],
  )
  const { setFrame } = compare
  // biome-ignore lint/correctness/useExhaustiveDependencies: tells the comparison about a new frame, not about its own new functions.
  useEffect(() => {
    setFrame(sideKey, frame)
    return () => setFrame(sideKey, null)
  }, [sideKey, frame])
  const drag = usePanZoom(stage, { frame, view: compare.view, onView: compare.setView })
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the pointer moves the picture; the keyboard does it from the side. */}
      <div ref={stage} className="photos-stage" {...drag} onDoubleClick={compare.toggleActualSize} style={stageStyle(sideKey, compare)}>
        {load.shown && frame && (
          <div className={load.status === 'ready' ? undefined : 'photos-dimmed'}>
            <PhotoLayer loaded={load.shown} placement={placementOf(compare.view, frame, turn)} turn={turn} />
          </div>
        )}
      </div>
      <PhotoState load={load} onRetry={onRetry && (() => onRetry(photo.photoId))} />
      <SideMarks photo={photo} />
      <footer className="photos-caption">
        <span>{photo.caption.at}</span>
        <span className="photos-caption-who" title={photo.caption.who}>
          {photo.caption.who}
        </span>
        {photo.caption.distanceM != null && <PhotoDistance metres={photo.caption.distanceM} />}
      </footer>
    </>
  )
}

/** How much of a side shows: all of it, its part beside the line, or its share of the blend. */
function stageStyle(sideKey: SideKey, { mode, split, opacity }: Compare): React.CSSProperties {
  if (mode === 'slider') return { clipPath: sideKey === 'before' ? `inset(0 ${(1 - split) * 100}% 0 0)` : `inset(0 0 0 ${split * 100}%)` }
  if (mode === 'overlay' && sideKey === 'after') return { opacity }
  return {}
}

function SideMarks({ photo }: { readonly photo: Photo }) {
  if (!photo.isMasked && !photo.isCached) return null
  return (
    <div className="photos-notes">
      {photo.isMasked && <span title="人脸和号牌在中心已打码，看原图须申请">已打码</span>}
      {photo.isCached && (
        <span title="中心连不上，这是存在本机的一份，可能不是最新">
          <Lamp tone="late" label="" /> 本机缓存
        </span>
      )}
    </div>
  )
}
