import { v7 } from 'uuid'
import type { Ids } from '#shared/base/clock'

/** Real identifiers: UUIDv7 (RFC 9562 §5.7), so that ids made one after the other also sort that way. */
export function createIds(): Ids {
  return { uuid: () => v7() }
}
