import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMessage } from '#main/telephony/sip/message/parse-message'
import { parseUri } from '#main/telephony/sip/message/uri'
import { parseVia, responseTarget, stampVia, writeVia } from '#main/telephony/sip/message/via'
import { readProfile } from '#main/telephony/sip/read-profile'
import { createStreamFramer } from '#main/telephony/sip/transport/frame-stream'
import { inOrder, locate, type Resolver } from '#main/telephony/sip/transport/locate'
import { maskMessage } from '#main/telephony/sip/transport/trace'
import { compose } from './sip-lab'

describe('the framing of a stream (RFC 3261 §18.3)', () => {
  const first = Buffer.from(compose('OPTIONS sip:a@b SIP/2.0', { headers: ['Call-ID: 1'], body: '中文' }))
  const second = Buffer.from('SIP/2.0 200 OK\r\nl: 0\r\n\r\n')

  it('finds the same messages however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }), (cuts) => {
        const framer = createStreamFramer()
        const whole = Buffer.concat([first, second, Buffer.from('\r\n\r\n'), first])
        const pieces: Buffer[] = []
        let at = 0
        for (const cut of cuts) {
          pieces.push(whole.subarray(at, at + cut))
          at = Math.min(whole.length, at + cut)
        }
        pieces.push(whole.subarray(at))
        const fed = pieces.map((piece) => framer.feed(piece))
        expect(Buffer.concat(fed.flatMap(({ messages }) => messages)).equals(Buffer.concat([first, second, first]))).toBe(true)
        expect(fed.reduce((sum, { pings }) => sum + pings, 0)).toBe(1)
      }),
    )
  })

  it.each([
    ['no length', 'OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n'],
    ['two lengths', 'OPTIONS sip:a SIP/2.0\r\nl: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a length beyond all measure', 'OPTIONS sip:a SIP/2.0\r\nl: 99999999\r\n\r\n'],
    ['a head without an end', 'x'.repeat(70_000)],
  ])('gives up a stream with %s', (_, text) => {
    expect(createStreamFramer().feed(Buffer.from(text)).garbage).not.toBeNull()
  })
})

describe('Via', () => {
  it('is stamped with where the packet came from (RFC 3581)', () => {
    const via = parseVia('SIP/2.0/UDP seat.example:5070;branch=z9hG4bKx;rport;received=6.6.6.6')
    if (!via) throw new Error('not parsed')
    const stamped = stampVia(via, { address: '10.0.0.9', port: 40_123 })
    expect(writeVia(stamped)).toBe('SIP/2.0/UDP seat.example:5070;branch=z9hG4bKx;rport=40123;received=10.0.0.9')
    expect(responseTarget(stamped)).toEqual({ host: '10.0.0.9', port: 40_123 })
    const plain = parseVia('SIP/2.0/UDP [2001:db8::1];branch=z9hG4bKx')
    expect(plain && responseTarget(stampVia(plain, { address: '2001:db8::1', port: 9 }))).toEqual({ host: '2001:db8::1', port: 5060 })
  })
})

describe('RFC 3263', () => {
  const resolver: Resolver = {
    addresses: async (name) => ({ 'a.test': ['10.0.0.1'], 'b.test': ['10.0.0.2', '10.0.0.3'], 'bare.test': ['10.0.0.4'] })[name] ?? [],
    srv: async (name) =>
      name === '_sip._udp.city.test' || name === 'chosen.test'
        ? [
            { priority: 20, weight: 0, port: 5070, name: 'b.test' },
            { priority: 10, weight: 5, port: 5080, name: 'a.test' },
          ]
        : [],
    naptr: async (name) => (name === 'naptr.test' ? [{ order: 1, preference: 1, service: 'SIP+D2U', replacement: 'chosen.test' }] : []),
  }
  const find = (host: string, port: number | null = null, isProtocolFixed = true) =>
    locate({ host, port, protocol: 'UDP', isProtocolFixed }, resolver, () => 0).then((ends) =>
      ends.map(({ address, port: found }) => `${address}:${found}`),
    )

  it('tries SRV by priority, then addresses; a port or a number skips the lookup', async () => {
    expect(await find('city.test')).toEqual(['10.0.0.1:5080', '10.0.0.2:5070', '10.0.0.3:5070'])
    expect(await find('bare.test')).toEqual(['10.0.0.4:5060'])
    expect(await find('a.test', 5099)).toEqual(['10.0.0.1:5099'])
    expect(await find('10.9.9.9')).toEqual(['10.9.9.9:5060'])
    expect(await find('naptr.test', null, false)).toEqual(['10.0.0.1:5080', '10.0.0.2:5070', '10.0.0.3:5070'])
    expect(await find('nowhere.test')).toEqual([])
  })

  it('draws by weight within a priority (RFC 2782)', () => {
    const records = [1, 3].map((weight) => ({ priority: 1, weight, port: weight, name: `w${weight}` }))
    const firsts = Array.from({ length: 100 }, (_, at) => inOrder(records, () => at / 100)[0]?.port)
    expect(firsts.filter((port) => port === 3)).toHaveLength(75)
  })
})

it('parsing never throws, whatever comes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void parseMessage(Buffer.from(bytes))))
  fc.assert(fc.property(fc.string(), (text) => void parseUri(`sip:${text}`)))
})

it('a hostile header costs time in proportion to its length', () => {
  const hostile = (length: number) =>
    Buffer.from(
      compose('INVITE sip:a@b SIP/2.0', { headers: [`From: "${'\\"<;,'.repeat(length)}`, `Via: SIP/2.0/UDP ${'a;b="'.repeat(length)}`] }),
    )
  const time = (length: number) => {
    const began = performance.now()
    for (let round = 0; round < 20; round += 1) parseMessage(hostile(length))
    return performance.now() - began
  }
  time(1_000)
  expect(time(4_000) / Math.max(time(500), 0.2)).toBeLessThan(40)
})

it('the trace shows how a call went, not who called', () => {
  const text = compose('INVITE sip:13800138000@h SIP/2.0', {
    headers: [
      'From: "张三" <sip:13900139000@h>;tag=a',
      'P-Asserted-Identity: <tel:+8613900139000>',
      'Authorization: Digest username="x", response="secret"',
      'X-Case-No: AJ-1',
    ],
    body: 'a=crypto:1 S inline:SECRETKEY|2^20\r\n',
  })
  const masked = maskMessage(text)
  for (const secret of ['张三', '13900139', '1380013', 'secret', 'AJ-1', 'SECRETKEY']) expect(masked).not.toContain(secret)
  expect(masked).toContain('•••000@h>;tag=a')
})

it('a profile is usual where it says nothing, and refused with the names of what is wrong', () => {
  expect(readProfile({ name: 'A', domain: 'pbx.city', account: '1004' })).toMatchObject({
    ok: true,
    value: { transport: 'UDP', registerForS: 120 },
  })
  expect(
    readProfile({ name: 'A', domain: 'pbx.city', account: '10 04', transport: 'SCTP', dataHeaders: { x: 'Bad Header' } }),
  ).toMatchObject({
    ok: false,
    error: { code: 'phone/profileInvalid' },
  })
  expect(readProfile({ name: 'A', domain: 'pbx.city:99999', account: '1' })).toMatchObject({ ok: false })
})
