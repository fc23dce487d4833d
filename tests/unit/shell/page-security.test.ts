import { describe, expect, it } from 'vitest'
import { pageHeaders } from '#main/shell/page-security'

const directives = (headers: Readonly<Record<string, string>>) =>
  new Map(
    (headers['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ')
      return [name, sources] as const
    }),
  )

describe('headers of the page', () => {
  it('allow nothing but what is listed, and no script that is not a file of ours', () => {
    const policy = directives(pageHeaders())
    expect(policy.get('default-src')).toEqual(["'none'"])
    expect(policy.get('script-src')).toEqual(["'self'"])
    expect(policy.get('connect-src')).toEqual(["'self'"])
    for (const name of ['frame-ancestors', 'base-uri', 'form-action']) expect(policy.get(name)).toEqual(["'none'"])
    const all = [...policy.values()].flat()
    expect(all.filter((source) => /unsafe-eval|\*|https?:/.test(source))).toEqual([])
    expect([...policy].filter(([, sources]) => sources.includes("'unsafe-inline'")).map(([name]) => name)).toEqual(['style-src'])
  })

  it('let the page of the browser shell reach its own socket', () => {
    expect(directives(pageHeaders({ socketOrigin: 'ws://127.0.0.1:4711' })).get('connect-src')).toEqual(["'self'", 'ws://127.0.0.1:4711'])
  })

  it('keep types, referrers and every device but the microphone to themselves', () => {
    expect(pageHeaders()).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': expect.stringMatching(/^microphone=\(self\), camera=\(\), geolocation=\(\)/),
    })
  })
})
