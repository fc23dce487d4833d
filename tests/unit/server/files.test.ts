import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileStore, type FileStore } from '#server/files/file-store'
import { systemIds } from '#server/platform/machine'

const id = '019aa000-0000-7000-8000-00000000abcd'
const whole = Buffer.from('the whole file in two pieces')
const announced = { bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') }

describe('the files of attachments', () => {
  let folder: string
  let files: FileStore

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'seat-files-'))
    files = createFileStore(join(folder, 'attachments'), systemIds.uuid)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const left = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
  const upload = async () => {
    await files.writePart(id, 0, whole.subarray(0, 10))
    await files.writePart(id, 10, whole.subarray(10))
  }

  it('are put together from their pieces, in whatever folder the id says, for this user alone', async () => {
    await upload()
    expect(await files.seal(id, announced)).toEqual({ ok: true, value: true })
    expect(await files.read(id, 'original')).toEqual(whole)
    expect(left()).toEqual([`${id}.original`])
    const path = files.pathOf(id, 'original')
    expect(path).toBe(join(folder, 'attachments', 'ab', 'cd', `${id}.original`))
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('may be sealed twice, and a piece that comes late changes nothing', async () => {
    await upload()
    await files.seal(id, announced)
    await files.writePart(id, 0, Buffer.from('another'))
    expect(await files.seal(id, announced)).toEqual({ ok: true, value: true })
    expect(await files.read(id, 'original')).toEqual(whole)
  })

  it('may be sealed by several at once, and are whole for each', async () => {
    await upload()
    const seals = await Promise.all(Array.from({ length: 5 }, () => files.seal(id, announced)))
    expect(seals).toEqual(Array(5).fill({ ok: true, value: true }))
    expect(left()).toEqual([`${id}.original`])
    expect(await files.read(id, 'original')).toEqual(whole)
  })

  it('leave nothing behind when they are not what was announced', async () => {
    await upload()
    expect(await files.seal(id, { ...announced, sha256: '0'.repeat(64) })).toEqual({ ok: true, value: false })
    await upload()
    expect(await files.seal(id, { ...announced, bytes: 5 })).toEqual({ ok: true, value: false })
    expect(await files.seal(id, announced)).toEqual({ ok: true, value: false })
    expect(left()).toEqual([])
  })

  it('are removed with everything made from them', async () => {
    await upload()
    await files.seal(id, announced)
    await files.write(id, 'display', whole)
    await files.write(id, 'thumb', whole)
    expect(left()).toHaveLength(3)
    await files.remove(id)
    await files.remove(id)
    expect({ left: left(), read: await files.read(id, 'thumb') }).toEqual({ left: [], read: undefined })
  })

  it('say in words when the disk does not take them', async () => {
    writeFileSync(join(folder, 'in-the-way'), '')
    const blocked = createFileStore(join(folder, 'in-the-way'), systemIds.uuid)
    expect(await blocked.writePart(id, 0, whole)).toMatchObject({ ok: false, error: { reason: expect.stringContaining('ENOTDIR') } })
  })
})
