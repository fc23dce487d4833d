import type { Sample } from './classifier'
import { everydayWords } from './everyday-words'

/** What a centre's model is made from: its own ended cases, and what the classification and the handbook say of each subclass. */
export interface CaseToLearn {
  readonly kind: 'component' | 'event'
  readonly subclassCode: string
  /** Numbers of telephones and names are none of its business: nothing of a person may be handed in. */
  readonly description: string
  /** Left out of the description: the name of a street says nothing about what lies on it. */
  readonly address: string
}

export interface ClassToLearn {
  readonly kind: 'component' | 'event'
  readonly subclassCode: string
  readonly name: string
  /** 立案条件 and whatever else is said of it. */
  readonly sentences: readonly string[]
}

export const labelOf = ({ kind, subclassCode }: Pick<CaseToLearn, 'kind' | 'subclassCode'>): string => `${kind}/${subclassCode}`

/** A turn of daily speech counts as so many sentences: few as they are, they are what people say on the telephone. Found on months of their own. */
const everydayCount = 5

/** Names, sentences of the handbook and everyday words count as cases do: classes that never happened can be proposed too. */
export function samplesOf(cases: readonly CaseToLearn[], classes: readonly ClassToLearn[]): readonly Sample[] {
  const known = new Set(classes.map(labelOf))
  return [
    ...classes.flatMap((each) => [
      { label: labelOf(each), text: each.name },
      ...each.sentences.map((text) => ({ label: labelOf(each), text })),
      ...everydayOf(each.name).flatMap((text) => Array.from({ length: everydayCount }, () => ({ label: labelOf(each), text }))),
    ]),
    ...cases
      .filter((each) => known.has(labelOf(each)))
      .map((each) => ({ label: labelOf(each), text: withoutPlace(each.description, each.address) })),
  ]
}

/** GB/T 47678.5 says 异常 after the name of a component that something is wrong with. */
const everydayOf = (name: string): readonly string[] =>
  (everydayWords[name] ?? everydayWords[name.replace(/异常(SOS)?$/, '')] ?? '').split('，').filter((words) => words !== '')

/** A description without its place. Words that merely begin like the address stay. */
export function withoutPlace(description: string, address: string): string {
  const place = address.trim().replace(/(附近|门前|旁边)$/, '')
  return place.length < 2 ? description : description.replaceAll(place, '，')
}

export const namesOf = (classes: readonly ClassToLearn[]): ReadonlyMap<string, string> =>
  new Map(classes.map((each) => [labelOf(each), each.name]))
