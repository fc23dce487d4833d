import type { EpochMs } from '#shared/base/clock'
import type { Database } from './database'

/** The last answer of the centre about something, whole. A cache: it may be old, and says how old. */
export interface Snapshots {
  get(name: string): { readonly state: unknown; readonly readAt: EpochMs } | undefined
  put(name: string, state: unknown, readAt: EpochMs): void
}

export function createSnapshots(database: Database): Snapshots {
  const get = database.prepare('SELECT state, read_at AS readAt FROM snapshot WHERE name = ?')
  const put = database.prepare(
    'INSERT INTO snapshot (name, state, read_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET state = excluded.state, read_at = excluded.read_at',
  )
  return {
    get: (name) => {
      const row = get.get(name) as { readonly state: string; readonly readAt: EpochMs } | undefined
      return row && { state: JSON.parse(row.state) as unknown, readAt: row.readAt }
    },
    put: (name, state, readAt) => void put.run(name, JSON.stringify(state), readAt),
  }
}
