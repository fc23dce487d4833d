import type { Situation } from './article'
import type { Entry } from './entries'

/** What stands in the report so far, as far as it decides what is said next. */
export interface TalkSoFar {
  readonly isOffline: boolean
  readonly isRepeated: boolean
  readonly isDangerous: boolean
  readonly isInquiry: boolean
  readonly hasAnswer: boolean
  readonly hasAddress: boolean
  readonly hasCourse: boolean
  readonly isComplete: boolean
  readonly isConfidential: boolean
  readonly isAboutAgent: boolean
}

/**
 * Situations in the order in which their sentence helps now, the first at once; the rest follow with the key. A person says it in their own words: what
 * is shown is a support, and no step of a machine.
 */
export function situationsNow(talk: TalkSoFar): readonly Situation[] {
  const now: readonly (Situation | false)[] = [
    talk.isDangerous && 'danger',
    talk.isAboutAgent && 'agentNamed',
    talk.isRepeated && 'repeated',
    talk.isInquiry && talk.hasAnswer && 'answering',
    talk.isInquiry && !talk.hasAnswer && talk.hasCourse && 'waiting',
    !talk.hasCourse && 'greeting',
    talk.hasCourse && !talk.hasAddress && !talk.isInquiry && 'asking',
    talk.isConfidential && 'confidential',
    talk.hasCourse && !talk.isComplete && 'listening',
    talk.isComplete && 'registered',
    talk.isComplete && 'more',
    'ending',
  ]
  return now.filter((each): each is Situation => each !== false)
}

/** Sentences to say, the likeliest first, each once; of several for one situation those that fit being offline come first then. */
export function sentencesNow(entries: readonly Entry[], talk: TalkSoFar): readonly Entry[] {
  const scripts = entries.filter(({ kind }) => kind === 'script')
  return situationsNow(talk).flatMap((situation) => {
    const fitting = scripts.filter((entry) => entry.situation === situation)
    const isOfOffline = ({ keywords }: Entry) => keywords.includes('断网')
    return fitting.filter(
      (entry) => isOfOffline(entry) === talk.isOffline || !fitting.some((other) => isOfOffline(other) === talk.isOffline),
    )
  })
}
