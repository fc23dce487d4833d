/**
 * Fills a data folder with years of ended demonstration cases, to try the program with a large city's store: one year is walked by the case rules,
 * then set down again year after year, each copy a whole number of weeks earlier, so that its history stays legal. Straight into the SQLite file, and
 * without rows for photos. No server may be running on the folder.
 *   npm run demo-cases -- --count 1500000 --data FOLDER
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import BetterSqlite3 from 'better-sqlite3'
import { chinaDate, chinaDay, dayMs } from '#shared/base/china-time'
import { isEnd } from '#shared/domain/case/states'
import { caseTokens } from '#shared/domain/case/tokens'
import { composeCentral } from '../src-server/compose'
import { casesOfDay } from '../src-server/demo/cases/day'
import { readWorld } from '../src-server/demo/cases/read-world'
import type { CaseWorld } from '../src-server/demo/cases/world'
import { demonstrationOf, seedDemonstration, seedDemonstrationCases, withPictures } from '../src-server/demo/seed'
import { createLog, systemClock, systemIds } from '../src-server/platform/machine'
import { type PreparedCase, prepareCase } from '../src-server/store/case-columns'
import type { ReferenceFile } from '../src-server/workflows/reference'

const copiedDays = 364
const years = 10
/** Behind the year that `--demo-cases year` fills. */
const newestDay = 366

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '1500000' }, data: { type: 'string', default: join('.seat', 'central') } },
  })
  const count = Number(values.count)
  if (!Number.isInteger(count) || count < 1) throw new Error('--count 须为正整数')
  const folder = resolve(values.data)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'central.db')
  const world = await prepare(folder, file)
  const today = chinaDay(systemClock.now())
  const base = yearOf(world, today, Math.min(count, 60_000))
  console.log(`已按规则走完 ${base.length} 件，开始写入 ${count} 件。`)
  write(file, base, count)
}

/** The folder as `npm run server -- --demo` leaves it. */
async function prepare(folder: string, file: string): Promise<CaseWorld> {
  const filesFolder = join(folder, 'attachments')
  const reference = join(import.meta.dirname, '../resources/reference')
  const names = readdirSync(reference).filter((name) => name.endsWith('.json'))
  const files = names.sort().map((name) => JSON.parse(readFileSync(join(reference, name), 'utf8')) as ReferenceFile)
  const central = await composeCentral({
    location: { kind: 'sqlite', file },
    filesFolder,
    clock: systemClock,
    ids: systemIds,
    log: createLog('warn'),
    centre: { name: '12319 城市管理指挥中心', version: '0', demonstration: true, shiftPatternId: 'twoShift', profileId: 'standard' },
    referenceFiles: demonstrationOf(files),
    metricsToken: null,
    wrapFiles: (store) => withPictures(store, filesFolder),
  })
  try {
    await seedDemonstration(central.services)
    await seedDemonstrationCases(central.services, filesFolder)
    const world = await readWorld(central.services)
    if (!world) throw new Error('演示城区不完整，请先用 --demo 启动一次中心服务器。')
    return world
  } finally {
    await central.close()
  }
}

/** Ended cases of a year, oldest first. What names other cases is left out: its copies would name the wrong ones. */
function yearOf(world: CaseWorld, today: number, most: number): readonly PreparedCase[] {
  const { profile, calendar } = world
  const made: PreparedCase[] = []
  for (let day = today - newestDay; day > today - newestDay - copiedDays && made.length < most; day -= 1) {
    for (const { identity, state, ...told } of casesOfDay(world, day, systemClock.now())) {
      if (isEnd(state) && state !== 'merged') made.push(prepareCase(identity, told, { profile, calendar }))
    }
  }
  return made.sort((a, b) => a.image.row.beganAt - b.image.row.beganAt)
}

function write(file: string, base: readonly PreparedCase[], count: number): void {
  const database = new BetterSqlite3(file)
  database.pragma('journal_mode = DELETE')
  database.pragma('synchronous = OFF')
  database.pragma('cache_size = -300000')
  // Made again at the end, in order; filled row by row they would be written all over.
  const made = "select name, sql from sqlite_master where type = 'index' and tbl_name like 'case_%' and sql is not null"
  const indexes = database.prepare(made).all() as { name: string; sql: string }[]
  for (const { name } of indexes) database.exec(`drop index ${name}`)
  const insert = inserter(database)
  const started = performance.now()
  const copies = Math.ceil(count / base.length)
  let written = 0
  // Oldest first, because the text index is quickest in order.
  for (let copy = copies - 1; copy >= 0; copy -= 1) {
    const shiftDays = (copy % years) * copiedDays + Math.floor(copy / years) * 7
    database.transaction(() => {
      for (const [index, one] of base.entries()) {
        if (written >= count) return
        insert(one, shiftDays, copy * base.length + index)
        written += 1
      }
    })()
    tell(written, count, performance.now() - started)
  }
  for (const { sql } of indexes) database.exec(sql)
  database.exec('analyze')
  database.pragma('journal_mode = WAL')
  database.close()
  console.log(`完成，共用 ${Math.round((performance.now() - started) / 1000)} 秒。`)
}

function tell(written: number, count: number, ms: number): void {
  const left = Math.round(((count - written) * ms) / Math.max(1, written) / 1000)
  console.log(`${written} / ${count} 件，${Math.round(ms / 1000)} 秒，约还需 ${left} 秒`)
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Insert = (one: PreparedCase, shiftDays: number, number: number) => void

function inserter(database: BetterSqlite3.Database): Insert {
  const prepare = (table: string, columns: readonly string[], rest = '') =>
    database.prepare(`insert into ${table} (${columns.join()}) values (${columns.map(() => '?').join()}) ${rest}`)
  const history = prepare('case_history', [
    'case_id',
    'seq',
    'at',
    'action',
    'account_no',
    'account_name',
    'role',
    'department_code',
    'from_state',
    'to_state',
    'input',
  ])
  const person = prepare('case_person', ['case_id', 'person', 'name', 'number', 'gender'])
  const department = prepare('case_department', ['case_id', 'department_code'])
  const collector = prepare('case_collector', ['case_id', 'account_no'])
  const place = prepare('case_search', ['search_id', 'case_id'], 'on conflict (search_id) do nothing')
  const text = prepare('case_search_text', ['rowid', 'tokens'])
  const counter = prepare('case_no_counter', ['day', 'last'], 'on conflict (day) do update set last = last + 1 returning last')
  let record: BetterSqlite3.Statement | undefined
  return ({ identity, beginning, history: entries, citizen, image }, shiftDays, number) => {
    const shift = (at: number) => at - shiftDays * dayMs
    const row: Writable<PreparedCase['image']['row']> = {
      ...image.row,
      beganAt: shift(image.row.beganAt),
      enteredAt: shift(image.row.enteredAt),
    }
    const day = chinaDate(row.beganAt).replaceAll('-', '')
    const { last } = counter.get(day, 1) as { last: number }
    row.caseId = idOf(row.beganAt, number)
    row.caseNo = `${day}-${String(last).padStart(4, '0')}`
    row.endedAt = image.row.endedAt === null ? null : shift(image.row.endedAt)
    row.replyBy = image.row.replyBy === null ? null : shift(image.row.replyBy)
    const columns = {
      ...{ case_id: row.caseId, case_no: row.caseNo, profile_id: identity.profileId },
      beginning: JSON.stringify(shiftedBeginning(beginning, row.replyBy)),
      ...image.columns,
      ...{ began_at: row.beganAt, entered_at: row.enteredAt, ended_at: row.endedAt, reply_by: row.replyBy, row: JSON.stringify(row) },
    }
    record ??= prepare('case_record', Object.keys(columns))
    record.run(...Object.values(columns))
    for (const { seq, at, action, by, from, to, input } of entries)
      history.run(row.caseId, seq, shift(at), action, by.accountNo, by.name, by.role, by.departmentCode, from, to, JSON.stringify(input))
    if (citizen) person.run(row.caseId, 'citizen', citizen.name, citizen.number, citizen.gender)
    for (const code of image.sides.departments) department.run(row.caseId, code)
    for (const accountNo of image.sides.collectors) collector.run(row.caseId, accountNo)
    const tokens = caseTokens(row.caseNo, beginning.facts, image.sides.departments)
    let searchId = BigInt(row.beganAt) * 1_000n
    while (place.run(searchId, row.caseId).changes === 0) searchId += 1n
    text.run(searchId, tokens.join(' '))
  }
}

function shiftedBeginning(beginning: PreparedCase['beginning'], replyBy: number | null): PreparedCase['beginning'] {
  const { external } = beginning.facts
  return external ? { ...beginning, facts: { ...beginning.facts, external: { ...external, replyBy } } } : beginning
}

/** RFC 9562 version 7, the number in place of chance. */
function idOf(at: number, number: number): string {
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`
}

await main()
