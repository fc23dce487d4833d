/**
 * What is wrong with a set of reference files, as sentences that name the entry. The schema of each kind is checked first; the cross checks
 * look only at files that have their shape. It judges consistency, not truth: whether a figure is right is for the README's sources.
 */
import { Value } from 'typebox/value'
import { type ReferenceDocument, type ReferenceKind, ReferenceManifestEntry, referenceSchemas } from '#shared/contracts/reference'
import { articleMistakes } from '#shared/domain/knowledge/article'
import { formMistakes } from '#shared/domain/quality/form'
import { cityChecks } from './city-problems'

export interface NamedFile {
  readonly name: string
  readonly content: unknown
}

interface ReferenceFile {
  readonly id: string
  readonly origin: string
  readonly document: ReferenceDocument
}

type Check<K extends ReferenceKind> = (document: ReferenceDocument<K>, all: readonly ReferenceDocument[]) => readonly string[]

export function referenceProblems(files: readonly NamedFile[]): readonly string[] {
  const shapes = files.map(({ name, content }) => ({ name, content, problems: shapeProblems(content) }))
  const sound = shapes
    .filter(({ problems }) => problems.length === 0)
    .map(({ name, content }) => ({ name, file: content as ReferenceFile }))
  const all = sound.map(({ file }) => file.document)
  return [
    ...shapes.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`)),
    ...repeated(sound.map(({ file }) => `${file.document.kind}/${file.id}`)).map((id) => `${id} exists in two files`),
    ...sound.flatMap(({ name, file }) => crossProblems(file.document, all).map((problem) => `${name}: ${problem}`)),
  ]
}

function shapeProblems(content: unknown): readonly string[] {
  const file = content as Partial<ReferenceFile> | null
  const kind = file?.document?.kind
  if (!file || !kind || !Object.hasOwn(referenceSchemas, kind)) return ['has no document of a known kind']
  const { id, origin, document, ...more } = file
  const schema = referenceSchemas[kind]
  return [
    ...Object.keys(more).map((field) => `has the unknown field ${field}`),
    ...(Value.Check(ReferenceManifestEntry.properties.id, id) ? [] : [`has an id that does not fit a path: ${id}`]),
    ...(Value.Check(ReferenceManifestEntry.properties.origin, origin) ? [] : [`has the unknown origin ${origin}`]),
    ...Value.Errors(schema, document).map(({ instancePath, message }) => `${instancePath} ${message}`),
    ...(Value.Equal(Value.Clean(schema, Value.Clone(document)), document) ? [] : ['has fields that its schema does not know']),
  ]
}

function crossProblems(document: ReferenceDocument, all: readonly ReferenceDocument[]): readonly string[] {
  const checks: { readonly [K in ReferenceKind]: Check<K> } = {
    classification,
    handlingLimits,
    departments,
    areas,
    calendar,
    shiftPatterns,
    ...cityChecks,
    centreProfile,
    knowledge,
    qualityForm: (form) => [...formMistakes(form)],
    proposalModel: ({ labels, names, biases }) =>
      names.length === labels.length && biases.length === labels.length ? [] : ['has another number of names or biases than of labels'],
  }
  return (checks[document.kind] as Check<ReferenceKind>)(document, all)
}

const knowledge: Check<'knowledge'> = ({ articles }, all) => {
  const editions = all.filter((other) => other.kind === 'classification')
  const codes = new Set(editions.flatMap(({ subclasses }) => subclasses.map(({ kind, code }) => `${kind}/${code}`)))
  return [
    ...repeated(articles.map(({ articleId }) => articleId)).map((id) => `article ${id} exists twice`),
    ...repeated(articles.map(({ title }) => title)).map((title) => `two articles are called ${title}`),
    ...articles.flatMap((article) => articleMistakes(article).map((mistake) => `article ${article.articleId}: ${mistake}`)),
    ...articles.flatMap(({ articleId, subclasses }) =>
      subclasses
        .filter((code) => codes.size > 0 && !codes.has(code))
        .map((code) => `article ${articleId} names the unknown subclass ${code}`),
    ),
  ]
}

const classification: Check<'classification'> = (edition, all) => {
  const key = ({ kind, code }: { readonly kind: string; readonly code: string }): string => `${kind} ${code}`
  const majors = edition.majorClasses.map(key)
  const next = all.filter((other) => other.kind === 'classification').find(({ standard }) => standard === edition.replacedBy)
  const nextCodes = new Set(next?.subclasses.map(key))
  return [
    ...repeated(majors).map((code) => `major class ${code} is there twice`),
    ...repeated(edition.subclasses.map(key)).map((code) => `subclass ${code} is there twice`),
    ...(edition.replacedBy === null || next ? [] : [`is replaced by ${edition.replacedBy}, which no file holds`]),
    ...edition.subclasses.flatMap((subclass) => [
      ...(majors.includes(key({ ...subclass, code: subclass.majorCode }))
        ? []
        : [`${key(subclass)} has no major class ${subclass.majorCode}`]),
      ...(subclass.code.startsWith(subclass.majorCode)
        ? []
        : [`${key(subclass)} does not begin with its major class ${subclass.majorCode}`]),
      ...(subclass.successor === undefined || nextCodes.has(key({ ...subclass, code: subclass.successor }))
        ? []
        : [`${key(subclass)} has the successor ${subclass.successor}, which ${edition.replacedBy} does not have`]),
    ]),
  ]
}

const handlingLimits: Check<'handlingLimits'> = (document, all) => {
  const edition = all.filter((other) => other.kind === 'classification').find(({ standard }) => standard === document.standard)
  if (!edition) return [`cites ${document.standard}, which no file holds`]
  const departmentTypes = new Set(
    all.filter((other) => other.kind === 'departments').flatMap((other) => other.departments.map(({ type }) => type)),
  )
  const units = document.units.map(({ id }) => id)
  const label = (rule: { readonly kind: string; readonly code: string }): string => `${rule.kind} ${rule.code}`
  return [
    ...repeated(units).map((unit) => `unit ${unit} is there twice`),
    ...repeated(document.rules.map(label)).map((rule) => `${rule} has two rules`),
    ...document.rules.flatMap((rule) => [
      ...subclassProblems(edition, rule).map((problem) => `${label(rule)} ${problem}`),
      ...(rule.limits.length > 0 ? [] : [`${label(rule)} has no limit`]),
      ...repeated(rule.limits.map(({ value, unit }) => `${value} ${unit}`)).map((limit) => `${label(rule)} has the limit ${limit} twice`),
      ...rule.limits.filter(({ unit }) => !units.includes(unit)).map(({ unit }) => `${label(rule)} uses the unexplained unit ${unit}`),
      ...(isStrictestFirst(rule.limits) ? [] : [`${label(rule)} does not list the strictest limit first`]),
      ...rule.departmentTypes
        .filter((type) => !departmentTypes.has(type))
        .map((type) => `${label(rule)} names ${type}, which no department is`),
    ]),
  ]
}

/** A rule is for a subclass of the edition, by the same name, or for a local extension: numbered downwards from 99, above what the edition uses. */
function subclassProblems(
  edition: ReferenceDocument<'classification'>,
  rule: { readonly kind: string; readonly code: string; readonly name: string },
): readonly string[] {
  const majorCode = rule.code.slice(0, 2)
  if (!edition.majorClasses.some(({ kind, code }) => kind === rule.kind && code === majorCode)) return [`has no major class ${majorCode}`]
  const subclasses = edition.subclasses.filter((subclass) => subclass.kind === rule.kind && subclass.majorCode === majorCode)
  const subclass = subclasses.find(({ code }) => code === rule.code)
  if (subclass) return subclass.name === rule.name ? [] : [`is called ${rule.name}, in the edition ${subclass.name}`]
  const highest = Math.max(...subclasses.map(({ code }) => Number(code)))
  return Number(rule.code) > highest && Number(rule.code.slice(2)) >= 70 ? [] : ['is no subclass of the edition and no local extension']
}

/** Orders limits as a clock would at the start of a working day: eight working hours are a day, a day of either kind 24 hours. */
function isStrictestFirst(limits: readonly { readonly value: number; readonly unit: string }[]): boolean {
  const hours: Readonly<Record<string, number>> = { urgentHour: 1, workingHour: 3, workingDay: 24, urgentDay: 24, naturalDay: 24 }
  const lengths = limits.map(({ value, unit }) => value * (hours[unit] ?? 0))
  return lengths.every((length, index) => index === 0 || (lengths[index - 1] ?? 0) <= length)
}

const departments: Check<'departments'> = ({ departments }) => [
  ...repeated(departments.map(({ code }) => code)).map((code) => `department ${code} is there twice`),
  ...repeated(departments.map(({ name }) => name)).map((name) => `${name} is there twice`),
]

const areas: Check<'areas'> = ({ region, streets, communities, grids }) => {
  const streetCodes = streets.map(({ code }) => code)
  const communityCodes = communities.map(({ code }) => code)
  return [
    ...repeated([...streetCodes, ...communityCodes, ...grids.map(({ code }) => code)]).map((code) => `${code} is there twice`),
    ...streets.filter(({ code }) => !code.startsWith(region.code)).map(({ code }) => `street ${code} lies outside ${region.code}`),
    ...communities
      .filter(({ code, streetCode }) => !streetCodes.includes(streetCode) || !code.startsWith(streetCode))
      .map(({ code, streetCode }) => `community ${code} has no street ${streetCode}`),
    ...grids
      .filter(({ code, communityCode }) => !communityCodes.includes(communityCode) || !code.startsWith(communityCode))
      .map(({ code, communityCode }) => `grid ${code} has no community ${communityCode}`),
  ]
}

const calendar: Check<'calendar'> = ({ year, workingHours, holidays, shiftedWorkingDays }) => {
  const dates = [...holidays, ...shiftedWorkingDays].map(({ date }) => date)
  const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay())
  const ends = workingHours.flatMap(({ start, end }) => [start, end])
  return [
    ...repeated(dates).map((date) => `${date} is there twice`),
    ...dates.filter((date) => !date.startsWith(`${year}-`) || !isDate(date)).map((date) => `${date} is no day of ${year}`),
    ...shiftedWorkingDays.filter(({ date }) => !isWeekend(date)).map(({ date }) => `${date} is worked anyway, it needs no shifting`),
    ...ends.filter((time) => !isTime(time)).map((time) => `${time} is no time`),
    ...(ends.every((time, index) => index === 0 || (ends[index - 1] ?? '') < time) ? [] : ['working hours overlap or run backwards']),
  ]
}

const shiftPatterns: Check<'shiftPatterns'> = ({ patterns }) => [
  ...repeated(patterns.map(({ id }) => id)).map((id) => `pattern ${id} is there twice`),
  ...patterns.flatMap(({ id, shifts }) => [
    ...(shifts.length > 0 ? [] : [`pattern ${id} has no shift`]),
    ...repeated(shifts.map((shift) => shift.id)).map((shiftId) => `pattern ${id} has the shift ${shiftId} twice`),
    ...[id, ...shifts.map((shift) => shift.id)]
      .filter((text) => !/^[a-z][A-Za-z0-9]*$/.test(text))
      .map((text) => `${text} is no identifier`),
    ...shifts.flatMap(({ start, end }) => [start, end].filter((time) => !isTime(time))).map((time) => `pattern ${id}: ${time} is no time`),
  ]),
]

const centreProfile: Check<'centreProfile'> = ({ classification: standard }, all) =>
  all.some((other) => other.kind === 'classification' && other.standard === standard)
    ? []
    : [`files under ${standard}, which no file holds`]

const repeated = (texts: readonly string[]): readonly string[] => [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))]
const isTime = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text)
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00Z`).toISOString().slice(0, 10) === text
