import { Compile } from 'typebox/compile'
import type { AppError } from '#shared/base/app-error'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { CommandSpec } from '#shared/contracts/seat-api/command'
import { commands } from '#shared/contracts/seat-api/commands'
import { type CommandName, commandNames } from '#shared/contracts/seat-api/table'
import { roles } from '#shared/domain/account/role'
import { describeFields } from './describe-fields'
import type { Handlers } from './handler'
import type { SeatApi, Sender } from './seat-api'
import type { Topics } from './topics'

/**
 * The core's one door. Before a handler runs: is the sender ours, is the command known, may this person ask it now, has the payload the agreed
 * shape. It does nothing itself, and what it logs of a refusal is the window, the command and the code, never the payload.
 */
export interface SeatApiParts {
  readonly handlers: Handlers
  readonly topics: Pick<Topics, 'subscribe'>
  readonly session: () => { readonly me: Me; readonly isLocked: boolean } | undefined
  readonly log: Log
  /** Answers are checked too: for tests, where a wrong one is a bug to be found. */
  readonly checkOutputs?: boolean
}

interface Command {
  readonly name: CommandName
  readonly spec: CommandSpec
  readonly input: ReturnType<typeof Compile>
  readonly output: ReturnType<typeof Compile>
}

export function createSeatApi({ handlers, topics, session, log, checkOutputs = false }: SeatApiParts): SeatApi {
  const table = new Map<string, Command>(
    commandNames.map((name) => {
      const spec: CommandSpec = commands[name]
      return [name, { name, spec, input: Compile(spec.input), output: Compile(spec.output) }]
    }),
  )

  function admitted(name: string, payload: unknown, sender: Sender): Result<{ command: Command; me: Me | undefined }, AppError> {
    if (!sender.isTrusted) return err(appError('seatApi/unknownSender'))
    const command = table.get(name)
    if (!command) return err(appError('seatApi/unknownCommand'))
    const present = session()
    const refused = refusalOf(command.spec, present)
    if (refused) return err(refused)
    const misfit = misfitOf(command, payload)
    return misfit === undefined ? ok({ command, me: present?.me }) : err(appError('seatApi/malformed', { fields: misfit }))
  }

  async function handle(name: string, payload: unknown, sender: Sender): Promise<Result<unknown, AppError>> {
    const entry = admitted(name, payload, sender)
    if (!entry.ok) {
      // A name that is not ours came from outside: kept short in the log.
      const { code, detail } = entry.error
      log.warn('command refused', { windowId: sender.windowId, command: name.slice(0, 60), code, fields: detail?.fields })
      return entry
    }
    const { command, me } = entry.value
    try {
      // One call for every row: the map's type has checked each handler against its own row.
      const handler = handlers[command.name] as (input: unknown, me?: Me) => ReturnType<Handlers[CommandName]>
      const answer = await handler(payload, me)
      if (!answer.ok) log.info('command failed', { windowId: sender.windowId, command: command.name, code: answer.error.code })
      else if (checkOutputs && !command.output.Check(answer.value)) {
        throw new Error(`The answer of ${command.name} is not as agreed: ${describeFields(command.output.Errors(answer.value))}`)
      }
      return answer
    } catch (cause) {
      log.error('command threw', { windowId: sender.windowId, command: command.name, cause })
      return err(appError('internal/fault'))
    }
  }

  return { handle, subscribe: topics.subscribe }
}

/** What is wrong with the payload, in words; undefined when it fits. */
function misfitOf({ input }: Command, payload: unknown): string | undefined {
  try {
    return input.Check(payload) ? undefined : describeFields(input.Errors(payload))
  } catch {
    // Looking for repeated items walks each of them to its bottom, and thousands of nested lists are deeper than the stack.
    return '整份内容 嵌套过深'
  }
}

function refusalOf(spec: CommandSpec, present: { readonly me: Me; readonly isLocked: boolean } | undefined): AppError | undefined {
  if (present?.isLocked && !spec.whileLocked) return appError('session/locked')
  if (spec.allowed === 'always') return undefined
  if (!present) return appError('auth/signInRequired')
  if (present.me.mustChangePassword && !spec.beforePasswordChange) return appError('auth/passwordMustChange')
  if (spec.allowed === 'signedIn' || spec.allowed.includes(present.me.role)) return undefined
  return appError('auth/forbidden', { role: roles[present.me.role] })
}
