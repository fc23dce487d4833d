import type { Static } from 'typebox'
import type { AppError } from '../../base/app-error'
import type { Result } from '../../base/result'
import type { CommandInput, CommandOutput } from './command'
import { commands } from './commands'
import { topics } from './topics'

/** The seat API as types: what windows and the core agree on. Add a command or a topic in its table; see `CONTRIBUTING.md`, "add a command". */
export type SeatCommands = typeof commands
export type CommandName = keyof SeatCommands
/** Worked out once, row by row: as a computation over `N` the compiler would relate every row with every other. */
type Inputs = { readonly [N in CommandName]: CommandInput<SeatCommands[N]> }
type Outputs = { readonly [N in CommandName]: CommandOutput<SeatCommands[N]> }
export type InputOfCommand<N extends CommandName> = Inputs[N]
export type OutputOfCommand<N extends CommandName> = Outputs[N]

export type TopicName = keyof typeof topics
type States = { readonly [N in TopicName]: Static<(typeof topics)[N]['state']> }
export type StateOfTopic<N extends TopicName> = States[N]

/** A topic's message as it travels from the core to every window. */
export interface TopicMessage<N extends TopicName = TopicName> {
  readonly topic: N
  readonly revision: number
  readonly state: StateOfTopic<N>
}

/**
 * What a shell carries between a window and the core, and nothing more: Electron's preload puts one on `window.seat`, the browser shell makes
 * one over a WebSocket, the fake one runs the renderer alone.
 */
export interface SeatTransport {
  invoke(command: string, payload: unknown): Promise<Result<unknown, AppError>>
  /** Returns its own stop. */
  onMessage(listener: (message: TopicMessage) => void): () => void
  /** `open` after (re)connecting: windows then ask for snapshots again, because revisions start anew with the core. Returns its own stop. */
  onStatus(listener: (status: 'open' | 'closed') => void): () => void
}

export const commandNames = Object.keys(commands) as readonly CommandName[]
export const topicNames = Object.keys(topics) as readonly TopicName[]
