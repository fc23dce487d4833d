import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { CommandName, InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'

/** Commands of the table that the telephone answers; the seat API has checked input and permission. */
export type TelephoneCommand = Extract<CommandName, `telephone.${string}` | `agent.${string}` | `callLog.${string}` | `sound.${string}`>
type Answered<N extends TelephoneCommand> = Result<OutputOfCommand<N>, AppError>
export type TelephoneCommands = {
  readonly [N in TelephoneCommand]: (input: InputOfCommand<N>, me?: Me) => Answered<N> | Promise<Answered<N>>
}

/** The telephone of this seat, as the rest of the core holds it. */
export interface TelephoneService {
  readonly commands: TelephoneCommands
  /** Shows everything anew, as after a start. */
  show(): void
}
