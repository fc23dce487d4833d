import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { CommandName, InputOfCommand, OutputOfCommand, SeatCommands } from '#shared/contracts/seat-api/table'

/** What answers one command. Input and permission have been checked; a command that needs somebody signed in is given them. */
export type Handler<N extends CommandName> = SeatCommands[N]['allowed'] extends 'always'
  ? (input: InputOfCommand<N>) => Answer<N>
  : (input: InputOfCommand<N>, me: Me) => Answer<N>

type Answer<N extends CommandName> = Answered<N> | Promise<Answered<N>>
type Answered<N extends CommandName> = Result<OutputOfCommand<N>, AppError>

/** One per row of the command table: a missing one does not compile. */
export type Handlers = { readonly [N in CommandName]: Handler<N> }
