import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { ExchangeEntry, HandedCaseStatus } from '#shared/contracts/central-api/exchange'
import type { CaseRow } from '#shared/domain/case/row'
import { caseStates, isEnd, stages } from '#shared/domain/case/states'
import type { PartnerRow } from './exchange-schema'
import type { Database, Statements } from './open-database'
import type { Place } from './record-store'

/** Partners, their cases and the log of the exchange. The queue of what is to be sent is in `exchange-outbox-store.ts`. */
type Reader = Database | Statements

/** Another platform that may call. */
export interface Partner {
  readonly partnerId: string
  readonly name: string
}

export interface NewPartner extends Partner {
  readonly keyHash: string
  readonly signingSecret: string
  readonly notifyUrl: string | null
  /** Sources whose replies go to it though it hands over no cases. */
  readonly replySources: readonly string[]
  readonly createdAt: EpochMs
}

const partnerOf = ({ partner_id, name }: Pick<PartnerRow, 'partner_id' | 'name'>): Partner => ({ partnerId: partner_id, name })

/** Only one that is enabled. */
export async function findPartnerByKeyHash(db: Reader, keyHash: string): Promise<Partner | undefined> {
  const row = await db
    .selectFrom('partner')
    .select(['partner_id', 'name'])
    .where('key_hash', '=', keyHash)
    .where('is_enabled', '=', 1)
    .executeTakeFirst()
  return row && partnerOf(row)
}

/** False when the name is taken. */
export async function insertPartner(trx: Statements, partner: NewPartner): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('partner')
    .values({
      partner_id: partner.partnerId,
      name: partner.name,
      key_hash: partner.keyHash,
      signing_secret: partner.signingSecret,
      notify_url: partner.notifyUrl,
      is_enabled: 1,
      reply_sources: partner.replySources.length === 0 ? null : `,${partner.replySources.join(',')},`,
      created_at: partner.createdAt,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** False when there is none of that name that is enabled. */
export async function disablePartner(trx: Statements, name: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('partner')
    .set({ is_enabled: 0 })
    .where('name', '=', name)
    .where('is_enabled', '=', 1)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export interface HandedCaseRecord {
  readonly partnerId: string
  readonly externalNo: string
  readonly caseId: string
  readonly caseNo: string
  readonly receivedAt: EpochMs
}

/** False when this partner has used the number before. */
export async function insertExchangeCase(trx: Statements, record: HandedCaseRecord): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('exchange_case')
    .values({
      partner_id: record.partnerId,
      external_no: record.externalNo,
      case_id: record.caseId,
      case_no: record.caseNo,
      received_at: record.receivedAt,
      changed_at: record.receivedAt,
      closing_opinion: null,
    })
    .onConflict((conflict) => conflict.columns(['partner_id', 'external_no']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function findExchangeCase(
  db: Reader,
  partnerId: string,
  externalNo: string,
): Promise<Pick<HandedCaseRecord, 'externalNo' | 'caseNo' | 'receivedAt'> | undefined> {
  const row = await db
    .selectFrom('exchange_case')
    .select(['external_no', 'case_no', 'received_at'])
    .where('partner_id', '=', partnerId)
    .where('external_no', '=', externalNo)
    .executeTakeFirst()
  return row && { externalNo: row.external_no, caseNo: row.case_no, receivedAt: row.received_at }
}

const selectStatus = (db: Reader) =>
  db
    .selectFrom('exchange_case as mine')
    .innerJoin('case_record', 'case_record.case_id', 'mine.case_id')
    .select(['mine.case_id', 'mine.external_no', 'mine.received_at', 'mine.changed_at', 'mine.closing_opinion', 'case_record.row'])

type StatusRow = Awaited<ReturnType<ReturnType<typeof selectStatus>['executeTakeFirstOrThrow']>>

const statusRowOf = (row: StatusRow): HandedCaseStatus =>
  statusOf(JSON.parse(row.row) as CaseRow, {
    no: row.external_no,
    receivedAt: row.received_at,
    updatedAt: row.changed_at,
    closingOpinion: row.closing_opinion,
  })

/** What a partner is told of a case, wherever it is told. */
export function statusOf(
  { caseNo, state, stage }: Pick<CaseRow, 'caseNo' | 'state' | 'stage'>,
  told: Pick<HandedCaseStatus, 'no' | 'receivedAt' | 'updatedAt' | 'closingOpinion'>,
): HandedCaseStatus {
  const names = { stateName: caseStates[state].name, stageName: stages[stage].name }
  return { caseNo, state, stage, ...names, isEnded: isEnd(state), ...told }
}

export async function findStatus(db: Reader, partnerId: string, externalNo: string): Promise<HandedCaseStatus | undefined> {
  const row = await selectStatus(db).where('mine.partner_id', '=', partnerId).where('mine.external_no', '=', externalNo).executeTakeFirst()
  return row && statusRowOf(row)
}

/** In the order of their last change, up to `until`, each with its place. */
export async function listStatus(
  db: Reader,
  query: {
    readonly partnerId: string
    readonly since: EpochMs
    readonly until: EpochMs
    readonly after: Place | undefined
    readonly limit: number
  },
): Promise<readonly { readonly status: HandedCaseStatus; readonly place: Place }[]> {
  const { partnerId, since, until, after, limit } = query
  let rows = selectStatus(db)
    .where('mine.partner_id', '=', partnerId)
    .where('mine.changed_at', '>=', since)
    .where('mine.changed_at', '<=', until)
    .orderBy('mine.changed_at')
    .orderBy('mine.case_id')
    .limit(limit)
  if (after) {
    rows = rows.where((eb) =>
      eb.or([eb('mine.changed_at', '>', after.at), eb.and([eb('mine.changed_at', '=', after.at), eb('mine.case_id', '>', after.id)])]),
    )
  }
  return (await rows.execute()).map((row) => ({ status: statusRowOf(row), place: { at: row.changed_at, id: row.case_id } }))
}

export async function insertExchangeEntry(db: Reader, entry: ExchangeEntry): Promise<void> {
  await db
    .insertInto('exchange_log')
    .values({
      entry_id: entry.entryId,
      at: entry.at,
      partner_name: entry.partnerName,
      direction: entry.direction,
      operation: entry.operation,
      external_no: entry.externalNo,
      case_no: entry.caseNo,
      outcome: entry.outcome,
      detail: entry.detail,
    })
    .execute()
}

export async function listExchangeEntries(
  db: Reader,
  query: {
    readonly before: Place | undefined
    readonly limit: number
    readonly partner?: string | undefined
    readonly direction?: string | undefined
    /** `notDone`: refused, failed and given up together. */
    readonly outcome?: string | undefined
    readonly caseNo?: string | undefined
  },
): Promise<readonly ExchangeEntry[]> {
  const { before, limit, partner, direction, outcome, caseNo } = query
  let rows = db.selectFrom('exchange_log').selectAll().orderBy('at', 'desc').orderBy('entry_id', 'desc').limit(limit)
  if (before)
    rows = rows.where((eb) => eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('entry_id', '<', before.id)])]))
  if (partner) rows = rows.where(sql<boolean>`partner_name like ${`%${partner.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`)
  if (direction !== undefined) rows = rows.where('direction', '=', direction)
  if (outcome === 'notDone') rows = rows.where('outcome', 'in', ['refused', 'failed', 'givenUp'])
  else if (outcome !== undefined) rows = rows.where('outcome', '=', outcome)
  if (caseNo !== undefined) rows = rows.where('case_no', '=', caseNo)
  return (await rows.execute()).map((row) => ({
    entryId: row.entry_id,
    at: row.at,
    partnerName: row.partner_name,
    direction: row.direction as ExchangeEntry['direction'],
    operation: row.operation as ExchangeEntry['operation'],
    externalNo: row.external_no,
    caseNo: row.case_no,
    outcome: row.outcome as ExchangeEntry['outcome'],
    detail: row.detail,
  }))
}
