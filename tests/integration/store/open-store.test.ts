import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { betterSqlite3, type Driver } from '#main/store/driver'
import { migrations } from '#main/store/migrations/index'
import { openStore } from '#main/store/open-store'
import { createStoreBench, createTroubledDriver, intent, type StoreBench, startMs, wipePagesOf } from './store-bench'

let bench: StoreBench
beforeEach(() => {
  bench = createStoreBench()
})
afterEach(() => bench.discard())

const dayMs = 86_400_000

describe('opening the store', () => {
  it('creates a database where there was nothing, and opens the same one the next time', () => {
    const first = bench.open()
    first.transaction(() => first.drafts.save('A01/dutyLog', '东城区井盖', startMs))
    expect(first.facts()).toMatchObject({
      schemaVersion: migrations.length,
      isEncrypted: false,
      lastBackupAt: null,
      slowStatements: 0,
      opening: { how: 'created' },
    })
    expect(first.facts().bytes).toBeGreaterThan(4096)
    bench.close(first)
    const second = bench.open()
    expect(second.facts()).toMatchObject({ opening: { how: 'opened' }, lastBackupAt: startMs })
    expect(second.drafts.get('A01/dutyLog')).toEqual({ body: '东城区井盖', savedAt: startMs })
    expect(bench.leftovers()).toEqual([])
  })

  it('keeps the database for its own user, also in a folder for everybody and where an earlier one was open', () => {
    // Windows has no such bits: who may read is inherited from the folder above.
    const open = process.platform === 'win32' ? 0 : 0o077
    chmodSync(bench.folder, 0o755)
    const readable = () =>
      readdirSync(bench.folder).filter((name) => name.startsWith('seat.db') && statSync(join(bench.folder, name)).mode & open)
    const first = bench.open()
    first.transaction(() => first.drafts.save('A01/dutyLog', '东城区井盖', startMs))
    expect(readable()).toEqual([])
    bench.close(first)
    chmodSync(bench.file, 0o644)
    const second = bench.open()
    second.transaction(() => second.drafts.save('A01/dutyLog', '西城区井盖', startMs))
    expect(readable()).toEqual([])
  })

  it('leaves a database of a newer program exactly as it is', () => {
    bench.close(bench.open())
    const connection = betterSqlite3(bench.file)
    connection.pragma('journal_mode = DELETE')
    connection.pragma(`user_version = ${migrations.length + 1}`)
    connection.close()
    const before = readFileSync(bench.file)
    expect(bench.refusal()).toMatchObject({ code: 'store/newer', detail: { found: migrations.length + 1, known: migrations.length } })
    expect(readFileSync(bench.file).equals(before)).toBe(true)
    expect(bench.damagedFiles()).toEqual([])
  })

  it('says that the folder cannot be written when a file stands where it should be', () => {
    const clash = join(bench.folder, 'clash')
    writeFileSync(clash, 'not a folder')
    expect(bench.refusal({ file: join(clash, 'seat.db') })).toMatchObject({ code: 'store/readOnly' })
    expect(bench.refusal({ backupFolder: clash })).toMatchObject({ code: 'store/readOnly' })
    mkdirSync(bench.file)
    expect(bench.refusal()).toMatchObject({ code: 'store/readOnly' })
    expect(existsSync(bench.file)).toBe(true)
  })

  it('says so when another program holds the file', () => {
    bench.close(bench.open())
    const other = betterSqlite3(bench.file)
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('BEGIN EXCLUSIVE')
    expect(bench.refusal({ driver: impatient })).toMatchObject({ code: 'store/inUse' })
    other.exec('ROLLBACK')
    other.close()
    expect(bench.open().facts().opening).toEqual({ how: 'opened' })
  })
})

/** Does not wait two seconds for a lock that the test holds. */
const impatient: Driver = (file) => {
  const connection = betterSqlite3(file)
  return {
    prepare: (sql) => connection.prepare(sql),
    exec: (sql) => connection.exec(sql),
    close: () => connection.close(),
    pragma: (sql) => connection.pragma(sql.startsWith('busy_timeout') ? 'busy_timeout = 0' : sql),
  }
}

describe('a key', () => {
  it('is refused by a driver that cannot encrypt, before anything is created', () => {
    const given = { ...bench, key: 'secret', file: join(bench.folder, 'new', 'seat.db') }
    expect(openStore(given)).toMatchObject({ ok: false, error: { code: 'store/encrypted' } })
    expect(readdirSync(bench.folder)).toEqual([])
  })

  it('is the first thing said to every connection of a driver that can', () => {
    const said: string[] = []
    bench.open({ key: "it's", driver: pretendingToEncrypt(said) })
    const opened = said.filter((line) => line.startsWith('open'))
    const keyed = said.filter((line, index) => line === "key = 'it''s'" && said[index - 1]?.startsWith('open'))
    // The one that only asks whether the driver can encrypt has nothing to decrypt.
    expect(opened.filter((line) => !line.includes(':memory:')).length).toBe(keyed.length)
    expect(keyed.length).toBeGreaterThan(0)
  })

  it('that is missing for an encrypted database leaves everything as it is', () => {
    bench.close(bench.open({ key: 'secret', driver: pretendingToEncrypt([]) }))
    expect(bench.refusal()).toMatchObject({ code: 'store/encrypted' })
    expect(bench.damagedFiles()).toEqual([])
  })

  it('that is wrong is not taken for damage: nothing is moved', () => {
    writeFileSync(bench.file, Buffer.alloc(8192, 0xa7))
    expect(bench.refusal({ key: 'wrong', driver: pretendingToEncrypt([]) })).toMatchObject({ code: 'store/encrypted' })
    expect(readFileSync(bench.file).equals(Buffer.alloc(8192, 0xa7))).toBe(true)
    expect(bench.damagedFiles()).toEqual([])
    expect(bench.leftovers()).toEqual([])
  })
})

function pretendingToEncrypt(said: string[]): Driver {
  return (file) => {
    const connection = betterSqlite3(file)
    said.push(`open ${file}`)
    return {
      prepare: (sql) => connection.prepare(sql),
      exec: (sql) => connection.exec(sql),
      close: () => connection.close(),
      pragma: (sql) => {
        said.push(sql)
        return sql === 'cipher' ? [{ cipher: 'chacha20' }] : connection.pragma(sql)
      },
    }
  }
}

describe('backups', () => {
  it('are made by call, and the newest seven are kept', () => {
    const store = bench.open()
    for (let number = 1; number <= 9; number += 1) expect(store.backUp().ok).toBe(true)
    const names = readdirSync(bench.backupFolder).sort()
    expect(names).toHaveLength(7)
    expect(names[0]).toBe('seat-20261121T003000002Z.db')
    expect(store.facts().lastBackupAt).toBe(startMs + 8)
  })

  it('are made daily while the seat stays open', async () => {
    const store = bench.open()
    expect(store.facts().lastBackupAt).toBeNull()
    await bench.clock.advance(3 * dayMs)
    expect(readdirSync(bench.backupFolder)).toHaveLength(3)
    bench.close(store)
    expect(bench.clock.pending()).toBe(0)
  })

  it('are not pushed out by a seat that is restarted all morning', async () => {
    bench.close(bench.open())
    for (let start = 0; start < 5; start += 1) {
      bench.close(bench.open())
      await bench.clock.advance(60_000)
    }
    expect(readdirSync(bench.backupFolder)).toHaveLength(1)
  })

  it('that cannot be made are a value by call, and a log line at night', async () => {
    const store = bench.open()
    rmSync(bench.backupFolder, { recursive: true })
    writeFileSync(bench.backupFolder, 'a file in its place')
    expect(store.backUp()).toMatchObject({ ok: false, error: { code: 'store/readOnly' } })
    await bench.clock.advance(dayMs)
    expect(bench.log.lines.map(({ message }) => message)).toContain('backup not made')
    rmSync(bench.backupFolder)
    mkdirSync(bench.backupFolder)
    expect(store.backUp().ok).toBe(true)
  })

  it('of a file that was damaged since it was opened are refused, and the seat goes on', () => {
    const store = bench.open()
    for (let number = 0; number < 50; number += 1) store.snapshots.put(`snapshot-${number}`, 'x'.repeat(3_000), 1)
    bench.close(store)
    const { driver, connections } = createTroubledDriver()
    const again = bench.open({ driver })
    wipePagesOf(bench.file, 'snapshot')
    connections.get(bench.file)?.pragma('shrink_memory') // it still has the good pages in memory
    expect(again.backUp()).toMatchObject({ ok: false, error: { code: 'store/damaged' } })
    expect(again.transaction(() => again.intents.append(intent(1))).ok).toBe(true)
  })

  it('open as a whole database with everything in it', () => {
    const store = bench.open()
    store.transaction(() => store.intents.append(intent(1)))
    const made = store.backUp()
    if (!made.ok) throw new Error(made.error.code)
    const copy = bench.open({ file: made.value.file, backupFolder: join(bench.folder, 'elsewhere') })
    expect(copy.intents.list()).toEqual([intent(1)])
  })
})

describe('transactions', () => {
  it('come back as store/full on a full disk, keep what was there, and work again when there is room', () => {
    const { driver, connections } = createTroubledDriver()
    const store = bench.open({ driver })
    store.transaction(() => store.intents.append(intent(1)))
    const connection = connections.get(bench.file)
    connection?.pragma('max_page_count = 1')
    const tooMuch = () => {
      store.intents.append(intent(2))
      store.drafts.save('A01/dutyLog', 'x'.repeat(200_000), startMs)
    }
    expect(store.transaction(tooMuch)).toMatchObject({ ok: false, error: { code: 'store/full', retryable: true } })
    expect(store.intents.list()).toEqual([intent(1)])
    connection?.pragma('max_page_count = 1000000')
    expect(store.transaction(tooMuch).ok).toBe(true)
    expect(store.intents.list()).toEqual([intent(1), intent(2)])
  })

  it.each(['SQLITE_READONLY', 'SQLITE_READONLY_DBMOVED', 'SQLITE_IOERR_WRITE'])('come back as store/readOnly on %s', (code) => {
    const { driver, failWith } = createTroubledDriver()
    const store = bench.open({ driver })
    failWith(code)
    expect(store.transaction(() => store.intents.append(intent(1)))).toMatchObject({ ok: false, error: { code: 'store/readOnly' } })
    failWith(undefined)
    expect(store.transaction(() => store.intents.append(intent(1))).ok).toBe(true)
  })

  it('throw what is a bug, a second row with the same id among it, and undo the rest', () => {
    const store = bench.open()
    store.transaction(() => store.intents.append(intent(1)))
    const twice = () => {
      store.drafts.save('A01/dutyLog', 'text', startMs)
      store.intents.append(intent(1))
    }
    expect(() => store.transaction(twice)).toThrow(/UNIQUE/)
    expect(store.drafts.get('A01/dutyLog')).toBeUndefined()
    expect(() => store.transaction(async () => undefined)).toThrow(/promise/)
    expect(store.transaction(() => 7)).toEqual({ ok: true, value: 7 })
  })

  it('wait for the disk unless the caller only fears the death of the program', () => {
    const levels: unknown[] = []
    const { driver, connections } = createTroubledDriver()
    const store = bench.open({ driver })
    const note = () => void levels.push(connections.get(bench.file)?.pragma('synchronous'))
    note()
    store.transaction(note)
    store.transaction(note, 'processDeath')
    note()
    const full = [{ synchronous: 2 }]
    const normal = [{ synchronous: 1 }]
    expect(levels).toEqual([normal, full, normal, normal])
  })
})

describe('slow statements', () => {
  it('are counted and logged with their text and without their parameters', () => {
    let nowMs = 0
    let stepMs = 0
    const clock = { ...bench.clock, monotonicMs: () => (nowMs += stepMs) }
    const store = bench.open({ clock })
    store.drafts.save('A01/dutyLog', '13800001111', startMs)
    expect(store.facts().slowStatements).toBe(0)
    stepMs = 41
    store.drafts.save('A01/dutyLog', '13800001111', startMs)
    stepMs = 0
    expect(store.facts().slowStatements).toBe(1)
    const lines = bench.log.lines.filter(({ message }) => message === 'slow statement')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.fields).toMatchObject({ sql: expect.stringContaining('INSERT INTO draft'), tookMs: 41 })
    expect(JSON.stringify(lines)).not.toContain('13800001111')
  })
})
