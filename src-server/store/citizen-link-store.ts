import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { Database, Statements } from './open-database'

/** One-time links. Each change names the state it was in: of two who use one at once, one is late. */
export interface CitizenLink {
  readonly caseId: string
  readonly accountId: string
  readonly accountNo: string
  readonly pictureIds: readonly string[]
}

export async function insertLink(
  trx: Statements,
  tokenHash: string,
  link: Omit<CitizenLink, 'pictureIds'> & { readonly createdAt: EpochMs; readonly expiresAt: EpochMs },
): Promise<void> {
  await trx
    .insertInto('citizen_link')
    .values({
      ...{ token_hash: tokenHash, case_id: link.caseId, account_id: link.accountId, account_no: link.accountNo },
      ...{ created_at: link.createdAt, expires_at: link.expiresAt, pictures: 0, picture_ids: '[]', used_at: null },
    })
    .execute()
}

/** Neither used nor expired. */
export async function findLink(db: Database | Statements, tokenHash: string, now: EpochMs): Promise<CitizenLink | undefined> {
  const row = await db
    .selectFrom('citizen_link')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return (
    row && {
      ...{ caseId: row.case_id, accountId: row.account_id, accountNo: row.account_no },
      pictureIds: JSON.parse(row.picture_ids) as string[],
    }
  )
}

/** Takes one of the places for a picture. False: there is none left. */
export async function takePlace(db: Database, tokenHash: string, most: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('citizen_link')
    .set({ pictures: sql`pictures + 1` })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('pictures', '<', most)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function addPicture(trx: Statements, tokenHash: string, before: readonly string[], pictureId: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('citizen_link')
    .set({ picture_ids: JSON.stringify([...before, pictureId]) })
    .where('token_hash', '=', tokenHash)
    .where('picture_ids', '=', JSON.stringify(before))
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** From now on it opens nothing. False: it was used before. */
export async function spendLink(trx: Statements, tokenHash: string, now: EpochMs): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('citizen_link')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
