import { expect, it } from 'vitest'
import { createPasswords, isWeakPassword, productionCost } from '#server/workflows/passwords'

const cheap = { cost: 16, blockSize: 1, parallelization: 1 }

it('accepts the password that was hashed and no other', async () => {
  const passwords = createPasswords(cheap)
  const stored = await passwords.hash('中文口令-2026')
  expect(await passwords.verify('中文口令-2026', stored)).toBe(true)
  expect(await passwords.verify('中文口令-2027', stored)).toBe(false)
  expect(await passwords.verify('', stored)).toBe(false)
})

it('salts every hash and keeps the parameters in it', async () => {
  const passwords = createPasswords(cheap)
  const [first, second] = await Promise.all([passwords.hash('same'), passwords.hash('same')])
  expect(first).not.toBe(second)
  expect(first).toMatch(/^scrypt\$16\$1\$1\$/)
})

it('still verifies hashes from before the cost was raised', async () => {
  const stored = await createPasswords(cheap).hash('same')
  expect(await createPasswords({ ...cheap, cost: 64 }).verify('same', stored)).toBe(true)
})

it('reads one password from two ways of typing the same letter', async () => {
  const passwords = createPasswords(cheap)
  expect(await passwords.verify('Cafe\u0301-2026', await passwords.hash('Caf\u00e9-2026'))).toBe(true)
})

it('costs at least what the rules ask for', () => {
  expect(productionCost.cost).toBeGreaterThanOrEqual(2 ** 15)
})

it('works as hard for an account that does not exist as for one that does', async () => {
  const passwords = createPasswords({ ...cheap, cost: 2 ** 14, blockSize: 8 })
  const stored = await passwords.hash('right')
  const timeOf = async (known: string | undefined) => {
    const from = performance.now()
    expect(await passwords.verify('wrong', known)).toBe(false)
    return performance.now() - from
  }
  const known = Math.min(await timeOf(stored), await timeOf(stored), await timeOf(stored))
  // Doing no work would be a thousand times quicker; noise is not.
  expect(await timeOf(undefined)).toBeGreaterThan(known / 4)
})

it.each([
  ['ninechars', true],
  ['tencharss!', false],
  ['ABCDEFGHIJ12', true],
  ['abcdefghij12', true],
  ['old-password', true],
  ['口令口令口令口令口', true],
  ['口令口令口令口令口令', false],
])('the new password %s is weak: %s', (password, isWeak) => {
  expect(isWeakPassword(password, 'abcdefghij12', 'old-password')).toBe(isWeak)
})

it('says when too many hashes are waiting, and when they are done', async () => {
  const passwords = createPasswords(cheap)
  const waiting = Array.from({ length: 64 }, () => passwords.hash('one of many'))
  expect(passwords.isOverloaded()).toBe(true)
  await Promise.all(waiting)
  expect(passwords.isOverloaded()).toBe(false)
})
