import type { AppError } from '#shared/base/app-error'
import { err, type Result } from '#shared/base/result'
import type { caseListRoutes } from '#shared/contracts/central-api/cases'
import type { RouteInput, RouteOutput } from '#shared/contracts/central-api/route'
import { type RouteName, routeNames } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/**
 * Search, likely duplicates, saved views and exports: live at the centre, nothing kept here. A centre whose table does not serve a route is answered
 * for in words.
 */
type ListContext = Pick<SeatContext, 'central' | 'ids'>
type ListRoutes = typeof caseListRoutes
type ListCommand =
  | 'cases.search'
  | 'cases.duplicates'
  | 'views.list'
  | 'views.save'
  | 'views.remove'
  | 'exports.create'
  | 'exports.get'
  | 'exports.cancel'

type Asking = {
  readonly [N in ListCommand]: (seat: ListContext, input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>>
}

async function ask<N extends keyof ListRoutes>(
  { central }: ListContext,
  name: N,
  input: RouteInput<ListRoutes[N]> & { readonly idempotencyKey?: string },
): Promise<Result<RouteOutput<ListRoutes[N]>, AppError>> {
  const isServed = (routeNames as readonly string[]).includes(name)
  // The rows of these routes type what goes in and comes out; the client's own type follows the table.
  return isServed ? ((await central.call(name as never as RouteName, input as never)) as never) : err(appError('request/unknownRoute'))
}

export const askLists: Asking = {
  'cases.search': (seat, query) => ask(seat, 'search.cases', { query }),
  'cases.duplicates': (seat, { position, ...query }) => ask(seat, 'cases.duplicates', { query: { ...query, ...position } }),
  'views.list': (seat) => ask(seat, 'views.list', {}),
  'views.save': (seat, body) => ask(seat, 'views.save', { params: { viewId: body.viewId }, body }),
  'views.remove': (seat, params) => ask(seat, 'views.remove', { params }),
  'exports.create'(seat, input) {
    const exportId = seat.ids.uuid()
    return ask(seat, 'exports.create', { body: { ...input, exportId }, idempotencyKey: exportId })
  },
  'exports.get': (seat, params) => ask(seat, 'exports.get', { params }),
  'exports.cancel': (seat, params) => ask(seat, 'exports.cancel', { params }),
}
