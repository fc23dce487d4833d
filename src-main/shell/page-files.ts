import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/**
 * Finds the built page's files for a shell. Nothing outside the folder can be named: not by `..`, not by an encoded separator, not through a
 * link. It knows no tokens and no headers.
 */
export interface PageFile {
  readonly content: Buffer
  readonly contentType: string
  /** The name carries a content hash, so a copy never grows old. */
  readonly isImmutable: boolean
}

export type FindPageFile = (urlPath: string) => Promise<PageFile | undefined>

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
}

/** `urlPath` is the path of an address, still percent-encoded; `/` is the page itself. Undefined: there is no such file to give. */
export function createPageFiles(folder: string): FindPageFile {
  return async (urlPath) => {
    const name = relativeName(urlPath)
    if (name === undefined) return undefined
    const contentType = contentTypes[extname(name).toLowerCase()]
    if (!contentType) return undefined
    try {
      const root = await realpath(folder)
      const path = await realpath(join(root, name))
      if (!path.startsWith(root + sep)) return undefined
      return { content: await readFile(path), contentType, isImmutable: name.startsWith('assets/') }
    } catch {
      // Not there, a folder, or not readable: the same to whoever asks.
      return undefined
    }
  }
}

/** The name inside the folder, or undefined for a path that no page of ours would ask for. */
export function relativeName(urlPath: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
  if (path === '/') return 'index.html'
  // Backslashes and colons are separators and drives on Windows; a NUL ends a path in C.
  if (!path.startsWith('/') || /[\\:\0]/.test(path)) return undefined
  const parts = path.slice(1).split('/')
  return parts.some((part) => part === '' || part === '.' || part === '..') ? undefined : parts.join('/')
}
