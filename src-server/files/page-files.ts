import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** The built files of a page, read once into memory: what is not among them does not exist, so no address can lead out of the folder. */
export interface PageFile {
  /** With slashes, e.g. `assets/index-4f2a.js`. */
  readonly path: string
  readonly bytes: Buffer
  readonly gzipped: Buffer
  readonly mediaType: string
  readonly etag: string
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Nothing when the page was not built. Files of other types, source maps for example, are left out. */
export function readPageFiles(folder: string): PageFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path): PageFile[] => {
    const mediaType = mediaTypes[extname(path)]
    if (mediaType === undefined) return []
    const bytes = readFileSync(join(folder, path))
    const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
    return [{ path: path.replaceAll('\\', '/'), bytes, gzipped: gzipSync(bytes), mediaType, etag }]
  })
}
