import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { MoraleReportDraft } from '#shared/contracts/central-api/morale'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'
import type { IntentKind } from '../ports'

/** 思想动态: waits here to be sent, and is gone from this PC when the centre has it. The list of what waits shows none of its words. */
export function reportMorale(
  seat: Pick<SeatContext, 'store' | 'ids' | 'now' | 'outbox'>,
  me: Me,
  { about, text }: InputOfCommand<'morale.report'>,
): Result<OutputOfCommand<'morale.report'>, AppError> {
  const report: MoraleReportDraft = { reportId: seat.ids.uuid(), about: about.trim(), text: text.trim(), writtenAt: seat.now() }
  const written = seat.store.transaction(() =>
    seat.store.intents.append({
      ...{ intentId: seat.ids.uuid(), kind: 'morale.report', subject: `morale/${report.reportId}`, accountNo: me.accountNo, body: report },
      ...{ createdAt: report.writtenAt, state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
    }),
  )
  if (!written.ok) return written
  seat.outbox.wake()
  return ok({ reportId: report.reportId })
}

export const moraleKind: IntentKind = {
  title: '思想动态',
  summary: () => '内容只给管理层看',
  canWithdraw: true,
  editableText: () => null,
  edit: () => err(appError('intent/notEditable')),
  delivered: () => undefined,
  parked: () => undefined,
  requeued: () => undefined,
  withdrawn: () => undefined,
}
