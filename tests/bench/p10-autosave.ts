/**
 * P10: the autosave of what is being typed, as the main process does it: synchronously, while a call may be going on. Beside it, as P10-kept and
 * without a budget, keeping a finished log entry, which waits for the disk on purpose. The reference is better-sqlite3 alone with the same pragmas, the same bytes and one commit each, in turn with ours so that a busy moment of the disk falls on both.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { createIds } from '#main/platform/ids'
import { createLog } from '#main/platform/log'
import { createSystemClock } from '#main/platform/system-clock'
import { type OpenedStore, openStore } from '#main/store/open-store'
import { type Figure, quantile, rounded } from './figure'

const warmUp = 200
/** Longest text of a log entry, in characters. */
const entryLimit = 2_000

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const samples = isShort ? 100 : 2_000
  const folder = mkdtempSync(join(tmpdir(), 'seat-p10-'))
  const opened = openStore({
    file: join(folder, 'seat.db'),
    backupFolder: join(folder, 'backups'),
    key: null,
    clock: createSystemClock(),
    log: createLog({ level: 'silent' }),
  })
  if (!opened.ok) throw new Error(opened.error.code)
  const store = opened.value
  try {
    return [
      measure('P10', samples, draftSaver(store), bareWriter(join(folder, 'bare-draft.db'), 'NORMAL')),
      measure('P10-kept', samples, entryKeeper(store), bareWriter(join(folder, 'bare-entry.db'), 'FULL')),
    ]
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

type Write = (number: number, body: string) => void

function measure(name: 'P10' | 'P10-kept', samples: number, ours: Write, bare: Write & { close(): void }): Figure {
  const oursMs: number[] = []
  const bareMs: number[] = []
  for (let number = 0; number < warmUp + samples; number += 1) {
    const body = name === 'P10' ? bodyOf(number) : bodyOf(number).slice(0, entryLimit)
    const pair: readonly (readonly [Write, number[]])[] = [
      [ours, oursMs],
      [bare, bareMs],
    ]
    // Whoever goes first finds colder caches: take turns.
    for (const [write, times] of number % 2 === 0 ? pair : [...pair].reverse()) {
      const startedMs = performance.now()
      write(number, body)
      if (number >= warmUp) times.push(performance.now() - startedMs)
    }
  }
  bare.close()
  const value = quantile(oursMs, 0.99)
  const reference = quantile(bareMs, 0.99)
  return {
    name,
    value: rounded(value),
    unit: 'ms',
    reference: rounded(reference),
    ratio: rounded(value / reference),
    samples,
    detail: {
      what: name === 'P10' ? 'a draft saved, survives the death of the program' : 'a log entry and its intent kept, survives a power cut',
      measure: 'p99',
      budget: name === 'P10' ? 'p99 ≤ 5 ms' : 'none',
      medianMs: rounded(quantile(oursMs, 0.5)),
      referenceMedianMs: rounded(quantile(bareMs, 0.5)),
      worstMs: rounded(quantile(oursMs, 1)),
    },
  }
}

/** Seven drafts open at once, each saved over itself, like the panes of one seat. */
function draftSaver(store: OpenedStore): Write {
  return (number, body) => {
    const saved = store.transaction(() => store.drafts.save(`A01/pane-${number % 7}`, body, number), 'processDeath')
    if (!saved.ok) throw new Error(saved.error.code)
  }
}

function entryKeeper(store: OpenedStore): Write {
  const ids = createIds()
  return (number, text) => {
    const entryId = ids.uuid()
    const draft = { entryId, kind: 'event' as const, text, shiftId: null, writtenAt: number }
    const kept = store.transaction(() => {
      store.dutyLog.insert({ ...draft, authorNo: 'A01', authorName: '王敏', seatNo: '02', receivedAt: null, sync: 'waiting', reason: null })
      store.intents.append({
        intentId: ids.uuid(),
        kind: 'dutyLog.append',
        subject: `dutyLog/${entryId}`,
        accountNo: 'A01',
        body: draft,
        createdAt: number,
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: null,
        reason: null,
      })
    })
    if (!kept.ok) throw new Error(kept.error.code)
  }
}

function bareWriter(file: string, synchronous: 'NORMAL' | 'FULL'): Write & { close(): void } {
  const database = new BetterSqlite3(file)
  database.pragma('journal_mode = WAL')
  database.pragma(`synchronous = ${synchronous}`)
  database.pragma('journal_size_limit = 8388608')
  database.exec('CREATE TABLE bare (key INTEGER PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT')
  const insert = database.prepare('INSERT OR REPLACE INTO bare (key, body, at) VALUES (?, ?, ?)')
  // Drafts are saved over themselves, entries only grow.
  const keyOf = (number: number): number => (synchronous === 'NORMAL' ? number % 7 : number)
  return Object.assign((number: number, body: string) => void insert.run(keyOf(number), body, number), {
    close: () => void database.close(),
  })
}

/** 2 to 20 kB of UTF-8, in an order that repeats from run to run; Chinese characters take three bytes. */
function bodyOf(number: number): string {
  const bytes = 2_000 + ((number * 7_919) % 18_001)
  return '解放路与人民路口东北角井盖缺失，已设围挡。'.repeat(Math.ceil(bytes / 63)).slice(0, Math.floor(bytes / 3))
}
