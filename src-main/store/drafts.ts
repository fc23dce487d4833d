import type { EpochMs } from '#shared/base/clock'
import type { Database } from './database'

/** What is being typed, by key. The newest text wins; nobody's draft is merged. */
export interface Drafts {
  get(key: string): { readonly body: string; readonly savedAt: EpochMs } | undefined
  save(key: string, body: string, savedAt: EpochMs): void
  discard(key: string): void
}

export function createDrafts(database: Database): Drafts {
  const get = database.prepare('SELECT body, saved_at AS savedAt FROM draft WHERE key = ?')
  const save = database.prepare(
    'INSERT INTO draft (key, body, saved_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at',
  )
  const discard = database.prepare('DELETE FROM draft WHERE key = ?')
  return {
    get: (key) => {
      const row = get.get(key) as { readonly body: string; readonly savedAt: EpochMs } | undefined
      return row && { body: row.body, savedAt: row.savedAt }
    },
    save: (key, body, savedAt) => void save.run(key, body, savedAt),
    discard: (key) => void discard.run(key),
  }
}
