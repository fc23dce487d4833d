import { err, ok } from '#shared/base/result'
import type { DutyLogDraft } from '#shared/contracts/central-api/duty-log'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type SealedEntry, sealedText, signedText, type Words } from '#shared/domain/duty-log/seal'
import { findSeatKey, insertSeatKey, listSeatKeys } from '../../store/log-store'
import type { Statements } from '../../store/open-database'
import { audit } from '../audit'
import type { Actor, Answer, Ask, Services } from '../services'
import { createProving, readPublicKey, sha256Hex } from './proving'

/** Keys of seats, and what an entry that claims to be sealed must prove before it is taken in. */
export function registerKey(services: Services, ask: Ask<InputOf<'seatKeys.register'>>): Answer<OutputOf<'seatKeys.register'>> {
  const { keyId } = ask.input.params
  const { publicKey } = ask.input.body
  return ask.transact(async (unit) => {
    if (sha256Hex(publicKey) !== keyId || !readPublicKey(publicKey)) return err(appError('dutyLog/keyUnfit'))
    const key = { keyId, seatNo: ask.actor.seatNo, publicKey, registeredAt: services.clock.now() }
    if (!(await insertSeatKey(unit.trx, key, ask.actor.accountNo))) {
      const present = await findSeatKey(unit.trx, keyId)
      // A key is one seat's for ever: what it signed says so.
      return present && present.seatNo === key.seatNo ? ok(present) : err(appError('dutyLog/keyUnfit'))
    }
    await audit(services, unit, ask.actor, { action: 'seatKey.registered', subject: keyId, detail: { seatNo: key.seatNo } })
    return ok(key)
  })
}

export async function readKeys({ db }: Services): Answer<OutputOf<'seatKeys.list'>> {
  return ok({ items: [...(await listSeatKeys(db))] })
}

/** The words as they were sealed at the seat; undefined when the entry claims no seal. */
export function sealedEntryOf(draft: DutyLogDraft, author: Pick<Actor, 'accountNo' | 'name'>, seatNo: string): SealedEntry | undefined {
  const { seal, entryId, kind, text, shiftId, writtenAt, origin = 'person', corrects = null, links = [] } = draft
  if (!seal) return undefined
  const authorName = draft.authorName ?? author.name
  const words: Words = { entryId, kind, text, shiftId, authorNo: author.accountNo, authorName, seatNo, writtenAt, origin, corrects, links }
  return { words, seal }
}

/** The seat whose seal this is; undefined when words, seal and key do not belong together. */
export async function provenSeat(
  trx: Statements,
  draft: DutyLogDraft,
  author: Pick<Actor, 'accountNo' | 'name'>,
): Promise<string | undefined> {
  const key = draft.seal && (await findSeatKey(trx, draft.seal.keyId))
  const entry = key && sealedEntryOf(draft, author, key.seatNo)
  if (!key || !entry) return undefined
  const proving = createProving()
  const { hash, signature } = entry.seal
  const isGenuine =
    proving.sha256(sealedText(entry.words, entry.seal)) === hash && proving.isSignedBy(key.publicKey, signedText(hash), signature)
  return isGenuine ? key.seatNo : undefined
}
