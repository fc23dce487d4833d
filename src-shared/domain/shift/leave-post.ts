import type { EpochMs } from '../../base/clock'
import { digestOf, foldHandover, type Handover, type Judgement, type Person, type StepWords } from './handover'
import { demandsWriting } from './handover-facts'

/**
 * Leaving a post that nobody took over: what is known goes with it all the same. Without a handover of this shift one is begun and signed in the same
 * breath, so that whoever comes next finds the facts and accepts them. Pure: the steps, in order, that a seat signs and writes at once.
 */
export interface Leaving {
  readonly reason: string
  readonly consentBy: string | null
}

type BeginWords = Extract<StepWords, { did: 'begin' }>

/** What a handover would begin with, when there is none yet. */
export interface FreshHandover {
  readonly handoverId: string
  readonly by: Person
  readonly seatNo: string
  readonly at: EpochMs
  readonly begin: BeginWords
}

export function stepsOfLeaving(
  present: Handover | FreshHandover,
  words: Judgement,
  leaving: Leaving,
  sha256: (text: string) => string,
): readonly StepWords[] {
  const leave: StepWords = { did: 'leave', ...leaving }
  const handover = 'begin' in present ? begun(present, sha256) : present
  if (!handover) return []
  if (handover.sealed) return [leave]
  // What is special is handed over in writing, also by somebody in a hurry: then their reason is what there is.
  const isOwed = words.judgement.trim() === '' && demandsWriting(handover.facts)
  const judged: Judgement = isOwed ? { ...words, judgement: `未接班离岗：${leaving.reason}` } : words
  const seal: StepWords = { did: 'seal', digest: digestOf({ ...handover, words: judged }, sha256) }
  return [...('begin' in present ? [present.begin] : []), { did: 'judge', ...judged }, seal, leave]
}

function begun({ begin, ...fresh }: FreshHandover, sha256: (text: string) => string): Handover | undefined {
  return foldHandover([{ ...fresh, stepId: fresh.handoverId, stamp: { ms: fresh.at, count: 0 }, words: begin }], sha256)
}
