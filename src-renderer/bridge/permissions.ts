import type { CommandSpec } from '#shared/contracts/seat-api/command'
import { commands } from '#shared/contracts/seat-api/commands'
import type { CommandName } from '#shared/contracts/seat-api/table'
import type { RoleId } from '#shared/domain/account/role'

/** Whether a role may ask for a command, by the command table itself: the page greys what the core would refuse, and decides nothing. */
export function mayCall(name: CommandName, role: RoleId | undefined): boolean {
  const { allowed }: CommandSpec = commands[name]
  if (allowed === 'always') return true
  if (role === undefined) return false
  return allowed === 'signedIn' || allowed.includes(role)
}
