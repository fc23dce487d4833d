import { describe, expect, it } from 'vitest'
import { type EndContext, type EndFacts, endingOf, isMissed } from '#shared/domain/call/ending'
import { dialString, kindOf, normaliseNumber, writeNumber } from '#shared/domain/call/number'

const facts = (endedBy: EndFacts['endedBy'], how: EndFacts['how'], sipCause: number | null = null, q850Cause: number | null = null) => ({
  ...{ endedBy, how, sipCause, q850Cause },
})
const ring: EndContext = { direction: 'incoming', wasAnswered: false }
const attempt: EndContext = { direction: 'outgoing', wasAnswered: false }
const talk: EndContext = { direction: 'incoming', wasAnswered: true }

describe('who ended a call, and why', () => {
  it.each([
    ['the caller hangs up', facts('peer', 'bye', null, 16), talk, 'caller', 'answered'],
    ['the seat hangs up', facts('here', 'bye'), { ...talk, wanted: 'hangUp' }, 'seat', 'answered'],
    ['the program ends', facts('here', 'bye'), { ...talk, wanted: 'programEnds' }, 'program', 'answered'],
    ['the line dies', facts('network', 'lost'), talk, 'network', 'interrupted'],
    [
      'it was passed on, and the exchange said so first',
      facts('peer', 'transferred'),
      { ...talk, wanted: 'transferred' },
      'seat',
      'transferred',
    ],
    ['it was passed on', facts('here', 'transferred'), { ...talk, wanted: 'transferred' }, 'seat', 'transferred'],
    ['the caller gives up while it rings', facts('peer', 'cancelled'), ring, 'caller', 'abandoned'],
    ['another seat takes it', facts('peer', 'answeredElsewhere', 200), ring, 'exchange', 'answeredElsewhere'],
    ['nobody takes it', facts('network', 'noAnswer'), ring, 'network', 'missed'],
    ['the seat refuses it', facts('here', 'rejected', 486), { ...ring, wanted: 'reject' }, 'seat', 'rejected'],
    ['the citizen is busy', facts('peer', 'rejected', 486), attempt, 'exchange', 'busy'],
    ['the trunk knows better than the status', facts('peer', 'rejected', 503, 17), attempt, 'exchange', 'busy'],
    ['the number does not exist', facts('peer', 'rejected', 404, 1), attempt, 'exchange', 'wrongNumber'],
    ['an unknown server failure', facts('peer', 'rejected', 580), attempt, 'exchange', 'unreachable'],
    ['the seat gives up dialling', facts('here', 'cancelled'), { ...attempt, wanted: 'hangUp' }, 'seat', 'noAnswer'],
  ] as const)('%s', (_name, seen, context, endedBy, cause) => {
    expect(endingOf(seen, context)).toMatchObject({ endedBy, cause })
  })

  it('puts only rings that a citizen made and nobody took on the list to call back', () => {
    expect(isMissed(endingOf(facts('peer', 'cancelled'), ring))).toBe(true)
    expect(isMissed(endingOf(facts('network', 'noAnswer'), ring))).toBe(true)
    expect(isMissed(endingOf(facts('peer', 'answeredElsewhere', 200), ring))).toBe(false)
    expect(isMissed(endingOf(facts('here', 'rejected'), { ...ring, wanted: 'reject' }))).toBe(false)
  })
})

describe('telephone numbers', () => {
  const plan = { areaCode: '451', outsidePrefix: '9' }
  it.each([
    ['13800138000', '+8613800138000', 'mobile', '138 0013 8000', '913800138000'],
    ['013800138000', '+8613800138000', 'mobile', '138 0013 8000', '913800138000'],
    ['+86 138-0013-8000', '+8613800138000', 'mobile', '138 0013 8000', '913800138000'],
    ['0451-86520110', '+8645186520110', 'landline', '0451-8652 0110', '9045186520110'],
    ['86520110', '+8645186520110', 'landline', '0451-8652 0110', '9045186520110'],
    ['008645186520110', '+8645186520110', 'landline', '0451-8652 0110', '9045186520110'],
    ['010 66001234', '+861066001234', 'landline', '010-6600 1234', '901066001234'],
    ['12345', '12345', 'short', '12345', '12345'],
    ['8005', '8005', 'short', '8005', '8005'],
    ['+4930123456', '+4930123456', 'foreign', '+4930123456', '9004930123456'],
  ])('reads %s', (given, number, kind, written, dialled) => {
    expect(normaliseNumber(given, plan)).toBe(number)
    expect([kindOf(number), writeNumber(number), dialString(number, plan)]).toEqual([kind, written, dialled])
  })

  it('keeps what is no number from being one', () => {
    for (const text of ['', 'anonymous', '1', '138x0013800', '1'.repeat(40)]) expect(normaliseNumber(text, plan)).toBeNull()
  })
})
