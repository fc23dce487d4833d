import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from '../context'

/** A one-time link for a caller's pictures, as it is read out or sent: the address at which citizens reach the centre, and its token. Live; kept nowhere here. */
export async function createCitizenLink(
  seat: Pick<SeatContext, 'central' | 'ids' | 'config'>,
  { caseId }: InputOfCommand<'citizenLinks.create'>,
): Promise<Result<OutputOfCommand<'citizenLinks.create'>, AppError>> {
  const answer = await seat.central.call('citizenLinks.create', { params: { caseId }, idempotencyKey: seat.ids.uuid() })
  if (!answer.ok) return answer
  const { path, url, ...rest } = answer.value
  return ok({ ...rest, url: url ?? new URL(path, seat.config.centralUrl).href })
}
