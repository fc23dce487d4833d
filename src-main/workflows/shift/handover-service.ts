import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { HandoverStepSchema } from '#shared/contracts/shift-shapes'

/**
 * Handovers at this seat: each act of a person is one signed step, written with its intent in one transaction; what is on screen is the fold of the steps.
 * Works the same without the centre. Whoever takes over at the seat of the outgoing gives their password here; that is remembered for this one handover
 * until the program ends.
 */
export interface HandoverDesk {
  readonly commands: HandoverCommands
  /** A step from the centre; inside the caller's transaction. */
  store(step: HandoverStepSchema): void
  show(): void
  /** Reads what the centre has of the last days. */
  catchUp(): Promise<void>
  /** Why this person cannot sign out yet. */
  refusalToLeave(me: Me): AppError | undefined
}

type Name =
  | 'handover.begin'
  | 'handover.refresh'
  | 'handover.noteItem'
  | 'handover.dropItem'
  | 'handover.seal'
  | 'handover.enter'
  | 'handover.point'
  | 'handover.accept'
  | 'handover.acceptByCode'
  | 'handover.reply'
  | 'handover.leave'
  | 'handover.leavePost'
  | 'handover.abandon'
export type HandoverCommands = {
  readonly [N in Name]: (
    input: InputOfCommand<N>,
    me: Me,
  ) => Result<OutputOfCommand<N>, AppError> | Promise<Result<OutputOfCommand<N>, AppError>>
}
