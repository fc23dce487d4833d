import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '#shared/base/result'
import type { Variant } from '#shared/contracts/central-api/attachments'

/**
 * The files of attachments on disk: `<folder>/ab/cd/<id>.<variant>`, with the last four letters of the id, which are random, as folders. A
 * finished file is written under another name, synced and renamed, so that it is whole or not there. It knows nothing of who may read what.
 */
export interface FileStore {
  /** Writes one piece of an upload at its place; whoever calls keeps count of what arrived. */
  writePart(id: string, offset: number, bytes: Uint8Array): Promise<Result<void, StorageFailure>>
  /**
   * Turns the parts into the original if they are what was announced: `false` when length or hash differ, then nothing is left of them. The
   * hash is taken of the copy that stays, so a late piece can no longer change what was proven. Sealing twice, also at once and from two
   * processes, gives the same answer: each works on a copy of its own, and a proven original is never taken away.
   */
  seal(id: string, expected: { readonly bytes: number; readonly sha256: string }): Promise<Result<boolean, StorageFailure>>
  write(id: string, variant: Variant, bytes: Uint8Array): Promise<Result<void, StorageFailure>>
  /** Undefined when there is no such file. */
  read(id: string, variant: Variant): Promise<Buffer | undefined>
  /** Octets of the original from a place on, fewer at its end. Undefined when it is gone. */
  readPiece(id: string, from: number, length: number): Promise<Buffer | undefined>
  /** The first bytes of the original, enough to tell its type; none when it is gone. */
  head(id: string): Promise<Buffer>
  /** For programs that read by path. */
  pathOf(id: string, variant: Variant): string
  /** Removes everything of this id; nothing there is fine. */
  remove(id: string): Promise<void>
}

/** The disk is full, read-only or away: nothing that the sender did wrong. `reason` is for the log. */
export interface StorageFailure {
  readonly reason: string
}

const headBytes = 4_100
/** Full, read-only, not ours, broken, or a network folder that is away. */
const storageCodes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOTDIR', 'ENODEV', 'ESTALE', 'ETIMEDOUT', 'EMFILE', 'ENFILE']

/** `folder` is made when the first file is; `newName` gives names that nobody else uses, for what is not finished. */
export function createFileStore(folder: string, newName: () => string): FileStore {
  const pathOf = (id: string, name: string) => join(folder, id.slice(-4, -2), id.slice(-2), `${id}.${name}`)
  const partOf = (id: string) => pathOf(id, 'part')
  const draftOf = (id: string) => pathOf(id, `${newName()}.new`)

  const readPiece: FileStore['readPiece'] = async (id, from, length) => {
    const file = await open(pathOf(id, 'original'), 'r').catch(ifMissing)
    return (
      file &&
      withFile(file, async () => {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
        return buffer.subarray(0, bytesRead)
      })
    )
  }

  return {
    pathOf,
    writePart: (id, offset, bytes) =>
      onDisk(async () => {
        const file = await openToWrite(partOf(id), constants.O_WRONLY | constants.O_CREAT)
        await withFile(file, async () => {
          await writeAll(file, bytes, offset)
          await file.datasync()
        })
      }),
    seal: (id, expected) =>
      onDisk(async () => {
        const [original, draft] = [pathOf(id, 'original'), draftOf(id)]
        const isExpected = (found: Found | undefined) => found?.bytes === expected.bytes && found.sha256 === expected.sha256
        const isCopyGood = isExpected(await copyHashed(partOf(id), draft))
        if (isCopyGood) await renameSynced(draft, original)
        else await rm(draft, { force: true })
        await rm(partOf(id), { force: true })
        // Without parts somebody else may have sealed it already.
        return isCopyGood || isExpected(await hashOf(original))
      }),
    write: (id, variant, bytes) =>
      onDisk(async () => {
        const draft = draftOf(id)
        const file = await openToWrite(draft, 'w')
        await withFile(file, async () => {
          await writeAll(file, bytes, 0)
          await file.sync()
        })
        await renameSynced(draft, pathOf(id, variant))
      }),
    read: (id, variant) => readFile(pathOf(id, variant)).catch(ifMissing),
    readPiece,
    head: async (id) => (await readPiece(id, 0, headBytes)) ?? Buffer.alloc(0),
    async remove(id) {
      const place = dirname(partOf(id))
      const names = (await readdir(place).catch(ifMissing)) ?? []
      for (const name of names) if (name.startsWith(`${id}.`)) await rm(join(place, name), { force: true })
    },
  }
}

/** Recordings of calls lie in a folder of their own, so that they can be put on another disk and backed up by other rules. */
export const createRecordingStore = (folder: string, newName: () => string): FileStore =>
  createFileStore(join(folder, 'recordings'), newName)

/** Files of geodata that are being brought in, apart from what cases name. */
export const createUploadStore = (folder: string, newName: () => string): FileStore => createFileStore(join(folder, 'geodata'), newName)

/** What the disk may refuse comes back as a value; everything else is a bug and goes on up. */
async function onDisk<T>(work: () => Promise<T>): Promise<Result<T, StorageFailure>> {
  try {
    return ok(await work())
  } catch (thrown) {
    const { code, message } = thrown as { code?: string; message: string }
    if (code === undefined || !storageCodes.includes(code)) throw thrown
    return err({ reason: message })
  }
}

async function openToWrite(path: string, flags: number | 'w'): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return open(path, flags, 0o600)
}

async function withFile<T>(file: FileHandle, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, offset + written)
    written += bytesWritten
  }
}

interface Found {
  readonly bytes: number
  readonly sha256: string
}

/** Undefined when there is no such file. */
async function hashOf(path: string, keep: (chunk: Buffer) => Promise<void> = async () => {}): Promise<Found | undefined> {
  const source = await open(path, 'r').catch(ifMissing)
  return source && withFile(source, () => hashOpen(source, keep))
}

async function hashOpen(source: FileHandle, keep: (chunk: Buffer) => Promise<void>): Promise<Found> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of source.createReadStream({ autoClose: false, highWaterMark: 1_048_576 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    await keep(chunk)
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function copyHashed(from: string, to: string): Promise<Found | undefined> {
  const copy = await openToWrite(to, 'w')
  return withFile(copy, async () => {
    const found = await hashOf(from, (chunk) => copy.writeFile(chunk))
    await copy.sync()
    return found
  })
}

/** Syncs the folder, too: only then does the new name survive a power cut. Windows cannot, and does not need to. */
async function renameSynced(from: string, to: string): Promise<void> {
  await rename(from, to)
  const folder = await open(dirname(to), 'r').catch(() => undefined)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

function ifMissing(thrown: NodeJS.ErrnoException): undefined {
  if (thrown.code !== 'ENOENT') throw thrown
  return undefined
}
