/**
 * Fills the demonstration with cases: the last days before it is ready, a year behind it afterwards. A day that has numbers already is left as it
 * is, so that seeding again, also after an end in the middle, adds what is missing and nothing twice.
 */

import { chinaDate, chinaDay, startOfChinaDay } from '#shared/base/china-time'
import type { EpochMs, Stop } from '#shared/base/clock'
import { ok } from '#shared/base/result'
import { saveCollectorNow } from '../../store/field-store'
import type { Statements } from '../../store/open-database'
import type { Services } from '../../workflows/services'
import { ensurePictures } from '../photos/pictures'
import { casesOfDay, type GeneratedCase } from './day'
import { readWorld } from './read-world'
import { dayOfDraft, drawStaged } from './staged'
import type { CaseWorld } from './world'
import { readAccounts, type Writing, writeDay } from './write-cases'

/** Days before today that are there when the server is ready. */
export const openDays = 10
export const yearDays = 365

/** How many cases were added; none when the centre has no city. */
export async function seedDemonstrationCases(services: Services, filesFolder: string): Promise<number> {
  const world = await readWorld(services)
  if (!world) return 0
  const now = services.clock.now()
  const today = chinaDay(now)
  const days = Array.from({ length: openDays + 1 }, (_, index) => today - openDays + index)
  if ((await missingDays(services.db, days)).length === 0) return 0
  const writing = { world, pictures: await ensurePictures(filesFolder), accounts: await readAccounts(services.db) }
  let added = 0
  await services.transactor.inTransaction(async (unit) => {
    // Of several processes on one database one seeds; the others then find it done.
    await unit.lock('reference')
    const missing = await missingDays(unit.trx, days)
    const staged = missing.length === days.length ? drawStaged(world, now) : []
    for (const day of missing) {
      const cases = [
        ...casesOfDay(
          world,
          day,
          now,
          staged.filter((draft) => dayOfDraft(draft) === day),
        ),
      ]
      await writeDay(unit.trx, writing, cases)
      added += cases.length
    }
    if (staged.length > 0) await placeCollectors(unit.trx, world, now)
    return ok(undefined)
  })
  services.log.info('demonstration cases added', { count: added })
  return added
}

const dayText = (day: number): string => chinaDate(startOfChinaDay(day)).replaceAll('-', '')

async function missingDays(db: Services['db'] | Statements, days: readonly number[]): Promise<readonly number[]> {
  const rows = await db.selectFrom('case_no_counter').select('day').where('day', 'in', days.map(dayText)).execute()
  const done = new Set(rows.map(({ day }) => day))
  return days.filter((day) => !done.has(dayText(day)))
}

/** Everybody at the beginning of their ground. */
async function placeCollectors(trx: Statements, world: CaseWorld, now: EpochMs): Promise<void> {
  for (const { accountNo } of world.collectors) {
    const position = world.middleOf(world.gridsOf(accountNo)[0] ?? '') ?? null
    const place = { position, accuracyM: null, positionAt: position && now, outsideSince: null }
    await saveCollectorNow(trx, { accountNo, isOnDuty: true, ...place }, null)
  }
}

/** Between two days, and between a few cases of one. */
const restMs = 40
const casesAtOnce = 20

/** Goes back day by day in the background until the year is full; calling the answer ends it after the day it is at. */
export function startFillingYear(services: Services, filesFolder: string): { readonly stop: Stop; readonly done: Promise<void> } {
  let isStopped = false
  const rest = () => new Promise<void>((done) => services.clock.after(restMs, done))
  const fill = async () => {
    const world = await readWorld(services)
    if (!world) return
    const writing = { world, pictures: await ensurePictures(filesFolder), accounts: await readAccounts(services.db) }
    const now = services.clock.now()
    const today = chinaDay(now)
    const before = Array.from({ length: yearDays - openDays }, (_, index) => today - openDays - 1 - index)
    const missing = await missingDays(services.db, before)
    for (const [index, day] of missing.entries()) {
      const cases = await generateSlowly(casesOfDay(world, day, now), rest)
      if (isStopped) return
      await writeMissingDay(services, writing, day, cases)
      if ((index + 1) % 30 === 0) services.log.info('demonstration year is being filled', { days: index + 1, of: missing.length })
    }
    services.log.info('demonstration year is full', { days: missing.length })
  }
  const done = fill().catch((thrown: unknown) => services.log.error('demonstration year could not be filled', { reason: String(thrown) }))
  return {
    done,
    stop: () => {
      isStopped = true
    },
  }
}

async function generateSlowly(cases: Iterable<GeneratedCase>, rest: () => Promise<void>): Promise<GeneratedCase[]> {
  const made: GeneratedCase[] = []
  for (const one of cases) if (made.push(one) % casesAtOnce === 0) await rest()
  return made
}

async function writeMissingDay(services: Services, writing: Writing, day: number, cases: readonly GeneratedCase[]): Promise<void> {
  await services.transactor.inTransaction(async (unit) => {
    await unit.lock('reference')
    if ((await missingDays(unit.trx, [day])).length > 0) await writeDay(unit.trx, writing, cases)
    return ok(undefined)
  })
}
