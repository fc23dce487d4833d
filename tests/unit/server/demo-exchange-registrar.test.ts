import { describe, expect, it } from 'vitest'
import { createCredentials } from '#main/telephony/sip/auth/credentials'
import { parseMessage } from '#main/telephony/sip/message/parse-message'
import { respond } from '#main/telephony/sip/message/respond'
import { type ReceivedRequest, writeMessage } from '#main/telephony/sip/message/sip-message'
import { createGatekeeper } from '#server/demo/exchange/signalling/gatekeeper'
import { createRegistrar } from '#server/demo/exchange/signalling/registrar'
import { createFakeClock } from '../../fakes/fake-clock'

function request(...more: readonly string[]): ReceivedRequest {
  const lines = [
    'REGISTER sip:demo.invalid SIP/2.0',
    'Via: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bK1',
    'From: <sip:8001@demo.invalid>;tag=1',
    'To: <sip:8001@demo.invalid>',
    'Call-ID: a',
    'CSeq: 1 REGISTER',
    ...more,
  ]
  const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`))
  if (!parsed.ok || parsed.value.kind !== 'request') throw new Error('no request')
  return parsed.value
}

describe('who may register', () => {
  const clock = createFakeClock(1_000_000)
  const keeper = createGatekeeper({ realm: 'demo', secret: 's', clock, passwordOf: (account) => (account === '8001' ? 'right' : null) })
  const asking = (user: string, password: string) =>
    createCredentials({ user, password: () => password, allowMd5: true, clientNonce: () => 'c' })

  /** What becomes of a request that answers the challenge, `laterMs` after it was given. */
  async function answered(user: string, password: string, laterMs = 0) {
    const credentials = asking(user, password)
    const first = request()
    const refused = keeper.check(first, 'www')
    if (!('challenges' in refused)) throw new Error('not challenged')
    credentials.learn(respond(first, 401, { headers: refused.challenges }), first)
    await clock.advance(laterMs)
    const again = parseMessage(writeMessage(credentials.authorize(first)))
    if (!again.ok || again.value.kind !== 'request') throw new Error('no request')
    const checked = keeper.check(again.value, 'www')
    return 'account' in checked ? checked.account : checked.challenges.map(({ value }) => /stale=true/.test(value))
  }

  it('is who knows the password of an account', async () => {
    expect(await answered('8001', 'right')).toBe('8001')
    expect(await answered('8001', 'wrong')).toEqual([false])
    expect(await answered('8099', 'right')).toEqual([false])
  })

  it('is told when only the challenge is old', async () => {
    expect(await answered('8001', 'right', 601_000)).toEqual([true])
    expect(await answered('8001', 'wrong', 601_000)).toEqual([false])
  })

  it('cannot make a challenge of its own', () => {
    const forged = 'Digest username="8001", realm="demo", nonce="lb4-123", uri="sip:demo.invalid", response="0"'
    expect(keeper.check(request(`Authorization: ${forged}`), 'www')).toHaveProperty('challenges')
  })
})

describe('where an extension is', () => {
  const source = { address: '127.0.0.1', port: 5_062 }

  it('is where it registered last, until it leaves or is not heard of any more', async () => {
    const clock = createFakeClock(1_000_000)
    let changes = 0
    const registrar = createRegistrar(clock, () => {
      changes += 1
    })
    const register = (contact: string, expires: number) =>
      registrar.receive(request(`Contact: <${contact}>;expires=${expires}`), '8001', source, 'UDP')
    expect(register('sip:8001@127.0.0.1:5062', 60)).toEqual({
      status: 200,
      headers: [{ name: 'contact', value: '<sip:8001@127.0.0.1:5062>;expires=60' }],
    })
    expect([registrar.accounts(), changes]).toEqual([['8001'], 1])
    register('sip:8001@127.0.0.1:7000', 60)
    expect(registrar.find('8001')?.contact).toBe('sip:8001@127.0.0.1:7000')
    register('sip:8001@127.0.0.1:5062', 0)
    expect(registrar.find('8001')?.contact, 'the old process says goodbye late').toBe('sip:8001@127.0.0.1:7000')
    expect(changes).toBe(1)
    await clock.advance(60_000)
    expect(registrar.accounts()).toEqual([])
    register('sip:8001@127.0.0.1:7000', 60)
    registrar.receive(request('Contact: *', 'Expires: 0'), '8001', source, 'UDP')
    expect(registrar.accounts()).toEqual([])
    expect(register('sip:@', 60).status).toBe(400)
  })
})
