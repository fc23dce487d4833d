import { err, ok } from '#shared/base/result'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { parseDutyLogText } from '#shared/domain/duty-log/duty-log'
import { insertDutyLogEntry } from '../store/record-store'
import { audit } from './audit'
import type { Answer, Ask, Services } from './services'

/** The duty log 工作日志. Entries may arrive late (written offline), but not after their month was archived. */
export const archiveAfterMs = 31 * 86_400_000

export async function appendDutyLog(services: Services, ask: Ask<InputOf<'dutyLog.append'>>): Answer<OutputOf<'dutyLog.append'>> {
  const { body } = ask.input
  const text = parseDutyLogText(body.text)
  if (!text.ok) return err(appError(text.error))
  return ask.transact(async (unit) => {
    const receivedAt = services.clock.now()
    if (receivedAt - body.writtenAt > archiveAfterMs) return err(appError('dutyLog/monthClosed', { writtenAt: body.writtenAt }))
    const { accountNo, name, role, seatNo } = ask.actor
    const author = { authorNo: accountNo, authorName: name, authorRole: role, seatNo }
    const entry: DutyLogEntry = { ...body, text: text.value, ...author, receivedAt }
    if (!(await insertDutyLogEntry(unit.trx, entry))) return err(appError('record/exists', { key: body.entryId }))
    // The entry holds the words; the audit log tells that it was written, and not what.
    await audit(services, unit, ask.actor, { action: 'dutyLog.appended', subject: body.entryId })
    unit.emit('dutyLog.appended', entry)
    return ok(entry)
  })
}
