/** What is wrong, where, and who says so: the beginning of a demonstration's case. What becomes of it is not decided here. */

import { chinaOffsetMs, dayMs, startOfChinaDay } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import type { CaseFacts } from '#shared/domain/case/facts'
import type { CaseActor } from '#shared/domain/case/history'
import { type CaseSource, caseSourceIds, caseSources } from '#shared/domain/case/states'
import type { Limit } from '#shared/domain/clock/limit'
import type { Position } from '#shared/domain/geo/position'
import { problemText, type Voice } from '../city/phrases'
import type { Chance } from '../city/random'
import { lotOf } from './chance'
import { casesPerDay, componentShare, hours, rates, seasons, sourceShares, weekdays } from './rates'
import type { CaseWorld, Entry, Spot } from './world'

export interface Problem {
  readonly facts: CaseFacts
  readonly entry: Entry
  readonly conditionId: string
  readonly limit: Limit
  readonly citizen: { readonly name: string; readonly number: string; readonly gender: 'male' | 'female' | 'unknown' } | null
  readonly registrar: CaseActor
}

/** What a staged case asks for; the rest is drawn. */
export interface Wish {
  readonly source?: CaseSource
  readonly eventCode?: string
  readonly gridCode?: string
  readonly isUrgent?: boolean
  readonly isSensitive?: boolean
  readonly namedAgents?: readonly string[]
}

const bySource = lotOf(caseSourceIds, (source) => sourceShares[source])
const dayOf = (at: EpochMs) => new Date(at + chinaOffsetMs)

/** How many come on a China day. */
export function countOn(day: number, chance: Chance): number {
  const date = dayOf(startOfChinaDay(day))
  const usual = casesPerDay * (seasons[date.getUTCMonth()] ?? 1) * (weekdays[date.getUTCDay()] ?? 1)
  return Math.round(usual * chance.between(0.92, 1.08))
}

export const drawSource = (chance: Chance): CaseSource => bySource.draw(chance)

const hourLots = {
  field: lotOf([...hours.field.keys()], (hour) => hours.field[hour] ?? 0),
  hotline: lotOf([...hours.hotline.keys()], (hour) => hours.hotline[hour] ?? 0),
  camera: lotOf([...hours.camera.keys()], (hour) => hours.camera[hour] ?? 0),
}

/** When on that day a report of this kind comes in. */
export function momentOn(day: number, source: CaseSource, chance: Chance): EpochMs {
  const lot = source === 'camera' ? hourLots.camera : source === 'hotline' || source === 'hotline12345' ? hourLots.hotline : hourLots.field
  return startOfChinaDay(day) + Math.floor((lot.draw(chance) + chance.next()) * 3_600_000)
}

export function drawProblem(world: CaseWorld, at: EpochMs, source: CaseSource, chance: Chance, wish: Wish = {}): Problem {
  const thing = drawThing(world, at, source, chance, wish)
  const { entry, spot } = thing
  const condition = chance.pick(entry.conditions as [Entry['conditions'][number]])
  const voice: Voice = source === 'collector' || source === 'survey' ? 'collector' : source === 'camera' ? 'camera' : 'caller'
  const isPublic = caseSources[source].isPublic
  const citizen = isPublic ? drawCitizen(chance) : null
  const isUrgent = wish.isUrgent ?? (condition.limit.unit === 'urgentHour' && chance.next() < rates.urgent)
  const facts: CaseFacts = {
    source,
    kind: entry.kind,
    standard: world.standard,
    subclassCode: entry.subclassCode,
    subclassName: entry.name,
    majorName: world.majorOf(entry.kind, entry.subclassCode),
    description: problemText({ ...entry, conditions: [condition] }, spot.name, voice, chance),
    address: `${spot.name}${source === 'camera' ? '' : '附近'}`,
    position: thing.position,
    gridCode: spot.gridCode,
    communityCode: spot.gridCode.slice(0, 12),
    streetCode: spot.gridCode.slice(0, 9),
    componentCode: thing.componentCode,
    isUrgent,
    isSensitive: wish.isSensitive ?? false,
    namedAgents: wish.namedAgents ?? [],
    hasCitizen: citizen !== null,
    wantsReply: citizen !== null && chance.next() < 0.8,
    mayNotBeCalled: citizen !== null && chance.next() < 0.06,
    cameraNo: thing.cameraNo,
    external: externalOf(source, at, chance),
    instruction: source === 'leader' ? { by: '分管领导', text: '请抓紧办理，结果报我。' } : null,
  }
  return { facts, entry, conditionId: condition.conditionId, limit: condition.limit, citizen, registrar: registrarOf(world, facts, at) }
}

interface Thing {
  readonly entry: Entry
  readonly spot: Spot
  readonly position: Position
  readonly componentCode: string | null
  readonly cameraNo: string | null
}

function drawThing(world: CaseWorld, at: EpochMs, source: CaseSource, chance: Chance, { eventCode, gridCode }: Wish): Thing {
  if (eventCode === undefined && gridCode === undefined && source !== 'camera' && chance.next() < componentShare) {
    const component = world.componentAt(chance.below(world.componentCount))
    const entry = component && world.entryOf('component', component.subclassCode)
    if (component && entry)
      return { entry, spot: component, position: component.position, componentCode: component.componentCode, cameraNo: null }
  }
  const wished = eventCode === undefined ? undefined : world.entryOf('event', eventCode)
  const entry = wished ?? world.eventsIn(dayOf(at).getUTCMonth() + 1).draw(chance)
  const camera = source === 'camera' ? world.cameras[chance.below(world.cameras.length)] : undefined
  if (camera) return { entry, spot: camera, position: camera.position, componentCode: null, cameraNo: camera.cameraNo }
  const spot = (gridCode === undefined ? undefined : world.spotIn(gridCode)) ?? world.spots.draw(chance)
  return { entry, spot, position: around(world, spot, chance), componentCode: null, cameraNo: null }
}

/** Somewhere between the place and the middle of its grid, so that it stays inside. */
function around(world: CaseWorld, { position, gridCode }: Spot, chance: Chance): Position {
  const middle = world.middleOf(gridCode) ?? position
  const share = chance.next() ** 2 * 0.8
  const between = (from: number, to: number) => Math.round((from + (to - from) * share) * 1e6) / 1e6
  return { lng: between(position.lng, middle.lng), lat: between(position.lat, middle.lat) }
}

const families = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']

/** 138-0000 is given to nobody. */
function drawCitizen(chance: Chance): NonNullable<Problem['citizen']> {
  const gender = chance.next() < 0.5 ? 'male' : 'female'
  const name = `${families[chance.below(families.length)] ?? '王'}${gender === 'male' ? '先生' : '女士'}`
  return { name, number: `1380000${String(chance.below(10_000)).padStart(4, '0')}`, gender }
}

function externalOf(source: CaseSource, at: EpochMs, chance: Chance): CaseFacts['external'] {
  if (!caseSources[source].isExternal) return null
  const no = `${dayOf(at).toISOString().slice(0, 10).replaceAll('-', '')}${String(chance.below(100_000)).padStart(5, '0')}`
  return { platform: caseSources[source].name, no, replyBy: at + (source === 'media' ? 1 : chance.pick([3, 5, 7])) * dayMs }
}

/** Who writes it down; a complaint about a colleague is taken by the shift lead, a sensitive one by the assistant. */
function registrarOf(world: CaseWorld, facts: CaseFacts, at: EpochMs): CaseActor {
  const { source, isSensitive, namedAgents, gridCode } = facts
  if (isSensitive) return world.person('0802')
  if (namedAgents.length > 0) return world.person('0102')
  if (source === 'collector') return world.collectorOf(gridCode ?? '') ?? world.person('0201')
  if (source === 'camera') return world.person('0601')
  if (source === 'leader') return world.person('0802')
  if (caseSources[source].isExternal) return world.person('0501')
  return world.person(isMorning(at) ? '0201' : '0202')
}

/** The first of the two shifts of a day 7–13, 13–19; the second one stays for the night. */
export const isMorning = (at: EpochMs): boolean => {
  const hour = dayOf(at).getUTCHours()
  return hour >= 7 && hour < 13
}
