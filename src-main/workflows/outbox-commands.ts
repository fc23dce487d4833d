import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { SeatContext } from './context'

/**
 * What a person does with a record that waits: send it again, correct it, take it back. Only its author may touch it; another person at this
 * seat sees that it waits.
 */
type OutboxContext = Pick<SeatContext, 'store' | 'outbox' | 'views' | 'log'>

export type OutboxAction =
  | { readonly type: 'retry'; readonly intentId: string }
  | { readonly type: 'edit'; readonly intentId: string; readonly text: string }
  | { readonly type: 'withdraw'; readonly intentId: string }

export function changeIntent(seat: OutboxContext, accountNo: string, action: OutboxAction): Result<Record<string, never>, AppError> {
  const intent = seat.store.intents.get(action.intentId)
  if (!intent) return err(appError('intent/unknown'))
  if (intent.accountNo !== accountNo) return err(appError('intent/notYours', { accountNo: intent.accountNo }))
  const done = apply(seat, action)
  seat.log.info('queued record changed by its author', {
    intentId: action.intentId,
    action: action.type,
    code: done.ok ? 'ok' : done.error.code,
  })
  if (!done.ok) return done
  seat.views.showDutyLog()
  return ok({})
}

function apply({ outbox }: OutboxContext, action: OutboxAction): Result<void, AppError> {
  if (action.type === 'edit') return outbox.edit(action.intentId, action.text)
  return action.type === 'retry' ? outbox.retry(action.intentId) : outbox.withdraw(action.intentId)
}
