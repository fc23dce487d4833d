/** The reference data as shipped, and as a city changes it: shapes, codes and what they point to. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ReferenceDocument, ReferenceKind } from '#shared/contracts/reference'
import { type ShiftPattern, shiftsOn } from '#shared/domain/shift/shift'
import { type NamedFile, referenceProblems } from './reference-problems'

const folder = join(import.meta.dirname, '../../../resources/reference')
const files: readonly NamedFile[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, content: JSON.parse(readFileSync(join(folder, name), 'utf8')) }))

function documentOf<K extends ReferenceKind>(kind: K, name: string): ReferenceDocument<K> {
  const content = files.find((file) => file.name === name)?.content as { readonly document: ReferenceDocument<K> } | undefined
  if (content?.document.kind !== kind) throw new Error(`${name} holds no ${kind}`)
  return content.document
}

describe('the files in resources/reference', () => {
  it('have their shape, and every code in them leads somewhere', () => {
    expect(referenceProblems(files)).toEqual([])
  })

  it('write Chinese with full-width punctuation', () => {
    const texts = (value: unknown): readonly string[] =>
      typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(texts) : []
    expect(
      files.flatMap(({ content }) => texts(content)).filter((text) => /[\u4e00-\u9fff）][,;:()]|[,;:()][\u4e00-\u9fff]/.test(text)),
    ).toEqual([])
  })
})

describe('the classification editions', () => {
  const count = (name: string) => {
    const { standard, inForceFrom, replacedBy, majorClasses, subclasses } = documentOf('classification', name)
    const kinds = (kind: string) => [
      majorClasses.filter((major) => major.kind === kind).length,
      subclasses.filter((subclass) => subclass.kind === kind).length,
    ]
    return { standard, inForceFrom, replacedBy, component: kinds('component'), event: kinds('event') }
  }

  it('hold as many major classes and subclasses as their sources', () => {
    expect(['cjt214-2007', 'gbt30428.2-2013', 'gbt47678.5-2026'].map((id) => count(`classification-${id}.json`))).toEqual([
      { standard: 'CJ/T 214-2007', inForceFrom: null, replacedBy: 'GB/T 30428.2-2013', component: [6, 85], event: [5, 50] },
      { standard: 'GB/T 30428.2-2013', inForceFrom: null, replacedBy: 'GB/T 47678.5-2026', component: [5, 121], event: [6, 83] },
      { standard: 'GB/T 47678.5-2026', inForceFrom: '2026-07-01', replacedBy: null, component: [5, 153], event: [10, 250] },
    ])
  })

  it('keep the two orders of the event classes apart', () => {
    const order = (name: string) =>
      documentOf('classification', name)
        .majorClasses.filter(({ kind, code }) => kind === 'event' && ['04', '05'].includes(code))
        .map(({ code, name: text }) => `${code} ${text}`)
    expect([order('classification-cjt214-2007.json'), order('classification-gbt30428.2-2013.json')]).toEqual([
      ['04 突发事件', '05 街面秩序'],
      ['04 街面秩序', '05 突发事件'],
    ])
  })
})

describe('the handling limits', () => {
  it('cover every subclass of the edition, and 58 local extensions', () => {
    const { rules } = documentOf('handlingLimits', 'handling-limits-gbt30428.2-2013.json')
    const { subclasses } = documentOf('classification', 'classification-gbt30428.2-2013.json')
    const covered = new Set(rules.map(({ kind, code }) => `${kind} ${code}`))
    expect({
      rules: rules.length,
      inferred: rules.filter(({ isCertain }) => !isCertain).length,
      missing: subclasses.filter(({ kind, code }) => !covered.has(`${kind} ${code}`)),
      extensions: rules.length - subclasses.length,
    }).toEqual({ rules: 262, inferred: 72, missing: [], extensions: 58 })
  })
})

describe('the areas', () => {
  it('hold 9 streets and a town, 43 communities and 11 villages, and no invented grid', () => {
    const { streets, communities, grids } = documentOf('areas', 'areas-230108.json')
    expect({
      streets: streets.filter(({ kind }) => kind === '街道').length,
      towns: streets.filter(({ kind }) => kind === '镇').length,
      communities: communities.filter(({ name }) => name.endsWith('社区')).length,
      villages: communities.filter(({ name }) => name.endsWith('村')).length,
      grids,
    }).toEqual({ streets: 9, towns: 1, communities: 43, villages: 11, grids: [] })
  })
})

describe('the calendar of 2026', () => {
  it('knows the long holidays and the weekends worked for them', () => {
    const { holidays, shiftedWorkingDays } = documentOf('calendar', 'calendar-2026.json')
    const off = (name: string) => holidays.filter((day) => day.name.startsWith(name)).map(({ date }) => date.slice(5))
    expect({
      newYear: off('元旦'),
      spring: off('春节'),
      national: off('国庆'),
      others: holidays.length - off('元旦').length - off('春节').length - off('国庆').length,
      worked: shiftedWorkingDays.map(({ date }) => date.slice(5)),
    }).toEqual({
      newYear: ['01-01', '01-02', '01-03'],
      spring: ['02-15', '02-16', '02-17', '02-18', '02-19', '02-20', '02-21', '02-22', '02-23'],
      national: ['10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07'],
      others: 14,
      worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
    })
  })
})

describe('the calendar of 2025', () => {
  it('knows the long holidays and the weekends worked for them', () => {
    const { holidays, shiftedWorkingDays } = documentOf('calendar', 'calendar-2025.json')
    const off = (month: string) => holidays.flatMap(({ date }) => (date.startsWith(`2025-${month}`) ? [date.slice(8)] : []))
    expect({
      spring: [...off('01'), ...off('02')],
      national: off('10'),
      others: [...off('04'), ...off('05'), ...off('06')].length,
      worked: shiftedWorkingDays.map(({ date }) => date.slice(5)),
    }).toEqual({
      spring: ['01', '28', '29', '30', '31', '01', '02', '03', '04'],
      national: ['01', '02', '03', '04', '05', '06', '07', '08'],
      others: 11,
      worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
    })
  })
})

describe('the shift patterns', () => {
  it('give these hours a day', () => {
    const { patterns } = documentOf('shiftPatterns', 'shift-patterns.json')
    const hours = (pattern: ShiftPattern) =>
      shiftsOn(pattern, Date.parse('2026-11-21T12:00+08:00')).map(({ startsAt, endsAt }) => (endsAt - startsAt) / 3_600_000)
    expect(Object.fromEntries(patterns.map((pattern) => [pattern.id, hours(pattern)]))).toEqual({
      twoShift: [6, 6],
      roundClock: [4, 2.5, 3.5, 14],
      environmentTwo: [10, 6],
      office: [9],
      hotline24: [24],
    })
  })
})

describe('a file that a city changed', () => {
  /** The shipped files with one of them changed by hand. */
  const changed = (name: string, change: (file: { id: string; document: Record<string, never> }) => void): readonly NamedFile[] =>
    files.map((file) => {
      if (file.name !== name) return file
      const content = structuredClone(file.content)
      change(content as never)
      return { name, content }
    })

  it.each<[string, string, (document: never) => void, string]>([
    [
      'a figure that became a text',
      'calendar-2026.json',
      (document: { year: unknown }) => {
        document.year = '2026'
      },
      'calendar-2026.json: /year must be integer',
    ],
    [
      'a field that is misspelt',
      'departments.json',
      (document: { departments: object[] }) => {
        Object.assign(document.departments[0] ?? {}, { isSure: true })
      },
      'departments.json: has fields that its schema does not know',
    ],
    [
      'a subclass without its major class',
      'classification-gbt47678.5-2026.json',
      (document: { subclasses: object[] }) => {
        document.subclasses.push({ kind: 'component', code: '99001', majorCode: '99', name: '未知', isCertain: true })
      },
      'classification-gbt47678.5-2026.json: component 99001 has no major class 99',
    ],
    [
      'a subclass twice',
      'classification-gbt47678.5-2026.json',
      (document: { subclasses: object[] }) => {
        document.subclasses.push({ kind: 'event', code: '10001', majorCode: '10', name: '重复', isCertain: true })
      },
      'classification-gbt47678.5-2026.json: subclass event 10001 is there twice',
    ],
    [
      'a successor that does not exist',
      'classification-gbt30428.2-2013.json',
      (document: { subclasses: { successor?: string }[] }) => {
        Object.assign(document.subclasses[0] ?? {}, { successor: '01999' })
      },
      'classification-gbt30428.2-2013.json: component 0101 has the successor 01999, which GB/T 47678.5-2026 does not have',
    ],
    [
      'a limit for an unknown subclass',
      'handling-limits-gbt30428.2-2013.json',
      (document: { rules: { code: string }[] }) => {
        Object.assign(document.rules[0] ?? {}, { code: '0160' })
      },
      'handling-limits-gbt30428.2-2013.json: component 0160 is no subclass of the edition and no local extension',
    ],
    [
      'a limit for a kind of department that nobody is',
      'handling-limits-gbt30428.2-2013.json',
      (document: { rules: { departmentTypes: string[] }[] }) => {
        document.rules[0]?.departmentTypes.push('气象部门')
      },
      'handling-limits-gbt30428.2-2013.json: component 0101 names 气象部门, which no department is',
    ],
    [
      'limits in another order',
      'handling-limits-gbt30428.2-2013.json',
      (document: { rules: { limits: object[] }[] }) => {
        document.rules[0]?.limits.reverse()
      },
      'handling-limits-gbt30428.2-2013.json: component 0101 does not list the strictest limit first',
    ],
    [
      'a community of another street',
      'areas-230108.json',
      (document: { communities: { streetCode: string }[] }) => {
        Object.assign(document.communities[0] ?? {}, { streetCode: '230108999' })
      },
      'areas-230108.json: community 230108001002 has no street 230108999',
    ],
    [
      'a grid of no community',
      'areas-230108.json',
      (document: { grids: object[] }) => {
        document.grids.push({ code: '230108004999001', communityCode: '230108004999', source: '本市', isCertain: true })
      },
      'areas-230108.json: grid 230108004999001 has no community 230108004999',
    ],
    [
      'a holiday that is no day',
      'calendar-2026.json',
      (document: { holidays: object[] }) => {
        document.holidays.push({ date: '2026-02-29', name: '春节' })
      },
      'calendar-2026.json: 2026-02-29 is no day of 2026',
    ],
    [
      'a shift twice',
      'shift-patterns.json',
      (document: { patterns: { shifts: object[] }[] }) => {
        document.patterns[4]?.shifts.push({ id: 'allDay', name: '全天', start: '00:00', end: '24:00' })
      },
      'shift-patterns.json: pattern hotline24 has the shift allDay twice',
    ],
  ])('with %s is refused, and the sentence names the entry', (_, name, change, problem) => {
    expect(referenceProblems(changed(name, ({ document }) => change(document as never)))).toContain(problem)
  })

  it('under an id that another of its kind has is refused', () => {
    const copy = changed('classification-cjt214-2007.json', (file) => {
      file.id = 'gbt47678.5-2026'
    })
    expect(referenceProblems(copy)).toEqual(['classification/gbt47678.5-2026 exists in two files'])
  })

  it('that holds no known kind is refused', () => {
    expect(referenceProblems([{ name: 'weather.json', content: { id: 'w', origin: 'city', document: { kind: 'weather' } } }])).toEqual([
      'weather.json: has no document of a known kind',
    ])
  })
})
