/**
 * Duplicates among the reports of a month: second citizens tell of the same thing some days later, from another place and in other words; everybody
 * else tells of something of their own, often of the same class and not far away. A hint counts as false when it is shown for a report that repeats
 * nothing, unless the case it names is of the very subclass at the very address.
 */
import type { CaseWorld } from '#server/demo/cases/world'
import { type Chance, chanceOf } from '#server/demo/city/random'
import { dayMs } from '#shared/base/china-time'
import type { CaseRow } from '#shared/domain/case/row'
import { type BelievedClass, isHint, likestOf } from '#shared/domain/case/similarity'
import { metresPerDegree, type Position } from '#shared/domain/geo/position'
import { believedClasses, type Model, propose } from '#shared/domain/proposals/classifier'
import { withoutPlace } from '#shared/domain/proposals/samples'
import { caseRowOf } from '../../fixtures/case-rows'
import { type Figure, rounded } from '../figure'
import { type Report, retold } from './reports'

const repeats = 400
const others = 1_000

export function measureDuplicates(world: CaseWorld, model: Model, reports: readonly Report[]): readonly Figure[] {
  const chance = chanceOf(world.seed + 99)
  const rows = reports.filter(({ facts }) => facts.position !== null).map(rowOf)
  const near = indexed(rows)
  const told = chance.shuffle(reports.filter(({ facts }) => facts.position !== null))
  const repeated = told.slice(0, repeats)
  const seconds = repeated.map((report) => repeatOf(world, report, chance))
  const isFound = repeated.map((report, at) => {
    const second = seconds[at] as Asked
    return hinted(model, second, near, undefined).some(({ caseId }) => caseId === caseIdOf(reports, report))
  })
  const found = isFound.filter(Boolean).length
  const missedOf = (isChosen: boolean) => {
    const of = isFound.filter((_, at) => seconds[at]?.isChosen === isChosen)
    return rounded((100 * of.filter((is) => !is).length) / of.length)
  }
  const alone = told.slice(repeats, repeats + others)
  // Every other one before the class is chosen.
  const hints = alone.map((report, index) => hinted(model, { ...report, isChosen: index % 2 === 0 }, near, caseIdOf(reports, report)))
  const isSameThing =
    ({ facts }: Report) =>
    (row: CaseRow) =>
      row.address === facts.address && row.subclassCode === facts.subclassCode
  const isFalse = alone.filter((report, at) => hints[at]?.some((row) => !isSameThing(report)(row)))
  return [
    {
      name: 'proposals.duplicates',
      value: rounded((100 * (repeated.length - found)) / repeated.length),
      unit: '% of repeated reports without a hint',
      reference: null,
      ratio: null,
      samples: repeated.length,
      detail: {
        budget: 'recall ≥ 95 %: at most 5; at most 1 false hint in 20 reports',
        falseHintsIn20: rounded((20 * isFalse.length) / alone.length),
        falseHintsIn20BeforeAClassIsChosen: rounded(
          (40 * isFalse.filter((report) => alone.indexOf(report) % 2 === 1).length) / alone.length,
        ),
        falseHintsIn20ByTheChosenClass: rounded((40 * isFalse.filter((report) => alone.indexOf(report) % 2 === 0).length) / alone.length),
        missedByTheChosenClass: missedOf(true),
        missedBeforeAClassIsChosen: missedOf(false),
        missedOfColloquialApartBeforeAClassIsChosen: apartMissed(isFound, seconds),
        reportsThatRepeatNothing: alone.length,
        // The generator comes back to its hot spots: what is of the same class at the very address within days cannot be told apart by anybody.
        hintsAtTheVeryAddressIn20: rounded((20 * (hints.filter((list) => list.length > 0).length - isFalse.length)) / alone.length),
        openAround: rows.length,
      },
    },
  ]
}

function apartMissed(isFound: readonly boolean[], seconds: readonly Asked[]): number {
  const of = isFound.filter((_, at) => seconds[at]?.isChosen === false && seconds[at]?.isApart)
  return rounded((100 * of.filter((is) => !is).length) / of.length)
}

type Asked = Report & { readonly isChosen: boolean }

/** The same thing, told by somebody else: some metres off, up to ten days later, in words of their own; half the time before the class is chosen. */
function repeatOf(world: CaseWorld, { facts, at }: Report, chance: Chance): Asked {
  const entry = world.entryOf(facts.kind, facts.subclassCode)
  if (!entry || facts.position === null) throw new Error('no entry')
  // Two people put a pin on the same thing within about fifteen metres (standard deviation), as between a kerb and a doorplate.
  const off = () => (15 * (chance.next() + chance.next() + chance.next() - 1.5)) / 0.5 / metresPerDegree
  const position: Position = { lng: facts.position.lng + off() * 1.4, lat: facts.position.lat + off() }
  const later = at + chance.next() * 10 * dayMs
  return { facts: { ...facts, position }, at: later, ...retold(entry, facts, chance), isChosen: chance.next() < 0.5 }
}

/** Cases that a person is told of. Before a class is chosen the proposals stand for it, as in the form. */
function hinted(
  model: Model,
  asked: Asked,
  near: (position: Position) => readonly CaseRow[],
  except: string | undefined,
): readonly CaseRow[] {
  const { facts, at, text } = asked
  if (facts.position === null) return []
  const classes: readonly BelievedClass[] = asked.isChosen
    ? [{ subclassCode: facts.subclassCode, belief: 1 }]
    : believedClasses(propose(model, withoutPlace(text, facts.address), model.labels.length))
  const report = { position: facts.position, gridCode: facts.gridCode, text, at }
  return near(facts.position).flatMap((row) => {
    if (row.caseId === except || row.beganAt > at) return []
    const likeness = likestOf(report, classes, row, at)
    return likeness && isHint(likeness) ? [row] : []
  })
}

function rowOf({ facts, at }: Report, index: number): CaseRow {
  return caseRowOf({
    ...{
      caseId: String(index),
      kind: facts.kind,
      subclassCode: facts.subclassCode,
      subclassName: facts.subclassName,
      source: facts.source,
    },
    ...{
      summary: Array.from(facts.description).slice(0, 60).join(''),
      address: facts.address,
      position: facts.position,
      gridCode: facts.gridCode,
    },
    ...{ beganAt: at, enteredAt: at, endedAt: at + 3 * dayMs },
  })
}

const caseIdOf = (reports: readonly Report[], report: Report): string =>
  String(reports.filter(({ facts }) => facts.position !== null).indexOf(report))

/** Rows within about two hundred metres, by squares of that size. */
function indexed(rows: readonly CaseRow[]): (position: Position) => readonly CaseRow[] {
  const squares = new Map<string, CaseRow[]>()
  const square = ({ lng, lat }: Position) => [Math.floor(lng / 0.0025), Math.floor(lat / 0.002)] as const
  for (const row of rows) {
    if (row.position === null) continue
    const key = square(row.position).join('/')
    squares.set(key, [...(squares.get(key) ?? []), row])
  }
  return (position) => {
    const [x, y] = square(position)
    return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => squares.get(`${x + dx}/${y + dy}`) ?? []))
  }
}
