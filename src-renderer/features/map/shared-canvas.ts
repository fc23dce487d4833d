import type { FrameState } from 'ol/Map'

/**
 * A canvas for a layer of ours, shared with the layers of ours right below it: without a GPU each full-screen canvas that changes costs the compositor
 * milliseconds in every frame, whatever is on it. OpenLayers gives each layer the element of the one below and takes the same one back.
 */
export function createLayerCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none'
  return canvas
}

/** Empty and as large as the frame, or what was drawn in this very frame by the layer below. */
export function canvasOfFrame(own: HTMLCanvasElement, frame: FrameState, below: HTMLElement | null): HTMLCanvasElement {
  const mark = String(frame.index)
  if (below instanceof HTMLCanvasElement && below.dataset.frame === mark) return below
  const [width = 0, height = 0] = frame.size
  const [w, h] = [Math.round(width * frame.pixelRatio), Math.round(height * frame.pixelRatio)]
  if (own.width !== w || own.height !== h) {
    own.width = w
    own.height = h
  } else own.getContext('2d')?.clearRect(0, 0, w, h)
  own.dataset.frame = mark
  return own
}
