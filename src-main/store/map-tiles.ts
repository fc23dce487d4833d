import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFile, syncFolder } from './files'

/**
 * Archives of map tiles in the data folder: `<sha256>.pmtiles` when whole and proven, `<sha256>.part` while one is coming in. What is half-way through
 * survives a restart. Who downloads them, and when, is decided elsewhere.
 */
export interface MapTileFiles {
  /** Hashes of the archives that are whole. */
  whole(): readonly string[]
  size(sha256: string): number | undefined
  /** How much of one that is coming in is here. */
  received(sha256: string): number
  /** Writes behind what is there; false when the disk refused. */
  append(sha256: string, offset: number, bytes: Uint8Array): Promise<boolean>
  /** Proves what came in by its hash and gives it its name; false and gone when it is another content. */
  seal(sha256: string): Promise<boolean>
  read(sha256: string, from: number, until: number): AsyncGenerator<Uint8Array>
  /** Removes every other archive and every other part. */
  keepOnly(sha256s: readonly string[]): void
}

const name = /^([0-9a-f]{64})\.(pmtiles|part)$/
const pieceBytes = 262_144

export function createMapTileFiles(folder: string): MapTileFiles {
  const pathOf = (sha256: string, ending: 'pmtiles' | 'part') => join(folder, `${sha256}.${ending}`)
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size
  const names = () => (existsSync(folder) ? readdirSync(folder) : [])
  return {
    whole: () => names().flatMap((each) => (each.endsWith('.pmtiles') ? (name.exec(each)?.[1] ?? []) : [])),
    size: (sha256) => sizeOf(pathOf(sha256, 'pmtiles')),
    received: (sha256) => sizeOf(pathOf(sha256, 'part')) ?? 0,
    async append(sha256, offset, bytes) {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const file = await open(pathOf(sha256, 'part'), offset === 0 ? 'w' : 'r+', 0o600)
        try {
          await file.write(bytes, 0, bytes.length, offset)
        } finally {
          await file.close()
        }
        return true
      } catch {
        return false
      }
    },
    async seal(sha256) {
      const part = pathOf(sha256, 'part')
      const hash = createHash('sha256')
      for await (const chunk of createReadStream(part, { highWaterMark: 1_048_576 })) hash.update(chunk as Buffer)
      if (hash.digest('hex') !== sha256) {
        rmSync(part, { force: true })
        return false
      }
      syncFile(part)
      renameSync(part, pathOf(sha256, 'pmtiles'))
      syncFolder(folder)
      return true
    },
    async *read(sha256, from, until) {
      const file = await open(pathOf(sha256, 'pmtiles'), 'r')
      try {
        for (let at = from; at < until; ) {
          const wanted = Math.min(pieceBytes, until - at)
          const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, at)
          if (bytesRead === 0) return
          yield buffer.subarray(0, bytesRead)
          at += bytesRead
        }
      } finally {
        await file.close()
      }
    },
    keepOnly(sha256s) {
      for (const each of names()) {
        const sha256 = name.exec(each)?.[1]
        if (sha256 !== undefined && !sha256s.includes(sha256)) rmSync(join(folder, each), { force: true })
      }
    },
  }
}
