import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/**
 * Questions about cases that only the centre can answer, and of which nothing is kept here: other lists, locks, names in full, collectors. Each
 * function only turns the command's flat input into the route's parts.
 */
type AskContext = Pick<SeatContext, 'central'>
type AskCommand = 'cases.list' | 'cases.lock' | 'cases.unlock' | 'cases.reveal' | 'collectors.list' | 'collectors.track'

type Asking = {
  readonly [N in AskCommand]: (seat: AskContext, input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>>
}

export const askCentre: Asking = {
  'cases.list': ({ central }, query) => central.call('cases.list', { query }),
  'cases.lock': ({ central }, { caseId, ...body }) => central.call('cases.lock', { params: { caseId }, body }),
  'cases.unlock': ({ central }, { caseId }) => central.call('cases.unlock', { params: { caseId } }),
  'cases.reveal': ({ central }, { caseId, ...body }) => central.call('cases.reveal', { params: { caseId }, body }),
  'collectors.track': ({ central }, { accountNo, ...query }) => central.call('collectors.track', { params: { accountNo }, query }),
  'collectors.list': ({ central }, query) => central.call('collectors.list', { query }),
}
