/** A picture taken of what a camera shows, at its full size, with a line under it that says what it is: evidence without its time and place is none. */
export interface Snapshot {
  readonly file: File
  /** Of the file, hexadecimal. */
  readonly sha256: string
  readonly takenAt: number
}

export interface SnapshotAbout {
  readonly cameraNo: string
  readonly title: string
  readonly takenAt: number
  /** `2026-11-28 23:02:11`. */
  readonly time: string
  readonly by: string
  /** What the badge says of the picture. */
  readonly truth: string
}

const lineHeight = 28

/** Undefined: nothing is shown that could be taken. */
export async function takeSnapshot(video: HTMLVideoElement, about: SnapshotAbout): Promise<Snapshot | undefined> {
  const { videoWidth: width, videoHeight: height } = video
  if (width === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height + lineHeight
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) return undefined
  context.drawImage(video, 0, 0, width, height)
  drawLine(context, width, height, about)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))
  if (!blob) return undefined
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  const sha256 = [...digest].map((octet) => octet.toString(16).padStart(2, '0')).join('')
  const name = `探头${about.cameraNo}_${about.time.replace(/\D/g, '')}.jpg`
  return { file: new File([blob], name, { type: 'image/jpeg' }), sha256, takenAt: about.takenAt }
}

function drawLine(
  context: CanvasRenderingContext2D,
  width: number,
  top: number,
  { cameraNo, title, time, by, truth }: SnapshotAbout,
): void {
  context.fillStyle = '#0a0d12'
  context.fillRect(0, top, width, lineHeight)
  context.fillStyle = '#f2f4f7'
  context.font = '14px "Noto Sans SC Variable", sans-serif'
  context.textBaseline = 'middle'
  context.fillText(`${cameraNo} ${title}`, 8, top + lineHeight / 2, width * 0.42)
  context.textAlign = 'right'
  context.fillText(`${truth}　${by}　${time}`, width - 8, top + lineHeight / 2, width * 0.55)
}
