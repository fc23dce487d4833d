import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { foldAll, type Step } from '#shared/domain/shift/handover'
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

export const createShiftCommands = ({ central, ids, sealer }: Pick<SeatContext, 'central' | 'ids' | 'sealer'>): Commands => ({
  'dutyLog.search': (query) => central.call('dutyLog.search', { query }, { timeoutMs: longReadMs }),
  'dutyLog.verify': () => central.call('dutyLog.verify', {}, { timeoutMs: longReadMs }),
  async 'dutyLog.archive'(query) {
    const read = await central.call('dutyLog.archive', { query }, { timeoutMs: longReadMs })
    if (!read.ok) return read
    const records = foldAll(read.value.handovers as readonly Step[], sealer.sha256).filter(({ stage }) => stage !== 'abandoned')
    return ok({ ...read.value, records: [...records].reverse() })
  },
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
