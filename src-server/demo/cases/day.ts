/** All cases that began on one China day, numbered, and walked up to a moment. The same seed, day and moment give the same cases. */
import { chinaDate, startOfChinaDay } from '#shared/base/china-time'
import type { EpochMs } from '#shared/base/clock'
import type { CaseBeginning, HistoryEntry } from '#shared/domain/case/history'
import type { CaseState } from '#shared/domain/case/states'
import { caseIdAt, chanceAt } from './chance'
import { drawFate } from './fate'
import { live, type TakenPhoto } from './life'
import { countOn, drawProblem, drawSource, momentOn, type Problem } from './problem'
import type { Draft } from './staged'
import type { CaseWorld } from './world'

export interface GeneratedCase {
  readonly identity: { readonly caseId: string; readonly caseNo: string; readonly profileId: string }
  readonly beginning: CaseBeginning
  readonly history: readonly HistoryEntry[]
  readonly citizen: Problem['citizen']
  readonly photos: readonly TakenPhoto[]
  readonly state: CaseState
}

/** One after the other, so that whoever writes them can rest between. `staged` are those of this day. */
export function* casesOfDay(world: CaseWorld, day: number, until: EpochMs, staged: readonly Draft[] = []): Generator<GeneratedCase> {
  const drafts = [...ordinary(world, day), ...staged].filter(({ beganAt }) => beganAt <= until).sort((a, b) => a.beganAt - b.beganAt)
  const dayText = chinaDate(startOfChinaDay(day)).replaceAll('-', '')
  const originals = new Map<string, Original>()
  for (const [index, draft] of drafts.entries()) {
    const caseId = caseIdAt(draft.beganAt, chanceAt(world.seed + 2, day, index))
    const caseNo = `${dayText}-${String(index + 1).padStart(4, '0')}`
    const original = draft.fate.end === 'merged' ? originals.get(draft.problem.facts.subclassCode) : undefined
    const problem = original ? sameProblem(draft.problem, original.problem) : draft.problem
    const life = live({ world, ...draft, problem, chance: draft.chance(), original, until })
    if (!original) originals.set(problem.facts.subclassCode, { caseId, caseNo, problem })
    const { beginning, history, photos, progress } = life
    yield {
      identity: { caseId, caseNo, profileId: world.profile.profileId },
      beginning,
      history,
      citizen: problem.citizen,
      photos,
      state: progress.state,
    }
  }
}

interface Original {
  readonly caseId: string
  readonly caseNo: string
  readonly problem: Problem
}

function ordinary(world: CaseWorld, day: number): readonly Draft[] {
  const count = countOn(day, chanceAt(world.seed, day, -1))
  return Array.from({ length: count }, (_, index): Draft => {
    const chance = chanceAt(world.seed, day, index)
    const source = drawSource(chance)
    const beganAt = momentOn(day, source, chance)
    const problem = drawProblem(world, beganAt, source, chance)
    const fate = drawFate(problem, chance)
    return { beganAt, problem, fate, chance: () => chanceAt(world.seed + 3, day, index) }
  })
}

/** What is merged was the same thing in the same place. */
function sameProblem(problem: Problem, original: Problem): Problem {
  const { kind, standard, subclassCode, subclassName, majorName, address, position } = original.facts
  const { gridCode, communityCode, streetCode, componentCode } = original.facts
  const place = {
    kind,
    standard,
    subclassCode,
    subclassName,
    majorName,
    address,
    position,
    gridCode,
    communityCode,
    streetCode,
    componentCode,
  }
  return { ...problem, facts: { ...problem.facts, ...place } }
}
