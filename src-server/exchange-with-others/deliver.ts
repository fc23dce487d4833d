import { createHmac } from 'node:crypto'
import { type BackOff, backOffMs } from '#shared/base/back-off'
import { dayMs } from '#shared/base/china-time'
import { ok } from '#shared/base/result'
import { type Delivery, settleDelivery, takeDeliveries } from '../store/exchange-outbox-store'
import { settleReply } from '../workflows/cases/replies'
import type { Services } from '../workflows/services'
import { logExchange } from './exchange-log'

/**
 * Sends queued notifications to the platforms that wait for them: signed, in the order of each case's changes, again and again with growing pauses
 * until the receiver says yes or three days have passed. The same change always has the same delivery number, so that a receiver that has it
 * already, because an answer was lost, does it once. Several processes may send at once; each takes others.
 */
export interface Delivering {
  /** Sends what is due now, and resolves when every answer is stored. */
  deliverDue(): Promise<void>
  /** Breaks off what is under way, which is then sent again after the next start, and resolves when nothing is. */
  stop(): Promise<void>
}

/** Posts and tells the status; rejects when nothing came back, or `stop` told it to give up. */
export type Post = (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  stop: AbortSignal,
) => Promise<{ readonly status: number }>

interface Parts {
  readonly services: Pick<Services, 'db' | 'transactor' | 'ids' | 'clock' | 'databaseKind' | 'caseSettings'>
  readonly post: Post
  readonly random: () => number
}

const pause: BackOff = { firstMs: 30_000, mostMs: 3_600_000, spread: [0.5, 1] }
const giveUpAfterMs = 3 * dayMs
/** Longer than any attempt lasts. Whoever dies while trying leaves it to the next after this. */
const holdMs = 120_000
const atOnce = 20
/** The first failure, and then one in so many, so that a platform that is down for days does not fill the log. */
const logEvery = 10

export function createDelivering(parts: Parts): Delivering {
  let running: Promise<void> | undefined
  const stopping = new AbortController()
  const run = async () => {
    const { services } = parts
    const now = services.clock.now()
    const taken = await services.transactor.inTransaction(async ({ trx }) =>
      ok(await takeDeliveries(trx, { now, heldUntil: now + holdMs, limit: atOnce })),
    )
    if (taken.ok) await Promise.all(taken.value.map((delivery) => deliver(parts, delivery, stopping.signal)))
  }
  return {
    deliverDue() {
      if (stopping.signal.aborted) return Promise.resolve()
      running ??= run().finally(() => {
        running = undefined
      })
      return running
    },
    async stop() {
      stopping.abort()
      await running?.catch(() => undefined)
    },
  }
}

async function deliver({ services, post, random }: Parts, delivery: Delivery, stop: AbortSignal): Promise<void> {
  const { deliveryId, notifyUrl, body, attempts, caseNo, externalNo, partnerName } = delivery
  const answer = await post(notifyUrl, body, headersOf(delivery, services.clock.now()), stop).catch((thrown: unknown) => reasonOf(thrown))
  if (typeof answer === 'string' && stop.aborted) return
  const isDone = typeof answer !== 'string' && answer.status >= 200 && answer.status < 300
  const now = services.clock.now()
  const isOver = !isDone && now - delivery.createdAt >= giveUpAfterMs
  const tried = attempts + 1
  const operation = delivery.isReply ? 'sendReply' : 'notifyStatus'
  const about = { partnerName, direction: 'out', operation, externalNo, caseNo } as const
  const said = typeof answer === 'string' ? answer : `对方回应 ${answer.status}`
  const nextAt = now + backOffMs(tried, random(), pause)
  if (isDone || isOver) await settle(services, delivery, isDone)
  else await settleDelivery(services.db, deliveryId, { state: 'waiting', nextAt })
  if (!isDone && !isOver && tried % logEvery !== 1) return
  const outcome = isDone ? 'done' : isOver ? 'givenUp' : 'failed'
  await logExchange(services, services.db, { ...about, outcome, detail: `${said}，第 ${tried} 次` })
}

/** A reply's end is told in its case, in the same transaction. Where the case cannot take the step, its delivery is settled all the same and not sent again. */
async function settle(services: Parts['services'], { deliveryId, caseId, isReply }: Delivery, isDelivered: boolean): Promise<void> {
  const settled = { state: isDelivered ? 'delivered' : 'givenUp' } as const
  const done = await services.transactor.inTransaction(async (unit) => {
    await settleDelivery(unit.trx, deliveryId, settled)
    return isReply ? settleReply(services, unit, { caseId, isDelivered }) : ok(undefined)
  })
  if (!done.ok) await settleDelivery(services.db, deliveryId, settled)
}

/** Over moment, delivery and body: none of them can be exchanged for another without the secret (RFC 2104, SHA-256). */
export function headersOf({ deliveryId, body, signingSecret }: Pick<Delivery, 'deliveryId' | 'body' | 'signingSecret'>, now: number) {
  const signed = createHmac('sha256', signingSecret).update(`${now}.${deliveryId}.${body}`).digest('hex')
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-seat-delivery': deliveryId,
    'x-seat-timestamp': String(now),
    'x-seat-signature': `v1=${signed}`,
  }
}

function reasonOf(thrown: unknown): string {
  const name = thrown instanceof Error ? thrown.name : ''
  return name === 'TimeoutError' ? '对方没有按时回应' : '连不上对方'
}
