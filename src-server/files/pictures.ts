import sharp, { type Metadata } from 'sharp'
import { err, ok, type Result } from '#shared/base/result'
import { type ExifFacts, readExif } from './exif'

/**
 * Looks at photos and makes the pictures that people see: upright, small, without EXIF. It writes no files. Every photo is hostile until it has
 * been decoded whole: only three decoders are open, sizes are read from the header first, and one photo is worked on at a time, so that memory is
 * bounded by one photo.
 */
export interface Pictures {
  /** `path`: a file whose type has been told by its content already. */
  process(path: string): Promise<Result<ProcessedPhoto, PhotoRefusal>>
}

export interface ProcessedPhoto {
  /** Upright, as it was taken. */
  readonly width: number
  readonly height: number
  readonly exif: ExifFacts
  /** JPEG. */
  readonly display: Buffer
  readonly thumb: Buffer
}

/** `tooManyPixels` before anything is decoded; `unreadable` is broken, cut off or not a photo. */
export type PhotoRefusal = 'tooManyPixels' | 'unreadable'

export const photoLimits = { pixels: 50_000_000, side: 12_000, displaySide: 1_600, thumbSide: 320, seconds: 30 } as const
/** What both smaller pictures are. */
export const pictureType = 'image/jpeg'
/** A block of EXIF in JPEG cannot be longer (one APP1 segment); elsewhere nobody needs more. */
const exifLimitBytes = 65_536

export function createPictures(): Pictures {
  // Process-wide by the library's design. One thread per photo leaves the rest of the server its processors.
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] })
  const running = new Map<string, ReturnType<Pictures['process']>>()
  let last: Promise<unknown> = Promise.resolve()
  return {
    process(path) {
      // Whoever asks again for what is under way waits for the same answer.
      const known = running.get(path)
      if (known) return known
      const next = last.then(() => processOne(path)).finally(() => running.delete(path))
      running.set(path, next)
      last = next.catch(() => undefined)
      return next
    },
  }
}

async function processOne(path: string): Promise<Result<ProcessedPhoto, PhotoRefusal>> {
  const header = await readHeader(path)
  if (header === undefined) return err('unreadable')
  const { width, height } = header.autoOrient
  if (width > photoLimits.side || height > photoLimits.side || width * height > photoLimits.pixels) return err('tooManyPixels')
  try {
    const display = await smaller(path, photoLimits.displaySide, 82)
    const thumb = await smaller(display, photoLimits.thumbSide, 75)
    const exif = header.exif && header.exif.length <= exifLimitBytes ? header.exif : undefined
    return ok({ width, height, exif: readExif(exif), display, thumb })
  } catch {
    return err('unreadable')
  }
}

/** Reads no pixels, so the limit of pixels is ours to say in words. */
async function readHeader(path: string): Promise<Metadata | undefined> {
  try {
    return await sharp(path, { limitInputPixels: false }).metadata()
  } catch {
    return undefined
  }
}

/** `error` also refuses what was cut off; a mere warning, which many telephones' photos give, does not. Without `keepMetadata` sharp writes none. */
function smaller(input: string | Buffer, side: number, quality: number): Promise<Buffer> {
  return sharp(input, { failOn: 'error', limitInputPixels: photoLimits.pixels, sequentialRead: true })
    .timeout({ seconds: photoLimits.seconds })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality })
    .toBuffer()
}
