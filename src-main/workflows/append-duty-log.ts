import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { DutyLogDraft } from '#shared/contracts/central-api/duty-log'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { parseDutyLogText } from '#shared/domain/duty-log/duty-log'
import type { Origin } from '#shared/domain/duty-log/seal'
import type { SeatContext } from './context'
import { draftKeyOf } from './drafts'

/**
 * Writes a duty log entry 工作日志. The entry, the intent to send it and the end of its draft are one transaction: after it the words are kept
 * and on their way, before it they are still a draft, and nothing lies between.
 */
export function appendDutyLog(
  seat: Pick<SeatContext, 'store' | 'ids' | 'now' | 'outbox' | 'views' | 'log' | 'sealer'>,
  me: Me,
  input: InputOfCommand<'dutyLog.append'>,
  origin: Origin = 'person',
): Result<OutputOfCommand<'dutyLog.append'>, AppError> {
  const text = parseDutyLogText(input.text)
  if (!text.ok) return err(appError(text.error))
  const written = seat.store.transaction(() => {
    const entryId = putDutyLog(seat, me, { ...input, text: text.value }, origin)
    if (input.draftKey !== undefined) seat.store.drafts.discard(draftKeyOf(me.accountNo, input.draftKey))
    return entryId
  })
  if (!written.ok) return written
  seat.log.info('duty log entry written', { entryId: written.value, characters: text.value.length })
  seat.views.showDutyLog()
  seat.outbox.wake()
  return ok({ entryId: written.value })
}

/** The entry and its intent, inside the caller's transaction, for what is written together with another record. `text` as `parseDutyLogText` gives it. */
export function putDutyLog(
  seat: Pick<SeatContext, 'store' | 'ids' | 'now' | 'sealer'>,
  me: Me,
  { kind, text, corrects, links = [] }: Pick<InputOfCommand<'dutyLog.append'>, 'kind' | 'text' | 'corrects' | 'links'>,
  origin: Origin,
): string {
  const writtenAt = seat.now()
  const entryId = seat.ids.uuid()
  const author = { authorNo: me.accountNo, authorName: me.name, seatNo: me.seatNo }
  const words = { entryId, kind, text, shiftId: me.shift?.shiftId ?? null, writtenAt }
  const rest = { origin, corrects: corrects ?? null, links: [...links] }
  const { seal } = seat.sealer.seal({ ...words, ...author, ...rest })
  const draft: DutyLogDraft = { ...words, ...rest, seal, authorName: me.name }
  seat.store.dutyLog.insert({ ...words, ...author, sealed: { ...rest, seal }, receivedAt: null, sync: 'waiting', reason: null })
  seat.store.intents.append({
    intentId: seat.ids.uuid(),
    kind: 'dutyLog.append',
    // Entries do not depend on each other: one that the centre refuses must not hold up the rest.
    subject: `dutyLog/${entryId}`,
    accountNo: me.accountNo,
    body: draft,
    createdAt: writtenAt,
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: null,
    reason: null,
  })
  return entryId
}
