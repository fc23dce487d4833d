import type { AppError } from '#shared/base/app-error'
import { err, type Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/**
 * Decides at the centre, now; nothing of it is queued. The window's `actId` is the idempotency key, so a press that was sent twice is done once, and
 * after a lost answer the same press may be repeated. What the centre answers is shown at once, without waiting for the event that tells everybody.
 */
type ActContext = Pick<SeatContext, 'central' | 'cases' | 'store' | 'outbox' | 'clock' | 'ids'>

/** A photo that was chosen a moment ago is usually on its way: the press waits for it rather than being refused. */
const uploadPatienceMs = 5_000

export async function actOnCase(
  seat: ActContext,
  me: Me,
  { caseId, version, action, input, actId }: InputOfCommand<'cases.act'>,
): Promise<Result<OutputOfCommand<'cases.act'>, AppError>> {
  const named = [...(input.photoIds ?? []), ...(input.documentIds ?? [])]
  // Still on this PC: the centre could only say that it does not know it.
  if (!(await areUploaded(seat, named))) return err(appError('attachment/notReady'))
  const request = { params: { caseId, action }, body: input, ifMatch: version, idempotencyKey: actId }
  return taken(seat, me, await seat.central.call('cases.act', request))
}

function areUploaded({ store, outbox, clock }: ActContext, named: readonly string[]): Promise<boolean> {
  const isDone = () => named.every((attachmentId) => store.attachments.get(attachmentId) === undefined)
  if (isDone()) return Promise.resolve(true)
  return new Promise((resolve) => {
    const settle = (isReady: boolean) => {
      stopListening()
      stopTimer()
      resolve(isReady)
    }
    const stopListening = outbox.onChanged(() => isDone() && settle(true))
    const stopTimer = clock.after(uploadPatienceMs, () => settle(isDone()))
  })
}

export async function undoOnCase(
  seat: ActContext,
  me: Me,
  { caseId, version }: InputOfCommand<'cases.undo'>,
): Promise<Result<OutputOfCommand<'cases.undo'>, AppError>> {
  // A request of its own: under the number of the act the centre would take it for the act with another content.
  const request = { params: { caseId }, body: {}, ifMatch: version, idempotencyKey: seat.ids.uuid() }
  return taken(seat, me, await seat.central.call('cases.undo', request))
}

function taken(seat: ActContext, me: Me, answer: Result<OutputOfCommand<'cases.act'>, AppError>) {
  if (answer.ok) seat.cases.take({ caseId: answer.value.caseId, row: answer.value, byNo: me.accountNo })
  return answer
}
