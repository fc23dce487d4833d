import { err, ok } from '#shared/base/result'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { parseDutyLogText } from '#shared/domain/duty-log/duty-log'
import { indexEntry, insertSeal, keepLinkedAttachments } from '../store/log-store'
import { insertDutyLogEntry } from '../store/record-store'
import { audit } from './audit'
import type { Answer, Ask, Services } from './services'
import { provenSeat } from './shift/log-keys'

/** The duty log 工作日志. Entries may arrive late (written offline), but not after their month was archived. */
export const archiveAfterMs = 31 * 86_400_000

export async function appendDutyLog(services: Services, ask: Ask<InputOf<'dutyLog.append'>>): Answer<OutputOf<'dutyLog.append'>> {
  const { body } = ask.input
  const text = parseDutyLogText(body.text)
  if (!text.ok) return err(appError(text.error))
  return ask.transact(async (unit) => {
    const receivedAt = services.clock.now()
    // A sealed one is taken however late it comes: its seal tells when it was written, and without it the chain would end.
    if (!body.seal && receivedAt - body.writtenAt > archiveAfterMs)
      return err(appError('dutyLog/monthClosed', { writtenAt: body.writtenAt }))
    const { accountNo, name, role, seatNo } = ask.actor
    const sealedAt = body.seal ? await provenSeat(unit.trx, body, ask.actor) : seatNo
    // What is sealed is kept as it was sealed, to the last character, or not at all.
    if (sealedAt === undefined || (body.seal && text.value !== body.text)) return err(appError('dutyLog/sealBroken'))
    const author = { authorNo: accountNo, authorName: body.seal ? (body.authorName ?? name) : name, authorRole: role, seatNo: sealedAt }
    const entry: DutyLogEntry = { ...body, text: text.value, ...author, receivedAt }
    if (!(await insertDutyLogEntry(unit.trx, entry))) return err(appError('record/exists', { key: body.entryId }))
    await insertSeal(unit.trx, entry.entryId, body)
    await keepLinkedAttachments(unit.trx, entry)
    await indexEntry(unit.trx, entry)
    // The entry holds the words; the audit log tells that it was written, and not what.
    await audit(services, unit, ask.actor, { action: 'dutyLog.appended', subject: body.entryId })
    unit.emit('dutyLog.appended', entry)
    return ok(entry)
  })
}
