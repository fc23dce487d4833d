/**
 * P7: from a server event to the painted row, 200 events a second for a minute, through everything that stands between: the centre's event log and
 * stream, the seat's core and store, the bridge, the table. Each event carries a number in a row's address; the page notes when it painted which
 * number. Events that a newer one overtook within the same 50 ms batch are painted with it and are not counted apart.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { composeCentral } from '../../src-server/compose'
import { demonstrationPassword, seedDemonstration } from '../../src-server/demo/seed'
import { createLog, systemClock, systemIds } from '../../src-server/platform/machine'
import { prepareCase } from '../../src-server/store/case-columns'
import { insertCases } from '../../src-server/store/case-store'
import type { ReferenceFile } from '../../src-server/workflows/reference'
import type { Services } from '../../src-server/workflows/services'
import type { CaseRowSchema } from '../../src-shared/contracts/case-shapes'
import type { CaseFacts } from '../../src-shared/domain/case/facts'
import type { CaseActor, HistoryEntry } from '../../src-shared/domain/case/history'
import { signIn } from '../e2e/fixtures'
import { startSeat } from '../e2e/seat-process'
import { type Figure, quantile } from './figure'

const root = join(import.meta.dirname, '../..')
const perSecond = 200
/** Events of one commit. */
const together = 10
/** Rows that take turns in changing; about the first three quarters of them can be seen. */
const changing = 24
const inQueue = 500

export async function run({ isShort }: { isShort: boolean }): Promise<readonly Figure[]> {
  const seconds = isShort ? 5 : 60
  const folder = mkdtempSync(join(tmpdir(), 'seat-p7-'))
  const central = await composeCentral({
    location: { kind: 'sqlite', file: join(folder, 'central.db') },
    filesFolder: join(folder, 'files'),
    clock: systemClock,
    ids: systemIds,
    log: createLog('error'),
    centre: { name: '测量', version: '0', demonstration: true, shiftPatternId: 'twoShift', profileId: 'standard' },
    referenceFiles: productReference(),
    metricsToken: null,
  })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    await seedDemonstration(central.services)
    const rows = await fillQueue(central.services)
    const centralUrl = await central.app.listen({ host: '127.0.0.1', port: 0 })
    const viewport = { width: 1366, height: 768 }
    const seat = await startSeat({ shell: 'browser', centralUrl, dataFolder: join(folder, 'seat'), seatNo: '02', viewport }, browser)
    try {
      await openQueue(seat.page)
      await watch(seat.page)
      const sent = await emitFor(central.services, rows, seconds)
      await delay(1_000)
      return [await figureOf(seat.page, sent, seconds)]
    } finally {
      await seat.stop()
    }
  } finally {
    await browser.close()
    await central.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function productReference(): ReferenceFile[] {
  const folder = join(root, 'resources/reference')
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ReferenceFile)
}

const by: CaseActor = { accountNo: '0201', name: '林小燕', role: 'intake', departmentCode: null }

/** Cases that wait for the shift lead; the most urgent ones, which stand on top, will change. */
async function fillQueue(services: Services): Promise<CaseRowSchema[]> {
  const settings = await services.caseSettings.read(services.db)
  const profile = settings.profileById('standard')
  if (!profile) throw new Error('the standard profile is missing')
  const now = Date.now()
  const prepared = Array.from({ length: inQueue }, (_, at) => {
    const beganAt = now - 3_600_000 + at * 1_000
    const step = (seq: number, action: 'register' | 'preFile'): HistoryEntry => ({
      ...{ seq, at: beganAt + seq, action, by, input: action === 'preFile' ? { opinion: '建议立案' } : {} },
      ...(action === 'register' ? { from: null, to: 'reported' as const } : { from: 'reported' as const, to: 'preFiled' as const }),
    })
    const beginning = { photoIds: [], facts: { ...facts, address: `建安街 ${at} 号` } }
    const identity = { caseId: systemIds.uuid(), caseNo: `20261120-${String(at + 1).padStart(4, '0')}`, profileId: 'standard' }
    const history = [step(1, 'register'), step(2, 'preFile')]
    return prepareCase(identity, { beginning, history, citizen: null }, { profile, calendar: settings.calendar })
  })
  await services.transactor.inTransaction(async ({ trx }) => {
    await insertCases(trx, prepared)
    return { ok: true, value: undefined }
  })
  return prepared.slice(0, changing).map(({ image }) => image.row as CaseRowSchema)
}

const facts: CaseFacts = {
  ...{
    source: 'collector',
    kind: 'event',
    standard: 'GB/T 47678.5-2026',
    subclassCode: '06010',
    subclassName: '暴露垃圾',
    majorName: '市容环境',
  },
  ...{
    description: '垃圾桶满溢',
    address: '',
    position: null,
    gridCode: '230108004007013',
    communityCode: null,
    streetCode: null,
    componentCode: null,
  },
  ...{ isUrgent: false, isSensitive: false, namedAgents: [], hasCitizen: false, wantsReply: false, mayNotBeCalled: false },
  ...{ cameraNo: null, external: null, instruction: null },
}

async function openQueue(page: Page): Promise<void> {
  await signIn(page, '0101', demonstrationPassword)
  await page.keyboard.press('Alt+2')
  await page.getByRole('tab', { name: /待立案/ }).click()
  await page.getByText('建安街 3 号').waitFor()
}

interface Seen {
  readonly painted: [number: number, at: number][]
  /** Lengths of frames, in milliseconds. */
  readonly frames: number[]
}

/** Notes at the end of the frame in which a number appeared, and how long frames were. */
async function watch(page: Page): Promise<void> {
  // The runner's compiler names functions with a helper that the page does not have.
  await page.evaluate('globalThis.__name = (named) => named')
  await page.evaluate(() => {
    const seen: Seen = { painted: [], frames: [] }
    Object.assign(window, { seen })
    let fresh: number[] = []
    new MutationObserver((records) => {
      for (const { target } of records) {
        const number = /第(\d+)变/.exec(target.textContent ?? '')?.[1]
        if (number !== undefined) fresh.push(Number(number))
      }
    }).observe(document.body, { subtree: true, characterData: true, childList: true })
    let last = performance.now()
    const frame = (at: number) => {
      seen.frames.push(at - last)
      last = at
      const numbers = fresh
      fresh = []
      if (numbers.length > 0) {
        const channel = new MessageChannel()
        // A message posted in a frame arrives after it was painted.
        channel.port1.onmessage = () => {
          const now = performance.timeOrigin + performance.now()
          for (const number of numbers) seen.painted.push([number, now])
        }
        channel.port2.postMessage(null)
      }
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}

/** When each number was committed. */
async function emitFor(services: Services, rows: readonly CaseRowSchema[], seconds: number): Promise<ReadonlyMap<number, number>> {
  const sent = new Map<number, number>()
  const began = performance.now()
  for (let first = 0; first < perSecond * seconds; first += together) {
    const wait = began + (first / perSecond) * 1_000 - performance.now()
    if (wait > 0) await delay(wait)
    const numbers = Array.from({ length: together }, (_, at) => first + at)
    const at = performance.timeOrigin + performance.now()
    await services.transactor.inTransaction(async (unit) => {
      for (const number of numbers) {
        const row = rows[number % rows.length] as CaseRowSchema
        const changed = { ...row, version: row.version + number + 1, address: `第${number}变` }
        unit.emit('case.changed', { row: changed, action: 'amend', byNo: '0201', byName: '林小燕' })
        sent.set(number, at)
      }
      return { ok: true, value: undefined }
    })
  }
  return sent
}

async function figureOf(page: Page, sent: ReadonlyMap<number, number>, seconds: number): Promise<Figure> {
  const { painted, frames } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
  const delays = new Map<number, number>()
  for (const [number, at] of painted) if (!delays.has(number)) delays.set(number, at - (sent.get(number) ?? at))
  const samples = [...delays.values()]
  return {
    name: 'P7',
    value: quantile(samples, 0.99),
    unit: 'ms',
    reference: null,
    ratio: null,
    samples: samples.length,
    detail: {
      ...{ eventsPerSecond: perSecond, seconds, median: quantile(samples, 0.5), worst: quantile(samples, 1) },
      ...{ longestFrame: Math.max(...frames), framesOver100: frames.filter((length) => length > 100).length, frames: frames.length },
      budget: 'p99 ≤ 100 ms from commit to paint, no frame over 100 ms',
    },
  }
}
