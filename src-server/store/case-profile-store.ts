import type { Database, Statements } from './open-database'

/** Which cases were registered under which centre profile. */
type Reader = Database | Statements

export async function hasCasesOfProfile(db: Reader, profileId: string): Promise<boolean> {
  const row = await db.selectFrom('case_record').select('case_id').where('profile_id', '=', profileId).limit(1).executeTakeFirst()
  return row !== undefined
}

export async function moveCasesToProfile(trx: Statements, from: string, to: string): Promise<void> {
  await trx.updateTable('case_record').set({ profile_id: to }).where('profile_id', '=', from).execute()
}
