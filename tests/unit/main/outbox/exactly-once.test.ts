import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOutbox } from '#main/outbox/outbox'
import type { Intent, Outbox } from '#main/workflows/ports'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { createFakeClock } from '../../../fakes/fake-clock'
import { createKeptLog } from '../../../fakes/kept-log'
import { createMemoryIntents } from '../../../fakes/memory-intents'
import { intent, kindsOf, startMs, tellingKind } from './outbox-bench'

/**
 * Whatever the network, the centre and the power do, in whatever order: in the end the centre holds every record that was not taken back, once, and
 * those of a subject in the order of their making.
 */
type Fate = 'done' | 'doneAnswerLost' | 'neverArrived' | 'busy' | 'refused' | 'signIn'
type Step =
  | { readonly do: 'append'; readonly subject: number }
  | { readonly do: 'fate'; readonly fate: Fate }
  | { readonly do: 'crash' | 'wake' | 'wait' | 'toggleOnline' }
  | { readonly do: 'retry' | 'edit' | 'withdraw'; readonly pick: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('append' as const), subject: fc.nat({ max: 2 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('fate' as const),
      fate: fc.constantFrom<Fate>('done', 'doneAnswerLost', 'neverArrived', 'busy', 'refused', 'signIn'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('crash' as const, 'wake' as const, 'wait' as const, 'toggleOnline' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('retry' as const, 'edit' as const, 'withdraw' as const), pick: fc.nat({ max: 9 }) }),
  },
)

interface Held {
  readonly record: string
  readonly subject: string
}

/** The centre: does a thing once per key, and answers a key it knows with its first answer, also when that was a refusal. */
function createCentre() {
  const answers = new Map<string, Result<unknown, AppError>>()
  const held: Held[] = []
  const receive = (sent: Intent, fate: Fate): Result<unknown, AppError> => {
    const known = answers.get(sent.intentId)
    if (known) return known
    const answer = fate === 'refused' ? err(appError('dutyLog/monthClosed')) : ok({})
    if (answer.ok) held.push({ record: (sent.body as { record: string }).record, subject: sent.subject })
    answers.set(sent.intentId, answer)
    return answer
  }
  return { held, receive }
}

/** Everything outside one run of the program: what survives its death, and the world it talks to. */
function createWorld() {
  const rows: Intent[] = []
  const centre = createCentre()
  const clock = createFakeClock(startMs)
  const waiting: ((fate: Fate) => void)[] = []
  const withdrawn = new Set<string>()
  const kind = tellingKind([])
  const world = { isOnline: true, made: 0 }
  const start = () => {
    const life = { isOver: false }
    const memory = createMemoryIntents(rows)
    const outbox = createOutbox({
      intents: memory.intents,
      // A dead program writes nothing more, whatever answers still arrive.
      transaction: (work) => (life.isOver ? err(appError('store/readOnly')) : memory.transaction(work)),
      kinds: kindsOf({
        ...kind,
        edit: (body, text) => ok({ ...(body as object), text }),
        withdrawn: (body) => void withdrawn.add((body as { record: string }).record),
      }),
      clock,
      ids: { uuid: () => `key-${++world.made}` },
      random: () => 0.3,
      isOnline: () => world.isOnline && !life.isOver,
      log: createKeptLog(),
      deliver: (sent) =>
        new Promise((resolve) => {
          waiting.push((fate) => {
            if (fate === 'neverArrived') resolve(err(appError('central/offline')))
            else if (fate === 'busy') resolve(err(appError('request/busy')))
            else if (fate === 'signIn') resolve(err(appError('auth/tokenExpired')))
            else {
              const answer = centre.receive(sent, fate)
              resolve(fate === 'doneAnswerLost' ? err(appError('central/timeout')) : answer)
            }
          })
        }),
    })
    const end = (): void => {
      life.isOver = true
    }
    return { outbox, memory, end }
  }
  return { rows, centre, clock, waiting, withdrawn, world, start }
}

async function play(steps: readonly Step[]) {
  const scene = createWorld()
  const { rows, clock, waiting, world } = scene
  const appended: Held[] = []
  let life = scene.start()
  for (const one of steps) {
    if (one.do === 'append') {
      const record = `r${appended.length}`
      const subject = `s${one.subject}`
      appended.push({ record, subject })
      life.memory.intents.append(intent(record, { intentId: `key-${++world.made}`, subject, body: { text: record, record } }))
      life.outbox.wake()
    } else if (one.do === 'fate') waiting.shift()?.(one.fate)
    else if (one.do === 'crash') {
      life.end()
      life = scene.start()
      life.outbox.wake()
    } else if (one.do === 'wake') life.outbox.wake()
    else if (one.do === 'toggleOnline') world.isOnline = !world.isOnline
    else if (one.do === 'wait') await clock.advance(70_000)
    else if ('pick' in one) act(life.outbox, one, rows)
    await clock.advance(0)
  }
  // In the end the network is well, and somebody retries what was parked.
  world.isOnline = true
  for (let round = 0; round < 300 && rows.length > 0; round += 1) {
    while (waiting.length > 0) waiting.shift()?.('done')
    await clock.advance(70_000)
    for (const { intentId, state } of [...rows]) if (state === 'parked') life.outbox.retry(intentId)
    life.outbox.wake()
    await clock.advance(0)
  }
  return { ...scene, appended }
}

function act(outbox: Outbox, one: Extract<Step, { pick: number }>, rows: readonly Intent[]): void {
  const target = rows[one.pick % Math.max(1, rows.length)]
  if (!target) return
  if (one.do === 'retry') outbox.retry(target.intentId)
  else if (one.do === 'edit') outbox.edit(target.intentId, `edited ${one.pick}`)
  else outbox.withdraw(target.intentId)
}

describe('the outbox', () => {
  it('gives the centre every record that was not taken back, once, and a subject in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { rows, centre, appended, withdrawn } = await play(steps)
        expect(rows).toEqual([])
        const expected = appended.filter(({ record }) => !withdrawn.has(record))
        for (const subject of ['s0', 's1', 's2']) {
          const of = (records: readonly Held[]) => records.filter((one) => one.subject === subject)
          expect(of(centre.held)).toEqual(of(expected))
        }
      }),
      { numRuns: 200 },
    )
  }, 30_000)
})
