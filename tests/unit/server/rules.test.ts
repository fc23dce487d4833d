import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageByPlace, parsePlace } from '#server/workflows/paging'
import { afterWrongPassword, currentAttempts, lockMs } from '#server/workflows/sign-in-attempts'
import { canonicalJson } from '#server/workflows/tokens'

describe('canonical JSON', () => {
  it('is the same whatever the order of the keys, at every depth, and reads back as the value', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled)
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, shuffled(inner)]),
      )
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value))
        expect(canonicalJson(shuffled(plain))).toBe(canonicalJson(plain))
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain)
      }),
    )
  })

  it('tells values apart', () => {
    expect(canonicalJson({ a: 1, b: [2, 1] })).toBe('{"a":1,"b":[2,1]}')
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]))
  })
})

describe('pages', () => {
  it('end with the place from which the next one goes on, and the last one with none', () => {
    const rows = [3, 2, 1].map((at) => ({ at, id: `00000000-0000-7000-8000-00000000000${at}` }))
    const page = pageByPlace(rows, 2, (row) => row)
    expect(page.items).toEqual(rows.slice(0, 2))
    expect(parsePlace(page.next ?? '')).toEqual({ ok: true, value: rows[1] })
    expect(pageByPlace(rows, 3, (row) => row).next).toBeNull()
    expect(pageByPlace([], 3, (row: { at: number; id: string }) => row)).toEqual({ items: [], next: null })
  })

  it.each(['', 'x', '1', '1.2', "1.' or 1=1 --", '-1.00000000-0000-7000-8000-000000000001'])('refuse the made-up place %j', (cursor) => {
    expect(parsePlace(cursor)).toMatchObject({ ok: false, error: { code: 'request/invalid' } })
  })
})

describe('wrong passwords', () => {
  it('lock at the fifth, and the lock ends by itself', () => {
    let attempts = { failedCount: 0, lockedUntil: null as number | null }
    for (let times = 1; times <= 4; times += 1) {
      attempts = afterWrongPassword(attempts, times)
      expect(attempts).toEqual({ failedCount: times, lockedUntil: null })
    }
    attempts = afterWrongPassword(attempts, 5)
    expect(attempts).toEqual({ failedCount: 5, lockedUntil: 5 + lockMs })
    expect(currentAttempts(attempts, 4 + lockMs)).toEqual(attempts)
    expect(currentAttempts(attempts, 5 + lockMs)).toEqual({ failedCount: 0, lockedUntil: null })
    expect(afterWrongPassword(attempts, 5 + lockMs).failedCount).toBe(1)
  })
})
