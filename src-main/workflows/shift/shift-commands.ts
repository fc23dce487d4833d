import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/** Roster, requests, attendance, and the log of years: live at the centre, nothing kept here. Only the parts of the route are put together. */
type Name =
  | 'dutyLog.search'
  | 'dutyLog.verify'
  | 'dutyLog.archive'
  | 'roster.people'
  | 'roster.read'
  | 'roster.write'
  | 'admissions.create'
  | 'shiftRequests.list'
  | 'shiftRequests.ask'
  | 'shiftRequests.answer'
  | 'attendance.read'
  | 'attendance.correct'

/** Reading years of log, or a month of everybody's days, takes longer than an action may. */
const longReadMs = 20_000

type Commands = { readonly [N in Name]: (input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>> }

export const createShiftCommands = ({ central, ids }: Pick<SeatContext, 'central' | 'ids'>): Commands => ({
  'dutyLog.search': (query) => central.call('dutyLog.search', { query }, { timeoutMs: longReadMs }),
  'dutyLog.verify': () => central.call('dutyLog.verify', {}, { timeoutMs: longReadMs }),
  'dutyLog.archive': (query) => central.call('dutyLog.archive', { query }, { timeoutMs: longReadMs }),
  'roster.people': () => central.call('roster.people', {}),
  'roster.read': (query) => central.call('roster.read', { query }),
  'roster.write': (body) => central.call('roster.write', { body }),
  'admissions.create': (body) => central.call('admissions.create', { body, idempotencyKey: ids.uuid() }),
  'shiftRequests.list': () => central.call('shiftRequests.list', {}),
  'shiftRequests.ask': (body) => central.call('shiftRequests.ask', { body, idempotencyKey: ids.uuid() }),
  'shiftRequests.answer': ({ requestId, ...body }) => central.call('shiftRequests.answer', { params: { requestId }, body }),
  'attendance.read': (query) => central.call('attendance.read', { query }, { timeoutMs: longReadMs }),
  'attendance.correct': (body) => central.call('attendance.correct', { body, idempotencyKey: ids.uuid() }),
})
