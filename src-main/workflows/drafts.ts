import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { ok, type Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'

/**
 * What is being typed belongs to the core and to the account that types it: the next person at this seat neither sees nor overwrites it. Saving
 * happens at every pause in typing, so it outlives the program's death but does not wait for the disk.
 */
type DraftContext = Pick<SeatContext, 'store' | 'now'>

const returnedMark = '#returned'

/** The key under which an account's draft lies in the store. */
export const draftKeyOf = (accountNo: string, key: string) => `${accountNo}/${key}`

/**
 * Withdrawn words lie beside the draft until a box has taken them in: an open box that knows nothing of them yet would write over them with its
 * next save.
 */
const returnedKeyOf = (accountNo: string, key: string) => `${draftKeyOf(accountNo, key)}${returnedMark}`

/** Inside the caller's transaction. `join` puts words that wait there already before the new ones. */
export function returnWords(
  drafts: SeatContext['store']['drafts'],
  place: { readonly accountNo: string; readonly key: string },
  now: EpochMs,
  join: (present: string | undefined) => string,
): void {
  const returnedKey = returnedKeyOf(place.accountNo, place.key)
  const present = drafts.get(returnedKey)
  // Never the same moment twice: it names what a box has taken in.
  drafts.save(returnedKey, join(present?.body), Math.max(now, (present?.savedAt ?? 0) + 1))
}

export function getDraft(seat: DraftContext, accountNo: string, { key }: InputOfCommand<'drafts.get'>): OutputOfCommand<'drafts.get'> {
  const kept = seat.store.drafts.get(draftKeyOf(accountNo, key)) ?? { body: null, savedAt: null }
  const returned = seat.store.drafts.get(returnedKeyOf(accountNo, key))
  return { ...kept, returned: returned ? { body: returned.body, returnedAt: returned.savedAt } : null }
}

export function listDrafts(
  seat: DraftContext,
  accountNo: string,
  { prefix }: InputOfCommand<'drafts.list'>,
): OutputOfCommand<'drafts.list'> {
  const items = new Map<string, OutputOfCommand<'drafts.list'>['items'][number]>()
  for (const { key: full, body, savedAt } of seat.store.drafts.list(draftKeyOf(accountNo, prefix))) {
    const own = full.slice(draftKeyOf(accountNo, '').length)
    const isReturned = own.endsWith(returnedMark)
    const key = isReturned ? own.slice(0, -returnedMark.length) : own
    const before = items.get(key) ?? { key, body: null, savedAt, returned: null }
    items.set(key, isReturned ? { ...before, returned: { body, returnedAt: savedAt } } : { ...before, body })
  }
  return { items: [...items.values()] }
}

export function saveDraft(
  seat: DraftContext,
  accountNo: string,
  { key, body, returnedAt }: InputOfCommand<'drafts.save'>,
): Result<OutputOfCommand<'drafts.save'>, AppError> {
  const savedAt = seat.now()
  const saved = seat.store.transaction(() => {
    const returnedKey = returnedKeyOf(accountNo, key)
    seat.store.drafts.save(draftKeyOf(accountNo, key), body, savedAt)
    if (returnedAt !== undefined && seat.store.drafts.get(returnedKey)?.savedAt === returnedAt) seat.store.drafts.discard(returnedKey)
  }, 'processDeath')
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
