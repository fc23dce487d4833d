import type { Database } from './database'

/** Small JSON values by name. What a value means, and what its absence means, is the reader's business. */
export interface Settings {
  get(name: string): unknown
  set(name: string, value: unknown): void
}

export function createSettings(database: Database): Settings {
  const get = database.prepare('SELECT value FROM setting WHERE name = ?')
  const set = database.prepare('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
  return {
    get: (name) => {
      const row = get.get(name) as { readonly value: string } | undefined
      return row && (JSON.parse(row.value) as unknown)
    },
    set: (name, value) => void set.run(name, JSON.stringify(value)),
  }
}
