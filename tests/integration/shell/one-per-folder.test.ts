import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, claimFolder } from '#main/shell/one-per-folder'

let folder: string
let asked: number
const show = async (): Promise<Answer> => {
  asked += 1
  return { address: `http://127.0.0.1/${asked}` }
}
const held: { release(): void }[] = []
const claim = async () => {
  const claimed = await claimFolder(folder, show)
  if ('mine' in claimed) held.push(claimed.mine)
  return claimed
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seat-claim-'))
  asked = 0
})
afterEach(() => {
  for (const one of held.splice(0)) one.release()
  rmSync(folder, { recursive: true })
})

describe('one seat per data folder', () => {
  it('gives the folder to the first start and lets the first answer every later one', async () => {
    expect(await claim()).toHaveProperty('mine')
    expect([await claim(), await claim()]).toEqual([
      { other: { address: 'http://127.0.0.1/1' } },
      { other: { address: 'http://127.0.0.1/2' } },
    ])
  })

  it('gives it to one of several that start together', async () => {
    const all = await Promise.all([claim(), claim(), claim(), claim()])
    expect(all.filter((claimed) => 'mine' in claimed)).toHaveLength(1)
  })

  it('gives it to the next once it was released', async () => {
    const first = await claim()
    if ('mine' in first) first.mine.release()
    expect(await claim()).toHaveProperty('mine')
    expect(asked).toBe(0)
  })

  it('takes over after a crash, whatever the lock then says', async () => {
    const silent = createServer((socket) => socket.end('something else\n')).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const leftovers = [
      `{"pid":1,"port":1,"secret":"x"}`,
      `{"pid":1,"port":${port},"secret":"x"}`,
      '{"pid":',
      '',
      'null',
      '{"pid":1,"port":0,"secret":"x"}',
    ]
    for (const leftover of leftovers) {
      writeFileSync(join(folder, 'seat.lock'), leftover)
      const claimed = await claim()
      expect(claimed).toHaveProperty('mine')
      if ('mine' in claimed) claimed.mine.release()
    }
    silent.close()
  })

  it('answers nobody who does not know the secret', async () => {
    await claim()
    const path = join(folder, 'seat.lock')
    const lock = JSON.parse(readFileSync(path, 'utf8')) as { secret: string }
    writeFileSync(path, JSON.stringify({ ...lock, secret: 'x'.repeat(lock.secret.length) }))
    expect(await claim()).toHaveProperty('mine')
    expect(asked).toBe(0)
  })
})
