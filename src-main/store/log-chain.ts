import type { Stamp } from '#shared/base/hybrid-clock'
import type { ChainHead } from '#shared/domain/duty-log/seal'
import type { Database } from './database'

/** Where the chain of this seat's duty log ends, and the newest stamp read or given; both move in the transaction of what moved them. */
export interface LogChain {
  head(keyId: string): ChainHead | undefined
  put(head: ChainHead): void
  /** Of any chain: a new key goes on in time where the one before it was. */
  newestStamp(): Stamp | undefined
}

interface Row {
  readonly keyId: string
  readonly position: number
  readonly hash: string
  readonly ms: number
  readonly count: number
}

export function createLogChain(database: Database): LogChain {
  const columns = 'key_id AS keyId, position, hash, stamp_ms AS ms, stamp_count AS count'
  const get = database.prepare(`SELECT ${columns} FROM log_chain WHERE key_id = ?`)
  const newest = database.prepare(`SELECT ${columns} FROM log_chain ORDER BY stamp_ms DESC, stamp_count DESC LIMIT 1`)
  const put = database.prepare(
    `INSERT INTO log_chain (key_id, position, hash, stamp_ms, stamp_count) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (key_id) DO UPDATE SET position = excluded.position, hash = excluded.hash, stamp_ms = excluded.stamp_ms,
       stamp_count = excluded.stamp_count`,
  )
  return {
    head(keyId) {
      const row = get.get(keyId) as Row | undefined
      return row && { keyId, position: row.position, hash: row.hash, stamp: { ms: row.ms, count: row.count } }
    },
    put: ({ keyId, position, hash, stamp }) => void put.run(keyId, position, hash, stamp.ms, stamp.count),
    newestStamp() {
      const row = newest.get() as Row | undefined
      return row && { ms: row.ms, count: row.count }
    },
  }
}
