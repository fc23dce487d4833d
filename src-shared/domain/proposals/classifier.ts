import type { BelievedClass } from '../case/similarity'
import { featuresOf } from './features'

/**
 * Which classes a text speaks of: a linear model (multinomial logistic regression, trained by stochastic gradient descent) over neighbouring characters,
 * and the official name where it stands in the text. Naive Bayes was tried first and counts a sentence that many classes share once for every piece of
 * it. Training and asking are pure; the model is plain JSON, small enough for every seat to hold, and every answer names the words that speak for it.
 */
export interface Sample {
  readonly label: string
  readonly text: string
}

export interface Model {
  readonly labels: readonly string[]
  /** The official name of each. */
  readonly names: readonly string[]
  /** What speaks for a class before a word is said, in hundredths. */
  readonly biases: readonly number[]
  /** Feature → its rarity in hundredths, then class index, weight in hundredths, class index, weight … of the classes that it speaks for or against. */
  readonly features: Readonly<Record<string, readonly number[]>>
  readonly samples: number
}

export interface Proposal {
  readonly label: string
  /** Share of belief among all classes, 0–1; all of them sum up to 1. */
  readonly share: number
  /** Pieces of the text that speak for it, the strongest first. */
  readonly words: readonly string[]
}

/** A feature that fewer samples have is a slip of the keyboard or the name of a street. */
const fewestSamples = 2
const rounds = 5
const firstStep = 1
const lastStep = 0.1
/** Gradients below it move nothing that matters, and are most of them. */
const smallestGradient = 1e-4
/** Smaller weights are left out of the model. */
const smallestWeight = 0.15
/** What a whole official name in the text adds, and how much of it must be there. */
const nameWeight = 4
const nameFrom = 0.6
/** Of single characters, pairs, triples: longer pieces hold the shorter ones. */
const lengthShares = [1, 1, 0.6] as const
/**
 * A model that stops after a few rounds doubts too much: of what it held for half likely nine in ten were right. Scores are made sharper by it, so that a
 * share says how often it is right, and the many classes that are hardly likely do not outvote the likely one together.
 */
const sharpness = 2
const samplesAtOnce = 20

/** Trains to the end without a rest; a server takes `trainSteps`. */
export function train(samples: readonly Sample[], names: ReadonlyMap<string, string>): Model {
  const steps = trainSteps(samples, names)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same in small steps, between which something else can have its turn. Yields the share that is done. The same samples give the same model. */
export function* trainSteps(samples: readonly Sample[], names: ReadonlyMap<string, string>): Generator<number, Model> {
  const labels = [...new Set(samples.map(({ label }) => label))].sort()
  const indexOf = new Map(labels.map((label, index) => [label, index]))
  const texts = samples.map(({ text }) => featuresOf(text))
  const answers = samples.map(({ label }) => indexOf.get(label) ?? 0)
  const vocabulary = vocabularyOf(texts, answers, labels.length)
  const vectors = texts.map((features) => vectorOf(features, vocabulary))
  const [count, weights, biases] = [labels.length, new Float32Array(vocabulary.size * labels.length), new Float32Array(labels.length)]
  const shares = new Float64Array(count)
  for (let round = 0; round < rounds; round += 1) {
    const step = firstStep - ((firstStep - lastStep) * round) / rounds
    const order = shuffled(vectors.length, round + 1)
    for (const [done, at] of order.entries()) {
      learn({ vector: vectors[at] ?? [], answer: answers[at] ?? 0, step, weights, biases, shares })
      if (done % samplesAtOnce === 0) yield (round + done / order.length) / rounds
    }
  }
  return modelOf({ labels, names, vocabulary, weights, biases, samples: samples.length })
}

type Vector = readonly { readonly feature: number; readonly value: number }[]
type Vocabulary = ReadonlyMap<string, { readonly index: number; readonly rarity: number }>

/** Rarity counts classes, not samples: a word of one class that happens every day is still a word of one class. */
function vocabularyOf(texts: readonly (readonly string[])[], answers: readonly number[], classes: number): Vocabulary {
  const seen = new Map<string, { samples: number; readonly classes: Set<number> }>()
  for (const [at, features] of texts.entries()) {
    for (const feature of features) {
      const known = seen.get(feature) ?? { samples: 0, classes: new Set<number>() }
      known.samples += 1
      known.classes.add(answers[at] ?? 0)
      seen.set(feature, known)
    }
  }
  const kept = [...seen].filter(([, { samples }]) => samples >= fewestSamples)
  return new Map(
    kept.map(([feature, known], index) => [
      feature,
      { index, rarity: Math.log((classes + 1) / known.classes.size) * (lengthShares[Array.from(feature).length - 1] ?? 1) },
    ]),
  )
}

/** Of length 1, so that a long story is not louder than a short one. */
function vectorOf(features: readonly string[], vocabulary: Vocabulary): Vector {
  const known = features.flatMap((feature) => {
    const found = vocabulary.get(feature)
    return found ? [{ feature: found.index, value: found.rarity }] : []
  })
  const length = Math.hypot(...known.map(({ value }) => value)) || 1
  return known.map(({ feature, value }) => ({ feature, value: value / length }))
}

interface Learning {
  readonly vector: Vector
  readonly answer: number
  readonly step: number
  readonly weights: Float32Array
  readonly biases: Float32Array
  /** Room for the shares of all classes. */
  readonly shares: Float64Array
}

/** One sample: what the model believes, and a step towards the answer (cross-entropy). */
function learn({ vector, answer, step, weights, biases, shares }: Learning): void {
  const count = biases.length
  shares.set(biases)
  for (const { feature, value } of vector) {
    const row = feature * count
    for (let at = 0; at < count; at += 1) shares[at] = (shares[at] ?? 0) + (weights[row + at] ?? 0) * value
  }
  const top = shares.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  let mass = 0
  for (let at = 0; at < count; at += 1) {
    shares[at] = Math.exp((shares[at] ?? 0) - top)
    mass += shares[at] ?? 0
  }
  for (let at = 0; at < count; at += 1) {
    const gradient = ((shares[at] ?? 0) / mass - (at === answer ? 1 : 0)) * step
    const isSmall = Math.abs(gradient) < smallestGradient
    shares[at] = isSmall ? 0 : gradient
    if (!isSmall) biases[at] = (biases[at] ?? 0) - gradient * 0.1
  }
  for (const { feature, value } of vector) {
    const row = feature * count
    for (let at = 0; at < count; at += 1) {
      const gradient = shares[at] ?? 0
      if (gradient !== 0) weights[row + at] = (weights[row + at] ?? 0) - gradient * value
    }
  }
}

interface Trained {
  readonly labels: readonly string[]
  readonly names: ReadonlyMap<string, string>
  readonly vocabulary: Vocabulary
  readonly weights: Float32Array
  readonly biases: Float32Array
  readonly samples: number
}

function modelOf({ labels, names, vocabulary, weights, biases, samples }: Trained): Model {
  const features: Record<string, number[]> = {}
  for (const [feature, { index, rarity }] of vocabulary) {
    const row = labels.flatMap((_, at) => {
      const weight = weights[index * labels.length + at] ?? 0
      return Math.abs(weight) < smallestWeight ? [] : [at, Math.round(weight * 100)]
    })
    if (row.length > 0) features[feature] = [Math.round(rarity * 100), ...row]
  }
  return {
    labels,
    names: labels.map((label) => names.get(label) ?? ''),
    biases: [...biases].map((bias) => Math.round(bias * 100)),
    features,
    samples,
  }
}

/** The likeliest classes first, at most `most`. A text without a known feature gives none: nothing is proposed for nothing. */
export function propose(model: Model, text: string, most = 3): readonly Proposal[] {
  const features = featuresOf(text)
  const known = knownOf(model, features)
  if (known.length === 0) return []
  const scores = model.biases.map((bias) => bias / 100)
  for (const { value, row } of known) {
    for (let at = 1; at < row.length; at += 2) scores[row[at] ?? 0] = (scores[row[at] ?? 0] ?? 0) + ((row[at + 1] ?? 0) / 100) * value
  }
  const present = new Set(features)
  for (const [index, name] of model.names.entries()) scores[index] = (scores[index] ?? 0) + nameScore(name, present)
  const best = scores.map((score, index) => ({ score, index })).sort((a, b) => b.score - a.score)
  const top = best[0]?.score ?? 0
  const mass = best.reduce((sum, { score }) => sum + Math.exp(sharpness * (score - top)), 0)
  return best.slice(0, most).map(({ score, index }) => ({
    label: model.labels[index] ?? '',
    share: Math.exp(sharpness * (score - top)) / mass,
    words: wordsFor(index, known),
  }))
}

/** Less than one in two hundred: such a class is proposed to nobody. */
const leastBelief = 0.005
const mostBelieved = 12

/** The classes of proposals by their codes: a component and what is wrong with it have the same. Its belief is never that of a chosen class. */
export function believedClasses(proposals: readonly Proposal[]): readonly BelievedClass[] {
  const beliefs = new Map<string, number>()
  for (const { label, share } of proposals) {
    const code = label.split('/')[1] ?? ''
    beliefs.set(code, (beliefs.get(code) ?? 0) + share)
  }
  return [...beliefs]
    .map(([subclassCode, belief]) => ({ subclassCode, belief: Math.min(0.999, belief) }))
    .filter(({ belief }) => belief >= leastBelief)
    .sort((a, b) => b.belief - a.belief)
    .slice(0, mostBelieved)
}

interface Known {
  readonly feature: string
  readonly value: number
  readonly row: readonly number[]
}

function knownOf({ features: table }: Model, features: readonly string[]): readonly Known[] {
  const known = features.flatMap((feature) => {
    const row = Object.hasOwn(table, feature) ? table[feature] : undefined
    return row ? [{ feature, value: (row[0] ?? 0) / 100, row }] : []
  })
  const length = Math.hypot(...known.map(({ value }) => value)) || 1
  return known.map((each) => ({ ...each, value: each.value / length }))
}

/** The components' names of GB/T 47678.5 say 异常 of what is wrong; nobody speaks so. */
function nameScore(name: string, present: ReadonlySet<string>): number {
  const characters = Array.from(name.replace(/异常$/, ''))
  const pairs = characters.slice(1).map((second, at) => `${characters[at]}${second}`.toLowerCase())
  const share = pairs.length === 0 ? 0 : pairs.filter((pair) => present.has(pair)).length / pairs.length
  return share < nameFrom ? 0 : nameWeight * share ** 2 * Math.min(1, pairs.length / 3)
}

const mostWords = 3

/** The strongest pieces, without those that lie inside a stronger one. */
function wordsFor(index: number, known: readonly Known[]): readonly string[] {
  const strong = known
    .flatMap(({ feature, value, row }) => {
      for (let at = 1; at < row.length; at += 2) {
        const weight = (row[at + 1] ?? 0) * value
        if (row[at] === index) return weight > 0 ? [{ feature, weight }] : []
      }
      return []
    })
    .filter(({ feature }) => Array.from(feature).length > 1)
    .sort((a, b) => b.weight - a.weight || b.feature.length - a.feature.length)
  const words: string[] = []
  for (const { feature } of strong) {
    if (words.length === mostWords) break
    if (!words.some((word) => word.includes(feature) || feature.includes(word))) words.push(feature)
  }
  return words
}

/** Numbers 0 to `count` in an order that looks like chance and is the same every time (a linear congruential generator, Fisher-Yates). */
function shuffled(count: number, seed: number): readonly number[] {
  const order = Array.from({ length: count }, (_, at) => at)
  let state = seed
  for (let last = count - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    const other = Math.floor((state / 0x80000000) * (last + 1))
    const [a, b] = [order[last] ?? 0, order[other] ?? 0]
    order[last] = b
    order[other] = a
  }
  return order
}
