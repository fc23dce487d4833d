import type { Facts } from './facts'

/** How far the server's events were applied here; advanced in the transaction that applied them. */
export interface EventCursor {
  get(): number | undefined
  set(seq: number): void
}

export function createEventCursor(facts: Facts): EventCursor {
  return {
    get: () => {
      const value = facts.get('eventCursor')
      return value === undefined ? undefined : Number(value)
    },
    set: (seq) => facts.set('eventCursor', String(seq)),
  }
}
