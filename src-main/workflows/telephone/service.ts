import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { AgentDirected } from '#shared/contracts/central-api/calls'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { AgentSupervised, CallHandedOver } from '#shared/contracts/central-api/supervision'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import type { CommandName, InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { LineSetup } from './ports'

/** Commands of the table that the telephone answers; the seat API has checked input and permission. */
export type TelephoneCommand = Extract<
  CommandName,
  `telephone.${string}` | `agent.${string}` | `callLog.${'list' | 'get' | 'describe' | 'promise' | 'settleMissed'}` | `sound.${string}`
>
type Answered<N extends TelephoneCommand> = Result<OutputOfCommand<N>, AppError>
export type TelephoneCommands = {
  readonly [N in TelephoneCommand]: (input: InputOfCommand<N>, me?: Me) => Answered<N> | Promise<Answered<N>>
}

/** The telephone of this seat, as the rest of the core holds it. */
export interface TelephoneService {
  readonly commands: TelephoneCommands
  /** Takes up what the last process left, before anybody is let in again. */
  restore(): void
  /** What is configured for this seat, or why nothing can be: `null` without a reason when it has no telephone. */
  configure(setup: LineSetup | null, reason?: string): void
  /** Somebody signed in or out, locked or unlocked. */
  sessionChanged(): void
  /** The shift lead told this seat something. */
  directed(told: AgentDirected): void
  /** The store has what a citizen said to a call of this seat. */
  rated(): void
  /** What a call took along that was taken over here. */
  handedOver(handed: CallHandedOver): void
  /** Somebody takes part in a call of this seat, or no longer does. */
  supervised(told: AgentSupervised): void
  /** Where speech of this seat is reached, and whether it is secret, as its line says. */
  speech(): { readonly address: string; readonly srtp: ExchangeProfile['srtp'] }
  /** The seat has an exchange to talk to. */
  hasLine(): boolean
  /** A call lives here: nobody signs out, and the seat does not lock itself. */
  isInCall(): boolean
  /** The network came back, or the PC woke up. */
  networkChanged(): void
  /** The centre is reached, or honours the session again. */
  centreReached(): void
  stop(): Promise<void>
}
