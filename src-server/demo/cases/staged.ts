/**
 * Cases that stand where a visitor looks first: some in every state, with every kind of request, urgent, named, sensitive, overseen, so that no
 * queue of any role is empty. They run by the same rules as all others and are only stopped on their way.
 */

import { chinaDay } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import { type CaseProgress, pendingRequest } from '#shared/domain/case/progress'
import type { CaseSource, CaseState } from '#shared/domain/case/states'
import type { Chance } from '../city/random'
import { chanceAt } from './chance'
import { drawFate, type Fate } from './fate'
import { live } from './life'
import { drawProblem, type Problem, type Wish } from './problem'
import type { CaseWorld } from './world'

export interface Stage {
  readonly count: number
  readonly wish?: Wish
  readonly fate?: Partial<Fate>
  readonly isFar: (progress: CaseProgress) => boolean
  /** Minutes since the last step, from and to. */
  readonly age: readonly [number, number]
}

/** A case that is drawn and placed in time, but not yet numbered and walked. */
export interface Draft {
  readonly beganAt: EpochMs
  readonly problem: Problem
  readonly fate: Fate
  readonly isFar?: (progress: CaseProgress) => boolean
  /** The same numbers each time. */
  readonly chance: () => Chance
}

const inState = (state: CaseState) => (progress: CaseProgress) => progress.state === state
const asks = (kind: Fate['request']) => (progress: CaseProgress) => pendingRequest(progress)?.kind === kind
const calm: Partial<Fate> = {
  end: 'filed',
  conclusion: 'true',
  isDeferred: false,
  isSentBackByLead: false,
  isDisputed: false,
  request: null,
  rework: 'none',
  missedCalls: 0,
  paces: [0.6, 0.5],
}
/** 暴露垃圾, which is the busiest department's. */
const sanitation: Wish = { eventCode: '06010', source: 'collector' }
const from = (source: CaseSource): Wish => ({ source })

export const stages: readonly Stage[] = [
  { count: 4, wish: from('hotline'), isFar: inState('reported'), age: [1, 9] },
  { count: 6, wish: from('collector'), isFar: inState('reported'), age: [1, 8] },
  { count: 2, wish: from('camera'), isFar: inState('reported'), age: [2, 16] },
  { count: 2, wish: from('hotline12345'), isFar: inState('reported'), age: [5, 14] },
  { count: 5, wish: from('hotline'), isFar: inState('verifying'), age: [3, 36] },
  { count: 4, wish: from('hotline'), isFar: inState('verified'), age: [1, 12] },
  { count: 1, wish: from('citizenApp'), fate: { conclusion: 'notFound' }, isFar: inState('verified'), age: [4, 5] },
  { count: 3, wish: from('hotline'), fate: { isDeferred: true }, isFar: inState('deferred'), age: [40, 600] },
  { count: 6, wish: from('collector'), isFar: inState('preFiled'), age: [1, 9] },
  { count: 2, wish: from('collector'), fate: { end: 'declined' }, isFar: inState('preFiled'), age: [2, 14] },
  { count: 6, wish: from('collector'), isFar: inState('filed'), age: [1, 9] },
  { count: 2, wish: from('mayorMailbox'), isFar: inState('filed'), age: [4, 12] },
  {
    count: 3,
    wish: sanitation,
    fate: { request: 'sendBack', isRequestGranted: true },
    isFar: (p) => p.state === 'filed' && p.counts.sentBacks > 0,
    age: [2, 12],
  },
  { count: 2, wish: sanitation, fate: { rework: 'bySupervisor' }, isFar: (p) => p.state === 'filed' && p.counts.reworks > 0, age: [2, 12] },
  {
    count: 2,
    wish: from('hotline'),
    fate: { rework: 'byCitizen' },
    isFar: (p) => p.state === 'filed' && p.counts.reworks > 0,
    age: [1, 8],
  },
  { count: 3, wish: from('collector'), fate: { isDisputed: true }, isFar: inState('disputed'), age: [15, 200] },
  { count: 14, wish: sanitation, isFar: (p) => p.state === 'dispatched' && p.lastEntry.action !== 'dispatch', age: [10, 500] },
  { count: 12, isFar: inState('dispatched'), age: [5, 1500] },
  { count: 4, wish: sanitation, fate: { paces: [0.95, 0.5] }, isFar: (p) => p.counts.urges > 0, age: [10, 900] },
  { count: 3, wish: sanitation, fate: { request: 'extend' }, isFar: asks('extend'), age: [5, 120] },
  { count: 2, fate: { request: 'extend' }, wish: { eventCode: '06013' }, isFar: asks('extend'), age: [5, 60] },
  { count: 2, wish: sanitation, fate: { request: 'suspend' }, isFar: asks('suspend'), age: [20, 300] },
  { count: 2, wish: sanitation, fate: { request: 'sendBack' }, isFar: asks('sendBack'), age: [5, 60] },
  { count: 2, wish: sanitation, fate: { request: 'void', isRequestGranted: true }, isFar: asks('void'), age: [5, 60] },
  {
    count: 1,
    wish: sanitation,
    fate: { request: 'void', isRequestGranted: true },
    isFar: (p) => pendingRequest(p)?.state === 'reviewed',
    age: [5, 60],
  },
  { count: 2, wish: sanitation, fate: { request: 'closeWithoutCheck' }, isFar: asks('closeWithoutCheck'), age: [5, 90] },
  { count: 3, wish: sanitation, fate: { request: 'suspend', isRequestGranted: true }, isFar: inState('suspended'), age: [60, 3000] },
  { count: 5, wish: sanitation, isFar: inState('handled'), age: [2, 40] },
  { count: 3, wish: from('collector'), isFar: inState('handled'), age: [2, 25] },
  { count: 4, wish: sanitation, isFar: inState('toCheck'), age: [1, 12] },
  { count: 2, wish: from('hotline'), isFar: inState('toCheck'), age: [1, 9] },
  { count: 4, wish: sanitation, isFar: inState('checking'), age: [5, 70] },
  { count: 5, wish: sanitation, isFar: inState('checked'), age: [5, 600] },
  { count: 3, wish: from('hotline'), isFar: inState('checked'), age: [5, 300] },
  { count: 1, wish: from('cityPlatform'), isFar: inState('checked'), age: [20, 90] },
  { count: 1, wish: from('collector'), fate: { rework: 'byCheck' }, isFar: inState('checked'), age: [20, 60] },
  { count: 1, wish: { source: 'collector', eventCode: '10002', isUrgent: true }, isFar: inState('reported'), age: [1, 2] },
  { count: 1, wish: { source: 'hotline', eventCode: '06013', isUrgent: true }, isFar: inState('filed'), age: [2, 6] },
  { count: 2, wish: { source: 'collector', eventCode: '10002', isUrgent: true }, isFar: inState('dispatched'), age: [10, 70] },
  { count: 2, wish: { source: 'hotline', namedAgents: ['0201'] }, isFar: inState('reported'), age: [4, 20] },
  { count: 1, wish: { source: 'hotline', namedAgents: ['1003'] }, isFar: inState('preFiled'), age: [4, 20] },
  { count: 1, wish: { source: 'hotline', namedAgents: ['0201'] }, isFar: inState('dispatched'), age: [60, 200] },
  { count: 1, wish: { source: 'hotline', isSensitive: true }, isFar: inState('reported'), age: [10, 40] },
  { count: 1, wish: { source: 'mayorMailbox', isSensitive: true }, isFar: inState('preFiled'), age: [10, 60] },
  { count: 3, wish: sanitation, fate: { isOverseen: true }, isFar: (p) => p.counts.oversights > 0, age: [30, 700] },
  { count: 2, wish: { source: 'media', eventCode: '06011' }, isFar: inState('dispatched'), age: [60, 300] },
  { count: 3, wish: from('camera'), isFar: inState('dispatched'), age: [20, 500] },
]

/** A task for the first collector, who is printed at start, of either kind. */
export function stagesFor(gridCode: string | undefined): readonly Stage[] {
  if (gridCode === undefined) return []
  return [
    { count: 2, wish: { source: 'hotline', gridCode }, isFar: inState('verifying'), age: [2, 25] },
    { count: 1, wish: { ...sanitation, gridCode }, isFar: inState('checking'), age: [4, 50] },
  ]
}

/** Apart from all days' seeds. */
const stagingDay = -12_319
const corrections = 5
const scans = 36
const scanStepMs = 37 * 60_000

export function drawStaged(world: CaseWorld, now: EpochMs): readonly Draft[] {
  const all = [...stages, ...stagesFor(world.gridsOf('1001')[0])]
  const each = all.flatMap((stage) => Array.from({ length: stage.count }, () => stage))
  return each.flatMap((stage, index) => stagedDraft(world, stage, index, now) ?? [])
}

/**
 * Begun as long ago as its way takes. Departments work by day, so a way may jump over a night and never end just then; of all beginnings that are
 * tried, the one whose last step comes nearest is taken.
 */
function stagedDraft(world: CaseWorld, stage: Stage, index: number, now: EpochMs): Draft | undefined {
  const chance = chanceAt(world.seed, stagingDay, index)
  const age = Math.round(chance.between(...stage.age) * 60_000)
  const walkSeed = chance.below(2 ** 31)
  let beganAt = now - age
  let best: { readonly draft: Draft; readonly reached: EpochMs } | undefined
  for (let attempt = 0; attempt < corrections + scans; attempt += 1) {
    const draft = draftAt(world, stage, { index, beganAt, walkSeed })
    const life = live({ world, ...draft, chance: draft.chance(), original: undefined, until: Number.MAX_SAFE_INTEGER })
    const reached = life.progress.lastEntry.at
    const isThere = stage.isFar(life.progress) && reached <= now
    if (isThere && reached >= now - 2 * age - 60_000) return draft
    if (isThere && reached > (best?.reached ?? 0)) best = { draft, reached }
    beganAt -= attempt < corrections ? Math.max(scanStepMs / 10, reached - (now - age)) : scanStepMs
  }
  return best?.draft
}

function draftAt(world: CaseWorld, stage: Stage, at: { index: number; beganAt: EpochMs; walkSeed: number }): Draft {
  const { index, beganAt, walkSeed } = at
  const draws = chanceAt(world.seed + 1, stagingDay, index)
  const { wish = {}, fate, isFar } = stage
  const problem = drawProblem(world, beganAt, wish.source ?? 'collector', draws, wish)
  const drawn = drawFate(problem, draws)
  return { beganAt, problem, fate: { ...drawn, ...calm, ...fate }, isFar, chance: () => chanceAt(walkSeed, stagingDay, index) }
}

export const dayOfDraft = ({ beganAt }: Draft): number => chinaDay(beganAt)
