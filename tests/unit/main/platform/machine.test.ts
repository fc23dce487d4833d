import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { prepareDataFolder } from '#main/platform/data-folder'
import { createIds } from '#main/platform/ids'
import { createSystemClock } from '#main/platform/system-clock'

describe('ids', () => {
  it('are version 7, different, and sorted in the order of making', () => {
    const ids = createIds()
    const made = Array.from({ length: 500 }, () => ids.uuid())
    expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
    expect(new Set(made).size).toBe(500)
    expect([...made].sort()).toEqual(made)
  })
})

describe('the system clock', () => {
  it('calls after the delay, and not when stopped', async () => {
    const clock = createSystemClock()
    const started = clock.monotonicMs()
    const called: string[] = []
    const stopped = clock.after(1, () => called.push('stopped'))
    stopped()
    stopped()
    await new Promise<void>((resolve) => {
      const stopEvery = clock.every(2, () => {
        called.push('every')
        if (called.length < 3) return
        stopEvery()
        clock.after(5, resolve)
      })
    })
    expect(called).toEqual(['every', 'every', 'every'])
    expect(clock.monotonicMs() - started).toBeGreaterThanOrEqual(8)
  })

  it('does not fire at once for a delay longer than Node can count', async () => {
    const clock = createSystemClock()
    let fired = false
    const stop = clock.after(2 ** 31 + 1_000, () => {
      fired = true
    })
    await new Promise<void>((resolve) => clock.after(5, resolve))
    stop()
    expect(fired).toBe(false)
  })
})

describe('the data folder', () => {
  it('is made with everything in it, and again without harm', () => {
    const parent = mkdtempSync(join(tmpdir(), 'seat-data-'))
    const root = join(parent, '数据 目录')
    for (const _ of [1, 2]) {
      expect(prepareDataFolder(root)).toEqual({
        ok: true,
        value: {
          root,
          databaseFile: join(root, 'seat.db'),
          backupFolder: join(root, 'backups'),
          logFolder: join(root, 'logs'),
          secretFolder: join(root, 'secrets'),
        },
      })
    }
    expect(readdirSync(root)).toEqual(['backups', 'logs', 'secrets'])
    rmSync(parent, { recursive: true })
  })

  it('that cannot be written is a value, not a crash', () => {
    const parent = mkdtempSync(join(tmpdir(), 'seat-data-'))
    writeFileSync(join(parent, 'clash'), '')
    expect(prepareDataFolder(join(parent, 'clash'))).toMatchObject({ ok: false, error: { code: 'store/readOnly' } })
    expect(prepareDataFolder(join(parent, 'clash', 'below'))).toMatchObject({ ok: false, error: { code: 'store/readOnly' } })
    rmSync(parent, { recursive: true })
  })
})
