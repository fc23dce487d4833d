import { type ReactNode, useLayoutEffect, useRef } from 'react'
import type { Annotation, MosaicAnnotation } from '#shared/domain/annotation/annotation'
import { lineWidthPx, mosaicRaster, type Size, textLayout } from '#shared/domain/annotation/annotation-drawing'
import { haloRatio, markColours, markHalo } from './annotation-colours'
import { drawMosaicBlocks, markPaths } from './render-annotated'
import type { LoadedPhoto } from './use-photo'
import type { Placement, Turn } from './view'

interface PhotoLayerProps {
  readonly loaded: LoadedPhoto
  readonly placement: Placement
  readonly turn: Turn
  /** Marks shown instead of the photo's own, while they are being edited. */
  readonly annotations?: readonly Annotation[]
  /** Draws over the picture in its own place, in place of the plain marks. */
  readonly children?: ReactNode
}

/** A picture at its place with its mosaics and marks on it. Mosaics are painted before the browser shows the first frame of the picture. */
export function PhotoLayer({ loaded: { photo, image }, placement, turn, annotations = photo.annotations, children }: PhotoLayerProps) {
  const size = { width: image.naturalWidth, height: image.naturalHeight }
  return (
    <div className="photos-layer" style={{ ...placement, ...(turn !== 0 && { transform: `rotate(${turn * 90}deg)` }) }}>
      <img src={image.src} alt={photo.alt} draggable={false} decoding="sync" />
      {annotations.map((each, index) =>
        each.kind === 'mosaic' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: marks have no other identity than their place in the list.
          <MosaicPatch key={index} mosaic={each} image={image} size={size} />
        ) : null,
      )}
      {children ?? (
        <svg className="photos-marks" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
          {annotations.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <Mark key={index} mark={each} size={size} />
          ))}
        </svg>
      )}
    </div>
  )
}

function MosaicPatch({
  mosaic,
  image,
  size,
}: {
  readonly mosaic: MosaicAnnotation
  readonly image: HTMLImageElement
  readonly size: Size
}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    if (canvas.current) drawMosaicBlocks(canvas.current, image, mosaic)
  }, [image, mosaic])
  const raster = mosaicRaster(mosaic, size)
  if (!raster) return null
  const percent = (value: number, whole: number) => `${(value / whole) * 100}%`
  return (
    <canvas
      ref={canvas}
      className="photos-mosaic"
      style={{
        left: percent(raster.left, size.width),
        top: percent(raster.top, size.height),
        width: percent(raster.width, size.width),
        height: percent(raster.height, size.height),
      }}
    />
  )
}

/** One mark in pixels of the picture. A mosaic has no outline here: it is pixels, not a drawing. */
export function Mark({ mark, size }: { readonly mark: Annotation; readonly size: Size }) {
  if (mark.kind === 'mosaic') return null
  const colour = markColours[mark.colour]
  const halo = markHalo[mark.colour]
  if (mark.kind === 'text') {
    const { fontPx, lines } = textLayout(mark, size)
    return (
      <g fontSize={fontPx} fontWeight={600} fill={colour} stroke={halo} strokeWidth={fontPx / 5} strokeLinejoin="round" paintOrder="stroke">
        {lines.map(({ text, x, y }) => (
          <text key={y} x={x} y={y}>
            {text}
          </text>
        ))}
      </g>
    )
  }
  const { line, solid } = markPaths(mark, size)
  const width = lineWidthPx(mark.stroke, size)
  return (
    <g fill="none" strokeLinecap="round" strokeLinejoin="round">
      <path d={line + solid} stroke={halo} strokeWidth={width * haloRatio} />
      <path d={line} stroke={colour} strokeWidth={width} />
      <path d={solid} stroke={colour} strokeWidth={width} fill={colour} />
    </g>
  )
}
