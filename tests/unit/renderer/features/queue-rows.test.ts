import { describe, expect, it } from 'vitest'
import { ok } from '#shared/base/result'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import type { CaseRow } from '#shared/domain/case/row'
import type { Bridge } from '../../../../src-renderer/bridge/bridge'
import { createLampCounter } from '../../../../src-renderer/features/cases/queue/queue-filter'
import { createRowStore, type QueueRows } from '../../../../src-renderer/features/cases/queue/row-store'
import { caseRowOf } from '../../../fixtures/case-rows'

type Changes = StateOfTopic<'cases.changed'>

const now = Date.UTC(2026, 10, 21, 8)
const viewer = { accountNo: '0101', role: 'shiftLead', departmentCode: null } as const
const row = (caseId: string, told: Partial<CaseRow> = {}) => caseRowOf({ caseId, state: 'preFiled', ...told })

/** A store over a core that has these rows and then tells of changes; frames come when the test says so. */
async function started(rows: readonly CaseRow[]) {
  const listeners = new Set<() => void>()
  let batch: Changes | undefined
  let upTo = 0
  const frames: (() => void)[] = []
  const bridge = {
    call: async () => ok({ rows, next: null, upTo: 0, readAt: now, isComplete: true }),
    topic: () => ({
      get: () => batch,
      subscribe(listener: () => void) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    }),
  } as unknown as Pick<Bridge, 'call' | 'topic'>
  const store = createRowStore({
    ...{ bridge, queue: 'toFile', viewer, now: () => now },
    onFrame(action) {
      frames.push(action)
      return () => frames.splice(frames.indexOf(action) >>> 0, 1)
    },
  })
  const told: QueueRows[] = []
  store.subscribe(() => told.push(store.get()))
  const stop = store.start()
  await Promise.resolve()
  await Promise.resolve()
  told.length = 0
  return {
    store,
    told,
    frames,
    stop,
    change(changes: Changes['changes']) {
      const after = upTo
      upTo += changes.length
      batch = { after, upTo, changes }
      for (const listener of listeners) listener()
    },
  }
}

const replaced = (changed: CaseRow) => ({ caseId: changed.caseId, row: changed as Changes['changes'][number]['row'], byNo: '' })

describe('the rows of a queue in a window', () => {
  it('are drawn once per frame, however many batches came, and read as they are at once', async () => {
    const { store, told, frames, change } = await started([row('a'), row('b')])
    change([replaced(row('a', { version: 2, address: '一' }))])
    change([replaced(row('a', { version: 3, address: '二' })), replaced(row('b', { version: 2, address: '三' }))])
    expect([told.length, frames.length]).toEqual([0, 1])
    expect(store.get().rows.map(({ address }) => address)).toEqual(['二', '三'])
    frames[0]?.()
    expect(told.map(({ rows }) => rows.map(({ address }) => address))).toEqual([['二', '三']])
  })

  it('stay the same objects where nothing changed, and the same list when no change is theirs', async () => {
    const { store, frames, change } = await started([row('a'), row('b'), row('c')])
    const before = store.get()
    change([replaced(row('z', { state: 'closed' })), replaced(row('a', { version: 0 }))])
    expect(store.get()).toBe(before)
    expect(frames).toEqual([])
    change([replaced(row('b', { state: 'closed', version: 2 }))])
    const { rows } = store.get()
    expect([rows.length, rows[0] === before.rows[0], rows[1] === before.rows[2]]).toEqual([2, true, true])
  })

  it('draw nothing more once they are no longer shown', async () => {
    const { frames, stop, change } = await started([row('a')])
    change([replaced(row('a', { version: 2 }))])
    stop()
    expect(frames).toEqual([])
  })
})

describe('the counts of the lamps', () => {
  const timed = (caseId: string, dueAt: number) =>
    row(caseId, {
      clock: {
        ...{ of: 'node', limit: { value: 10, unit: 'minute' }, extraMs: 0, startedAt: dueAt - 600_000, amberAt: dueAt - 150_000, dueAt },
        ...{ pausedMs: 0, pausedSince: null, stoppedAt: null },
      },
    })

  it('follow changed rows without looking at the others, and are the same object while the figures are', () => {
    const count = createLampCounter()
    const [late, soon, well] = [timed('a', now - 1), timed('b', now + 60_000), timed('c', now + 590_000)]
    const first = count([late, soon, well], now)
    expect(first).toEqual({ red: 1, amber: 1, green: 1, frozen: 0, none: 0 })
    expect(count([{ ...late }, soon, well], now)).toBe(first)
    expect(count([soon, { ...well, clock: null }], now)).toEqual({ red: 0, amber: 1, green: 0, frozen: 0, none: 1 })
    // At another moment everything may have another lamp.
    expect(count([soon, { ...well, clock: null }], now + 120_000)).toEqual({ red: 1, amber: 0, green: 0, frozen: 0, none: 1 })
  })
})
