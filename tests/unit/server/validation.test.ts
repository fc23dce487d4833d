import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { bodyCheck, queryCheck } from '#server/routes/validation'

const closed = { additionalProperties: false }

describe('a query', () => {
  const check = queryCheck(
    Type.Object(
      { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })), text: Type.Optional(Type.String()) },
      closed,
    ),
  )

  it('has its integers read and its defaults filled in', () => {
    expect(check({ limit: '7', text: '7' })).toEqual({ ok: true, value: { limit: 7, text: '7' } })
    expect(check({})).toEqual({ ok: true, value: { limit: 50 } })
  })

  it.each([
    { limit: '1.5' },
    { limit: '' },
    { limit: '0x10' },
    { limit: ['1', '2'] },
    { limit: '201' },
    { other: '1' },
    { text: ['a', 'b'] },
  ])('is refused when it is %j', (query) => {
    expect(check(query)).toMatchObject({ ok: false, error: { code: 'request/invalid' } })
  })
})

describe('a body', () => {
  it('is taken as it is or refused: nothing is converted, filled in or left out', () => {
    const check = bodyCheck(Type.Object({ count: Type.Integer(), size: Type.Optional(Type.Integer({ default: 3 })) }, closed))
    expect(check({ count: 1 })).toEqual({ ok: true, value: { count: 1 } })
    for (const wrong of [{ count: '1' }, { count: 1, more: 2 }, null, undefined, [], 'text']) expect(check(wrong).ok).toBe(false)
  })

  it.each([
    [{ name: '', roles: ['a'] }, 'name 至少 1 个字符'],
    [{ name: '甲乙丙丁', roles: ['a'] }, 'name 最长 3 个字符'],
    [{ name: '甲', roles: [] }, 'roles 至少 1 项'],
    [{ name: '甲', roles: ['a', 'a'] }, 'roles 有重复项'],
    [{ name: '甲', roles: ['x'] }, 'roles.0 须为 a、b 之一'],
    [{ roles: ['a'] }, '缺少 name'],
    [{ name: 1, roles: ['a'] }, 'name 应为文字'],
  ])('%j is refused in words: %s', (body, words) => {
    const check = bodyCheck(
      Type.Object({
        name: Type.String({ minLength: 1, maxLength: 3 }),
        roles: Type.Array(Type.Enum(['a', 'b']), { minItems: 1, uniqueItems: true }),
      }),
    )
    const result = check(body)
    expect(result.ok ? '' : result.error.message).toBe(`内容不符合要求：${words}。没有做任何改动。`)
  })
})
