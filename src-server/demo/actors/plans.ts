/** What a department or a collector will do next with a case that they have, and when: drawn from the case's own id, so that it holds over a restart. */
import type { EpochMs } from '#shared/base/clock'
import { type CaseProgress, progressOf } from '#shared/domain/case/progress'
import type { StoredCase } from '../../store/case-store'
import { chanceAt } from '../cases/chance'
import { drawFate } from '../cases/fate'
import type { Problem } from '../cases/problem'
import { type Course, nextStep, type Step } from '../cases/steps'
import type { CaseWorld } from '../cases/world'
import type { Photo } from './hands'

export interface Plan {
  readonly version: number
  readonly step: Step
  /** In the order in which the step's input names them: each id is its place in this list. */
  readonly photos: readonly Photo[]
  /** Moment of the step before, from which simulated time counts. */
  readonly since: EpochMs
  readonly afterMs: number
}

/** Undefined when it is nobody's turn whom the demonstration plays. */
export function planFor(world: CaseWorld, { identity, beginning, history }: StoredCase): Plan | undefined {
  const progress = progressOf(beginning, history)
  const entry = progress && world.entryOf(progress.facts.kind, progress.facts.subclassCode)
  if (!progress || !entry) return undefined
  const number = Number.parseInt(identity.caseId.replaceAll('-', '').slice(-8), 16)
  const limit = progress.rounds.at(-1)?.limit ?? entry.conditions[0]?.limit ?? { value: 1, unit: 'workingDay' as const }
  const problem: Problem = { facts: progress.facts, entry, conditionId: '', limit, citizen: null, registrar: progress.registeredBy }
  const fate = { ...drawFate(problem, chanceAt(world.seed, number, 0)), isOverseen: false }
  const photos: Photo[] = []
  const course: Course = {
    ...{ world, problem, fate, original: undefined },
    chance: chanceAt(world.seed, number, progress.version),
    photos: {
      photo(purpose, _by, at) {
        const picture = world.pictureOf(progress.facts, purpose)
        photos.push({ picture, purpose, position: progress.facts.position, takenAt: at })
        return String(photos.length - 1)
      },
    },
  }
  const step = nextStep(course, unurged(progress))
  const isPlayed = step?.by.role === 'departmentOperator' || step?.by.role === 'collector'
  if (!step || !isPlayed) return undefined
  const since = progress.lastEntry.at
  return { version: progress.version, step, photos, since, afterMs: Math.max(20_000, step.at - since) }
}

/** Urging is the supervisor's and the program's: whoever is urged goes on as planned. */
const unurged = (progress: CaseProgress): CaseProgress => ({ ...progress, lastUrgedAt: Number.MAX_SAFE_INTEGER })
