import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { betterSqlite3 } from '#main/store/driver'
import { createStoreBench, entry, intent, type StoreBench, startMs, wipePagesOf } from './store-bench'

let bench: StoreBench
beforeEach(() => {
  bench = createStoreBench()
})
afterEach(() => bench.discard())

const long = (number: number): string => `草稿 ${number} `.padEnd(3_000, '字')

/** A morning's work: some before the backup, some after, and something taken away after it. */
function work(): void {
  const store = bench.open()
  const write = (from: number, until: number): void => {
    for (let number = from; number < until; number += 1) {
      store.transaction(() => {
        store.intents.append(intent(number))
        store.dutyLog.insert(entry(number))
        store.drafts.save(`A01/${number}`, long(number), startMs + number)
        store.snapshots.put(`snapshot-${number}`, { text: long(number) }, startMs)
      })
    }
  }
  write(0, 20)
  store.backUp()
  write(20, 40)
  store.transaction(() => {
    store.intents.remove('intent-3')
    store.drafts.discard('A01/3')
  })
  bench.close(store)
}

describe('a damaged database', () => {
  it('is kept aside, replaced by the newest backup, and what people wrote since is salvaged from it', () => {
    work()
    expect(wipePagesOf(bench.file, 'snapshot')).toBeGreaterThan(1)
    const damaged = readFileSync(bench.file)
    const store = bench.open()
    const { opening } = store.facts()
    expect(opening).toMatchObject({ how: 'recovered', backupAt: startMs, salvaged: 39 + 39 + 40 })
    expect(opening.how === 'recovered' && readFileSync(opening.keptAside).equals(damaged)).toBe(true)
    const numbers = Array.from({ length: 40 }, (_, number) => number)
    expect(store.intents.list()).toEqual(numbers.filter((number) => number !== 3).map(intent))
    expect(store.dutyLog.newest(100)).toHaveLength(40)
    expect(numbers.filter((number) => !store.drafts.get(`A01/${number}`))).toEqual([3])
    // The centre tells again what was in the backup only.
    expect(store.snapshots.get('snapshot-5')).toBeDefined()
    expect(store.snapshots.get('snapshot-25')).toBeUndefined()
    expect(bench.leftovers()).toEqual([])
    // And is backed up at once: until then the salvaged rows would lie in one place only.
    expect(store.facts().lastBackupAt).toBe(startMs + 1)
    bench.close(store)
    expect(bench.open().facts().opening).toEqual({ how: 'opened' })
  })

  it('gives the rows around an unreadable place, and the backup fills the place as far as it knows', () => {
    work()
    // The table's own root and some leaves stay; a stretch of leaves in the middle is gone.
    const wiped = wipePagesOf(bench.file, 'draft', (pages) => pages.slice(5, 15))
    expect(wiped).toBe(10)
    const store = bench.open()
    expect(store.facts().opening).toMatchObject({ how: 'recovered', backupAt: startMs })
    const missing = Array.from({ length: 40 }, (_, number) => number).filter((number) => !store.drafts.get(`A01/${number}`))
    expect(missing.every((number) => number >= 20)).toBe(true)
    expect(missing.length).toBeLessThan(15)
    expect(store.intents.list()).toHaveLength(39)
  })

  it('with nothing readable in it gives the backup', () => {
    work()
    writeFileSync(bench.file, Buffer.alloc(40_960, 0x5a))
    const store = bench.open()
    expect(store.facts().opening).toMatchObject({ how: 'recovered', backupAt: startMs, salvaged: 0 })
    expect(store.intents.list()).toHaveLength(20)
  })

  it.each([
    ['cut short', (size: number) => size - 4096 * 3],
    ['cut in the middle of a page', (size: number) => Math.floor(size / 2) - 1_000],
    ['emptied', () => 0],
  ])('that was %s is noticed and never opened as if it were new', (_, lengthOf) => {
    work()
    truncateSync(bench.file, lengthOf(statSync(bench.file).size))
    const store = bench.open()
    expect(store.facts().opening).toMatchObject({ how: 'recovered', backupAt: startMs })
    expect(store.intents.list().length).toBeGreaterThanOrEqual(19)
    expect(bench.damagedFiles()).toHaveLength(1)
  })

  it('passes over a backup that is damaged itself', () => {
    work()
    writeFileSync(join(bench.backupFolder, 'seat-20261121T010000000Z.db'), 'rubbish')
    writeFileSync(bench.file, 'rubbish too')
    const store = bench.open()
    expect(store.facts().opening).toMatchObject({ how: 'recovered', backupAt: startMs })
    expect(bench.log.lines.map(({ message }) => message)).toContain('backup not readable')
  })

  it('passes over a backup that opens but is not whole', () => {
    work()
    const spoilt = join(bench.backupFolder, 'seat-20261121T010000000Z.db')
    copyFileSync(bench.file, spoilt)
    wipePagesOf(spoilt, 'snapshot')
    writeFileSync(bench.file, 'rubbish')
    const store = bench.open()
    expect(store.facts().opening).toMatchObject({ how: 'recovered', backupAt: startMs })
    expect(store.snapshots.get('snapshot-5')).toBeDefined()
    expect(bench.log.lines.map(({ message }) => message)).toContain('backup not usable')
  })

  it('that is empty is kept aside and spoken of even when there is no backup', () => {
    writeFileSync(bench.file, '')
    expect(bench.open().facts().opening).toMatchObject({ how: 'recovered', backupAt: null, salvaged: 0 })
    expect(bench.damagedFiles()).toHaveLength(1)
  })

  it('without any backup becomes a new one with what can be salvaged, and says so', () => {
    work()
    rmSync(bench.backupFolder, { recursive: true })
    wipePagesOf(bench.file, 'snapshot')
    const store = bench.open()
    expect(store.facts().opening).toMatchObject({ how: 'recovered', backupAt: null, salvaged: 118 })
    expect(store.intents.list()).toHaveLength(39)
  })

  it('that is some other program’s database is kept aside, not written to', () => {
    const other = betterSqlite3(bench.file)
    other.exec('CREATE TABLE theirs (a TEXT); PRAGMA user_version = 1')
    other.close()
    const before = readFileSync(bench.file)
    const { opening } = bench.open().facts()
    expect(opening).toMatchObject({ how: 'recovered', backupAt: null })
    expect(opening.how === 'recovered' && readFileSync(opening.keptAside).equals(before)).toBe(true)
  })

  it('that vanished comes back from the backup, and the seat says that it was gone', () => {
    work()
    rmSync(bench.file)
    const store = bench.open()
    expect(store.facts().opening).toEqual({ how: 'recovered', keptAside: '', backupAt: startMs, salvaged: 0 })
    expect(store.intents.list()).toHaveLength(20)
  })

  it('whose recovery was cut off between the two renames is recovered all the same', () => {
    work()
    wipePagesOf(bench.file, 'snapshot')
    const aside = `${bench.file}.damaged-20261121T003000000Z`
    renameSync(bench.file, aside)
    writeFileSync(`${bench.file}.recovering`, 'half built')
    const store = bench.open()
    expect(store.facts().opening).toMatchObject({ how: 'recovered', keptAside: aside, salvaged: 118 })
    expect(existsSync(`${bench.file}.recovering`)).toBe(false)
  })

  it('takes its write-ahead log along, so that nothing old is applied to the new file', () => {
    work()
    truncateSync(bench.file, 0)
    writeFileSync(`${bench.file}-wal`, 'old log')
    const store = bench.open()
    const { opening } = store.facts()
    expect(opening.how === 'recovered' && readFileSync(`${opening.keptAside}-wal`, 'utf8')).toBe('old log')
    expect(store.intents.list()).toHaveLength(20)
  })
})
