import { describe, expect, it } from 'vitest'
import { readChallenges } from '#main/telephony/sip/auth/challenge'
import { createCredentials } from '#main/telephony/sip/auth/credentials'
import { digestAnswer } from '#main/telephony/sip/auth/digest'
import { header, type SipRequest, type SipResponse } from '#main/telephony/sip/message/sip-message'

const request = (method = 'INVITE'): SipRequest => ({
  kind: 'request',
  method,
  uri: 'sip:1@hotline.test',
  headers: [],
  body: Buffer.alloc(0),
})
const challenge = (...values: string[]): SipResponse => ({
  kind: 'response',
  status: 401,
  reason: '',
  headers: values.map((value) => ({ name: 'www-authenticate', value })),
  body: Buffer.alloc(0),
})
const md5 = 'Digest realm="a", nonce="n1", qop="auth", algorithm=MD5'
const sha = 'Digest realm="a", nonce="n2", qop="auth,auth-int", algorithm=SHA-256'

describe('Digest', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('gives the answer of RFC 7616 §3.9.1 for %s', (algorithm, response) => {
    const [one] = readChallenges(
      challenge(
        `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
      ),
    )
    if (!one) throw new Error('no challenge')
    const clientNonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
    const input = {
      challenge: one,
      user: 'Mufasa',
      password: 'Circle of Life',
      method: 'GET',
      uri: '/dir/index.html',
      body: Buffer.alloc(0),
      count: 1,
      clientNonce,
    }
    expect(digestAnswer(input)).toContain(`response="${response}"`)
  })

  it('reads every challenge, also several in one line, and leaves out other schemes', () => {
    expect(readChallenges(challenge(`${sha}, ${md5}`, 'Basic realm="x"')).map(({ nonce, qop }) => [nonce, qop])).toEqual([
      ['n2', ['auth', 'auth-int']],
      ['n1', ['auth']],
    ])
  })
})

describe('the credentials of a seat', () => {
  const make = (allowMd5 = true) => createCredentials({ user: '1004', password: () => 'pw', allowMd5, clientNonce: () => 'c' })

  it('takes the first challenge that it may answer, and counts its nonce up', () => {
    const credentials = make()
    expect(credentials.learn(challenge('Digest realm="a", nonce="n0", algorithm=FOO-1', sha, md5), request())).toBe(true)
    const counts = [1, 2, 3].map(() => /nonce="n2".*nc=(\d+)/.exec(header(credentials.authorize(request()), 'authorization') ?? '')?.[1])
    expect(counts).toEqual(['00000001', '00000002', '00000003'])
    expect(header(credentials.authorize(request('REGISTER')), 'authorization')).toBeUndefined()
  })

  it('gives up when what it sent was refused, and goes on when only the nonce was old', () => {
    const credentials = make()
    credentials.learn(challenge(md5), request())
    const sent = credentials.authorize(request())
    expect(credentials.learn(challenge(md5.replace('n1', 'n9')), sent)).toBe(false)
    credentials.learn(challenge(md5), request())
    expect(credentials.learn(challenge(`${md5.replace('n1', 'n9')}, stale=true`), credentials.authorize(request()))).toBe(true)
  })

  it('does not answer MD5 where the policy forbids it', () => {
    expect(make(false).learn(challenge(md5), request())).toBe(false)
    expect(make(false).learn(challenge(md5, sha), request())).toBe(true)
  })
})
