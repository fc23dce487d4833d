import type { Clock } from '#shared/base/clock'
import { type Destination, destinationOf } from './dial-plan'
import { calledBack } from './parties/citizens'
import type { Party } from './parties/patchboard'
import { createEcho, createKeypad, createSpeaker, keyLine, type Stage } from './parties/played'
import { createSatisfaction } from './parties/satisfaction'

/** A way to the other end that is still being made. */
export interface Reaching {
  /** Who answered, or the SIP status of why nobody did. */
  readonly outcome: Promise<Party | number>
  /** Given up before it was answered; the outcome is 487 then. */
  cancel(): void
}

export const givenUp = 487

const answerAfterMs = 900
const strangerAnswersAfterMs = 2_500
const nobodyAfterMs = 30_000
const declineAfterMs = 3_000

/** Everything that a number can lead to, except the queue, in which one is at once. `ring` is how an extension is reached. */
export function reach(dialled: string, clock: Clock, stage: Stage, ring: (extension: string) => Reaching): Reaching {
  const destination: Destination = destinationOf(dialled)
  const identity = { number: dialled, name: null }
  switch (destination.kind) {
    case 'seat':
      return ring(destination.extension)
    case 'echo':
      return later(clock, answerAfterMs, () => createEcho(stage, identity, ['echo-intro']))
    case 'keypad':
      return later(clock, answerAfterMs, () => createKeypad(stage, identity, 'keypad-intro'))
    case 'citizen':
      return later(clock, strangerAnswersAfterMs, () => createSpeaker(stage, identity, calledBack, '1'))
    case 'department': {
      const intro = ['department-intro', ...[...destination.code].map(keyLine), 'department-echo']
      return later(clock, strangerAnswersAfterMs, () => createEcho(stage, identity, intro))
    }
    case 'outside':
      return later(clock, strangerAnswersAfterMs, () => createEcho(stage, identity, ['outside-intro']))
    case 'satisfaction': {
      const { ref } = destination
      return later(clock, answerAfterMs, () => createSatisfaction(stage, identity, (answer) => stage.rated(ref, answer)))
    }
    case 'busy':
      return later(clock, 0, () => 486)
    case 'declines':
      return later(clock, declineAfterMs, () => 603)
    case 'nobodyThere':
      return later(clock, nobodyAfterMs, () => 480)
    default:
      return later(clock, 0, () => 404)
  }
}

function later(clock: Clock, ms: number, made: () => Party | number): Reaching {
  let cancel = (): void => {}
  const outcome = new Promise<Party | number>((resolve) => {
    const stop = clock.after(ms, () => resolve(made()))
    cancel = () => {
      stop()
      resolve(givenUp)
    }
  })
  return { outcome, cancel: () => cancel() }
}
