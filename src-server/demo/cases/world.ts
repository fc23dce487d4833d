/**
 * What the demonstration's cases are made from, made ready for drawing: the city's documents, the people, the rules of the centre. It draws nothing
 * itself.
 */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { CaseFacts } from '#shared/domain/case/facts'
import type { CaseActor } from '#shared/domain/case/history'
import type { CentreProfile } from '#shared/domain/case/profile'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import type { Position } from '#shared/domain/geo/position'
import { chanceOf } from '../city/random'
import { actorOf, type DemonstrationAccount } from '../people'
import { type Moment, pictureFor } from '../photos/subjects'
import { type Lot, lotOf } from './chance'
import { eventMonths, eventWeights } from './rates'

export interface WorldDocuments {
  readonly handbook: ReferenceDocument<'handbook'>
  readonly responsibility: ReferenceDocument<'responsibility'>
  readonly places: ReferenceDocument<'places'>
  readonly components: ReferenceDocument<'components'>
  readonly cameras: ReferenceDocument<'cameras'>
  readonly grids: ReferenceDocument<'grids'>
  readonly patrolAreas: ReferenceDocument<'patrolAreas'>
  readonly departments: ReferenceDocument<'departments'>
  readonly classification: ReferenceDocument<'classification'>
}

export type Entry = WorldDocuments['handbook']['entries'][number]

/** Somewhere that a case can be. */
export interface Spot {
  readonly name: string
  readonly position: Position
  readonly gridCode: string
}

/** A component as a case names it. */
export interface ComponentSpot extends Spot {
  readonly componentCode: string
  readonly subclassCode: string
}

export type PhotoPurpose = 'report' | 'verification' | 'after' | 'check' | 'document'

const moments: Readonly<Record<PhotoPurpose, Moment>> = {
  report: 'before',
  verification: 'before',
  after: 'after',
  check: 'after',
  document: 'paper',
}

export interface Duty {
  readonly departmentCode: string
  readonly departmentName: string
  readonly legalBasis: string
}

export interface CaseWorld {
  readonly seed: number
  readonly profile: CentreProfile
  readonly calendar: WorkCalendar
  readonly standard: string
  entryOf(kind: 'component' | 'event', code: string): Entry | undefined
  majorOf(kind: 'component' | 'event', code: string): string
  dutyOf(kind: 'component' | 'event', code: string, streetCode: string): Duty | undefined
  /** What happens in a month, 1–12. */
  eventsIn(month: number): Lot<Entry>
  readonly spots: Lot<Spot>
  /** A place of this grid, else the nearest. */
  spotIn(gridCode: string): Spot | undefined
  /** The middle of a grid. */
  middleOf(gridCode: string): Position | undefined
  /** The outline of a grid, its first point repeated at the end; empty when there is no such grid. */
  ringOf(gridCode: string): readonly Position[]
  /** Which drawn picture a photo of such a case shows. */
  pictureOf(facts: Pick<CaseFacts, 'kind' | 'subclassCode'>, purpose: PhotoPurpose): number
  readonly componentCount: number
  componentAt(index: number): ComponentSpot | undefined
  readonly cameras: readonly (Spot & { readonly cameraNo: string })[]
  collectorOf(gridCode: string): CaseActor | undefined
  /** Grids that a collector walks. */
  gridsOf(collectorNo: string): readonly string[]
  person(accountNo: string): CaseActor
  operatorOf(departmentCode: string): CaseActor | undefined
  readonly departments: readonly Duty[]
  readonly collectors: readonly CaseActor[]
}

export interface WorldParts {
  readonly seed: number
  readonly documents: WorldDocuments
  readonly people: readonly DemonstrationAccount[]
  readonly profile: CentreProfile
  readonly calendar: WorkCalendar
}

export function buildWorld({ seed, documents, people, profile, calendar }: WorldParts): CaseWorld {
  const { handbook, classification, patrolAreas } = documents
  const entries = new Map(handbook.entries.map((entry) => [`${entry.kind}/${entry.subclassCode}`, entry]))
  const majors = new Map(classification.majorClasses.map(({ kind, code, name }) => [`${kind}/${code}`, name]))
  const actors = new Map(people.map((one) => [one.accountNo, actorOf(one)]))
  const operators = new Map(
    people.flatMap((one) => (one.departmentCode === undefined ? [] : [[one.departmentCode, actorOf(one)] as const])),
  )
  const walkers = new Map(
    patrolAreas.patrolAreas.flatMap(({ collectorNo, gridCodes }) => gridCodes.map((code) => [code, collectorNo] as const)),
  )
  const lots = Array.from({ length: 12 }, (_, month) => eventLot(handbook.entries, month + 1))
  const ground = groundOf(documents, seed)
  return {
    seed,
    profile,
    calendar,
    standard: handbook.standard,
    entryOf: (kind, code) => entries.get(`${kind}/${code}`),
    majorOf: (kind, code) => majors.get(`${kind}/${code.slice(0, 2)}`) ?? '',
    dutyOf: dutyFinder(documents),
    eventsIn: (month) => lots[month - 1] ?? eventLot(handbook.entries, month),
    ...ground,
    pictureOf: ({ kind, subclassCode }, purpose) => pictureFor(kind, subclassCode, moments[purpose]),
    collectorOf: (gridCode) => actors.get(walkers.get(gridCode) ?? ''),
    gridsOf: (collectorNo) => patrolAreas.patrolAreas.find((area) => area.collectorNo === collectorNo)?.gridCodes ?? [],
    person: (accountNo) => {
      const actor = actors.get(accountNo)
      if (!actor) throw new Error(`the demonstration has no account ${accountNo}`)
      return actor
    },
    collectors: people.filter(({ role }) => role === 'collector').map(actorOf),
    operatorOf: (code) => operators.get(code),
    departments: documents.departments.departments.map(({ code, name }) => ({
      departmentCode: code,
      departmentName: name,
      legalBasis: '',
    })),
  }
}

const rareWeight = 0.12

function eventLot(entries: readonly Entry[], month: number): Lot<Entry> {
  const events = entries.filter(
    ({ kind, subclassCode }) => kind === 'event' && subclassCode >= '06' && (eventMonths[subclassCode]?.includes(month) ?? true),
  )
  return lotOf(events, ({ subclassCode }) => eventWeights[subclassCode] ?? rareWeight)
}

function dutyFinder({ responsibility, departments }: WorldDocuments): CaseWorld['dutyOf'] {
  const names = new Map(departments.departments.map(({ code, name }) => [code, name]))
  const rows = new Map(responsibility.rows.map((row) => [`${row.kind}/${row.subclassCode}/${row.areaCode}`, row]))
  return (kind, code, streetCode) => {
    const row = rows.get(`${kind}/${code}/${streetCode}`) ?? rows.get(`${kind}/${code}/${streetCode.slice(0, 6)}`)
    return (
      row && {
        departmentCode: row.departmentCode,
        departmentName: names.get(row.departmentCode) ?? row.departmentCode,
        legalBasis: row.legalBasis,
      }
    )
  }
}

type Ground = Pick<CaseWorld, 'ringOf' | 'spots' | 'spotIn' | 'middleOf' | 'componentCount' | 'componentAt' | 'cameras'>

const positionOf = ([lng, lat]: readonly [number, number]): Position => ({ lng, lat })

function groundOf({ places, components, cameras, grids }: WorldDocuments, seed: number): Ground {
  const rings = new Map(grids.grids.map(({ code, ring }) => [code, ring]))
  const middles = new Map(grids.grids.map(({ code, ring }) => [code, middle(ring)]))
  const all = places.places.map(({ name, position, gridCode }): Spot => ({ name, position: positionOf(position), gridCode }))
  const here = new Map(all.map((spot) => [spot.gridCode, spot]))
  const nearest = (at: Position) =>
    all.reduce((best, spot) => (gap(spot.position, at) < gap(best.position, at) ? spot : best), all[0] as Spot)
  const found = new Map<string, Spot>()
  const spotIn = (gridCode: string): Spot | undefined => {
    const at = middles.get(gridCode)
    const known = here.get(gridCode) ?? found.get(gridCode)
    if (known || !at || all.length === 0) return known
    const spot = { name: `${nearest(at).name}一带`, position: at, gridCode }
    found.set(gridCode, spot)
    return spot
  }
  return {
    // A few places are hot spots: the tenth has a sixth of what the first has.
    spots: lotOf(chanceOf(seed + 5).shuffle(all), (_, index) => 1 / (index + 6)),
    spotIn,
    middleOf: (gridCode) => middles.get(gridCode),
    ringOf: (gridCode) => rings.get(gridCode)?.map(positionOf) ?? [],
    componentCount: components.count,
    componentAt: (index) => componentAt(components, index, spotIn),
    cameras: cameras.cameras.map(({ cameraNo, name, position, gridCodes }) => ({
      cameraNo,
      name,
      position: positionOf(position),
      gridCode: gridCodes[0] ?? '',
    })),
  }
}

function componentAt(all: WorldDocuments['components'], index: number, spotIn: Ground['spotIn']): ComponentSpot | undefined {
  const subclassCode = all.subclassCodes[all.subclassIndex[index] ?? -1]
  const gridCode = all.gridCodes[all.gridIndex[index] ?? -1]
  const [serial, east, north] = [all.serial[index], all.east[index], all.north[index]]
  if (subclassCode === undefined || gridCode === undefined || serial === undefined || east === undefined || north === undefined)
    return undefined
  const position = { lng: Math.round(all.origin[0] * 1e6 + east) / 1e6, lat: Math.round(all.origin[1] * 1e6 + north) / 1e6 }
  const componentCode = `${all.regionCode}${subclassCode}${String(serial).padStart(6, '0')}`
  return { componentCode, subclassCode, gridCode, position, name: spotIn(gridCode)?.name ?? '' }
}

function middle(ring: readonly (readonly [number, number])[]): Position {
  const points = ring.slice(0, -1)
  const sum = points.reduce((all, [lng, lat]) => ({ lng: all.lng + lng, lat: all.lat + lat }), { lng: 0, lat: 0 })
  return { lng: sum.lng / points.length, lat: sum.lat / points.length }
}

/** For comparing only. */
const gap = (a: Position, b: Position): number => (a.lng - b.lng) ** 2 * 0.49 + (a.lat - b.lat) ** 2
