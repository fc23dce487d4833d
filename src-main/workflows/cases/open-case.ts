import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { CaseDetailView } from '#shared/contracts/seat-api/case-views'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'
import { isUnreachable } from '../unreachable'
import { type NoteBody, noteSubject } from './note-case'

/**
 * Opens a case: the newest from the centre, within three seconds; what this PC read before when the centre gives no answer, and says so. What the
 * viewer wrote about it and the centre does not have yet comes along.
 */
type OpenContext = Pick<SeatContext, 'central' | 'cases' | 'store' | 'connection' | 'now' | 'urgentWatch'>

export async function openCase(
  seat: OpenContext,
  me: Me,
  { caseId, peek }: InputOfCommand<'cases.open'>,
): Promise<Result<CaseDetailView, AppError>> {
  if (!peek) seat.urgentWatch.opened(caseId)
  const cached = () => cachedView(seat, me, caseId)
  // Known to be away: what is here is shown at once rather than after a wait.
  if (!seat.connection.isOnline()) {
    const held = cached()
    if (held) return ok(held)
  }
  const read = await seat.central.call('cases.get', { params: { caseId }, query: peek ? { peek } : {} })
  if (read.ok) {
    seat.cases.keepDetail(read.value)
    return ok({ detail: read.value, readAt: seat.now(), isCached: false, pending: pendingNotes(seat, me, caseId) })
  }
  if (read.error.code === 'record/notFound') seat.cases.take({ caseId, row: null, byNo: '' })
  if (!givesNoAnswer(read.error)) return read
  const held = cached()
  if (held) return ok(held)
  return isUnreachable(read.error) ? err(appError('case/notCached')) : read
}

/** The centre did not say anything about the case: not reached, at fault, or it does not know this session any more. */
const givesNoAnswer = (error: AppError): boolean =>
  isUnreachable(error) || ['central/fault', 'auth/signInRequired', 'auth/tokenExpired'].includes(error.code)

function cachedView(seat: OpenContext, me: Me, caseId: string): CaseDetailView | undefined {
  const held = seat.cases.detail(caseId)
  return held && { ...held, isCached: true, pending: pendingNotes(seat, me, caseId) }
}

/** Only the viewer's own: what somebody else wrote at this PC is theirs until the centre has it. */
function pendingNotes({ store }: Pick<SeatContext, 'store'>, me: Me, caseId: string): CaseDetailView['pending'] {
  return store.intents
    .list()
    .filter(({ kind, subject, accountNo }) => kind === 'case.note' && subject === noteSubject(caseId) && accountNo === me.accountNo)
    .map(({ intentId, body, createdAt, reason, state }) => {
      const { action, input, byName } = body as NoteBody
      return { intentId, action, input, writtenAt: createdAt, byName, reason: state === 'parked' ? (reason?.message ?? '') : null }
    })
}
