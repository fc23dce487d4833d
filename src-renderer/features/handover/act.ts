import type { CommandName, InputOfCommand } from '#shared/contracts/seat-api/table'

type HandoverCommand = Extract<CommandName, `handover.${string}`>

/** One way for the parts of the pane to act: the refusal's sentence stands on the pane until the next act. */
export type Act = <N extends HandoverCommand>(name: N, input: InputOfCommand<N>) => Promise<boolean>
