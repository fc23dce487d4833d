import { type SatisfactionAnswer, satisfactionKeys } from '#shared/domain/call/satisfaction'
import { type Frame, silentFrame } from '../speech/frames'
import type { CallerId, Party } from './patchboard'
import type { Stage } from './played'

/** Whoever has pressed nothing for so long after the question will press nothing, 10 s. */
const waitFrames = 500

/**
 * The announcement to which a seat passes a citizen after the business: asks how it was, takes one key, thanks and goes. One answer comes of it, `none` when
 * the citizen goes before, or lets the time pass.
 */
export function createSatisfaction(
  { ticker, board, framesOf }: Stage,
  identity: CallerId,
  onAnswer: (answer: SatisfactionAnswer) => void,
): Party {
  let toSay: readonly Frame[] = framesOf('satisfaction-ask')
  let at = 0
  let isAnswered = false
  const answer = (given: SatisfactionAnswer): void => {
    if (isAnswered) return
    isAnswered = true
    onAnswer(given)
    toSay = framesOf('satisfaction-thanks')
    at = 0
  }
  const stop = ticker.add(() => {
    if (!board.otherOf(party)) return
    board.say(party, toSay[at] ?? silentFrame)
    at += 1
    if (!isAnswered && at > toSay.length + waitFrames) answer('none')
    else if (isAnswered && at > toSay.length) {
      stop()
      board.gone(party)
    }
  })
  const party: Party = {
    identity,
    hear: () => {},
    // A slip of the finger is no answer: the time goes on.
    press: (digit) => {
      const given = satisfactionKeys[digit]
      if (given) answer(given)
    },
    asksForKey: () => !isAnswered && at >= toSay.length,
    setHeld: () => {},
    end: () => {
      stop()
      answer('none')
    },
  }
  return party
}
