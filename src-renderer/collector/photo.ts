import type { KeptPhoto } from './kept'
import { newId } from './new-id'

/** A camera's picture as it is sent: upright, at most 1600 pixels long, JPEG. Undefined for what is no picture. */
const longestSide = 1_600
const quality = 0.85

export async function smallerPhoto(file: File, now: number = Date.now()): Promise<KeptPhoto | undefined> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (!bitmap) return undefined
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(bitmap.width * scale)
  canvas.height = Math.round(bitmap.height * scale)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
  if (!blob) return undefined
  const attachmentId = newId(now)
  // A clock that runs ahead of the file's, or a file without a time, says nothing better than now.
  const takenAt = file.lastModified > 0 && file.lastModified <= now ? file.lastModified : now
  return { attachmentId, blob, fileName: `现场-${attachmentId.slice(-6)}.jpg`, takenAt, isSent: false }
}
