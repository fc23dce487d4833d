import { describe, expect, it } from 'vitest'
import { plainLookup } from '#main/telephony/plain-lookup'

describe('plainLookup', () => {
  it.each([
    ['192.0.2.7', 4],
    ['2001:db8::7', 6],
  ])('finds %s before it returns', (address, family) => {
    const found: unknown[] = []
    plainLookup(address, {}, (...said) => found.push(said))
    expect(found).toEqual([[null, address, family]])
  })

  it('asks the resolver for a name', async () => {
    const found = await new Promise<[NodeJS.ErrnoException | null, string, number]>((resolve) =>
      plainLookup('localhost', { family: 4 }, (...said) => resolve(said)),
    )
    expect(found).toEqual([null, '127.0.0.1', 4])
  })
})
