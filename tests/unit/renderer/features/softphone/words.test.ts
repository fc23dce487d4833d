import { describe, expect, it } from 'vitest'
import type { AgentView } from '#shared/contracts/seat-api/telephone-views'
import { agentWords } from '../../../../../src-renderer/features/softphone/bar/agent-words'
import { callerNumber, oneLine } from '../../../../../src-renderer/features/softphone/bar/call-words'
import { numberIn } from '../../../../../src-renderer/features/softphone/bar/dial-target'

describe('a display name from outside', () => {
  it('loses controls, turned writing and hidden letters', () => {
    expect(oneLine('\u202e12319\u202c市长\u200b\u0000热线')).toBe('12319市长热线')
    expect(oneLine('a\u0301\u0301\u0301\u0301b')).toBe('a\u0301b')
  })
  it('of a megabyte is cut to a line, and never within a character', () => {
    expect(oneLine('市'.repeat(1_000_000))).toBe(`${'市'.repeat(24)}…`)
    expect(oneLine('𠮷'.repeat(30))).toBe(`${'𠮷'.repeat(24)}…`)
  })
  it('keeps markup as the letters it is', () => {
    expect(oneLine('<img src=x>')).toBe('<img src=x>')
  })
})

describe('a number', () => {
  it('is shown as people read it, or the reason that there is none', () => {
    expect(callerNumber({ number: '+8613800138000', isWithheld: false })).toBe('138 0013 8000')
    expect(callerNumber({ number: null, isWithheld: true })).toBe('号码未送')
  })
  it.each([
    ['（0451）８６５２-0110 ', '045186520110'],
    ['+86 138–0013—8000', '+8613800138000'],
    ['*43', '*43'],
    ['李受理', null],
    ['', null],
  ])('pasted as %j is dialled as %j', (text, number) => {
    expect(numberIn(text)).toBe(number)
  })
})

describe('the state of the agent', () => {
  const agent: AgentView = {
    phase: 'notReady',
    since: 0,
    wish: { phase: 'ready' },
    forced: null,
    callId: null,
    wrapUpEndsAt: null,
    isCodeDue: false,
  }
  it('forced by a fault says the fault and how to mend it', () => {
    expect(agentWords({ agent: { ...agent, forced: { by: 'fault', faults: ['noHeadset'] } }, faults: ['noHeadset'] })).toEqual({
      tone: 'red',
      title: '示忙',
      detail: '没有耳机',
      mend: '请插好耳机；插好后会自动恢复示闲。',
    })
  })
  it('says during a call what comes after it', () => {
    expect(agentWords({ agent: { ...agent, phase: 'talking' }, faults: [] }).detail).toBe('挂后 示闲')
  })
})
