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
import { caseNoTokens } from '#shared/domain/case/tokens'
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

/** FTS5 gathers so many bytes before it writes; with its usual megabyte it would merge what it wrote all day. It takes integers, which numbers are not. */
const gatheredBytes = 268_435_456n
const usuallyGatheredBytes = 1_048_576n
const casesAtOnce = 20_000

function write(file: string, base: readonly PreparedCase[], count: number): void {
  const database = new BetterSqlite3(file)
  // A folder that is half full is thrown away and filled anew, so nothing is kept for going back.
  for (const pragma of [
    'journal_mode = DELETE',
    'journal_mode = OFF',
    'synchronous = OFF',
    'locking_mode = EXCLUSIVE',
    'cache_size = -400000',
  ])
    database.pragma(pragma)
  // Made again at the end, in order; filled row by row they would be written all over.
  const made = "select name, sql from sqlite_master where type = 'index' and tbl_name like 'case_%' and sql is not null"
  const indexes = database.prepare(made).all() as { name: string; sql: string }[]
  for (const { name } of indexes) database.exec(`drop index ${name}`)
  const gather = database.prepare("insert into case_search_text (case_search_text, rank) values ('hashsize', ?)")
  gather.run(gatheredBytes)
  const insert = inserter(database)
  const started = performance.now()
  let written = 0
  const copies = copiesInOrder(base, count)
  const writeSome = database.transaction(() => {
    const end = Math.min(count, written + casesAtOnce)
    for (; written < end; written += 1) {
      const next = copies.next()
      if (next.done) break
      insert(next.value.one, next.value.shiftDays, written)
    }
  })
  while (written < count) {
    writeSome()
    tell(written, count, performance.now() - started)
  }
  console.log('建立索引。')
  for (const { sql } of indexes) database.exec(sql)
  gather.run(usuallyGatheredBytes)
  database.pragma('journal_mode = WAL')
  database.close()
  console.log(`完成，共用 ${Math.round((performance.now() - started) / 1000)} 秒。`)
}

interface Copy {
  readonly one: PreparedCase
  readonly shiftDays: number
}

/**
 * As many copies as are wanted, oldest day first, whichever copy it comes from: every table and index then grows at its end. Exactly `count` of them;
 * the oldest days of the last copy are left out.
 */
function* copiesInOrder(base: readonly PreparedCase[], count: number): Generator<Copy> {
  const days = Map.groupBy(base, ({ image }) => chinaDay(image.row.beganAt))
  const shifts = Array.from(
    { length: Math.ceil(count / base.length) },
    (_, copy) => (copy % years) * copiedDays + Math.floor(copy / years) * 7,
  )
  let spare = shifts.length * base.length - count
  const first = Math.min(...days.keys()) - Math.max(...shifts)
  for (let day = first; day <= Math.max(...days.keys()); day += 1) {
    const today = shifts.flatMap((shiftDays) => (days.get(day + shiftDays) ?? []).map((one) => ({ one, shiftDays })))
    const at = ({ one, shiftDays }: Copy) => one.image.row.beganAt - shiftDays * dayMs
    for (const copy of today.sort((a, b) => at(a) - at(b))) {
      if (spare > 0) spare -= 1
      else yield copy
    }
  }
}

function tell(written: number, count: number, ms: number): void {
  const left = Math.round(((count - written) * ms) / Math.max(1, written) / 1000)
  console.log(`${written} / ${count} 件，${Math.round(ms / 1000)} 秒，约还需 ${left} 秒`)
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }
type Insert = (one: PreparedCase, shiftDays: number, number: number) => void

/** What is the same in every copy of a case, put into words once. */
interface Form {
  /** Undefined when it changes from copy to copy. */
  readonly beginning: string | undefined
  readonly inputs: readonly string[]
  readonly tokens: string
}

function formOf({ identity, beginning, history, image }: PreparedCase): Form {
  const ofNumber = new Set(caseNoTokens(identity.caseNo))
  return {
    beginning: beginning.facts.external ? undefined : JSON.stringify(beginning),
    inputs: history.map(({ input }) => JSON.stringify(input)),
    tokens: image.tokens.filter((token) => !ofNumber.has(token)).join(' '),
  }
}

function inserter(database: BetterSqlite3.Database): Insert {
  const into = statements(database)
  const forms = new Map<PreparedCase, Form>()
  let record: BetterSqlite3.Statement | undefined
  return (one, shiftDays, number) => {
    const { identity, beginning, history, citizen, image } = one
    const form = forms.get(one) ?? formOf(one)
    forms.set(one, form)
    const shift = (at: number) => at - shiftDays * dayMs
    const row = shiftedRow(image.row, shift)
    const day = chinaDate(row.beganAt).replaceAll('-', '')
    const { last } = into.counter.get(day, 1) as { last: number }
    row.caseId = idOf(row.beganAt, number)
    row.caseNo = `${day}-${String(last).padStart(4, '0')}`
    const columns = {
      ...{ case_id: row.caseId, case_no: row.caseNo, profile_id: identity.profileId },
      beginning: form.beginning ?? JSON.stringify(shiftedBeginning(beginning, row.replyBy)),
      ...image.columns,
      ...{ began_at: row.beganAt, entered_at: row.enteredAt, ended_at: row.endedAt, reply_by: row.replyBy, row: JSON.stringify(row) },
    }
    record ??= insertInto(database, 'case_record', Object.keys(columns))
    record.run(Object.values(columns))
    for (const [index, { seq, at, action, by, from, to }] of history.entries()) {
      const who = [by.accountNo, by.name, by.role, by.departmentCode]
      into.history.run(row.caseId, seq, shift(at), action, ...who, from, to, form.inputs[index])
    }
    if (citizen) into.person.run(row.caseId, 'citizen', citizen.name, citizen.number, citizen.gender)
    for (const code of image.sides.departments) into.department.run(row.caseId, code)
    for (const accountNo of image.sides.collectors) into.collector.run(row.caseId, accountNo)
    let searchId = BigInt(row.beganAt) * 1_000n
    while (into.place.run(searchId, row.caseId).changes === 0) searchId += 1n
    into.text.run(searchId, `${form.tokens} ${caseNoTokens(row.caseNo).join(' ')}`)
  }
}

const insertInto = (database: BetterSqlite3.Database, table: string, columns: readonly string[], rest = '') =>
  database.prepare(`insert into ${table} (${columns.join()}) values (${columns.map(() => '?').join()}) ${rest}`)

function statements(database: BetterSqlite3.Database) {
  const steps = ['seq', 'at', 'action', 'account_no', 'account_name', 'role', 'department_code', 'from_state', 'to_state', 'input']
  return {
    history: insertInto(database, 'case_history', ['case_id', ...steps]),
    person: insertInto(database, 'case_person', ['case_id', 'person', 'name', 'number', 'gender']),
    department: insertInto(database, 'case_department', ['case_id', 'department_code']),
    collector: insertInto(database, 'case_collector', ['case_id', 'account_no']),
    place: insertInto(database, 'case_search', ['search_id', 'case_id'], 'on conflict (search_id) do nothing'),
    text: insertInto(database, 'case_search_text', ['rowid', 'tokens']),
    counter: insertInto(database, 'case_no_counter', ['day', 'last'], 'on conflict (day) do update set last = last + 1 returning last'),
  }
}

function shiftedRow(row: PreparedCase['image']['row'], shift: (at: number) => number): Writable<PreparedCase['image']['row']> {
  const maybe = (at: number | null) => (at === null ? null : shift(at))
  const { beganAt, enteredAt, endedAt, replyBy } = row
  return { ...row, beganAt: shift(beganAt), enteredAt: shift(enteredAt), endedAt: maybe(endedAt), replyBy: maybe(replyBy) }
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
