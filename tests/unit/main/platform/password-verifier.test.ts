import { describe, expect, it } from 'vitest'
import { createPasswordVerifier } from '#main/platform/password-verifier'

describe('the verifier of a password', () => {
  const passwords = createPasswordVerifier()

  it('knows the password again, composed or decomposed, and no other', async () => {
    const verifier = await passwords.verifierFor('Zaoban-é-12319')
    expect(verifier).not.toContain('Zaoban')
    expect(await passwords.matches('Zaoban-é-12319', verifier)).toBe(true)
    expect(await passwords.matches('Zaoban-e\u0301-12319', verifier)).toBe(true)
    expect(await passwords.matches('zaoban-é-12319', verifier)).toBe(false)
  })

  it('is another one each time', async () => {
    expect(await passwords.verifierFor('gleich')).not.toBe(await passwords.verifierFor('gleich'))
  })

  it.each(['', 'scrypt$15$8$1', 'plain$x', 'scrypt$40$8$1$c2FsdA$aGFzaA', 'scrypt$15$8$1$$'])(
    'does not match a damaged one: %s',
    async (damaged) => {
      expect(await passwords.matches('x', damaged)).toBe(false)
    },
  )
})
