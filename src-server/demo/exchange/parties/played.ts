import { levelDb } from '#main/telephony/media/audio/g711'
import type { SatisfactionAnswer } from '#shared/domain/call/satisfaction'
import { type Frame, silentFrame } from '../speech/frames'
import type { Ticker } from '../speech/ticker'
import { beginning, stepConversation, type Turn } from './conversation'
import type { CallerId, Party, Patchboard } from './patchboard'

/** Parties that are played: they speak by the beat of the exchange, and hang up by themselves. */
export interface Stage {
  readonly ticker: Ticker
  readonly board: Patchboard
  /** The frames of a line; none for one that is not there. */
  readonly framesOf: (line: string) => readonly Frame[]
  /** What somebody pressed in the announcement after the call that `ref` names. */
  readonly rated: (ref: string, answer: SatisfactionAnswer) => void
}

/** Louder than the noise of a line, softer than a whisper. */
const speechDb = -42

/** Somebody looks for the key before pressing it. */
const pressAfterFrames = 60

/** Somebody with something to say. Begins when it is connected with somebody. `key`: what is pressed when an announcement asks for one; null: nothing. */
export function createSpeaker(
  { ticker, board, framesOf }: Stage,
  identity: CallerId,
  script: readonly Turn[],
  key: string | null = null,
): Party {
  let askedFrames = 0
  let conversation = beginning
  let isSpeech = false
  let isHeld = false
  const stop = ticker.add(() => {
    const other = board.otherOf(party)
    if (!other) return
    // Nobody tells an announcement what is wrong in the street.
    if (other.asksForKey) {
      askedFrames = other.asksForKey() ? askedFrames + 1 : 0
      if (key !== null && askedFrames === pressAfterFrames) other.press(key, 160)
      return board.say(party, silentFrame)
    }
    const step = stepConversation(script, conversation, { isSpeech, isHeld }, (line) => framesOf(line).length)
    conversation = step.conversation
    isSpeech = false
    if (step.isOver) {
      stop()
      return board.gone(party)
    }
    board.say(party, (step.play && framesOf(step.play.line)[step.play.frame]) ?? silentFrame)
  })
  const party: Party = {
    identity,
    hear: (frame) => {
      isSpeech ||= levelDb('PCMA', frame) > speechDb
    },
    press: () => {},
    setHeld: (held) => {
      isHeld = held
    },
    end: stop,
  }
  return party
}

const echoAfterFrames = 50

/** Goes a moment after it was asked to, so that the key that asked is pressed to its end. */
function createLeaving(leave: () => void) {
  let frames: number | null = null
  return {
    ask: () => {
      frames ??= 25
    },
    beat: () => {
      if (frames === null) return
      frames -= 1
      if (frames === 0) leave()
    },
  }
}

/** Says what it is, then gives back what it hears, a second later. */
export function createEcho({ ticker, board, framesOf }: Stage, identity: CallerId, intro: readonly string[]): Party {
  let toSay = intro.flatMap(framesOf)
  let heard: Frame[] = []
  const leaving = createLeaving(() => {
    stop()
    board.gone(party)
  })
  const stop = ticker.add(() => {
    leaving.beat()
    if (!board.otherOf(party)) return
    const [said, ...rest] = toSay
    if (said) toSay = rest
    board.say(party, said ?? (heard.length > echoAfterFrames ? heard.shift() : undefined) ?? silentFrame)
  })
  const party: Party = {
    identity,
    hear: (frame) => {
      if (toSay.length > 0) return
      heard.push(frame)
      // Somebody sends faster than time goes: the oldest is dropped.
      if (heard.length > 2 * echoAfterFrames) heard.shift()
    },
    press: (digit) => {
      if (digit === '#') leaving.ask()
    },
    setHeld: () => {
      heard = []
    },
    end: stop,
  }
  return party
}

/** Reads keys aloud. */
export function createKeypad({ ticker, board, framesOf }: Stage, identity: CallerId, intro: string): Party {
  let toSay: readonly Frame[] = framesOf(intro)
  let isIntro = true
  let at = 0
  const leaving = createLeaving(() => {
    stop()
    board.gone(party)
  })
  const stop = ticker.add(() => {
    leaving.beat()
    board.say(party, toSay[at] ?? silentFrame)
    at += 1
  })
  const party: Party = {
    identity,
    hear: () => {},
    press: (digit) => {
      if (digit === '#') return leaving.ask()
      // The introduction is cut off by whoever knows it; keys are read one after the other.
      toSay = [...(isIntro ? [] : toSay.slice(at)), ...framesOf(keyLine(digit))]
      isIntro = false
      at = 0
    },
    setHeld: () => {},
    end: stop,
  }
  return party
}

export const keyLine = (digit: string): string => `key-${digit === '*' ? 'star' : digit}`
