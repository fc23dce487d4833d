import { lumaHash } from '#shared/domain/camera/truth'

/**
 * Reads what a video shows, for the badge. The luminance of the decoded frame is copied as it is: to have the page draw it small on a canvas and read
 * that back cost three times what decoding costs, and sixteen tiles came to a stand over it. Where a browser does not give frames out (no secure
 * page, a format of its own), the canvas does it.
 */
const size = { width: 64, height: 36 } as const

export interface FramePrint {
  /** Undefined: there is none, the page may not read it, or the frame before is still being read. */
  of(video: HTMLVideoElement): Promise<number | undefined>
}

/** Formats whose first plane is the luminance, one octet a point. */
const planar = ['I420', 'I420A', 'NV12', 'I422', 'I444'] as const

export function createFramePrint(): FramePrint {
  const byCanvas = createCanvasPrint()
  let octets = new Uint8Array(0)
  let isReading = false

  async function read(frame: VideoFrame): Promise<number | undefined> {
    const length = frame.allocationSize()
    if (octets.length < length) octets = new Uint8Array(length)
    const [plane] = await frame.copyTo(octets)
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight }
    return plane && lumaHash(octets, { ...plane, width, height }, size)
  }
  return {
    async of(video) {
      if (video.videoWidth === 0 || isReading) return undefined
      if (typeof VideoFrame === 'undefined') return byCanvas(video)
      isReading = true
      let frame: VideoFrame | undefined
      try {
        frame = new VideoFrame(video)
        return planar.some((format) => format === frame?.format) ? await read(frame) : byCanvas(video)
      } catch {
        // The video let go of its frame meanwhile.
        return undefined
      } finally {
        frame?.close()
        isReading = false
      }
    },
  }
}

function createCanvasPrint(): (video: HTMLVideoElement) => number | undefined {
  let context: CanvasRenderingContext2D | null | undefined
  return (video) => {
    if (context === undefined) {
      const canvas = document.createElement('canvas')
      canvas.width = size.width
      canvas.height = size.height
      context = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
    }
    if (!context) return undefined
    context.drawImage(video, 0, 0, size.width, size.height)
    const rgba = context.getImageData(0, 0, size.width, size.height).data
    // ITU-R BT.601 luma in whole numbers.
    const luma = new Uint8Array(size.width * size.height).map(
      (_, at) => ((rgba[at * 4] ?? 0) * 77 + (rgba[at * 4 + 1] ?? 0) * 150 + (rgba[at * 4 + 2] ?? 0) * 29) >> 8,
    )
    return lumaHash(luma, { offset: 0, stride: size.width, ...size }, size)
  }
}
