import { err, ok } from '#shared/base/result'
import { type MoraleReport, moraleReaders } from '#shared/contracts/central-api/morale'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { audit } from '../audit'
import type { Answer, Ask, Services } from '../services'

/** 思想动态: kept apart from the duty log, told to nobody by an event, read by managers and by whoever wrote it. */
const shownMs = 365 * 86_400_000
const mostShown = 500

export function appendMoraleReport(
  services: Services,
  ask: Ask<InputOf<'moraleReports.append'>>,
): Answer<OutputOf<'moraleReports.append'>> {
  const { accountNo: authorNo, name: authorName, role: authorRole } = ask.actor
  const report: MoraleReport = { ...ask.input.body, authorNo, authorName, authorRole, receivedAt: services.clock.now() }
  const { reportId, writtenAt } = report
  return ask.transact(async (unit) => {
    const { numInsertedOrUpdatedRows } = await unit.trx
      .insertInto('morale_report')
      .values({ report_id: reportId, account_no: authorNo, written_at: writtenAt, report: JSON.stringify(report) })
      .onConflict((conflict) => conflict.column('report_id').doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return err(appError('record/exists', { key: reportId }))
    // That one was written, and neither what nor about whom.
    await audit(services, unit, ask.actor, { action: 'moraleReport.appended', subject: reportId })
    return ok(report)
  })
}

export async function readMoraleReports(
  services: Services,
  ask: Ask<InputOf<'moraleReports.list'>>,
): Answer<OutputOf<'moraleReports.list'>> {
  const { accountNo, role } = ask.actor
  const isManager = moraleReaders.some((reader) => reader === role)
  let query = services.db
    .selectFrom('morale_report')
    .select('report')
    .where('written_at', '>=', services.clock.now() - shownMs)
    .orderBy('written_at', 'desc')
    .orderBy('report_id', 'desc')
    .limit(mostShown)
  if (!isManager) query = query.where('account_no', '=', accountNo)
  return ok({ items: (await query.execute()).map(({ report }) => JSON.parse(report) as MoraleReport) })
}
