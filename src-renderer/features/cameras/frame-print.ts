import { pictureHash } from '#shared/domain/camera/truth'

/** Small enough to be read in a fraction of a millisecond, large enough that a clock's digit changes it. */
const size = { width: 64, height: 36 } as const

/** Gives a function that hashes the frame a video shows now. Undefined: the page may not read it, or there is none. */
export function createFramePrint(): (video: HTMLVideoElement) => number | undefined {
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
  return (video) => {
    if (!context || video.videoWidth === 0) return undefined
    context.drawImage(video, 0, 0, size.width, size.height)
    return pictureHash(context.getImageData(0, 0, size.width, size.height).data)
  }
}
