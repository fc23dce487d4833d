import type { Clock, Stop } from '#shared/base/clock'
import { ok } from '#shared/base/result'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { withoutNumbers } from '#shared/domain/case/visibility'
import { trainSteps } from '#shared/domain/proposals/classifier'
import { type ClassToLearn, namesOf, samplesOf } from '#shared/domain/proposals/samples'
import { findFactsToLearn } from '../store/learning-store'
import { findReference, listReference } from '../store/reference-store'
import type { Services } from './services'
import { storeReference } from './store-reference'

/**
 * Learns once a day what cases of each subclass are told like, from the ended ones and the handbook, and gives it to seats as a reference document: they
 * propose from it without asking anybody. It works in small steps, so that nobody waits for it, and numbers of telephones are taken out first. One of
 * several processes does it.
 */
export const proposalModelId = 'learned'
const mostCases = 20_000
const learnedAnewAfterMs = 20 * 3_600_000
const restMs = 15

export async function learnProposals(services: Services, isWanted: () => boolean): Promise<void> {
  const { db, clock, log } = services
  const before = await findReference(db, 'proposalModel', proposalModelId)
  const madeAt = before?.document.kind === 'proposalModel' ? before.document.madeAt : null
  if (madeAt !== null && clock.now() - madeAt < learnedAnewAfterMs) return
  const handbook = await readHandbook(services)
  if (!handbook) return
  const classes: readonly ClassToLearn[] = handbook.entries.map(({ kind, subclassCode, name, conditions }) => ({
    ...{ kind, subclassCode, name },
    sentences: conditions.map(({ text }) => text),
  }))
  const facts = await findFactsToLearn(db, mostCases)
  const cases = facts
    .filter(({ standard }) => standard === handbook.standard)
    .map(({ kind, subclassCode, description, address }) => ({ kind, subclassCode, address, description: withoutNumbers(description) }))
  const model = await inSteps(trainSteps(samplesOf(cases, classes), namesOf(classes)), clock, isWanted)
  if (!model) return
  const document: ReferenceDocument<'proposalModel'> = {
    ...{ kind: 'proposalModel', title: '小类建议模型', standard: handbook.standard, madeAt: clock.now(), samples: cases.length },
    ...{ labels: [...model.labels], names: [...model.names], biases: [...model.biases], features: mutable(model.features) },
  }
  await services.transactor.inTransaction(async (unit) => {
    await unit.lock('reference')
    await storeReference(services, unit, { id: proposalModelId, origin: 'city', document }, { actor: null, action: 'reference.imported' })
    return ok(undefined)
  })
  log.info('proposals learned', { cases: cases.length, classes: classes.length })
}

const mutable = (features: Readonly<Record<string, readonly number[]>>): Record<string, number[]> =>
  Object.fromEntries(Object.entries(features).map(([feature, row]) => [feature, [...row]]))

async function readHandbook({ db }: Services): Promise<ReferenceDocument<'handbook'> | undefined> {
  const entry = (await listReference(db)).find(({ kind }) => kind === 'handbook')
  const found = entry && (await findReference(db, 'handbook', entry.id))
  return found?.document.kind === 'handbook' ? found.document : undefined
}

async function inSteps<T>(steps: Generator<number, T>, clock: Clock, isWanted: () => boolean): Promise<T | undefined> {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await new Promise<void>((resolve) => void clock.after(restMs, resolve))
    if (!isWanted()) return undefined
  }
}

/** After a while, when the start is over, and then each hour it is asked whether it is due. */
const firstAfterMs = 60_000
const everyMs = 3_600_000

export function startLearning(services: Services): Stop {
  const { clock, log } = services
  let isStopped = false
  let isLearning = false
  const learn = () => {
    if (isLearning) return
    isLearning = true
    learnProposals(services, () => !isStopped)
      .catch((thrown: unknown) => log.error('proposals could not be learned', { reason: String(thrown) }))
      .finally(() => {
        isLearning = false
      })
  }
  const stops = [clock.after(firstAfterMs, learn), clock.every(everyMs, learn)]
  return () => {
    isStopped = true
    for (const stop of stops) stop()
  }
}
