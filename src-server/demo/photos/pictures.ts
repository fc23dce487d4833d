/**
 * The demonstration's pictures on disk: some forty, drawn once beside the attachments, that all of its photos show. A photo's id says which one
 * (`cases/chance`), so no file has to be made for each of thousands of photos.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Variant } from '#shared/contracts/central-api/attachments'
import type { FileStore } from '../../files/file-store'
import { pictureOf } from '../cases/chance'
import { drawPicture } from './scene'
import { pictureCount } from './subjects'

/** What an attachment row says of the file. */
export interface PictureFile {
  readonly bytes: number
  readonly sha256: string
  readonly width: number
  readonly height: number
}

/** Counts up when the drawings change. */
const edition = 1
const folderOf = (filesFolder: string) => join(filesFolder, `demonstration-${edition}`)
const thumbSide = 320

/** Draws what is missing; the files by number. */
export async function ensurePictures(filesFolder: string): Promise<readonly PictureFile[]> {
  const folder = folderOf(filesFolder)
  const list = join(folder, 'list.json')
  const known = await readFile(list, 'utf8').catch(() => undefined)
  if (known !== undefined) return JSON.parse(known) as PictureFile[]
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const files = await Promise.all(Array.from({ length: pictureCount }, (_, picture) => drawFiles(folder, picture)))
  // Last and at once, so that a list is only there when every picture is.
  await writeFile(`${list}.new`, JSON.stringify(files))
  await rename(`${list}.new`, list)
  return files
}

async function drawFiles(folder: string, picture: number): Promise<PictureFile> {
  const { pixels, width, height } = drawPicture(picture)
  const image = sharp(pixels, { raw: { width, height, channels: 3 } })
  const original = await image.clone().jpeg({ quality: 78 }).toBuffer()
  const thumb = await image.clone().resize(thumbSide).jpeg({ quality: 78 }).toBuffer()
  // Small enough to be looked at as it is, and without EXIF anyway.
  const made = { original, display: original, thumb } satisfies Record<Variant, Buffer>
  for (const [variant, bytes] of Object.entries(made)) await writeFile(pathOf(folder, picture, variant as Variant), bytes)
  return { bytes: original.length, sha256: createHash('sha256').update(original).digest('hex'), width, height }
}

const pathOf = (folder: string, picture: number, variant: Variant) => join(folder, `${String(picture).padStart(3, '0')}.${variant}.jpg`)

export const readPicture = (filesFolder: string, picture: number): Promise<Buffer> =>
  readFile(pathOf(folderOf(filesFolder), picture, 'original'))

/** The same store, in which the demonstration's photos are there, too. */
export function withPictures(store: FileStore, filesFolder: string): FileStore {
  const folder = folderOf(filesFolder)
  const shared = (id: string, variant: Variant): string | undefined => {
    const picture = pictureOf(id)
    return picture === undefined ? undefined : pathOf(folder, picture, variant)
  }
  return {
    ...store,
    pathOf: (id, variant) => shared(id, variant) ?? store.pathOf(id, variant),
    read: async (id, variant) => {
      const path = shared(id, variant)
      return path === undefined ? store.read(id, variant) : readFile(path).catch(() => undefined)
    },
  }
}
