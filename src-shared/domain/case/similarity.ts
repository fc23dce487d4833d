import { dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'
import { metresBetween, type Position } from '../geo/position'
import type { CaseRow } from './row'
import { pairsAndWordsOf } from './tokens'

/**
 * Whether two reports may tell of the same thing: how near in class, place, time and words. A score for people to judge by; nothing is merged by
 * it. Which cases are looked at, and who may see them, is the server's business.
 */
export interface Report {
  /** Undefined while none is chosen. */
  readonly kind?: 'component' | 'event' | undefined
  readonly subclassCode?: string | undefined
  readonly position: Position | null
  readonly gridCode: string | null
  /** Description in words, without the address. */
  readonly text: string
  readonly at: EpochMs
}

export interface Likeness {
  /** 0 to 1. */
  readonly score: number
  /** Null when one of the two has no place on the map. */
  readonly distanceM: number | null
  readonly isSameClass: boolean
  /** Between the two reports. */
  readonly apartMs: number
  /** How much the class that they share is believed in, 0 to 1: 1 when it was chosen. */
  readonly belief: number
  readonly reasons: readonly string[]
}

/** A class that a report may be of. */
export interface BelievedClass {
  readonly subclassCode: string
  /** 0 to 1; 1 for a chosen one. */
  readonly belief: number
}

/** On the wire: codes, each with its belief in thousandths unless it was chosen: `06010:620,06011:240`. */
export const classesPattern = '^\\d{1,6}(:\\d{1,4})?(,\\d{1,6}(:\\d{1,4})?){0,11}$'
export const mostClasses = 12

export const classesFromWire = (text: string | undefined): readonly BelievedClass[] =>
  (text ?? '')
    .split(',')
    .filter((each) => each !== '')
    .map((each) => {
      const [subclassCode = '', thousandths] = each.split(':')
      return { subclassCode, belief: thousandths === undefined ? 1 : Math.min(1, Number(thousandths) / 1_000) }
    })

export const classesToWire = (classes: readonly BelievedClass[]): string =>
  classes
    .slice(0, mostClasses)
    .map(({ subclassCode, belief }) => (belief === 1 ? subclassCode : `${subclassCode}:${Math.round(belief * 1_000)}`))
    .join(',')

/** How far, and how long ago, a report may be of the same thing. What is still open may be older. */
export const nearM = 150
export const recentMs = 30 * dayMs

/** Shares of the score. Where a thing is and what it is says more than the words that two people find for it. */
const weights = { sameClass: 0.35, siblingClass: 0.15, place: 0.3, text: 0.25, time: 0.1 } as const
/** Two reports of the same subclass a few metres apart reach it in any words. */
const enough = 0.55
const likeWords = 0.25

/**
 * Likely enough to tell a person unasked, while the citizen still speaks: the same subclass a few doors away in the last days. What is less like stands in
 * the list of who looks. Two people put a pin on one thing within about fifteen metres of each other, as between a kerb and a doorplate.
 */
const hintWithinM = 45
const hintWithinMs = 14 * dayMs
/**
 * Before a class is chosen, belief in the class of the other case must make up for what the distance leaves open: the logarithm of odds, with a bell
 * curve over the distance. The figures were chosen on a month of their own, where 95 of 100 repeated reports reached it and less than one in twenty
 * others. Words of both add nothing: people on the same street name the same street.
 */
const bellM = 30
const fewestOdds = -3.5
type HintBasis = Pick<Likeness, 'isSameClass' | 'distanceM' | 'apartMs' | 'belief'>

export function isHint({ isSameClass, distanceM, apartMs, belief }: HintBasis): boolean {
  if (!isSameClass || distanceM === null || distanceM > hintWithinM || apartMs > hintWithinMs) return false
  return belief === 1 || Math.log(belief) - distanceM ** 2 / (2 * bellM ** 2) >= fewestOdds
}

/** Less believed classes are good for a hint only, or the list would be of everything that lies around. */
const believedFrom = 0.2

/** The likest of several classes that a report may be of, the likeliest first, while none is chosen. */
export function likestOf(report: Report, classes: readonly BelievedClass[], other: CaseRow, now: EpochMs): Likeness | undefined {
  if (classes.length === 0) return likenessOf(report, other, now)
  const likenesses = classes.map(({ subclassCode, belief }, index) => {
    const likeness = likenessOf({ ...report, subclassCode }, other, now)
    const found = likeness && { ...likeness, belief }
    return found && (index === 0 || belief >= believedFrom || isHint(found)) ? found : undefined
  })
  return likenesses.reduce((best, each) => (each && (!best || each.score > best.score) ? each : best), undefined)
}

/** Undefined when they hardly tell of the same thing. */
export function likenessOf(report: Report, other: CaseRow, now: EpochMs): Likeness | undefined {
  const kinship = kinshipOf(report, other)
  if (kinship === 'none') return undefined
  const distanceM = report.position && other.position && metresBetween(report.position, other.position)
  if (distanceM !== null && distanceM > nearM) return undefined
  const isSameGrid = distanceM === null && report.gridCode !== null && report.gridCode === other.gridCode
  if (distanceM === null && !isSameGrid) return undefined
  const apartMs = Math.abs(report.at - other.beganAt)
  if (apartMs > recentMs && other.endedAt !== null) return undefined
  const text = diceOf(pairsAndWordsOf(report.text), pairsAndWordsOf(other.summary))
  // Beside each other stand many things of one major class: without the same subclass the words decide.
  if (kinship !== 'same' && text < likeWords) return undefined
  const score =
    (kinship === 'same' ? weights.sameClass : weights.siblingClass) +
    // Without positions the grid is all there is: about a hectare.
    weights.place * (distanceM === null ? 0.3 : 1 - distanceM / nearM) +
    weights.text * text +
    weights.time * Math.max(0, 1 - apartMs / recentMs)
  if (score < enough) return undefined
  const reasons = [
    kinship === 'same' ? '同小类' : kinship === 'sibling' ? '同大类' : null,
    distanceM === null ? '同一网格' : `相距 ${Math.round(distanceM)} m`,
    agoInWords(now - other.beganAt),
    text >= likeWords ? '文字相近' : null,
  ]
  return {
    score: Math.round(score * 1_000) / 1_000,
    distanceM,
    isSameClass: kinship === 'same',
    apartMs,
    belief: 1,
    reasons: reasons.filter((reason) => reason !== null),
  }
}

/**
 * Codes of all editions begin with the major class in two digits. Component and event count for themselves; but GB/T 47678.5 gives what is wrong with
 * a component the component's code, so an equal code is kin all the same. A report without a class may be kin to any.
 */
function kinshipOf({ kind, subclassCode }: Report, other: CaseRow): 'same' | 'sibling' | 'open' | 'none' {
  if (subclassCode === undefined || subclassCode === '') return 'open'
  const [isSameKind, isSameCode] = [kind === undefined || kind === other.kind, subclassCode === other.subclassCode]
  if (isSameCode) return isSameKind ? 'same' : 'sibling'
  return isSameKind && majorOf(subclassCode) === majorOf(other.subclassCode) ? 'sibling' : 'none'
}

export const majorOf = (subclassCode: string): string => subclassCode.slice(0, 2)

/** Sørensen–Dice: twice what both have, of all that they have; 0 when either has nothing. */
export function diceOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  const shared = [...a].filter((pair) => b.has(pair)).length
  return (2 * shared) / (a.size + b.size)
}

function agoInWords(ms: number): string {
  if (ms < 60_000) return '刚刚'
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} 分钟前`
  if (ms < dayMs) return `${Math.floor(ms / 3_600_000)} 小时前`
  return `${Math.floor(ms / dayMs)} 天前`
}
