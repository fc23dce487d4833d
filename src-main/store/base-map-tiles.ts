import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Squares of base maps on this disk, within a bound: what was not looked at longest goes first. A square is a file; when it was written says how old it is.
 * Nothing here is worth a backup, and a file that cannot be read is none.
 */
export interface BaseMapTileFiles {
  read(key: TileKey): Promise<{ readonly bytes: Buffer; readonly writtenAt: number } | undefined>
  /** Errors of the disk are swallowed: the square is shown, only not kept. */
  write(key: TileKey, bytes: Uint8Array): Promise<void>
  /** Removes what belongs to no source of these. */
  keepOnly(fingerprints: readonly string[]): Promise<void>
  used(): { readonly bytes: number; readonly tiles: number }
}

export interface TileKey {
  /** Of the source as it is configured: another address, another fingerprint. */
  readonly fingerprint: string
  readonly layer: number
  readonly z: number
  readonly x: number
  readonly y: number
}

/** Freed at once when the bound is reached, so that not every new square has to remove one. */
const leaveShare = 0.9

export function createBaseMapTileFiles(folder: string, limitBytes: number): BaseMapTileFiles {
  /** The one looked at longest ago first. */
  const known = new Map<string, number>()
  let bytes = 0
  let opening: Promise<void> | undefined
  let count = 0

  const nameOf = ({ fingerprint, layer, z, x, y }: TileKey) => join(fingerprint, `${layer}-${z}-${x}-${y}`)
  const open = () => {
    opening ??= readAll().catch(() => {})
    return opening
  }
  async function readAll(): Promise<void> {
    const found: { readonly name: string; readonly size: number; readonly at: number }[] = []
    for (const source of await entries(folder)) {
      if (!source.isDirectory()) continue
      for (const file of await entries(join(folder, source.name))) {
        const name = join(source.name, file.name)
        const about = await stat(join(folder, name)).catch(() => undefined)
        if (about && !file.name.endsWith('.part')) found.push({ name, size: about.size, at: about.mtimeMs })
        else await rm(join(folder, name), { force: true })
      }
    }
    for (const { name, size } of found.sort((a, b) => a.at - b.at)) put(name, size)
  }
  function put(name: string, size: number): void {
    take(name)
    known.set(name, size)
    bytes += size
  }
  function take(name: string): number | undefined {
    const size = known.get(name)
    known.delete(name)
    bytes -= size ?? 0
    return size
  }
  async function makeRoom(): Promise<void> {
    if (bytes <= limitBytes) return
    for (const name of [...known.keys()]) {
      if (bytes <= limitBytes * leaveShare) return
      take(name)
      await rm(join(folder, name), { force: true })
    }
  }
  return {
    async read(key) {
      await open()
      const name = nameOf(key)
      const size = take(name)
      if (size === undefined) return undefined
      try {
        const [content, about] = await Promise.all([readFile(join(folder, name)), stat(join(folder, name))])
        put(name, content.length)
        return { bytes: content, writtenAt: about.mtimeMs }
      } catch {
        return undefined
      }
    },
    async write(key, content) {
      await open()
      const name = nameOf(key)
      const part = join(folder, `${name}.${count++}.part`)
      try {
        await mkdir(join(folder, key.fingerprint), { recursive: true, mode: 0o700 })
        await writeFile(part, content, { mode: 0o600 })
        await rename(part, join(folder, name))
        put(name, content.length)
        await makeRoom()
      } catch {
        await rm(part, { force: true }).catch(() => {})
      }
    },
    async keepOnly(fingerprints) {
      await open()
      for (const { name: source } of await entries(folder)) {
        if (fingerprints.includes(source)) continue
        for (const name of [...known.keys()]) if (name.startsWith(join(source, '/'))) take(name)
        await rm(join(folder, source), { recursive: true, force: true }).catch(() => {})
      }
    },
    used: () => ({ bytes, tiles: known.size }),
  }
}

const entries = (path: string): Promise<Dirent[]> => readdir(path, { withFileTypes: true }).catch(() => [])

/** Names a source's squares on this disk by everything that decides what they show. */
export const fingerprintOf = (source: unknown): string => createHash('sha256').update(JSON.stringify(source)).digest('hex').slice(0, 16)
