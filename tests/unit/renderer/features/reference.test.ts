import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import { calendarYear, specialDays } from '../../../../src-renderer/features/reference/calendar-year'
import { limitsText, rulesByCode, sortEntries } from '../../../../src-renderer/features/reference/documents'

function documentOf<K extends ReferenceKind>(file: string): ReferenceDocument<K> {
  const path = new URL(`../../../../resources/reference/${file}`, import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { document: ReferenceDocument<K> }).document
}

describe('the working calendar of 2026', () => {
  const months = calendarYear(documentOf<'calendar'>('calendar-2026.json'))

  it('puts the first day of each month under its weekday, Monday first', () => {
    // 1 January 2026 is a Thursday, 1 February and 1 November are Sundays.
    expect([1, 2, 11].map((month) => months[month - 1]?.leading)).toEqual([3, 6, 6])
  })

  it('says in words which days are off and which weekend days are worked', () => {
    expect([1, 3].map((month) => months[month - 1] && specialDays(months[month - 1] as (typeof months)[number]))).toEqual([
      ['元旦休 1–3 日', '4 日上班（元旦调休）'],
      [],
    ])
  })

  it('counts a worked Sunday as a working day and a holiday as none', () => {
    const january = months[0]
    expect(
      january?.days.filter((day) => ['2026-01-01', '2026-01-04', '2026-01-05', '2026-01-10'].includes(day.date)).map((day) => day.kind),
    ).toEqual(['holiday', 'shifted', 'working', 'weekend'])
    // 22 weekdays less 1 and 2 January, and Sunday the 4th worked.
    expect(january?.workingDays).toBe(21)
  })
})

const edition = (
  standard: string,
  replacedBy: string | null,
  subclasses: ReferenceDocument<'classification'>['subclasses'],
): ReferenceDocument<'classification'> => ({
  kind: 'classification',
  standard,
  title: standard,
  inForceFrom: null,
  replacedBy,
  majorClasses: [],
  subclasses,
})
const subclass = (kind: 'component' | 'event', code: string, successor?: string) => ({
  kind,
  code,
  majorCode: code.slice(0, 2),
  name: code,
  isCertain: true,
  ...(successor && { successor }),
})
const rule = (kind: 'component' | 'event', code: string, value: number) => ({
  kind,
  code,
  name: code,
  limits: [{ value, unit: 'workingHour' as const }],
  departmentTypes: [],
  isCertain: true,
})
const limits: ReferenceDocument<'handlingLimits'> = {
  kind: 'handlingLimits',
  title: '时限',
  standard: 'old',
  units: [
    { id: 'workingHour', name: '工作时', meaning: '' },
    { id: 'urgentHour', name: '紧急工作时', meaning: '' },
  ],
  rules: [rule('component', '0101', 4), rule('event', '0101', 2), rule('event', '0102', 8)],
}
const old = edition('old', 'new', [
  subclass('component', '0101', '01001'),
  subclass('event', '0101', '01002'),
  subclass('event', '0102', '01002'),
])

describe('the limits beside a subclass', () => {
  const values = (map: ReturnType<typeof rulesByCode>) => [...map].map(([key, rules]) => [key, rules.map((each) => each.limits[0]?.value)])

  it('are those of its own code and kind in the edition that they were written for', () => {
    expect(values(rulesByCode(old, limits, old))).toEqual([
      ['component/0101', [4]],
      ['event/0101', [2]],
      ['event/0102', [8]],
    ])
  })

  it('are found through the successor codes in the edition after, all of them where several became one', () => {
    expect(values(rulesByCode(edition('new', null, []), limits, old))).toEqual([
      ['component/01001', [4]],
      ['event/01002', [2, 8]],
    ])
  })

  it('are left out for an edition that has no link to them', () => {
    expect(values(rulesByCode(edition('older', 'old', []), limits, old))).toEqual([])
  })

  it('are said in the units of the source', () => {
    expect(
      limitsText(
        [
          { value: 2, unit: 'urgentHour' },
          { value: 0.5, unit: 'workingHour' },
        ],
        limits.units,
      ),
    ).toBe('2 紧急工作时，0.5 工作时')
  })
})

it('lists documents by kind, the newest edition first', () => {
  const entry = (kind: ReferenceKind, id: string) => ({ kind, id, title: id, hash: id, entries: 1, origin: 'product' as const })
  const given = [entry('calendar', '2026'), entry('classification', 'cjt214-2007'), entry('classification', 'gbt47678.5-2026')]
  expect(sortEntries(given).map(({ id }) => id)).toEqual(['gbt47678.5-2026', 'cjt214-2007', '2026'])
})
