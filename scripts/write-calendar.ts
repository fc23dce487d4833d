/**
 * Writes `resources/reference/calendar-YEAR.json` from the npm package chinese-days, which transcribes the State Council's yearly holiday notice.
 *   npm exec -- tsx scripts/write-calendar.ts 2027
 *
 * It refuses a year whose notice the package does not know yet: without one a calendar would wrongly say that there are no holidays. Compare the
 * result with the notice by eye before committing it; working hours are the usual office hours and each city sets its own.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import chineseDays from 'chinese-days'

const dayMs = 86_400_000
const source = '国务院办公厅节假日安排通知（取自 chinese-days）'

interface NamedDay {
  readonly date: string
  readonly name: string
}

/** Every day of the year that the notice names: `isWorked` tells the shifted working days 调休上班 from the days off. */
function noticedDays(year: number): readonly (NamedDay & { readonly isWorked: boolean })[] {
  const days: (NamedDay & { isWorked: boolean })[] = []
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += dayMs) {
    const date = new Date(at).toISOString().slice(0, 10)
    const { name, work } = chineseDays.getDayDetail(date)
    // An ordinary day is named by its weekday, a noticed one as `English,中文,days off in exchange`.
    const chineseName = name.split(',')[1]
    if (chineseName !== undefined) days.push({ date, name: chineseName, isWorked: work })
  }
  return days
}

const named = ({ date, name }: NamedDay): NamedDay => ({ date, name })

/** One entry a line, so that next year's difference can be read. */
function lines(entries: readonly object[]): string {
  return `[\n${entries
    .map(
      (entry) =>
        `      { ${Object.entries(entry)
          .map(([key, value]) => `"${key}": ${JSON.stringify(value)}`)
          .join(', ')} }`,
    )
    .join(',\n')}\n    ]`
}

function calendarFile(year: number, days: ReturnType<typeof noticedDays>): string {
  const workingHours = [
    { start: '08:00', end: '12:00' },
    { start: '14:00', end: '18:00' },
  ]
  return `{
  "id": "${year}",
  "origin": "product",
  "document": {
    "kind": "calendar",
    "title": "${year} 年工作日历",
    "year": ${year},
    "workingHours": ${lines(workingHours)},
    "holidays": ${lines(days.filter((day) => !day.isWorked).map(named))},
    "shiftedWorkingDays": ${lines(days.filter((day) => day.isWorked).map(named))},
    "source": "${source}",
    "isCertain": true
  }
}
`
}

const year = Number(process.argv[2])
if (!Number.isInteger(year) || year < 2004 || year > 2100) {
  console.error('usage: tsx scripts/write-calendar.ts YEAR')
  process.exit(2)
}
const days = noticedDays(year)
if (days.length === 0) {
  console.error(`chinese-days knows no holiday notice for ${year}; nothing was written. Update the package once the notice is out.`)
  process.exit(1)
}
const file = join(import.meta.dirname, '..', 'resources', 'reference', `calendar-${year}.json`)
writeFileSync(file, calendarFile(year, days))
console.log(`wrote ${file}`)
