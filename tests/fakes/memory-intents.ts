import type { Intent, IntentStore } from '#main/workflows/ports'
import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'

/** The intents of a store in memory, with transactions that roll back; proven by the same contract as the real ones. */
export interface MemoryIntents {
  readonly intents: IntentStore
  readonly transaction: <T>(work: () => T) => Result<T, AppError>
  /** The next transactions come back with this error and change nothing, as on a full disk. Null = work again. */
  failWith(error: AppError | null): void
}

/** `rows` is the "disk": a second one made over the same rows sees what the first committed. */
export function createMemoryIntents(rows: Intent[] = []): MemoryIntents {
  let failure: AppError | null = null
  let isInTransaction = false
  const at = (intentId: string): number => rows.findIndex((row) => row.intentId === intentId)
  const copy = (intent: Intent): Intent => structuredClone(intent)
  const replaceAll = (next: readonly Intent[]): void => void rows.splice(0, rows.length, ...next)
  return {
    intents: {
      append: (intent) => {
        if (at(intent.intentId) >= 0) throw new Error(`Intent ${intent.intentId} is there already.`)
        rows.push(copy(intent))
      },
      get: (intentId) => {
        const found = rows[at(intentId)]
        return found && copy(found)
      },
      list: () => rows.map(copy),
      update: (intentId, change) => {
        const index = at(intentId)
        const before = rows[index]
        if (!before) throw new Error(`No intent ${intentId} to update.`)
        if (change.intentId !== undefined && change.intentId !== intentId && at(change.intentId) >= 0)
          throw new Error('The new id is taken.')
        rows[index] = copy({ ...before, ...change })
      },
      remove: (intentId) => {
        const index = at(intentId)
        if (index >= 0) rows.splice(index, 1)
      },
    },
    transaction: (work) => {
      if (isInTransaction) throw new Error('A transaction inside a transaction.')
      if (failure) return err(failure)
      const before = rows.map(copy)
      isInTransaction = true
      try {
        return ok(work())
      } catch (cause) {
        replaceAll(before)
        throw cause
      } finally {
        isInTransaction = false
      }
    },
    failWith: (error) => {
      failure = error
    },
  }
}
