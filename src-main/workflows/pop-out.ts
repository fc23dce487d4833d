import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'

/** Puts a pane into a window of its own, for a second display. Where it goes is the shell's business. */
export function popOut(
  seat: Pick<SeatContext, 'shell'>,
  { pane }: InputOfCommand<'windows.popOut'>,
): Promise<Result<OutputOfCommand<'windows.popOut'>, AppError>> {
  return seat.shell.popOut(pane)
}
