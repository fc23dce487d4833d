import { expect, it } from 'vitest'
import { isSupervisionTarget } from '#shared/domain/call/supervision'

const codes = { listen: { target: '*91{seat}' }, whisper: { target: '{seat}#5' }, bargeIn: { target: '{seat}' } }

it.each([
  ['*918002', true],
  ['*91 8002', true],
  ['8002#5', true],
  // The digits alone lead nowhere, and a colleague is rung up as ever even where the exchange tells the parts apart by headers.
  ['*91', false],
  ['8002', false],
  ['*438002', false],
])('%s is a way into a colleague’s call: %s', (dialled, isOne) => {
  expect(isSupervisionTarget(dialled, codes)).toBe(isOne)
})
