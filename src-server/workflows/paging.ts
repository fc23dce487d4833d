import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { Place } from '../store/record-store'

/** Keyset pages: a page ends at a row, and the next begins after it, however many rows were added meanwhile. */
export function pageOfRows<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null }
}

export function pageByPlace<T>(rows: readonly T[], limit: number, placeOf: (row: T) => Place): { items: T[]; next: string | null } {
  return pageOfRows(rows, limit, (row) => {
    const { at, id } = placeOf(row)
    return `${at}.${id}`
  })
}

/** Reads a cursor that `pageByPlace` gave. Error: `request/invalid`. */
export function parsePlace(cursor: string | undefined): Result<Place | undefined, AppError> {
  if (cursor === undefined) return ok(undefined)
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor)
  if (!match?.[1] || !match[2]) return err(appError('request/invalid', { fields: 'after 不是上一页给出的值' }))
  return ok({ at: Number(match[1]), id: match[2] })
}
