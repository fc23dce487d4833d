/**
 * P11, the log's part: a page of the duty log found among a hundred thousand entries of ten years, by words, by what narrows them, and by both, over the
 * route as the seat asks it. The budget is absolute.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { indexEntry } from '#server/store/log-store'
import { insertDutyLogEntry } from '#server/store/record-store'
import { ok } from '#shared/base/result'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import { type DutyLogKind, dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import { addressOf, morning, startCentral, type TestCentral } from '../fixtures/central'
import { type Figure, quantile, rounded } from './figure'

const streets = ['友协大街', '联盟大街', '新疆大街', '保国街', '渤海三路', '南直路', '建文街', '松花路'] as const
const happenings = [
  '井盖破损已通知排水单位',
  '占道经营劝离',
  '区里调阅画面',
  '大屏格子通道满已报修',
  '采集员支援',
  '扬尘洒水',
  '耳机换新',
  '市民来厅',
] as const
const kinds = Object.keys(dutyLogKinds) as DutyLogKind[]
const tenYearsMs = 10 * 365 * 86_400_000

const questions: readonly Readonly<Record<string, string>>[] = [
  { q: '井盖' },
  { q: '友协大街 井盖' },
  { q: '没有这样的话' },
  { q: '第 77777 件' },
  { q: '通知', kind: 'equipment' },
  { q: '占道', seatNo: '02', authorNo: '0201' },
  { q: '扬尘', from: String(morning - 30 * 86_400_000) },
  { q: '调阅', from: String(morning - tenYearsMs), until: String(morning - tenYearsMs + 90 * 86_400_000) },
  { kind: 'visitor' },
  { seatNo: '03', origin: 'person' },
  {},
]

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const count = isShort ? 5_000 : 100_000
  const folder = mkdtempSync(join(tmpdir(), 'seat-log-'))
  const central = await startCentral({ kind: 'sqlite', file: join(folder, 'central.db') })
  try {
    await fill(central, count)
    const token = await central.tokenFor('shiftLead')
    const times: { readonly ms: number; readonly what: string }[] = []
    for (let round = -1; round < (isShort ? 1 : 20); round += 1) {
      for (const query of questions) {
        const startedMs = performance.now()
        const answer = await central.central.app.inject({
          url: addressOf('dutyLog.search', { query: { ...query, limit: '100' } }),
          headers: { authorization: `Bearer ${token}` },
        })
        const ms = performance.now() - startedMs
        if (answer.statusCode !== 200) throw new Error(answer.body)
        if (round >= 0) times.push({ ms, what: JSON.stringify(query) })
      }
    }
    const values = times.map(({ ms }) => ms)
    const worst = [...times].sort((a, b) => b.ms - a.ms)[0]
    const detail = {
      ...{ what: `a page of 100 among ${count} entries of ten years`, measure: 'p99', budget: '≤ 50 ms' },
      ...{ medianMs: rounded(quantile(values, 0.5)), worstMs: rounded(quantile(values, 1)), worst: worst?.what },
    }
    const value = rounded(quantile(values, 0.99))
    return [{ name: 'P11-log', value, unit: 'ms', reference: null, ratio: null, samples: values.length, detail }]
  } finally {
    await central.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function fill({ central }: TestCentral, count: number): Promise<void> {
  const { transactor } = central.services
  const perTransaction = 2_000
  for (let from = 0; from < count; from += perTransaction) {
    await transactor.inTransaction(async ({ trx }) => {
      for (let number = from; number < Math.min(count, from + perTransaction); number += 1) {
        const entry = entryOf(number, count)
        await insertDutyLogEntry(trx, entry)
        await indexEntry(trx, entry)
      }
      return ok(undefined)
    })
  }
}

function entryOf(number: number, count: number): DutyLogEntry {
  const writtenAt = morning - tenYearsMs + Math.floor((tenYearsMs / count) * number)
  const [street, happening] = [streets[number % streets.length], happenings[(number * 7) % happenings.length]]
  return {
    entryId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    kind: kinds[number % kinds.length] ?? 'event',
    text: `${street}${number % 300} 号${happening}，第 ${number} 件，经办人在现场，下一班继续盯办。`,
    ...{ shiftId: null, authorNo: `02${String(number % 12).padStart(2, '0')}`, authorName: '林小燕', authorRole: 'intake' as const },
    ...{ seatNo: String((number % 9) + 1).padStart(2, '0'), writtenAt, receivedAt: writtenAt },
  }
}
