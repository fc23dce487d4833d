import type { EpochMs } from '../../base/clock'
import { expire } from './answer'
import { occur, releaseDue, releaseOver } from './rules'
import { recallDue, recallScene } from './scenes'
import { stepTours } from './tours'
import { andThen, type Occurrence, type Step, unchanged, type Wall } from './wall'

/** What time alone does to a wall, and what the urgent cases of the moment do: the same answer whoever asks, however often. */
export function tick(wall: Wall, at: EpochMs, urgentCases: readonly Occurrence[]): Step {
  const occurrences = [...urgentCases, ...wall.alarms]
  const parts: readonly ((now: Wall) => Step)[] = [
    (now) => expire(now, at),
    (now) =>
      releaseOver(
        now,
        occurrences.map(({ occurrenceId }) => occurrenceId),
        at,
      ),
    (now) => releaseDue(now, at),
    (now) => recallScheduled(now, at),
    (now) => occurrences.reduce<Step>((step, one) => andThen(step, (next) => occur(next, one, at)), unchanged(now)),
    (now) => stepTours(now, at),
  ]
  return parts.reduce(andThen, unchanged(wall))
}

function recallScheduled(wall: Wall, at: EpochMs): Step {
  return recallDue(wall, at).reduce<Step>(
    (step, scene) =>
      andThen(step, (next) => {
        const by = { kind: 'schedule', id: scene.sceneId, name: '定时' } as const
        const recalled = recallScene(next, scene, { action: 'schedule', by, at })
        return recalled.ok ? recalled.value : unchanged(next)
      }),
    unchanged(wall),
  )
}
