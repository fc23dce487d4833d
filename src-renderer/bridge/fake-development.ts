import type { SeatTransport } from '#shared/contracts/seat-api/table'
import type { RoleId } from '#shared/domain/account/role'
import { roleIds } from '#shared/domain/account/role'
import { fakeCallLog } from './fake-call-log'
import { fakeAccountOf } from './fake-data'
import { createFakeCore } from './fake-transport'

/**
 * The fake core on the development server: `?fake`, `&role=shiftLead` to be signed in, `&theme=dark`, `&offline`. The core is put on the window
 * as `fakeCore`, to be moved by hand or by a script that takes pictures.
 */
export function developmentTransport(parameters: URLSearchParams): SeatTransport {
  const role = roleIds.find((each): each is RoleId => each === parameters.get('role'))
  const theme = parameters.get('theme')
  const core = createFakeCore({
    signedInAs: role ? fakeAccountOf(role) : null,
    theme: theme === 'dark' || theme === 'system' ? theme : 'light',
  })
  core.publish('callLog.changed', fakeCallLog(Date.now()))
  if (parameters.has('offline')) core.setOffline(true)
  Object.assign(window, { fakeCore: core })
  return core.transport
}
