import { createHash, type Hash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import type { Variant } from '#shared/contracts/central-api/attachments'
import { appError } from '#shared/contracts/errors'
import type { Database } from './database'
import { failureOf } from './driver'

/**
 * Files of attachments in one folder below the data folder: those that wait for the centre, kept until it has them, and pictures read from it, a
 * cache with a bound. The rows say what a file is and decide; a file without a row is swept when the store opens. It neither sends nor asks who may
 * look: the rows of the cache fall with the scope of the cases.
 */
export interface AttachmentStore {
  insert(attachment: KeptAttachment): void
  get(attachmentId: string): KeptAttachment | undefined
  setReceived(attachmentId: string, received: number, sha256: string | null): void
  remove(attachmentId: string): void
  /** Nothing else may be written to the same file meanwhile. The last piece is on the disk, and hashed with the rest, when this resolves. */
  write(attachment: KeptAttachment, bytes: Uint8Array): Promise<Result<{ readonly sha256: string | null }, AppError>>
  /** Undefined when the file is gone or shorter. */
  readPiece(attachmentId: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer> | undefined>
  readonly pictures: PictureStore
}

export interface KeptAttachment {
  readonly attachmentId: string
  readonly accountNo: string
  readonly purpose: string
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
  readonly received: number
  /** Lower-case hex; null until every byte is here. */
  readonly sha256: string | null
  readonly createdAt: EpochMs
}

export interface PictureStore {
  get(attachmentId: string, variant: Variant): KeptPicture | undefined
  /** The row for a file that lies there already. */
  insert(picture: KeptPicture, usedAt: EpochMs): void
  touch(attachmentId: string, variant: Variant, usedAt: EpochMs): void
  /** Rows of the least recently used beyond the bound are removed; their files follow with `removeFiles`. */
  evict(): readonly PictureKey[]
  /** False: it could not be kept; that costs only the cache. */
  writeFile(key: PictureKey, bytes: Uint8Array): Promise<boolean>
  readFile(key: PictureKey): Promise<Uint8Array | undefined>
  removeFiles(keys: readonly PictureKey[]): void
  /** Removes every file without a row. */
  sweep(): void
}

export interface PictureKey {
  readonly attachmentId: string
  readonly variant: Variant
}

export interface KeptPicture extends PictureKey {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
}

export const pictureLimitBytes = 500 * 1_048_576

const columns = `attachment_id AS attachmentId, account_no AS accountNo, purpose, file_name AS fileName, media_type AS mediaType, bytes, received,
  sha256, created_at AS createdAt`

/** A window that was writing one has forgotten it by then. */
const unfinishedLifeMs = 24 * 3_600_000

/** Opening forgets what was begun long before `now` and never finished, and sweeps the folder. */
export function createAttachments(database: Database, folder: string, now: EpochMs, limitBytes = pictureLimitBytes): AttachmentStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  database.prepare('DELETE FROM attachment WHERE sha256 IS NULL AND created_at < ?').run(now - unfinishedLifeMs)
  const fileOf = ({ attachmentId, variant }: PictureKey) => join(folder, `${attachmentId}.${variant}`)
  const original = (attachmentId: string) => fileOf({ attachmentId, variant: 'original' })
  const insert = database.prepare(
    `INSERT INTO attachment (attachment_id, account_no, purpose, file_name, media_type, bytes, received, sha256, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const get = database.prepare(`SELECT ${columns} FROM attachment WHERE attachment_id = ?`)
  const setReceived = database.prepare('UPDATE attachment SET received = ?, sha256 = ? WHERE attachment_id = ?')
  const remove = database.prepare('DELETE FROM attachment WHERE attachment_id = ?')
  const hashes = new Map<string, { readonly hash: Hash; upTo: number }>()
  const pictures = createPictures(database, { folder, fileOf, limitBytes })
  pictures.sweep()

  /** The hash of what lies before `received`; read again from the file when another run of the program wrote it. */
  async function hashBefore({ attachmentId, received }: KeptAttachment): Promise<{ readonly hash: Hash; upTo: number }> {
    const running = hashes.get(attachmentId)
    if (running?.upTo === received) return running
    const hash = createHash('sha256')
    if (received > 0) hash.update((await readFile(original(attachmentId))).subarray(0, received))
    const begun = { hash, upTo: received }
    hashes.set(attachmentId, begun)
    return begun
  }

  return {
    pictures,
    insert: (a) =>
      void insert.run(a.attachmentId, a.accountNo, a.purpose, a.fileName, a.mediaType, a.bytes, a.received, a.sha256, a.createdAt),
    get: (attachmentId) => {
      const row = get.get(attachmentId) as KeptAttachment | undefined
      return row && { ...row }
    },
    setReceived: (attachmentId, received, sha256) => void setReceived.run(received, sha256, attachmentId),
    remove: (attachmentId) => {
      remove.run(attachmentId)
      hashes.delete(attachmentId)
    },
    async write(attachment, bytes) {
      const { attachmentId, received } = attachment
      return guarded(async () => {
        const running = await hashBefore(attachment)
        const isLast = received + bytes.length === attachment.bytes
        await withFile(original(attachmentId), received === 0 ? 'w' : 'r+', async (file) => {
          await file.write(bytes, 0, bytes.length, received)
          if (isLast) await file.sync()
        })
        running.hash.update(bytes)
        running.upTo = received + bytes.length
        if (!isLast) return { sha256: null }
        hashes.delete(attachmentId)
        return { sha256: running.hash.digest('hex') }
      })
    },
    async readPiece(attachmentId, offset, length) {
      try {
        return await withFile(original(attachmentId), 'r', async (file) => {
          const piece = new Uint8Array(length)
          const { bytesRead } = await file.read(piece, 0, length, offset)
          return bytesRead === length ? piece : undefined
        })
      } catch {
        return undefined
      }
    },
  }
}

interface PictureParts {
  readonly folder: string
  readonly fileOf: (key: PictureKey) => string
  readonly limitBytes: number
}

function createPictures(database: Database, { folder, fileOf, limitBytes }: PictureParts): PictureStore {
  const get = database.prepare(
    'SELECT attachment_id AS attachmentId, variant, file_name AS fileName, media_type AS mediaType, bytes FROM picture WHERE attachment_id = ? AND variant = ?',
  )
  const insert = database.prepare(
    'INSERT OR REPLACE INTO picture (attachment_id, variant, file_name, media_type, bytes, used_at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const touch = database.prepare('UPDATE picture SET used_at = ? WHERE attachment_id = ? AND variant = ?')
  const remove = database.prepare('DELETE FROM picture WHERE attachment_id = ? AND variant = ?')
  const total = database.prepare('SELECT COALESCE(SUM(bytes), 0) AS bytes FROM picture')
  const oldest = database.prepare('SELECT attachment_id AS attachmentId, variant, bytes FROM picture ORDER BY used_at LIMIT 50')
  const names = database.prepare(
    "SELECT attachment_id || '.' || variant AS name FROM picture UNION SELECT attachment_id || '.original' AS name FROM attachment",
  )
  const drop = (keys: readonly PictureKey[]) => {
    for (const { attachmentId, variant } of keys) remove.run(attachmentId, variant)
    return keys
  }
  return {
    get: (attachmentId, variant) => {
      const row = get.get(attachmentId, variant) as KeptPicture | undefined
      return row && { ...row }
    },
    insert: (p, usedAt) => void insert.run(p.attachmentId, p.variant, p.fileName, p.mediaType, p.bytes, usedAt),
    touch: (attachmentId, variant, usedAt) => void touch.run(usedAt, attachmentId, variant),
    evict() {
      let excess = (total.get() as { readonly bytes: number }).bytes - limitBytes
      const gone: PictureKey[] = []
      while (excess > 0) {
        const batch = oldest.all() as (PictureKey & { readonly bytes: number })[]
        if (batch.length === 0) break
        for (const { attachmentId, variant, bytes } of batch) {
          if (excess <= 0) break
          gone.push(...drop([{ attachmentId, variant }]))
          excess -= bytes
        }
      }
      return gone
    },
    async writeFile(key, bytes) {
      const making = `${fileOf(key)}.part`
      try {
        await writeFile(making, bytes, { mode: 0o600 })
        await rename(making, fileOf(key))
        return true
      } catch (cause) {
        if (failureOf(cause) === undefined) throw cause
        return false
      }
    },
    async readFile(key) {
      try {
        return await readFile(fileOf(key))
      } catch {
        return undefined
      }
    },
    removeFiles(keys) {
      for (const key of keys) rmSync(fileOf(key), { force: true })
    },
    sweep() {
      const known = new Set((names.all() as { readonly name: string }[]).map(({ name }) => name))
      for (const name of readdirSync(folder)) if (!known.has(name)) rmSync(join(folder, name), { force: true })
    },
  }
}

async function withFile<T>(file: string, flags: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, flags, 0o600)
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

async function guarded<T>(work: () => Promise<T>): Promise<Result<T, AppError>> {
  try {
    return ok(await work())
  } catch (cause) {
    const failure = failureOf(cause)
    if (failure === undefined) throw cause
    return err(appError(failure === 'full' ? 'store/full' : 'store/readOnly'))
  }
}
