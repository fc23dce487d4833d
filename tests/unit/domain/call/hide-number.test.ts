import { expect, it } from 'vitest'
import { hideNumber } from '#shared/domain/call/number'

it.each([
  ['+8613800138000', '138 **** 8000'],
  ['+8645186520110', '0451-**** 0110'],
  ['110', '110'],
  ['8002', '8002'],
  ['+12025550123', '+120****0123'],
])('%s becomes %s', (number, hidden) => {
  expect(hideNumber(number)).toBe(hidden)
})
