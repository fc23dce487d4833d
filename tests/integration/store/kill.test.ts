import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createStoreBench, type StoreBench } from './store-bench'

let bench: StoreBench
beforeEach(() => {
  bench = createStoreBench()
})
afterEach(() => bench.discard())

/** Starts the writer, kills it with SIGKILL after `acknowledged` lines, and gives the last number it had acknowledged. */
async function writeUntilKilled(from: number, acknowledged: number): Promise<number> {
  const program = join(import.meta.dirname, 'writer.ts')
  const writer = spawn(process.execPath, ['--import', 'tsx', program, bench.file, bench.backupFolder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(writer, 'close')
  let last = -1
  let lines = 0
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line)
    lines += 1
    // Lines after this one are those that were in the pipe when it died: they count as acknowledged too.
    if (lines === acknowledged) writer.kill('SIGKILL')
  }
  await ended
  return last
}

describe('a program killed in the middle of writing', () => {
  it('has lost nothing that was acknowledged, time after time', async () => {
    let next = 0
    for (const acknowledged of [1, 17, 60]) {
      const last = await writeUntilKilled(next, acknowledged)
      expect(last).toBeGreaterThanOrEqual(next + acknowledged - 1)
      const store = bench.open()
      expect(store.facts().opening).toEqual({ how: 'opened' })
      const kept = store.intents.list().map(({ intentId }) => Number(intentId.slice('intent-'.length)))
      // At most one more than acknowledged: the one whose acknowledgement was on its way.
      expect(kept).toEqual(Array.from({ length: kept.length }, (_, number) => number))
      expect(kept.length - 1 - last).toBeGreaterThanOrEqual(0)
      expect(kept.length - 1 - last).toBeLessThanOrEqual(1)
      expect(store.dutyLog.newest(100_000)).toHaveLength(kept.length)
      expect(Number(store.drafts.get('A01/dutyLog')?.body)).toBeGreaterThanOrEqual(last)
      next = kept.length
      bench.close(store)
    }
  })
})
