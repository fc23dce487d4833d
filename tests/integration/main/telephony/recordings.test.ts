import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint, mendRecordingFile, openRecordingFile } from '#main/telephony/media/record/recording-file'
import { wavHeaderLength } from '#main/telephony/media/record/wav'

/** Recordings on a real disk: what a process that died leaves, and whether other programs can play it. */
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recordings-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a recording file', () => {
  it('is whole after each append, though nobody closed it', async () => {
    const path = join(folder, 'a.wav')
    const file = await openRecordingFile(path)
    for (let second = 1; second <= 3; second += 1) {
      await file.append(Buffer.alloc(16_000, second))
      expect(readFileSync(path).readUInt32LE(46), 'samples in the header').toBe(second * 8_000)
    }
    if (existsSync('/usr/bin/sox')) expect(execFileSync('soxi', ['-D', path]).toString().trim()).toBe('3.000000')
    await file.close()
  })

  it('is mended when it ends in the middle of a sample or its header is of before, and goes on where it ended', async () => {
    const path = join(folder, 'b.wav')
    const file = await openRecordingFile(path)
    await file.append(Buffer.alloc(1_600, 1))
    await file.close()
    appendFileSync(path, Buffer.alloc(161, 2))
    expect(await mendRecordingFile(path)).toBe(880)
    expect(statSync(path).size).toBe(wavHeaderLength + 1_760)
    const again = await openRecordingFile(path)
    expect(again.samples).toBe(880)
    await again.append(Buffer.alloc(2, 3))
    await again.close()
    expect(readFileSync(path).subarray(-2)).toEqual(Buffer.alloc(2, 3))
  })

  it('is a proper empty one when not even the header was whole', async () => {
    const path = join(folder, 'c.wav')
    writeFileSync(path, 'RIFF')
    expect(await mendRecordingFile(path)).toBe(0)
    expect(statSync(path).size).toBe(wavHeaderLength)
  })

  it('has the hash that everybody else computes', async () => {
    const path = join(folder, 'd.wav')
    const file = await openRecordingFile(path)
    await file.append(Buffer.alloc(4_000, 7))
    await file.close()
    const bytes = readFileSync(path)
    expect(await fingerprint(path)).toEqual({ sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length })
  })
})
