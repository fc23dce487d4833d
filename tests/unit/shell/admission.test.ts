import { describe, expect, it } from 'vitest'
import { cookieValue, createAdmission, tokenLifeMs } from '#main/shell/browser/admission'

function admissionAt(clock: { at: number }) {
  let made = 0
  return createAdmission({ now: () => clock.at, secret: () => `secret-${++made}` })
}

describe('admission to the browser shell', () => {
  it('turns a token into a session once', () => {
    const admission = admissionAt({ at: 0 })
    const token = admission.issueToken()
    const session = admission.redeem(token)
    expect([admission.isSession(session), admission.redeem(token), admission.isSession(token), admission.isSession(undefined)]).toEqual([
      true,
      undefined,
      false,
      false,
    ])
  })

  it('forgets a token that was not used in time', () => {
    const clock = { at: 0 }
    const admission = admissionAt(clock)
    const [early, late] = [admission.issueToken(), admission.issueToken()]
    clock.at = tokenLifeMs - 1
    expect(admission.redeem(early)).toBeDefined()
    clock.at = tokenLifeMs
    expect(admission.redeem(late)).toBeUndefined()
  })

  it('keeps only the newest tokens open', () => {
    const admission = admissionAt({ at: 0 })
    const tokens = Array.from({ length: 25 }, () => admission.issueToken())
    expect(tokens.map((token) => admission.redeem(token) !== undefined)).toEqual([...Array(5).fill(false), ...Array(20).fill(true)])
  })

  it('reads one cookie of several', () => {
    expect(cookieValue('a=1; seat-80=x=y; seat-8=z', 'seat-80')).toBe('x=y')
    expect([cookieValue(undefined, 'a'), cookieValue('ab=1', 'a'), cookieValue('a', 'a')]).toEqual([undefined, undefined, undefined])
  })
})
