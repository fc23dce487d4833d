import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'

/**
 * Accounts, seats, the audit log and that of exchange: live at the centre, nothing kept here. Each function only turns the command's flat input into the route's
 * parts; a fresh idempotency key per command makes a repeated transmission harmless, while a person who presses twice means two.
 */
type AdminContext = Pick<SeatContext, 'central' | 'ids'>
type AdminCommand =
  | 'agents.direct'
  | 'accounts.list'
  | 'accounts.create'
  | 'accounts.update'
  | 'accounts.resetPassword'
  | 'seats.list'
  | 'seats.create'
  | 'seats.update'
  | 'audit.list'
  | 'exchangeLog.list'

type Administration = {
  readonly [N in AdminCommand]: (seat: AdminContext, input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>>
}

export const administration: Administration = {
  'agents.direct': ({ central }, { accountNo, direction }) => central.call('agents.direct', { params: { accountNo }, body: { direction } }),
  'accounts.list': ({ central }, query) => central.call('accounts.list', { query }),
  'accounts.create': ({ central, ids }, body) => central.call('accounts.create', { body, idempotencyKey: ids.uuid() }),
  'accounts.update': ({ central, ids }, { accountId, version, ...body }) =>
    central.call('accounts.update', { params: { accountId }, body, ifMatch: version, idempotencyKey: ids.uuid() }),
  'accounts.resetPassword': ({ central }, { accountId, password }) =>
    central.call('accounts.resetPassword', { params: { accountId }, body: { password } }),
  'seats.list': ({ central }) => central.call('seats.list', {}),
  'seats.create': ({ central, ids }, body) => central.call('seats.create', { body, idempotencyKey: ids.uuid() }),
  'seats.update': ({ central, ids }, { seatId, version, ...body }) =>
    central.call('seats.update', { params: { seatId }, body, ifMatch: version, idempotencyKey: ids.uuid() }),
  'audit.list': ({ central }, query) => central.call('audit.list', { query }),
  'exchangeLog.list': ({ central }, query) => central.call('exchange.log.list', { query }),
}
