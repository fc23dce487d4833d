import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { draftLimit } from '#shared/contracts/seat-api/commands/records'

/**
 * The frames between page and browser shell, as JSON text:
 *   page → shell   { id, command, payload }
 *   shell → page   { id, answer }  and  { message }
 * Only the envelope is judged here; commands and payloads are the core's matter.
 */
export interface CallFrame {
  readonly id: number
  readonly command: string
  readonly payload: unknown
}

/** The longest text that a command takes, when JSON escapes each of its characters (`\u0000`: six bytes), and room for the envelope. */
export const frameLimitBytes = draftLimit * 6 + 50_000

/** The id is null where none could be read. */
export function parseFrame(text: string): Result<CallFrame, { readonly id: number | null; readonly error: AppError }> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err({ id: null, error: appError('seatApi/malformed', { fields: 'JSON' }) })
  }
  if (typeof value !== 'object' || value === null) return err({ id: null, error: appError('seatApi/malformed', { fields: 'JSON' }) })
  const { id, command, payload } = value as Partial<Record<keyof CallFrame, unknown>>
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return err({ id: null, error: appError('seatApi/malformed', { fields: 'id' }) })
  if (typeof command !== 'string') return err({ id, error: appError('seatApi/malformed', { fields: 'command' }) })
  return ok({ id, command, payload })
}
