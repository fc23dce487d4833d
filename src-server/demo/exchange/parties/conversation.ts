/**
 * One side of a conversation as a value, frame by frame (20 ms): it says a line, listens until the other has spoken and is quiet again, says the next,
 * and is over. While it is on hold it waits where it is. It knows no sound: which frame of which line to play is its answer.
 */
export type Turn =
  | { readonly say: string }
  /** Waits at most so long for a word; once the other speaks, until it is quiet. Who hears none may ask once. */
  | { readonly listenMs: number; readonly orAsk?: string }

export interface Conversation {
  readonly turn: number
  /** Of the turn, frames spent in it. */
  readonly frames: number
  /** In a listening turn: frames with speech so far, and quiet ones since the last. */
  readonly heard: number
  readonly quiet: number
  readonly asked: 'no' | 'asking' | 'yes'
}

export interface Heard {
  /** The other said something in this frame. */
  readonly isSpeech: boolean
  /** The other has put us on hold. */
  readonly isHeld: boolean
}

export interface ConversationStep {
  readonly conversation: Conversation
  /** Null: silence. */
  readonly play: { readonly line: string; readonly frame: number } | null
  readonly isOver: boolean
}

export const beginning: Conversation = { turn: 0, frames: 0, heard: 0, quiet: 0, asked: 'no' }

const frameMs = 20
/** A click is no word, a breath no end. */
const wordFrames = 200 / frameMs
const pauseFrames = 1_000 / frameMs
/** Somebody who never stops talking is interrupted; a noisy room must not keep a citizen for minutes. */
const longestFrames = 20_000 / frameMs

export function stepConversation(
  script: readonly Turn[],
  before: Conversation,
  { isSpeech, isHeld }: Heard,
  framesOf: (line: string) => number,
): ConversationStep {
  const turn = script[before.turn]
  if (!turn) return { conversation: before, play: null, isOver: true }
  if (isHeld) return { conversation: before, play: null, isOver: false }
  const line = 'say' in turn ? turn.say : before.asked === 'asking' ? turn.orAsk : undefined
  const conversation = line === undefined ? listen(turn as Listening, before, isSpeech) : speak(before, framesOf(line))
  const play = line !== undefined && before.frames < framesOf(line) ? { line, frame: before.frames } : null
  return { conversation, play, isOver: false }
}

type Listening = Extract<Turn, { readonly listenMs: number }>

function speak(before: Conversation, frames: number): Conversation {
  if (before.frames + 1 < frames) return { ...before, frames: before.frames + 1 }
  return before.asked === 'asking' ? { ...beginning, turn: before.turn, asked: 'yes' } : nextTurn(before)
}

function listen({ listenMs, orAsk }: Listening, before: Conversation, isSpeech: boolean): Conversation {
  const frames = before.frames + 1
  const heard = before.heard + (isSpeech ? 1 : 0)
  const quiet = isSpeech ? 0 : before.quiet + 1
  const hasSpoken = heard >= wordFrames
  const isTired = !hasSpoken && frames * frameMs >= listenMs
  if (isTired && orAsk !== undefined && before.asked === 'no') return { ...beginning, turn: before.turn, asked: 'asking' }
  if ((hasSpoken && quiet >= pauseFrames) || isTired || frames >= longestFrames) return nextTurn(before)
  return { ...before, frames, heard, quiet }
}

function nextTurn({ turn }: Conversation): Conversation {
  return { ...beginning, turn: turn + 1 }
}
