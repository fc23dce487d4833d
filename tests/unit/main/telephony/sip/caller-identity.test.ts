import { describe, expect, it } from 'vitest'
import { parseMessage } from '#main/telephony/sip/message/parse-message'
import { callerOf, dataHeadersOf, dataOf } from '#main/telephony/sip/session/caller-identity'
import { dialTarget } from '#main/telephony/sip/session/dial-target'
import { normaliseNumber } from '#shared/domain/call/number'
import { compose } from './sip-lab'

const rules = {
  trustsIdentityHeaders: true,
  areaCode: '451',
  outsidePrefix: '9',
  dataHeaders: { queue: 'X-Queue' },
  domain: 'hotline.test',
}

function invite(headers: string[], from = '<sip:1@h>') {
  const parsed = parseMessage(
    Buffer.from(
      compose('INVITE sip:1004@h SIP/2.0', {
        headers: [
          'Via: SIP/2.0/UDP h;branch=z9hG4bKx',
          `From: ${from};tag=a`,
          'To: <sip:12319@h>',
          'Call-ID: x',
          'CSeq: 1 INVITE',
          ...headers,
        ],
      }),
    ),
  )
  if (!parsed.ok || parsed.value.kind !== 'request') throw new Error('not parsed')
  return parsed.value
}

describe('numbers', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['+86 138-0013-8000', '+8613800138000'],
    ['008613800138000', '+8613800138000'],
    ['013800138000', '+8613800138000'],
    ['913800138000', '+8613800138000'],
    ['045186520110', '+8645186520110'],
    ['8645186520110', '+8645186520110'],
    ['01065551234', '+861065551234'],
    // A Beijing number has eight digits after 10: one with nine stays what it is.
    ['010655512345', '010655512345'],
    ['86520110', '+8645186520110'],
    ['110', '110'],
    ['1004', '1004'],
    ['12345', '12345'],
    ['+85221234567', '+85221234567'],
    ['anonymous', null],
    ["1' OR 1=1", null],
  ])('%s is %s', (text, expected) => {
    expect(normaliseNumber(text, rules)).toBe(expected)
  })

  it('dials as the exchange wants it', () => {
    const dialled = ['+8613800138000', '+8645186520110', '+861065551234', '1004', '110', '*78#', 'sip:x@y', 'abc', ''].map((text) =>
      dialTarget(text, rules),
    )
    expect(dialled).toEqual([
      'sip:913800138000@hotline.test',
      'sip:986520110@hotline.test',
      'sip:901065551234@hotline.test',
      'sip:1004@hotline.test',
      'sip:110@hotline.test',
      'sip:*78%23@hotline.test',
      'sip:x@y',
      null,
      null,
    ])
  })
})

describe('who calls', () => {
  it('believes the assertion of a trusted exchange before the caller', () => {
    const request = invite(['P-Asserted-Identity: "李四" <sip:13900139000@h>, <tel:+8613900139000>'], '"Police" <sip:110@h>')
    expect(callerOf(request, rules)).toEqual({
      number: '+8613900139000',
      displayName: '李四',
      isWithheld: false,
      source: 'assertedIdentity',
    })
    expect(callerOf(request, { ...rules, trustsIdentityHeaders: false })).toMatchObject({ number: '110', source: 'from' })
  })

  it('keeps a withheld number withheld', () => {
    expect(callerOf(invite(['Privacy: id', 'P-Asserted-Identity: <tel:+8613900139000>']), rules)).toMatchObject({
      number: null,
      displayName: null,
      isWithheld: true,
    })
    expect(callerOf(invite([], '"Anonymous" <sip:anonymous@anonymous.invalid>'), rules)).toMatchObject({ number: null, isWithheld: true })
  })

  it('takes what a name may not contain out of it', () => {
    expect(callerOf(invite([], '"a\u202eb\u200f" <sip:1004@h>'), rules).displayName).toBe('ab')
  })
})

it('data travels there and back', () => {
  const data = { caseNo: 'AJ-1', userToUser: '转办', extra: { queue: 'q1' } }
  expect(dataOf({ headers: dataHeadersOf(data, rules) }, rules)).toEqual(data)
  expect(dataOf({ headers: [] }, rules)).toEqual({ caseNo: null, userToUser: null, extra: {} })
})
