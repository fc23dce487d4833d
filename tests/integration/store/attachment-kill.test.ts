import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { UploadBody } from '#main/workflows/attachments'
import { createStoreBench, type StoreBench } from './store-bench'

let bench: StoreBench
beforeEach(() => {
  bench = createStoreBench()
})
afterEach(() => bench.discard())

async function writeUntilKilled(acknowledged: number): Promise<readonly string[]> {
  const program = join(import.meta.dirname, 'attachment-writer.ts')
  const writer = spawn(process.execPath, ['--import', 'tsx', program, bench.file, bench.backupFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(writer, 'close')
  const lines: string[] = []
  for await (const line of createInterface({ input: writer.stdout })) {
    lines.push(line)
    if (lines.length === acknowledged) writer.kill('SIGKILL')
  }
  await ended
  return lines
}

it('killed between writing an attachment and uploading it, the file is whole and its upload is queued, each time', async () => {
  const told: string[] = []
  for (const acknowledged of [1, 5, 12]) {
    told.push(...(await writeUntilKilled(acknowledged)))
    const store = bench.open()
    const queued = store.intents.list().map(({ kind, body }) => ({ kind, ...(body as UploadBody).announcement }))
    expect(queued.length).toBeGreaterThanOrEqual(told.length)
    for (const line of told) {
      const [attachmentId = '', sha256 = ''] = line.split(' ')
      expect(queued.find((one) => one.attachmentId === attachmentId)).toMatchObject({ kind: 'attachment.upload', sha256 })
      const bytes = await store.attachments.readPiece(attachmentId, 0, 150_000)
      expect(
        createHash('sha256')
          .update(bytes ?? '')
          .digest('hex'),
      ).toBe(sha256)
    }
    bench.close(store)
  }
})
