import type { EpochMs } from '#shared/base/clock'
import type { HistoryEntry } from '#shared/domain/case/history'
import type { CaseProgress } from '#shared/domain/case/progress'
import type { CaseRow } from '#shared/domain/case/row'
import { caseStates, isEnd } from '#shared/domain/case/states'
import { statusOf } from './exchange-store'
import type { Database, Statements } from './open-database'

/**
 * What is to be sent to the platforms that handed cases over: written in the transaction of the case's own change, taken by one sender at a time.
 * Nothing is sent here.
 */
type Reader = Database | Statements

/**
 * To be called with every step of a case: when its stage changed or it ended, and it came from a partner, the partner's record of it moves on and
 * a notification is queued. For every other case it does nothing and asks nothing.
 */
export async function noteForPartner(
  trx: Statements,
  step: { readonly before: CaseProgress; readonly after: CaseProgress; readonly entry: HistoryEntry; readonly row: CaseRow },
): Promise<void> {
  const { before, after, entry, row } = step
  const isNews = caseStates[before.state].stage !== caseStates[after.state].stage || (isEnd(after.state) && before.state !== after.state)
  if (after.facts.external === null || !isNews) return
  const closingOpinion = isEnd(after.state) ? wordsOf(entry) : null
  const mine = await trx
    .updateTable('exchange_case')
    .set({ changed_at: entry.at, closing_opinion: closingOpinion })
    .where('case_id', '=', row.caseId)
    .returningAll()
    .executeTakeFirst()
  if (!mine) return
  const partner = await trx
    .selectFrom('partner')
    .select(['notify_url', 'is_enabled'])
    .where('partner_id', '=', mine.partner_id)
    .executeTakeFirst()
  if (!partner?.notify_url || partner.is_enabled === 0) return
  const told = { no: mine.external_no, receivedAt: mine.received_at, updatedAt: entry.at, closingOpinion }
  await trx
    .insertInto('exchange_outbox')
    .values({
      delivery_id: `${row.caseId}.${row.version}`,
      partner_id: mine.partner_id,
      case_id: row.caseId,
      version: row.version,
      external_no: mine.external_no,
      case_no: row.caseNo,
      body: JSON.stringify(statusOf(row, told)),
      created_at: entry.at,
      attempts: 0,
      next_at: entry.at,
      state: 'waiting',
      is_reply: 0,
    })
    .execute()
}

/** Whoever ended a case said why in one of these. */
const wordsOf = ({ input }: HistoryEntry): string | null => input.answer ?? input.opinion ?? input.reason ?? null

export interface Delivery {
  readonly deliveryId: string
  readonly caseId: string
  readonly isReply: boolean
  readonly caseNo: string
  readonly externalNo: string
  readonly body: string
  readonly createdAt: EpochMs
  /** Tries before this one. */
  readonly attempts: number
  readonly partnerName: string
  readonly notifyUrl: string
  readonly signingSecret: string
}

/**
 * Takes what is due, the oldest of each case only, so that a partner hears of one case's changes in their order. What is taken is not due again
 * until `heldUntil`; two senders that look at once take different ones.
 */
export async function takeDeliveries(
  trx: Statements,
  { now, heldUntil, limit }: { readonly now: EpochMs; readonly heldUntil: EpochMs; readonly limit: number },
): Promise<readonly Delivery[]> {
  const due = await trx
    .selectFrom('exchange_outbox as due')
    .innerJoin('partner', 'partner.partner_id', 'due.partner_id')
    .selectAll('due')
    .select(['partner.name', 'partner.notify_url', 'partner.signing_secret'])
    .where('due.state', '=', 'waiting')
    .where('due.next_at', '<=', now)
    .where('partner.is_enabled', '=', 1)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('exchange_outbox as earlier')
            .select('earlier.delivery_id')
            .whereRef('earlier.case_id', '=', 'due.case_id')
            .whereRef('earlier.version', '<', 'due.version')
            .where('earlier.state', '=', 'waiting'),
        ),
      ),
    )
    .orderBy('due.next_at')
    .limit(limit)
    .execute()
  const taken: Delivery[] = []
  for (const row of due) {
    // Another sender may have been quicker since the look.
    const { numUpdatedRows } = await trx
      .updateTable('exchange_outbox')
      .set({ next_at: heldUntil, attempts: row.attempts + 1 })
      .where('delivery_id', '=', row.delivery_id)
      .where('state', '=', 'waiting')
      .where('attempts', '=', row.attempts)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== 1n || row.notify_url === null) continue
    taken.push({
      deliveryId: row.delivery_id,
      caseId: row.case_id,
      isReply: row.is_reply === 1,
      caseNo: row.case_no,
      externalNo: row.external_no,
      body: row.body,
      createdAt: row.created_at,
      attempts: row.attempts,
      partnerName: row.name,
      notifyUrl: row.notify_url,
      signingSecret: row.signing_secret,
    })
  }
  return taken
}

/** `waiting` until `nextAt`, or at its end. */
export async function settleDelivery(
  db: Reader,
  deliveryId: string,
  settled: { readonly state: 'delivered' | 'givenUp' } | { readonly state: 'waiting'; readonly nextAt: EpochMs },
): Promise<void> {
  await db
    .updateTable('exchange_outbox')
    .set({ state: settled.state, ...(settled.state === 'waiting' && { next_at: settled.nextAt }) })
    .where('delivery_id', '=', deliveryId)
    .where('state', '=', 'waiting')
    .execute()
}
