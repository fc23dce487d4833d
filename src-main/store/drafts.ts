import type { EpochMs } from '#shared/base/clock'
import type { Database } from './database'

/** What is being typed, by key. The newest text wins; nobody's draft is merged. */
export interface Drafts {
  get(key: string): { readonly body: string; readonly savedAt: EpochMs } | undefined
  /** Those whose key begins so, the newest first. */
  list(prefix: string): readonly { readonly key: string; readonly body: string; readonly savedAt: EpochMs }[]
  save(key: string, body: string, savedAt: EpochMs): void
  discard(key: string): void
}

export function createDrafts(database: Database): Drafts {
  const get = database.prepare('SELECT body, saved_at AS savedAt FROM draft WHERE key = ?')
  const save = database.prepare(
    'INSERT INTO draft (key, body, saved_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at',
  )
  const list = database.prepare(
    'SELECT key, body, saved_at AS savedAt FROM draft WHERE substr(key, 1, length(?)) = ? ORDER BY saved_at DESC, key',
  )
  const discard = database.prepare('DELETE FROM draft WHERE key = ?')
  return {
    get: (key) => {
      const row = get.get(key) as { readonly body: string; readonly savedAt: EpochMs } | undefined
      return row && { body: row.body, savedAt: row.savedAt }
    },
    list: (prefix) => list.all(prefix, prefix) as ReturnType<Drafts['list']>,
    save: (key, body, savedAt) => void save.run(key, body, savedAt),
    discard: (key) => void discard.run(key),
  }
}
