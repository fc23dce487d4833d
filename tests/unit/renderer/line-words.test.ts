import { describe, expect, it } from 'vitest'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { lineWords } from '../../../src-renderer/features/softphone/line-words'

const registration = (given: Partial<NonNullable<TelephoneView['registration']>>): TelephoneView['registration'] => ({
  ...{ state: 'registered', since: 0, status: null, reason: null, nextTryAt: null, expiresAt: null },
  ...{ isAnswering: null, roundTripMs: null, transport: 'UDP', localAddress: null },
  ...given,
})

describe('the line in words', () => {
  it('tells a seat without telephone from one that is not registered', () => {
    expect(lineWords({ line: 'unconfigured', lineReason: null, registration: null }).words).toBe('未配置电话')
    expect(lineWords({ line: 'configured', lineReason: null, registration: null }).words).toBe('线路 未注册')
  })
  it('is not green while a registered exchange gives no answer', () => {
    const state = { line: 'configured', lineReason: null } as const
    expect(lineWords({ ...state, registration: registration({}) }).tone).toBe('green')
    expect(lineWords({ ...state, registration: registration({ isAnswering: false }) }).tone).toBe('amber')
  })
  it('gives the answer of the registrar as the reason', () => {
    const refused = registration({ state: 'refused', status: 403, reason: 'Forbidden' })
    expect(lineWords({ line: 'configured', lineReason: null, registration: refused }).hint).toContain('403 Forbidden')
  })
})
