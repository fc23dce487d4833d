import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Exported files on disk: `<files folder>/exports/<id>`, beside the attachments. A file has its name only when it is whole. Who may read one, and
 * when it goes, is decided elsewhere.
 */
export interface ExportFiles {
  /** Writes as the content comes; answers how many bytes. When the content fails, or the disk, it throws and nothing is left. */
  write(id: string, content: AsyncIterable<string | Uint8Array>): Promise<number>
  /** Up to `mostBytes` from `offset`; empty beyond the end. Undefined when there is no such file. */
  read(id: string, offset: number, mostBytes: number): Promise<Buffer | undefined>
  /** Undefined when there is no such file. */
  size(id: string): Promise<number | undefined>
  /** Nothing there is fine. */
  remove(id: string): Promise<void>
}

/** `name` is the folder: exports of cases, outputs of geodata and archives of tiles each have their own. */
export function createExportFiles(filesFolder: string, name = 'exports'): ExportFiles {
  const folder = join(filesFolder, name)
  const pathOf = (id: string) => join(folder, id)
  const draftOf = (id: string) => join(folder, `${id}.part`)
  return {
    async write(id, content) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      try {
        await pipeline(Readable.from(content, { objectMode: false }), createWriteStream(draftOf(id), { mode: 0o600, flush: true }))
        await rename(draftOf(id), pathOf(id))
      } catch (thrown) {
        await rm(draftOf(id), { force: true })
        throw thrown
      }
      return (await stat(pathOf(id))).size
    },
    async read(id, offset, mostBytes) {
      const file = await open(pathOf(id), 'r').catch(ifMissing)
      if (!file) return undefined
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, offset)
        return buffer.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
    size: async (id) => (await stat(pathOf(id)).catch(ifMissing))?.size,
    async remove(id) {
      await rm(draftOf(id), { force: true })
      await rm(pathOf(id), { force: true })
    },
  }
}

function ifMissing(thrown: NodeJS.ErrnoException): undefined {
  if (thrown.code !== 'ENOENT') throw thrown
  return undefined
}
