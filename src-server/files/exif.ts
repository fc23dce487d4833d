import type { EpochMs } from '#shared/base/clock'

/**
 * When and where a photo was taken, from its EXIF (CIPA DC-008, TIFF 6.0). It looks up these few tags and nothing else, so that a file made to
 * be read for ever costs no more than an honest one: libraries that list every tag copy what each of thousands of entries points at.
 */
export interface ExifFacts {
  readonly takenAt: EpochMs | null
  /** Degrees, WGS 84. */
  readonly position: { readonly lng: number; readonly lat: number } | null
}

const tags = { exifFolder: 0x8769, gpsFolder: 0x8825, takenAt: 0x9003, takenOffset: 0x9011 } as const
const gpsTags = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 } as const
/** Cameras write the time of their own place; without an offset that place is China. */
const chinaOffsetMinutes = 480

/** `exif`: the block as sharp gives it, with or without the leading `Exif\0\0`. What cannot be read is null; it never throws. */
export function readExif(exif: Uint8Array | undefined): ExifFacts {
  const tiff = exif && openTiff(exif)
  if (!tiff) return { takenAt: null, position: null }
  const root = u32(tiff, 4)
  return {
    takenAt: takenAtOf(tiff, folderAt(tiff, root, tags.exifFolder)),
    position: positionOf(tiff, folderAt(tiff, root, tags.gpsFolder)),
  }
}

interface Tiff {
  readonly view: DataView
  readonly isLittle: boolean
}

interface Entry {
  readonly count: number
  /** Where its values lie. */
  readonly offset: number
}

function openTiff(exif: Uint8Array): Tiff | undefined {
  const header = latin(exif, 0, 4) === 'Exif' ? 6 : 0
  const mark = latin(exif, header, 2)
  if (mark !== 'II' && mark !== 'MM') return undefined
  const view = new DataView(exif.buffer, exif.byteOffset + header, exif.byteLength - header)
  const tiff = { view, isLittle: mark === 'II' }
  return u16(tiff, 2) === 42 ? tiff : undefined
}

function folderAt(tiff: Tiff, folder: number | undefined, tag: number): number | undefined {
  const entry = find(tiff, folder, tag, 4)
  return entry && u32(tiff, entry.offset)
}

/** The entry of a tag in the folder (IFD) at `folder`, whose values are `size` bytes each. */
function find(tiff: Tiff, folder: number | undefined, tag: number, size: number): Entry | undefined {
  if (folder === undefined) return undefined
  const entries = u16(tiff, folder) ?? 0
  for (let index = 0; index < entries; index += 1) {
    const at = folder + 2 + index * 12
    const found = u16(tiff, at)
    if (found === undefined) return undefined
    if (found !== tag) continue
    const count = u32(tiff, at + 4) ?? 0
    // TIFF 6.0 p. 15: values that fit into four bytes stand in the entry itself.
    const offset = count * size <= 4 ? at + 8 : u32(tiff, at + 8)
    return offset === undefined ? undefined : { count, offset }
  }
  return undefined
}

function textOf(tiff: Tiff, folder: number | undefined, tag: number, length: number): string {
  const entry = find(tiff, folder, tag, 1)
  const { buffer, byteOffset, byteLength } = tiff.view
  return entry ? latin(new Uint8Array(buffer, byteOffset, byteLength), entry.offset, Math.min(length, entry.count)) : ''
}

function takenAtOf(tiff: Tiff, folder: number | undefined): EpochMs | null {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(textOf(tiff, folder, tags.takenAt, 19)) ?? []
  if (year === undefined) return null
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  // A clock that was never set says 0000-00-00.
  if (Number(month) === 0 || Number(day) === 0) return null
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(textOf(tiff, folder, tags.takenOffset, 6)) ?? []
  const offset = sign === undefined ? chinaOffsetMinutes : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  const takenAt = local - offset * 60_000
  return takenAt >= 0 ? takenAt : null
}

function positionOf(tiff: Tiff, folder: number | undefined): ExifFacts['position'] {
  const lat = degrees(tiff, folder, gpsTags.latitude, textOf(tiff, folder, gpsTags.latitudeRef, 1) === 'S')
  const lng = degrees(tiff, folder, gpsTags.longitude, textOf(tiff, folder, gpsTags.longitudeRef, 1) === 'W')
  if (lat === undefined || lng === undefined || Math.abs(lat) > 90 || Math.abs(lng) > 180) return null
  // Receivers without a fix write zeros.
  return lat === 0 && lng === 0 ? null : { lng, lat }
}

/** Degrees, minutes and seconds are three rationals. */
function degrees(tiff: Tiff, folder: number | undefined, tag: number, isNegative: boolean): number | undefined {
  const entry = find(tiff, folder, tag, 8)
  if (entry?.count !== 3) return undefined
  const [whole, minutes, seconds] = [0, 8, 16].map(
    (step) => (u32(tiff, entry.offset + step) ?? 0) / (u32(tiff, entry.offset + step + 4) ?? 0),
  )
  const value = (whole ?? Number.NaN) + (minutes ?? Number.NaN) / 60 + (seconds ?? Number.NaN) / 3_600
  if (!Number.isFinite(value)) return undefined
  return Math.round((isNegative ? -value : value) * 1e7) / 1e7
}

function u16({ view, isLittle }: Tiff, offset: number): number | undefined {
  return offset + 2 <= view.byteLength ? view.getUint16(offset, isLittle) : undefined
}

function u32({ view, isLittle }: Tiff, offset: number): number | undefined {
  return offset + 4 <= view.byteLength ? view.getUint32(offset, isLittle) : undefined
}

function latin(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length))
}
