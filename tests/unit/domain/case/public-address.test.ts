import { describe, expect, it } from 'vitest'
import { profileMistakes, publicLink } from '#shared/domain/case/profile'
import { standardProfile } from '../../../fixtures/profiles'

describe('the address at which citizens reach the centre', () => {
  const mistakesOf = (publicAddress: string) => profileMistakes({ ...standardProfile, publicAddress })
  it.each(['https://12319.example.cn', 'https://12319.example.cn/', 'http://10.1.2.3:8080'])('may be %s', (address) =>
    expect(mistakesOf(address)).toEqual([]),
  )
  it.each([
    ...['12319.example.cn', 'ftp://example.cn', 'https://user@example.cn', 'https://example.cn/a?b=1', 'https://example.cn/p#x'],
    ...['https://', 'javascript:alert(1)', 'https://example.cn/path', 'https://exa mple.cn', ''],
  ])('may not be "%s"', (address) => expect(mistakesOf(address)).toHaveLength(1))
  it('begins the link; without one the seat builds it', () => {
    expect(publicLink('https://12319.example.cn/', '/p/abc')).toBe('https://12319.example.cn/p/abc')
    expect(publicLink(undefined, '/p/abc')).toBeNull()
  })
})
