import type { RoleId } from '#shared/domain/account/role'
import { type QueueId, queuesOf } from '#shared/domain/case/queues'

/** The queue that a post last looked at on this PC. A convenience of this browser profile only: losing it costs one key. */
const keyOf = (role: RoleId) => `cases.queue.${role}`

export function lastQueue(role: RoleId): QueueId | undefined {
  try {
    const kept = localStorage.getItem(keyOf(role))
    return queuesOf(role).find((queue) => queue === kept)
  } catch {
    // Storage can be forbidden; then every start begins with the first queue.
    return undefined
  }
}

export function keepLastQueue(role: RoleId, queue: QueueId): void {
  try {
    localStorage.setItem(keyOf(role), queue)
  } catch {
    // As above.
  }
}
