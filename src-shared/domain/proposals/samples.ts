import type { Sample } from './classifier'

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

/** Names and sentences of the handbook count as cases do: classes that never happened can be proposed too. */
export function samplesOf(cases: readonly CaseToLearn[], classes: readonly ClassToLearn[]): readonly Sample[] {
  const known = new Set(classes.map(labelOf))
  return [
    ...classes.flatMap((each) => [
      { label: labelOf(each), text: each.name },
      ...each.sentences.map((text) => ({ label: labelOf(each), text })),
    ]),
    ...cases
      .filter((each) => known.has(labelOf(each)))
      .map((each) => ({ label: labelOf(each), text: withoutPlace(each.description, each.address) })),
  ]
}

/** A description without its place. Words that merely begin like the address stay. */
export function withoutPlace(description: string, address: string): string {
  const place = address.trim().replace(/(附近|门前|旁边)$/, '')
  return place.length < 2 ? description : description.replaceAll(place, '，')
}

export const namesOf = (classes: readonly ClassToLearn[]): ReadonlyMap<string, string> =>
  new Map(classes.map((each) => [labelOf(each), each.name]))
