import { describe, expect, it } from 'vitest'
import { escaped, written } from '#server/exchange-with-others/open311/formats'
import { plainLine, plainWords } from '#server/exchange-with-others/plain-words'
import { createRateLimit } from '#server/exchange-with-others/rate-limit'

describe('text between platforms', () => {
  it('leaves nothing in XML that would be markup, or that XML cannot say', () => {
    expect(escaped(`<a b="c">'&amp;'</a>`)).toBe('&lt;a b=&quot;c&quot;&gt;&apos;&amp;amp;&apos;&lt;/a&gt;')
    expect(escaped('a\u0000\u0001\u000b\ufffe\ud800b\n')).toBe('ab\n')
    const list = { root: 'errors', item: 'error', items: [{ code: 400, description: ']]>' }] }
    expect(written('xml', list)).toContain('<errors><error><code>400</code><description>]]&gt;</description></error></errors>')
    expect(written('json', list)).toBe('[{"code":400,"description":"]]>"}]')
  })

  it('takes out what turns writing round, and keeps words and lines', () => {
    expect(plainWords('\u202e甲\u2066乙\u200b\ufeff\n丙\u0007 ')).toBe('甲乙\n丙')
    expect(plainLine(' 甲\n\t乙 ')).toBe('甲 乙')
  })
})

describe('how often one caller may call', () => {
  it('gives a burst, then an even rate, to each by itself', () => {
    let now = 0
    const rate = createRateLimit({ monotonicMs: () => now }, { perMinute: 60, burst: 3 })
    const tries = (caller: string, times: number) => Array.from({ length: times }, () => rate.isAllowed(caller)).filter(Boolean).length
    expect(tries('a', 5)).toBe(3)
    expect(tries('b', 5)).toBe(3)
    now += 2_000
    expect(tries('a', 5)).toBe(2)
    now += 3_600_000
    expect(tries('a', 5), 'never more than the burst').toBe(3)
  })
})
