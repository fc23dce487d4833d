import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { HistoryEntry } from '#shared/domain/case/history'
import type { CaseProgress } from '#shared/domain/case/progress'
import { isReplyLate } from '#shared/domain/case/reply'
import type { CaseRow } from '#shared/domain/case/row'
import { type CaseSource, caseSources } from '#shared/domain/case/states'
import type { Viewer } from '#shared/domain/case/visibility'
import { visibleTo } from './case-conditions'
import { statusOf } from './exchange-store'
import type { Database, Statements } from './open-database'

/** Replies to the sources of cases: who waits for one, and the queue that brings an approved one to the platform that has an address for it. */

/** The nearest day first, those without one last. */
export async function listRepliesDue(db: Database, viewer: Viewer, limit: number): Promise<CaseRow[]> {
  const rows = await db
    .selectFrom('case_record')
    .select('row')
    // Written out and not bound: only then does the partial index serve.
    .where(sql<boolean>`needs_reply = 1`)
    .where(visibleTo(viewer))
    .orderBy(sql`case when reply_by is null then 1 else 0 end`)
    .orderBy('reply_by')
    .orderBy('case_id')
    .limit(limit)
    .execute()
  return rows.map(({ row }) => JSON.parse(row) as CaseRow)
}

export async function listRepliesSent(db: Database, viewer: Viewer, since: EpochMs, limit: number): Promise<CaseRow[]> {
  const rows = await db
    .selectFrom('case_record')
    .select('row')
    .where('replied_at', '>=', since)
    .where(visibleTo(viewer))
    .orderBy('replied_at', 'desc')
    .orderBy('case_id')
    .limit(limit)
    .execute()
  return rows.map(({ row }) => JSON.parse(row) as CaseRow)
}

interface ReplyDoor {
  readonly partnerId: string
  readonly name: string
  /** The number under which that platform knows the case. */
  readonly externalNo: string
}

/** The platform that takes the reply: the one that handed the case over, else the one that was made known for its source. Undefined: a person brings it. */
export async function findReplyDoor(
  trx: Statements,
  { caseId, source, externalNo }: { readonly caseId: string; readonly source: CaseSource; readonly externalNo: string },
): Promise<ReplyDoor | undefined> {
  const handed = await trx
    .selectFrom('exchange_case')
    .innerJoin('partner', 'partner.partner_id', 'exchange_case.partner_id')
    .select(['partner.partner_id', 'partner.name', 'exchange_case.external_no'])
    .where('exchange_case.case_id', '=', caseId)
    .where('partner.is_enabled', '=', 1)
    .where('partner.notify_url', 'is not', null)
    .executeTakeFirst()
  if (handed) return { partnerId: handed.partner_id, name: handed.name, externalNo: handed.external_no }
  const made = await trx
    .selectFrom('partner')
    .select(['partner_id', 'name'])
    .where('is_enabled', '=', 1)
    .where('notify_url', 'is not', null)
    .where('reply_sources', 'like', `%,${source},%`)
    .orderBy('created_at')
    .executeTakeFirst()
  return made && { partnerId: made.partner_id, name: made.name, externalNo }
}

/** To be called with every step of a case: an approved reply that the program brings to its source is queued in the transaction of its approval. */
export async function queueReply(
  trx: Statements,
  { after, entry, row }: { readonly after: CaseProgress; readonly entry: HistoryEntry; readonly row: CaseRow },
): Promise<void> {
  const { facts, reply } = after
  if (entry.action !== 'approveReply' || reply?.via == null || facts.external === null) return
  const { caseId, caseNo, version } = row
  const door = await findReplyDoor(trx, { caseId, source: facts.source, externalNo: facts.external.no })
  // Made known to nobody any more between the look and the step: the reply waits, and is seen to wait.
  if (!door) return
  const told = { no: door.externalNo, receivedAt: after.beganAt, updatedAt: entry.at, closingOpinion: null }
  const { platform, replyBy } = facts.external
  await trx
    .insertInto('exchange_outbox')
    .values({
      ...{ delivery_id: `${caseId}.${version}`, partner_id: door.partnerId, case_id: caseId, version },
      ...{
        external_no: door.externalNo,
        case_no: caseNo,
        created_at: entry.at,
        attempts: 0,
        next_at: entry.at,
        state: 'waiting',
        is_reply: 1,
      },
      body: JSON.stringify({
        ...statusOf(row, told),
        reply: {
          ...{ text: reply.text, approvedAt: entry.at, replyBy, isLate: isReplyLate(replyBy, null, entry.at) },
          ...{ source: facts.source, sourceName: caseSources[facts.source].name, platform },
        },
      }),
    })
    .execute()
}
