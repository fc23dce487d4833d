import type { Database } from './database'

/** Single values with a name, kept for the areas of the store; not offered outside of it. */
export interface Facts {
  get(name: FactName): string | undefined
  set(name: FactName, value: string): void
}

export type FactName =
  | 'eventCursor'
  | 'lastAccountNo'
  | 'referenceReadAt'
  | 'caseScope'
  | 'caseReadAt'
  | 'callerScope'
  | 'callerSalt'
  | 'callerPlace'
  | 'callerReadAt'

export function createFacts(database: Database): Facts {
  const get = database.prepare('SELECT value FROM fact WHERE name = ?')
  const set = database.prepare('INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
  return {
    get: (name) => (get.get(name) as { readonly value: string } | undefined)?.value,
    set: (name, value) => void set.run(name, value),
  }
}
