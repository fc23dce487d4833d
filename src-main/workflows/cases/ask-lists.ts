import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/**
 * Search, saved views and exports: live at the centre, nothing kept here.
 */
type ListContext = Pick<SeatContext, 'central' | 'ids'>
type ListCommand =
  | 'cases.search'
  | 'views.list'
  | 'views.save'
  | 'views.remove'
  | 'exports.create'
  | 'exports.get'
  | 'exports.cancel'
  | 'exports.read'
  | 'callLog.centre'
  | 'seatChecks.list'
  | 'followUps.list'
  | 'replies.list'
  | 'missedCalls.list'
  | 'missedCalls.claim'
  | 'missedCalls.settle'
  | 'knowledge.save'
  | 'knowledge.remove'
  | 'knowledge.versions'
  | QualityAsking

type QualityAsking =
  | 'quality.list'
  | 'quality.mine'
  | 'quality.reviewers'
  | 'quality.open'
  | 'quality.total'
  | 'quality.saveForm'
  | 'ledger.read'

type Asking = {
  readonly [N in ListCommand]: (seat: ListContext, input: InputOfCommand<N>) => Promise<Result<OutputOfCommand<N>, AppError>>
}

/** A megabyte on a slow line takes longer than an action may. */
const pieceTimeoutMs = 20_000

export const askLists: Asking = {
  'cases.search': (seat, query) => seat.central.call('search.cases', { query }),
  'views.list': (seat) => seat.central.call('views.list', {}),
  'views.save': (seat, body) => seat.central.call('views.save', { params: { viewId: body.viewId }, body }),
  'views.remove': (seat, params) => seat.central.call('views.remove', { params }),
  'exports.create'(seat, input) {
    const exportId = seat.ids.uuid()
    return seat.central.call('exports.create', { body: { ...input, exportId }, idempotencyKey: exportId })
  },
  'exports.get': (seat, params) => seat.central.call('exports.get', { params }),
  'exports.cancel': (seat, params) => seat.central.call('exports.cancel', { params }),
  'seatChecks.list': (seat, query) => seat.central.call('seatChecks.list', { query }),
  'followUps.list': (seat, query) => seat.central.call('followUps.list', { query }),
  'missedCalls.list': (seat) => seat.central.call('missedCalls.list', {}),
  'missedCalls.claim': (seat, params) => seat.central.call('missedCalls.claim', { params }),
  'missedCalls.settle': (seat, { callId, note }) => seat.central.call('missedCalls.settle', { params: { callId }, body: { note } }),
  'replies.list': (seat, query) => seat.central.call('replies.list', { query }),
  'knowledge.save': (seat, { documentId, seenVersion, article }) =>
    seat.central.call('knowledge.save', {
      ...{ params: { documentId, articleId: article.articleId }, body: { seenVersion, article } },
      idempotencyKey: seat.ids.uuid(),
    }),
  'knowledge.remove': (seat, { seenVersion, ...params }) =>
    seat.central.call('knowledge.remove', { params, body: { seenVersion }, idempotencyKey: seat.ids.uuid() }),
  'knowledge.versions': (seat, params) => seat.central.call('knowledge.versions', { params }),
  'quality.list': (seat, query) => seat.central.call('quality.list', { query }),
  'quality.mine': (seat) => seat.central.call('quality.mine', {}),
  'quality.reviewers': (seat) => seat.central.call('quality.reviewers', {}),
  'quality.open': (seat, params) => seat.central.call('quality.open', { params }),
  'quality.total': (seat, query) => seat.central.call('quality.total', { query }),
  'quality.saveForm': (seat, body) => seat.central.call('quality.saveForm', { body, idempotencyKey: seat.ids.uuid() }),
  'ledger.read': (seat, query) => seat.central.call('ledger.read', { query }),
  'callLog.centre': (seat, query) => seat.central.call('calls.list', { query }),
  /** The centre gives a piece at a time, and an empty one at the end. */
  async 'exports.read'({ central }, { exportId, offset }) {
    const read = await central.call('exports.read', { params: { exportId }, query: { offset } }, { timeoutMs: pieceTimeoutMs })
    if (!read.ok) return read
    const { bytes } = read.value
    return ok({ base64: Buffer.from(bytes).toString('base64'), next: bytes.length === 0 ? null : offset + bytes.length })
  },
}
