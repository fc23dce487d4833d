import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'

/**
 * What is being typed belongs to the core and to the account that types it: the next person at this seat neither sees nor overwrites it. Saving
 * happens at every pause in typing, so it outlives the program's death but does not wait for the disk.
 */
type DraftContext = Pick<SeatContext, 'store' | 'now'>

/** The key under which an account's draft lies in the store. */
export const draftKeyOf = (accountNo: string, key: string) => `${accountNo}/${key}`

export function getDraft(seat: DraftContext, accountNo: string, { key }: InputOfCommand<'drafts.get'>): OutputOfCommand<'drafts.get'> {
  return seat.store.drafts.get(draftKeyOf(accountNo, key)) ?? { body: null, savedAt: null }
}

export function saveDraft(
  seat: DraftContext,
  accountNo: string,
  { key, body }: InputOfCommand<'drafts.save'>,
): Result<OutputOfCommand<'drafts.save'>, AppError> {
  const savedAt = seat.now()
  const saved = seat.store.transaction(() => seat.store.drafts.save(draftKeyOf(accountNo, key), body, savedAt), 'processDeath')
  return saved.ok ? ok({ savedAt }) : saved
}

export function discardDraft(
  seat: DraftContext,
  accountNo: string,
  { key }: InputOfCommand<'drafts.discard'>,
): Result<OutputOfCommand<'drafts.discard'>, AppError> {
  const discarded = seat.store.transaction(() => seat.store.drafts.discard(draftKeyOf(accountNo, key)), 'processDeath')
  return discarded.ok ? ok({}) : discarded
}
