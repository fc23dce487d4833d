/**
 * P2, the part of the core: from the telephone saying that it rings to the topic with the caller's history, with 100 000 cases of as many callers kept at
 * the seat, on disk, while the centre is away. What is before it, the INVITE, is P3's; what is behind it, the painting of one line, is not in this figure.
 * The reference is reading one row of the same table by its key.
 */
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '#main/platform/log'
import { createSystemClock } from '#main/platform/system-clock'
import { openStore } from '#main/store/open-store'
import { createCallerDesk } from '#main/workflows/callers/caller-desk'
import { err } from '#shared/base/result'
import type { CallerCase } from '#shared/contracts/caller-shapes'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { CallersView } from '#shared/contracts/seat-api/caller-views'
import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { caseRowOf } from '../fixtures/case-rows'
import { type Figure, quantile, rounded } from './figure'

const salt = '5a'.repeat(32)
const lineOf = (index: number) => `138${String(index).padStart(8, '0')}`
const idOf = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const callers = isShort ? 2_000 : 100_000
  const samples = isShort ? 100 : 2_000
  const folder = mkdtempSync(join(tmpdir(), 'seat-p2-'))
  const [clock, log] = [createSystemClock(), createLog({ level: 'silent' })]
  const opened = openStore({ file: join(folder, 'seat.db'), backupFolder: join(folder, 'backups'), key: null, clock, log })
  if (!opened.ok) throw new Error(opened.error.code)
  const store = opened.value
  let shown: CallersView = { callers: [] }
  const desk = createCallerDesk({
    ...{ store, clock, log, now: clock.now, isOnline: () => false },
    central: { call: async () => err(appError('central/offline')) },
    publish: (_, state) => {
      shown = state as CallersView
    },
  })
  try {
    desk.entered({ accountNo: '0201', role: 'intake' } as Me)
    for (let from = 0; from < callers; from += 1_000) {
      const page = Array.from({ length: Math.min(1_000, callers - from) }, (_, at) => caseOf(from + at))
      store.transaction(() => store.callers.putPage(page, { salt, place: null, readAt: clock.now() }), 'processDeath')
    }
    const picked = Array.from({ length: samples }, (_, at) => Math.floor((at * Math.SQRT2 * 7_919) % callers))
    const ours = picked.map((index, at) => {
      const startedMs = performance.now()
      desk.follow(ringing(at, `+86${lineOf(index)}`))
      const tookMs = performance.now() - startedMs
      if (shown.callers[0]?.known?.cases[0]?.caseId !== idOf(index)) throw new Error('another caller was shown')
      return tookMs
    })
    const reference = picked.map((index) => {
      const startedMs = performance.now()
      store.cases.detail(idOf(index))
      return performance.now() - startedMs
    })
    return [figureOf(ours, reference, callers)]
  } finally {
    desk.stop()
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function figureOf(ours: readonly number[], reference: readonly number[], callers: number): Figure {
  return {
    name: 'P2-core',
    value: rounded(quantile(ours, 0.99)),
    unit: 'ms',
    reference: rounded(quantile(reference, 0.99)),
    ratio: quantile(ours, 0.99) / quantile(reference, 0.99),
    samples: ours.length,
    detail: {
      what: 'telephone rings → history of the caller published, from what the seat keeps',
      measure: 'p99',
      budget: 'p99 ≤ 100 ms from INVITE to paint; this is the part of the core',
      medianMs: rounded(quantile(ours, 0.5)),
      callers,
    },
  }
}

function caseOf(index: number): CallerCase {
  const lineKey = createHmac('sha256', salt).update(lineOf(index)).digest('hex').slice(0, 32)
  return { lineKey, name: '孙**', gender: 'female', row: caseRowOf({ caseId: idOf(index), source: 'hotline' }) as CallerCase['row'] }
}

function ringing(at: number, number: string): TelephoneView {
  const call = { callId: `00000000-0000-7000-9000-${String(at).padStart(12, '0')}`, direction: 'incoming', purpose: 'hotline', number }
  return { calls: [call as TelephoneCallView] } as unknown as TelephoneView
}
