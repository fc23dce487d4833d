import { expect, it } from 'vitest'
import { randomPassword } from '../../../../src-renderer/bridge/random-password'

it('makes a password that can be read aloud: three groups of four, no look-alikes', () => {
  expect(randomPassword()).toMatch(/^[2-9a-hjkmnp-z]{4}-[2-9a-hjkmnp-z]{4}-[2-9a-hjkmnp-z]{4}$/)
})

it('throws away bytes that would make some characters likelier', () => {
  let round = 0
  const password = randomPassword((bytes) => {
    round += 1
    bytes.fill(round === 1 ? 255 : 31)
  })
  expect([password, round]).toEqual(['2222-2222-2222', 2])
})
