/** Walks one case from its registration to its end, or to a moment, by the rules of `domain/case`: every step is judged by `decide`. */
import type { EpochMs } from '#shared/base/clock'
import { decide } from '#shared/domain/case/decide'
import type { CaseActor, CaseBeginning, HistoryEntry } from '#shared/domain/case/history'
import { apply, type CaseProgress, progressOf } from '#shared/domain/case/progress'
import { isEnd } from '#shared/domain/case/states'
import type { Chance } from '../city/random'
import { answerSource } from './answer-source'
import { photoIdOf } from './chance'
import type { Fate } from './fate'
import type { Problem } from './problem'
import { type Course, nextStep } from './steps'
import type { CaseWorld, PhotoPurpose } from './world'

/** A photo as its attachment row says. */
export interface TakenPhoto {
  readonly photoId: string
  readonly picture: number
  readonly purpose: PhotoPurpose
  readonly by: CaseActor
  readonly at: EpochMs
}

export interface Life {
  readonly beginning: CaseBeginning
  readonly history: readonly HistoryEntry[]
  readonly progress: CaseProgress
  readonly photos: readonly TakenPhoto[]
}

export interface LifeParts {
  readonly world: CaseWorld
  readonly problem: Problem
  readonly fate: Fate
  readonly beganAt: EpochMs
  readonly chance: Chance
  readonly original: Course['original']
  readonly until: EpochMs
  /** Ends the walk before `until`. */
  readonly isFar?: (progress: CaseProgress) => boolean
}

const leastGapMs = 20_000
/** More than any case needs; a course that never ends is a mistake. */
const mostSteps = 80

/** Throws when the rules refuse a step: that is a mistake in the course, never chance. */
export function live(parts: LifeParts): Life {
  const { world, problem, fate, beganAt, chance, original, until, isFar } = parts
  const album = albumOf(world, problem, chance)
  const beginning = { facts: problem.facts, photoIds: firstPhotos(parts, album) }
  const first: HistoryEntry = { seq: 1, at: beganAt, action: 'register', by: problem.registrar, from: null, to: 'reported', input: {} }
  const history = [first]
  let progress = progressOf(beginning, history)
  if (!progress) throw new Error('a registration is no history')
  const course: Course = { world, problem, fate, chance, photos: album, original }
  while (!isEnd(progress.state) && !isFar?.(progress)) {
    const kept = album.taken.length
    const step = nextStep(course, progress)
    const at = step && Math.max(step.at, progress.lastEntry.at + leastGapMs)
    if (!step || at === undefined || at > until || history.length > mostSteps) {
      album.taken.length = kept
      break
    }
    album.taken.splice(kept, album.taken.length, ...album.taken.slice(kept).map((photo) => ({ ...photo, at })))
    const decision = decide(step.action, { progress, actor: step.by, input: step.input, profile: world.profile, now: at })
    if (!decision.ok)
      throw new Error(`${step.action} in ${progress.state} refused: ${decision.error.code} ${JSON.stringify(decision.error.detail)}`)
    history.push(decision.value.entry)
    progress = decision.value.progress
  }
  for (const entry of answerSource({ world, progress, until })) {
    history.push(entry)
    progress = apply(progress, entry)
  }
  return { beginning, history, progress, photos: album.taken }
}

type Album = Course['photos'] & { readonly taken: TakenPhoto[] }

function albumOf(world: CaseWorld, { facts }: Problem, chance: Chance): Album {
  const taken: TakenPhoto[] = []
  return {
    taken,
    photo(purpose, by, at) {
      const picture = world.pictureOf(facts, purpose)
      const photoId = photoIdOf(picture, chance)
      taken.push({ photoId, picture, purpose, by, at })
      return photoId
    },
  }
}

/** Who reports from the field or from a camera brings a photo; of citizens only those who write do. */
function firstPhotos({ problem, beganAt, chance }: LifeParts, album: Album): readonly string[] {
  const { source } = problem.facts
  const count = source === 'hotline' || source === 'hotline12345' ? 0 : source === 'collector' ? 1 + (chance.next() < 0.25 ? 1 : 0) : 1
  return Array.from({ length: count }, () => album.photo('report', problem.registrar, beganAt))
}
