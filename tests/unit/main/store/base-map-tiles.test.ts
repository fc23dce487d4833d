import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBaseMapTileFiles } from '#main/store/base-map-tiles'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'base-map-tiles-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const [one, other] = ['0123456789abcdef', 'fedcba9876543210'] as const
const at = (x: number, fingerprint: string = one) => ({ fingerprint, layer: 0, z: 15, x, y: 1 })
const square = (fill: number) => Buffer.alloc(1_000, fill)

it('stays within its bound: what was looked at longest ago goes first', async () => {
  const files = createBaseMapTileFiles(folder, 5_000)
  for (let x = 0; x < 5; x++) await files.write(at(x), square(x))
  await files.read(at(0))
  await files.write(at(5), square(5))
  expect(files.used()).toEqual({ bytes: 4_000, tiles: 4 })
  expect(await files.read(at(1))).toBeUndefined()
  expect((await files.read(at(0)))?.bytes).toEqual(square(0))
  expect(readdirSync(join(folder, one))).toHaveLength(4)
})

it('finds what is there after a start, without what was half written', async () => {
  await createBaseMapTileFiles(folder, 5_000).write(at(3), square(3))
  writeFileSync(join(folder, one, '0-15-4-1.0.part'), 'half')
  const files = createBaseMapTileFiles(folder, 5_000)
  const found = await files.read(at(3))
  expect(found?.bytes).toEqual(square(3))
  expect(Math.abs((found?.writtenAt ?? 0) - Date.now())).toBeLessThan(60_000)
  expect(files.used().tiles).toBe(1)
  expect(readdirSync(join(folder, one))).toEqual(['0-15-3-1'])
})

it('forgets the squares of a source that was changed or removed', async () => {
  const files = createBaseMapTileFiles(folder, 5_000)
  await files.write(at(1), square(1))
  await files.write(at(1, other), square(2))
  await files.keepOnly([other])
  expect(await files.read(at(1))).toBeUndefined()
  expect((await files.read(at(1, other)))?.bytes).toEqual(square(2))
  expect(files.used()).toEqual({ bytes: 1_000, tiles: 1 })
})
